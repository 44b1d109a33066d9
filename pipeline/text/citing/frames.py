"""The phrases with which a draft reports, and the facts that must stand behind each. Pure; part of the gate.

"The letter says that", "has published guidance on", "Read the letter in full": the words of such a phrase
need not be in a passage, inside the phrase and nowhere else. Where the phrase states a fact (that something
was published, that somebody wrote, what kind of document it is) a citation must hold that fact: the record's
title, type or publisher, a signature, the change that was noticed. A draft about a change has no "published"
of its own.
"""

import re

_NOUN = (
    r"(?:statutory guidance|guidance|guide|letter|statement|speech|announcement|page|consultation|statistics"
    r"|document|article|bulletin|response|report|policy paper|publication|news story|blog post|press release"
    r"|notice|section|passage|note|wording|text)"
)
_THIS = rf"(?:the|this|its|their|a|an|new|one)(?: new| written)? {_NOUN}"
_SAYS = (
    r"(?:says?|said|adds?|added|covers?|covered|sets? out|states?|tells?|asks?"
    r"|is (?:about|for)|are (?:about|for))"
)
_OPEN = re.compile(
    rf"\b(?:{_THIS} (?:also )?asks those who read it\b"
    rf"|{_THIS}(?: of [^.,:;]{{3,40}})? (?:also |now )?{_SAYS}\b"
    rf"|{_THIS}(?: of [^.,:;]{{3,40}})? (?:also )?names\b"
    rf"|the withdrawn {_NOUN} covered"
    r"|a (?:new )?passage (?:in|of|has been (?:taken|left) out of)|per cent"
    r"|(?:says?|saying|adds?|added|according to|called|titled|entitled)\b"
    rf"|(?:read|see|visit|open) (?:all of )?(?:the|its|this)(?: withdrawn)? {_NOUN}"
    r"(?: in full| where it stood| at the new address)?"
    r"|the link below leads to|before,? it (?:said|was)|for the first time|at the same time"
    r"|(?:there|which) (?:is|are|was|were)|such as|as well as|the number of|able to"
    r"|(?:the )?publisher(?:[’']s)? note|the notice)\b",
    re.I,
)
_RECORD = r"^(?:Title|Document type|Publisher|Description|Address|People|Public date): "
_FIRST_PERSON = r"\b(?:we|our|us|i|my|me|ours)\b"
_STATED = tuple(
    (re.compile(phrase, re.I), re.compile(evidence, re.I | re.M))
    for phrase, evidence in (
        (
            (
                rf"\b(?:has|have) (?:now )?published(?: {_THIS}| {_NOUN})?"
                rf"|\b{_NOUN} (?:has|have) (?:now )?been published"
                rf"|\bpublish(?:es)? (?:{_THIS}|{_NOUN})|published under the title|^{_NOUN} published\b"
                rf"|(?:\ba )?\bnew {_NOUN} (?:has|have) (?:now )?been published"
            ),
            _RECORD,
        ),
        (r"^(?:ministerial )?letter\b", r"\bdear\b|writing|wrote|written"),
        (r"^ministerial\b", r"minister|secretary of state"),
        (r"\bappl(?:y|ies) to\b", r"has to do with|^To: |\bin (?:england|wales|scotland)"),
        (r"\b(?:has|have) announced(?: that)?", rf"{_RECORD}|{_FIRST_PERSON}|announc"),
        (
            r"\b(?:has|have) written(?: a letter)?\b|\bministerial letter|\bwrites?\b|\bwrote\b|\btold\b",
            rf"\b(?:writ\w*|wrote|dear|letter|correspondence|say|says|said|told|tell)\b|^To: |{_RECORD}|\w$",
        ),
        (
            r"\b(?:has|have) given a speech|\bspoke\b|\bthe speaker(?:[’']s)?",
            rf"speech|spoke|{_FIRST_PERSON}",
        ),
        (r"\b(?:has|have) made a (?:written|oral) statement(?: to parliament)?", r"statement"),
        (r"\b(?:is|are) asking for views|\bwants? views", r"consult|views|call for evidence|comments"),
        (
            r"\b(?:the )?government(?:[’']s)?\b",
            rf"{_FIRST_PERSON}|government|minister|department|secretary|{_RECORD}",
        ),
        (r"\bcovers?\b", _RECORD),
        (
            rf"(?:\b{_NOUN}|,) +on how to\b",  # the noun may be gone with "publishes guidance"
            r"^Title: ",  # of a title that tells its readers to do something
        ),
        (
            r"\bthanks (?:everyone|all|those|anyone)\b|\bthanks\b",
            r"thank|grateful|gratitude|tribute|appreciat",
        ),
        (
            rf"\b(?:the )?(?:new )?{_NOUN}s?\b",
            _RECORD.replace("Title", "Noticed|Change|Change note|Title"),
        ),
        (rf"\b{_THIS}\b", r""),
        (r"\brecognises?\b", r"recogni|know|understand|aware|acknowledg|appreciat|realis|clear|course|doubt"),
    )
)
_NOTICED = re.compile(r"^(?:Noticed|Change): (.+)", re.M)
_PUBLISHED = re.compile(r"publish", re.I)
_CHANGES = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.I))
    for kind, words in (
        ("title changed", r"rename[sd]?|given|new title"),
        ("reversed", r"back"),
        ("attachment removed", r"lost|updates?|updated"),
        ("attachment replaced", r"belongs|updates?|updated|new version"),
        ("attachment added", r"updates?|updated|new file"),
        ("document changed", r"updates?|updated"),
        ("closing date moved", r"new closing date|given"),
        ("deadline moved", r"new closing date|given"),
        ("gone", r"removed?|removes"),
    )
)
_TYPED = re.compile(r"^Document type: (.+)", re.M)
_TYPES = (
    ("letter", re.compile(r"letter|correspondence|writ", re.I)),
    ("speech", re.compile(r"speech", re.I)),
    ("statistics", re.compile(r"statistic|data", re.I)),
    ("statement", re.compile(r"statement", re.I)),
    ("consultation", re.compile(r"consult|evidence", re.I)),
    ("guidance", re.compile(r"guid|manual|code of practice", re.I)),
)
_KNOWN = re.compile(r"letter|correspondence|speech|statistic|statement|consult|evidence|guid|manual", re.I)
_QUOTED_TITLE = re.compile(r"‘[^‘’]*(?:’(?=\w)[^‘’]*)*’|“[^“”]*”")


def unframed(text: str, passages: tuple[str, ...]) -> str:
    """The text without the words of the phrases that report, where the passages hold its facts."""
    everything = "\n".join(passages)
    noticed = _NOTICED.search(everything)
    text = _OPEN.sub(" , ", text)
    for phrase, evidence in _STATED:
        if not phrase.search(text):
            continue
        if noticed and _PUBLISHED.search(phrase.pattern):
            continue
        if evidence.search(everything):
            text = phrase.sub(" , ", text)
    if noticed:
        for kind, words in _CHANGES:
            if noticed[1].startswith(kind):
                text = words.sub(" , ", text)
    return text


def other_kinds(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the kinds of document (letter, speech) that the text names where the record gives another."""
    everything = "\n".join(passages)
    typed = _TYPED.search(everything)
    if not typed or not _KNOWN.search(typed[1]):
        return []
    bare = _QUOTED_TITLE.sub(" ", text).casefold()
    return [noun for noun, held in _TYPES if re.search(rf"\b{noun}\b", bare) and not held.search(everything)]
