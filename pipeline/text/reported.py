"""Turn a sentence of a source into one that a charity can print: as it stands, or as reported speech.

Only edits that can be shown to keep the fact: an opening such as "I am pleased to confirm that" becomes
"The letter confirms that"; "we" becomes the body that speaks, where one body speaks for certain and the
verb is known. Whatever is left over in the first or second person is refused, never garbled.
"""

import re
from dataclasses import dataclass, field

from pipeline.model.drafts import Citation
from pipeline.text.boilerplate import is_boilerplate, points_elsewhere
from pipeline.text.kinds import third
from pipeline.text.reported_we import we_reported
from pipeline.text.whole import is_whole
from pipeline.text.wording import Forms, capital, full_stop, tidy, word_count

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_PERSONAL = re.compile(
    r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves|you|your|yours|yourself|yourselves)\b", re.I
)
_FIRST = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves)\b", re.I)
_READER = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.I)
_CONNECTIVE = re.compile(
    r"^(?:However|In addition|Additionally|Furthermore|Moreover|Also|Finally|First|Firstly|Second"
    r"|Secondly|Third|Thirdly|Lastly"
    r"|Importantly|Crucially|Therefore|As a result|Meanwhile|In the meantime|Similarly|Equally|In "
    r"particular|Indeed"
    r"|Of course|To be clear"
    r"|As you (?:know|are aware|will know|will be aware)|As I have said|That said|Nonetheless"
    r"|Nevertheless|Overall"
    r"|As part of this|Alongside this|To support this|To help with this|To make this possible|To "
    r"that end|To this end"
    r"|Today),? (?=\S)"
)
_AND_BUT = re.compile(r"^(?:And|But|So|Yet) (?!that\b|far\b|it\b|they\b|this\b)(?=[a-z])")
_TODAY = re.compile(
    r"(?:\b(has|have|is|are|was|will) today\b|\btoday (?=announc|publish|launch|set|confirm))"
)
_HAS_TODAY_DATED = re.compile(r"\b(has|have) today,? \([^()]{6,40}\)")
_TODAY_DATED = re.compile(r"\btoday \((?:\w+day )?(\d{1,2} [A-Z][a-z]+(?: \d{4})?)\)")
_PERFECT_DATED = re.compile(r"\b(has|have) ((?:\w+ed|set out|made) on \d{1,2} [A-Z][a-z]+ \d{4})")
_DEIXIS = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|week)|last week|next "
    r"week|here)\b",
    re.I,
)
_OPENING = re.compile(
    r"^(?:I|We) (?:am|are|’m|'m)?\s*(?:very |also |really |particularly |today |therefore )*"
    r"(?:pleased|delighted|happy|glad|proud|able)(?: today)? to (?:be able to )?"
    r"(?P<verb>announce|confirm|say|share|report|set out|publish|launch|tell you|let you know"
    r"|inform you)(?: today)? (?P<that>that )?(?P<rest>.+)$"
)
_STATING = re.compile(
    r"^(?:(?:I|We) (?:also |want to |would like to |wish to |wanted to |must |can |should |will )+"
    r"|(?:I|We) (?:am|are) writing to |(?:I|We) )"
    r"(?:also |again |therefore )?(?P<verb>be clear|be very clear|be absolutely clear|make clear"
    r"|make it clear|emphasise|stress|reiterate|underline|highlight|confirm"
    r"|reassure \w+(?: \w+){0,4}?|assure you|remind you|remind \w+(?: \w+){0,4}?|recognise"
    r"|acknowledge|note|say|announce|clarify)(?: to you)? (?P<that>that )(?P<rest>.+)$"
)
_THANKS = re.compile(
    r"^(?:I|We) (?:also )?(?:would |’d )?(?:like |want |wish )?(?:to )?(?:also )?(?:personally "
    r")?thank (?P<whom>.+?) for (?P<what>.+)$"
)
_SELF = re.compile(
    r"^I (?:also )?(?:strongly |fully |very much )?(?P<verb>expect|hope|believe|urge|encourage|ask"
    r"|want|recommend|welcome|intend|expected|asked|urged) (?P<rest>.+)$"
)
_HE = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.I)
_DANGLING = re.compile(
    r"^(?:This|These|That|Those|It|They|Such|He|She|His|Her|Their|Its|Both|Each|Neither|Either|Here"
    r"|There(?!\s+(?:is|are|will|has|have|must|were|was)\b)"
    r"|The (?:latter|former|same|above|following|other)|For (?:example|instance)|In this|In these"
    r"|In doing|In both|In such|Doing so|If so|If not|If they|When they"
    r"|As such|Then|Thus|Hence|Where this|Where they|Once they|Another|Others?|Some of these|Many of "
    r"these|All of these|Each of these|Instead|Again|Not only|Nor|Or|Because|Which|Who|Including)\b"
)
_STANDS = re.compile(
    r"^(?:there\b|this (?:is|has been|was|will be) an? (?:\w+,? (?:and )?){0,5}(?:time|year|period|moment)\b)"
)
_LEAN = re.compile(
    r"\b(?:[Tt]hese\b|[Ss]uch (?!as\b)\w+s?\b"
    r"|(?<!when )(?<!where )(?<!if )(?<!unless )(?<!although )[Tt]his (?!year|month|autumn|spring"
    r"|summer|winter|term"
    r"|academic|financial|letter|guidance|guide|country|statement|consultation|document|government|speech"
    r"|is an? (?:\w+,? (?:and )?){0,5}(?:time|year|period|moment)))"
    r"|\b[Tt]his[.,;]"
    r"|\b[Tt]hat (?:consultation|date|day|report|review|year|meeting|decision|work|period|point)\b"
)
_IMPERATIVE = re.compile(
    r"^(?:Ignore|Disregard|Forget|Write|Send|Submit|Complete|Fill|Provide|Ensure|Make|Tell|Give|Do"
    r"|Don[’']t|Never|Follow|Check"
    r"|Contact|Ask|Consider|Take|Keep|Let|Look|Think|Imagine|Go|Get|Sign|Register|Apply|Join|Share"
    r"|Act|Pretend|Try|Be)\b"
)
_TAIL = re.compile(
    r",? (?:and|but|so) (?:I|we) (?:hope|look|am|are|want|would|know|trust|believe|thank)\b[^,;“]*\.$"
)
_LOOSE_OPEN = re.compile(r"\( (?=\S)")
_LOOSE_MARKS = re.compile(r" ([).,;:])(?=\s|$|[).,;:])")
_MARKS = re.compile(
    r"(?<=[a-z][.,;])\d{1,2}(?=\s|$)|\s?\[\d{1,3}\]|[¹²³⁰-⁹]|^[•●▪◦*·–-]\s+|\s*\(see [^()]*\)"
    r"|^\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[a-z]\)|\([ivx]+\))\s+"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in the source. ``we`` is empty where no single body can be shown to be "we"."""

    noun: str = "document"
    plural: bool = False
    we: str = ""
    author: str = ""  # the one person who is "I"
    reader_is_parent: bool = False  # "you" is the parent or young person, as it is for the charity
    forms: Forms = field(default_factory=Forms)
    proof: tuple[Citation, ...] = ()  # where the source says who speaks

    def proof_for(self, told: str, source: str) -> tuple[Citation, ...]:
        """What else a sentence rests on that names the speaker where the source says "we" or "I"."""
        names = [name for name in (self.we, self.author) if name]
        added = [n for n in names if n.lower() in told.lower() and n.lower() not in source.lower()]
        return self.proof if added else ()


@dataclass(frozen=True, slots=True)
class Reported:
    """``attributed`` when the sentence itself says who says so; ``leans`` when it needs the one before."""

    text: str
    attributed: bool = False
    leans: bool = False
    quoted: bool = False


def clean(sentence: str) -> str:
    """The sentence without footnote marks, bullets, paragraph numbers and "(see ...)"."""
    text = tidy(_MARKS.sub("", tidy(sentence)))
    return _LOOSE_MARKS.sub(r"\1", _LOOSE_OPEN.sub("(", text))


def reported(sentence: str, voice: Voice) -> Reported | None:
    """Return the sentence fit to print, or None where no safe form is known."""
    text = clean(sentence)
    if not is_whole(text) or is_boilerplate(text) or points_elsewhere(text):
        return None
    text = _plain_start(text)
    if _IMPERATIVE.match(text) and not voice.reader_is_parent:
        return None
    made = _attributed(text, voice)
    if made:
        return made
    text = _HAS_TODAY_DATED.sub(r"\1", text)
    text = _TODAY_DATED.sub(r"on \1", text)
    text = _PERFECT_DATED.sub(r"\2", text)
    text = _TODAY.sub(lambda m: m.group(1) or "", text)
    told = we_reported(text, voice.we) if _FIRST.search(_unquoted(text)) else text
    if told is None:
        told = _without_tail(text, voice)
    if (
        told is None
        or not _third_person(told, voice)
        or _DEIXIS.search(_unquoted(told))
        or _pronoun_loose(told)
    ):
        return None
    leans = bool(_DANGLING.match(told) or _LEAN.search(_unquoted(told)))
    return Reported(full_stop(capital(tidy(told))), leans=leans)


def _without_tail(text: str, voice: Voice) -> str | None:
    """The sentence without a last ", and I hope ..."; None where the first person is still there."""
    cut = _TAIL.sub(".", text)
    if cut == text or not is_whole(cut):
        return None
    return we_reported(cut, voice.we) if _FIRST.search(_unquoted(cut)) else cut


def clause(text: str, voice: Voice) -> str | None:
    """A part of a sentence (what follows "to" or "about") in the third person, or None."""
    text = tidy(_TODAY.sub(lambda m: m.group(1) or "", clean(text)))
    told = we_reported(text, voice.we) if _FIRST.search(_unquoted(text)) else text
    if told is None or not _third_person(told, voice) or _DEIXIS.search(told) or points_elsewhere(told):
        return None
    return told.rstrip(" .:;,")


def quoted(sentence: str, voice: Voice) -> Reported | None:
    """The sentence as an exact quotation, for one that matters and has no safe reported form."""
    text = clean(sentence)
    if text != tidy(sentence) or not is_whole(text) or not 6 <= word_count(text) <= 35:
        return None
    if is_boilerplate(text) or points_elsewhere(text) or re.search(r"[“”\"]", text) or _DEIXIS.search(text):
        return None
    if _READER.search(text) or _DANGLING.match(text) or re.search(r"\bI\b", text) or _AND_BUT.match(text):
        return None
    return Reported(f"The {voice.noun} {'say' if voice.plural else 'says'}: “{text}”", True, False, True)


def _attributed(text: str, voice: Voice) -> Reported | None:
    says = f"The {voice.noun}"
    if match := _THANKS.match(text):
        whom, what = clause(match["whom"], voice), clause(match["what"], voice)
        return (
            Reported(full_stop(f"{says} {_verb('thank', voice)} {whom} for {what}"), True)
            if whom and what
            else None
        )
    if match := _OPENING.match(text) or _STATING.match(text):
        rest = clause(match["rest"], voice)
        if not rest or (_DANGLING.match(capital(rest)) and not _STANDS.match(rest)) or _pronoun_loose(rest):
            return None
        verb = match["verb"].split()[0]
        told = {
            "tell": "say", "let": "say", "inform": "say", "share": "share", "be": "say", "assure": "say",
            "make": "say", "report": "say", "remind": "say", "reassure": "say", "set": "set out",
        }.get(verb, verb)  # fmt: skip
        if match["that"]:
            told = "say" if told in {"share", "set out", "publish", "launch"} else told
            return Reported(full_stop(f"{says} {_verb(told, voice)} that {rest}"), True)
        if told in {"announce", "confirm", "share", "set out"} and not re.match(
            r"that\b|it\b|how\b|we\b", rest
        ):
            return Reported(full_stop(f"{says} {_verb(told, voice)} {rest}"), True)
        return None
    if voice.author and (match := _SELF.match(text)):
        rest = clause(match["rest"], voice)
        if rest and not re.match(r"(?:this|these|it|to)\b", rest) and not _pronoun_loose(rest):
            verb = match["verb"]
            done = verb if verb.endswith("ed") else third(verb)
            return Reported(full_stop(f"{voice.author} {done} {rest}"), True)
    return None


def _verb(verb: str, voice: Voice) -> str:
    first, _, rest = verb.partition(" ")
    return " ".join(filter(None, (first if voice.plural else third(first), rest)))


def _plain_start(text: str) -> str:
    for pattern in (_CONNECTIVE, _AND_BUT, _CONNECTIVE):
        text = capital(pattern.sub("", text, count=1))
    return text


def _unquoted(text: str) -> str:
    return _QUOTED.sub("", text)


def _third_person(text: str, voice: Voice) -> bool:
    plain = _unquoted(text)
    return not (_FIRST if voice.reader_is_parent else _PERSONAL).search(plain)


def _pronoun_loose(text: str) -> bool:
    """Whether "he" or "she" stands there with nobody named before it."""
    match = _HE.search(_unquoted(text))
    return bool(match) and not re.search(r"[A-Z]\w+ [A-Z]\w+", text[: match.start()] if match else "")
