"""What kind of publication a text is by its own words, for a paper that nobody has labelled. Pure.

A pasted speech or an untitled file has no type: it is told by how such texts begin. Never overrules a
publisher's label.
"""

import re

from pipeline.text.papers.kinds import ItemKind

_START = 700  # letters that count as the beginning
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|ve|ll|d)|my|me)\b")
_GREETING = re.compile(
    r"^(?:Thanks?\b|Thank you\b|Good (?:morning|afternoon|evening)|Hello\b|Welcome\b|Ladies and gentlemen"
    r"|It(?:[’']s| is) (?:a |an |such a |so )?(?:great |real |huge |\w+ )?(?:pleasure|honour"
    r"|privilege|good|great)"
    r"|I(?:[’']m| am) (?:very |really |so |absolutely )?(?:pleased|delighted|glad|grateful|honoured|sorry)"
    r"|Can I (?:start|begin|thank)|May I)",
    re.I,
)
_RULES = (
    (
        ItemKind.STATEMENT,
        re.compile(r"\b(?:this House|the House|Mr Speaker|Madam Deputy Speaker|hon\. Members)\b"),
    ),
    (
        ItemKind.CONSULTATION,
        re.compile(r"\b(?:seeking views|asking for views|[Ww]e are consulting|[Tt]his consultation)\b"),
    ),
    (ItemKind.STATUTORY_GUIDANCE, re.compile(r"\b[Tt]his (?:is )?(?:statutory guidance|code of practice)\b")),
    (
        ItemKind.GUIDANCE,
        re.compile(r"\b[Tt]h(?:is|e) (?:departmental |non-statutory )?(?:guidance|guide|advice)\b"),
    ),
    (
        ItemKind.STATISTICS,
        re.compile(r"\b(?:[Oo]fficial|[Nn]ational) statistics\b|^Statistics\b|\bstatistical release\b"),
    ),
    (
        ItemKind.REPORT,
        re.compile(
            r"\b(?:[Tt]his|[Tt]he final|[Aa]n? \w+) (?:report|evaluation|survey|review)\b"
            r"|\bresearch (?:into|on)\b"
        ),
    ),
    (
        ItemKind.PRESS_RELEASE,
        re.compile(
            r"\bhas (?:today )?(?:announced|launched|unveiled|welcomed)\b|\bannounced today\b"
            r"|\bMinister [^.]{3,60} said:"
        ),
    ),
)
_FOR_READERS = re.compile(r"\b(?:[Yy]ou (?:can|must|may|need|should)|[Yy]our child(?:[’']s)?)\b")
_MINISTERS_WORDS = re.compile(
    r"\bmy (?:own )?(?:department|ministerial colleagues?|ministerial team|right hon)\b"
    r"|\bas (?:a |the )?[Mm]inister\b"
)


def kind_by_text(text: str) -> ItemKind | None:
    """The kind that the text shows itself to be, or None."""
    start = text[:_START]
    spoken = len(_FIRST_PERSON.findall(text))
    if spoken >= 4 and (_GREETING.match(start) or spoken * 150 > len(text.split())):
        return ItemKind.SPEECH
    for kind, pattern in _RULES:
        if pattern.search(start):
            return kind
    if len(_FOR_READERS.findall(text)) * 60 > len(text.split()):
        return ItemKind.GUIDE
    return None


def ministers_words(text: str) -> str:
    """The words by which a speaker is shown to be a minister ("my department"), or ""."""
    match = _MINISTERS_WORDS.search(text)
    return match.group() if match else ""
