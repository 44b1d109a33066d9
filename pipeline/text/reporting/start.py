"""How a sentence of a source begins and is dressed: bullets, footnote marks, "However,", "today". Pure.

Part of reported.py. Takes away what a news item cannot carry; never what a fact depends on.
"""

import re
from functools import lru_cache

from pipeline.text.words.patterns import pattern
from pipeline.text.words.wording import capital, tidy

_CONNECTIVE = re.compile(
    r"^(?:(?:Great|Good) news, but|However|In addition|Additionally|Furthermore|Moreover|Also|Finally"
    r"|First|Firstly|Second"
    r"|Secondly|Third|Thirdly|Lastly|Importantly|Crucially|Therefore|As a result"
    r"|Similarly|Equally|In particular|Indeed|Of course|To be clear|After all|In fact|Put simply|In short"
    r"|As you (?:know|are aware|will know|will be aware)|As I have said|That said|Nonetheless"
    r"|Nevertheless|Overall|As well as that|On top of (?:that|this)|In that context|At the same time"
    r"|Last but not least"
    r"|As part of this|Alongside this|To support this|To help with this|To make this possible"
    r"|To that end|To this end|Today|Now),? (?=\S)"
)
_THAT_IS_WHY = re.compile(r"^(?:That|It|This|Which)(?:[’']s| is) (?:exactly |also |precisely )?why (?=\S)")
_FACT_IS = re.compile(r"^The (?:truth|fact|reality|good news|great news) is that (?=[a-z\d£])")
_AND_BUT = re.compile(r"^(?:And|But|So|Yet) (?!that\b|far\b|it\b|they\b|this\b)(?=[a-z])")
_TODAY = pattern(r"(?:\b(has|have|is|are|was|will) today\b|\btoday (?=announc|publish|launch|set|confirm))")
_HAS_TODAY_DATED = pattern(r"\b(has|have) today,? \([^()]{6,40}\)")
_TODAY_DATED = pattern(r"\btoday \((?:\w+day )?(\d{1,2} [A-Z][a-z]+(?: \d{4})?)\)")
_PERFECT_DATED = pattern(r"\b(has|have) ((?:\w+ed|set out|made) on \d{1,2} [A-Z][a-z]+ \d{4})")
_ASIDE = pattern(r", (?:of course|I think|I believe|as I said|as you know|if you like),")
_THEREFORE = pattern(r"\b(am|is|are|has|have|will|must|should|can) therefore\b")
_LOOSE_OPEN = re.compile(r"\( (?=\S)")
_LOOSE_MARKS = re.compile(r" ([).,;:])(?=\s|$|[).,;:])")
_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_MARKS = re.compile(
    r"^#{1,6} (?=\S)|</?(?:mark|em|strong|b|i|u|span)>|(?<=[a-z][.,;])\d{1,2}(?=\s|$)"
    r"|\s?\[\d{1,3}\]|[¹²³⁰-⁹]|^[•●▪◦*·–-]\s+|\s*\((?:see|at|in) [^()]*\)"
    r"|^\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[a-z]\)|\([ivx]+\))\s+"
)
_SHORT_FORMS = (
    (
        pattern(r", (?:eg|e\.g\.),? (?!(?:if|when|they|you|we|it|because|to|by|in|for) )(?=[a-z])"),
        ", such as ",
    ),
    (pattern(r"\bcan[’']t\b"), "cannot"),
    (pattern(r"\bwon[’']t\b"), "will not"),
    (pattern(r"\bI[’']m\b"), "I am"),
    (pattern(r"\b(are|is|was|were|do|does|did|has|have|had|could|should|would|must)n[’']t\b"), r"\1 not"),
    (pattern(r"\b([Tt]hey|[Yy]ou|[Ww]e|who)[’']re\b"), r"\1 are"),
    (pattern(r"\b([Tt]hey|[Yy]ou|[Ww]e|I|who|[Tt]here)[’']ve\b"), r"\1 have"),
    (pattern(r"\b([Tt]hey|[Yy]ou|[Ww]e|I|[Ii]t|who|[Tt]here)[’']ll\b"), r"\1 will"),
)


@lru_cache(maxsize=1024)  # each sentence of a block is looked at for thanks, as told and as quoted
def clean(sentence: str) -> str:
    """The sentence without footnote marks, bullets, paragraph numbers and "(see ...)"."""
    text = tidy(_MARKS.sub("", tidy(sentence)))
    return _LOOSE_MARKS.sub(r"\1", _LOOSE_OPEN.sub("(", text))


def plain_start(text: str) -> str:
    """The sentence without the words that join it to the one before, and without asides."""
    for opening in (_CONNECTIVE, _THAT_IS_WHY, _AND_BUT, _CONNECTIVE, _FACT_IS):
        text = capital(opening.sub("", text, count=1))
    return _THEREFORE.sub(r"\1", _ASIDE.sub("", text))


def undated(text: str) -> str:
    """ "Today" becomes its date where the source gives it, and goes where it says only when this was said."""
    text = _HAS_TODAY_DATED.sub(r"\1", text)
    text = _TODAY_DATED.sub(r"on \1", text)
    text = _PERFECT_DATED.sub(r"\2", text)
    return without_today(text)


def without_today(text: str) -> str:
    """The text without a "today" that goes with an announcement."""
    return _TODAY.sub(lambda m: m.group(1) or "", text)


def written_out(text: str) -> str:
    """ "Can’t" and "they’re" in full, as in writing, and dashes for spaced hyphens; not inside quotations."""
    if "“" in text or '"' in text:
        return text
    for short, full in _SHORT_FORMS:
        text = short.sub(full, text)
    return _SPACED_HYPHEN.sub(" – ", text)
