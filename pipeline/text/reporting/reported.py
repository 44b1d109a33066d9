"""Turn a sentence of a source into one that a charity can print: as it stands, or as reported speech.

Only edits that can be shown to keep the fact: an opening such as "I am pleased to confirm that" becomes
"The letter confirms that"; "we" becomes the body that speaks, where one body speaks for certain and the
verb is known. Whatever is left over in the first or second person is refused, never garbled.
"""

import re
from dataclasses import replace

from pipeline.text.reporting.said import DANGLING, DEIXIS, attributed, clause
from pipeline.text.reporting.start import clean, plain_start, undated, written_out
from pipeline.text.reporting.voice import Reported, Voice, pronoun_loose, third_person, told_of, unquoted
from pipeline.text.words.boilerplate import is_boilerplate, points_elsewhere
from pipeline.text.words.patterns import pattern
from pipeline.text.words.whole import is_whole
from pipeline.text.words.wording import capital, full_stop, tidy, word_count

__all__ = ["Reported", "Voice", "clause", "clean", "leans_back", "quoted", "reported"]

_READER = pattern(r"\b(?:you|your|yours|yourself|yourselves)\b", re.I)
_LEAN = pattern(
    r"\b(?:[Tt]hese\b|[Ss]uch (?!as\b)\w+s?\b"
    r"|(?<!when )(?<!where )(?<!if )(?<!unless )(?<!although )[Tt]his (?!year|month|autumn|spring"
    r"|summer|winter|term"
    r"|academic|financial|letter|guidance|guide|country|statement|consultation|document|government|speech"
    r"|is an? (?:\w+,? (?:and )?){0,5}(?:time|year|period|moment)))"
    r"|\b(?:describes?|defines?|calls?) (?:it|them|this)\b|\b(?:for|of|with|have|need) one[.,;]"
    r"|^[^,]{0,60}\b(?:to|of|for|with|on|over) it\.$"
    r"|^So,? (?:they|it|this|that|these)\b"
    r"|^(?:Too many|Many|Most|Some|Few|Several) (?:found|find|had|have|were|are|felt|feel|said|say|will"
    r"|can)\b"
    r"|^[^,]{0,80}\b(?:supports?|supported|welcomed?|opposed?|backed|wants?|wanted) (?:it|them)\.$"
    r"|^You (?:should|will) (?:then )?(?:get|receive|have) an? (?:response|reply|answer|decision)\b"
    r"|^The (?:agency|panel|form|certificate)\b"
    r"|\b[Tt]his[.,;]|\b(?:do|does|did|for|of|about) (?:that|this)[.,;]|\bthe date is\b"
    r"|\b[Tt]hat (?:consultation|date|day|report|review|year|meeting|decision|work|period|point)\b"
)
_NO_ANCHOR = pattern(  # "it" or "they" of something that no word before it in the sentence can be
    r"^(?:And |But )?(?:Until then|Since then|By then|From then|In the meantime|Meanwhile"
    r"|If (?:we|I|it|they) go(?:es)? ahead)\b"
    r"|^(?:Where|When|If|Once|Unless|Although|While|Before|After|Until)\b[^,]*\b(?:it|them),"
    r"|\b[Dd]ecides? (?:\w+ ){0,5}how (?:it|they) (?:is|are)\b"
    r"|^[^,]{0,80} (?:is|are|was|were) (?:not |never |no )?(?:an? |the )?(?:[\w-]+ ){0,4}to \w+ (?:it|them)\b"
    r"|^(?:We|I|The (?:government|department)) (?:\w+ )?(?:think|believe|consider|know|feel)s? (?:that )?"
    r"(?:it|they)\b(?! (?:is|was|will be|would be|can be) (?:\w+ ){1,2}(?:that|to|for|if|when)\b)"
    r"|\bthe (?:extra|additional) (?:year|money|time|funding|places)\b"
    r"|\b(?:the same (?:applies|goes)|as (?:it|they) (?:do|does|did) now)\b",
)
_ANOTHER = re.compile(r"The (consultation|grant|scheme|survey|trial) (?:opens|closes|runs|may|must|ends)\b")
_SUCH = pattern(r"\bsuch (?=(\w{5}))")
_IMPERATIVE = re.compile(
    r"^(?:Ignore|Disregard|Forget|Write|Send|Submit|Complete|Fill|Provide|Ensure|Make|Tell|Give|Do"
    r"|Don[’']t|Never|Follow|Check"
    r"|Contact|Ask|Consider|Take|Keep|Let|Look|Think|Imagine|Go|Get|Sign|Register|Apply|Join|Share"
    r"|Act|Pretend|Try|Be)\b"
)
_STEP = re.compile(
    r"^(?:Apply|Appeal|Ask|Check|Claim|Complain|Complete|Fill in|Follow|Keep|Reply|Return|Send|Speak"
    r"|Talk|Tell"
    r"|Write) (?!it\b|them\b|this\b)"
)
_TAIL = pattern(
    r",? (?:and|but|so) (?:I|we) (?:hope|look|am|want|would|know|trust|believe|thank)\b[^,;“]*\.$"
)
_AND_I = pattern(r", and I (?:have|am|will|do)\b[^“]*\.$")
_TO_READERS = pattern(r",? (?:which|so that|so|to help|helping) [^,;“]*\byour?\b[^,;“]*\.$")
_GRATEFUL = pattern(r"^(I|We) (?:am|are) (?:also |very |so |deeply |truly |most )*grateful to ")
_AND_BUT = re.compile(r"^(?:And|But|So|Yet)\b")
_OBLIGES = re.compile(r"^You (?:must|may|cannot)\b")
_SPEAKS_OF_SPEAKING = re.compile(
    r"^(?:I|We) (?:also |now |just )*(?:want|wanted|wish|would like|am going|are going|hope) to (?:also )?"
    r"(?:talk|speak|tell|begin|start|turn|finish|end|close|share a|focus on|return to|say something|say a)\b"
)
_HAVE_ONE = pattern(r"[-–] every [^,;]+ have one[.,;]")
_CHATTY = pattern(r"\bI (?:think|suppose|mean|guess)\b|\b(?:thank|grateful|pleasure|delighted)\b|\w[’']d\b")


def reported(sentence: str, voice: Voice) -> Reported | None:
    """Return the sentence fit to print, or None where no safe form is known."""
    text = written_out(plain_start(_GRATEFUL.sub(r"\1 thank ", clean(sentence))))
    whole = is_whole(text)
    step = is_step(text, voice)
    if not whole and not step and not text.startswith("Please "):
        return None
    if is_boilerplate(text) or points_elsewhere(text):
        return None
    if _IMPERATIVE.match(text) and not voice.reader_is_parent:
        return None
    if _SPEAKS_OF_SPEAKING.match(text):
        return None
    if made := attributed(_AND_I.sub(".", text), voice):
        return replace(made, leans=made.leans or bool(_NO_ANCHOR.search(text)))
    if not whole and not step:
        return None
    text = undated(_without_tail(text, voice))
    told = told_of(text, voice)
    if told is None or not third_person(told, voice) or DEIXIS.search(unquoted(told)) or pronoun_loose(told):
        return None
    other = _ANOTHER.match(told)
    leans = any(map(leans_back, {told, text})) or bool(other and other[1] != voice.noun)
    return Reported(full_stop(capital(tidy(told))), leans=leans, step=step)


def is_step(text: str, voice: Voice) -> bool:
    """Whether the text tells parents, who are its readers, to do something: "Complain to the school."."""
    return (
        voice.reader_is_parent
        and bool(_STEP.match(text))
        and is_whole(f"You must {text[:1].lower()}{text[1:]}")
    )


def leans_back(text: str) -> bool:
    """Whether a sentence speaks of something that only the one before it names: "they", "until then"."""
    plain = _HAVE_ONE.sub("", unquoted(text))
    return bool(DANGLING.match(text) or _LEAN.search(_without_such(plain)) or _NO_ANCHOR.search(plain))


def _without_such(text: str) -> str:
    """The text without a "such" whose noun came before: "must arrange ... such arrangements"."""

    def known(match: re.Match[str]) -> str:
        return "" if match.group(1).lower() in text[: match.start()].lower() else match.group()

    return _SUCH.sub(known, text)


def _without_tail(text: str, voice: Voice) -> str:
    """The sentence without a last ", and I hope ..." or ", which will also help you"."""
    text = _AND_I.sub(".", _TAIL.sub(".", text))
    if voice.reader_is_parent:
        return text
    cut = _TO_READERS.sub(".", text)
    return cut if cut != text and is_whole(cut) else text


def quoted(sentence: str, voice: Voice) -> Reported | None:
    """The sentence as an exact quotation, for one that matters and has no safe reported form.

    A speaker may say "I" and "you" in a quotation, for a speech is quoted as someone's own words.
    """
    text = clean(sentence)
    spoken_to = bool(_READER.search(text))
    most = 42 if spoken_to and voice.to else 35
    if text != tidy(sentence) or not is_whole(text) or not 6 <= word_count(text) <= most:
        return None
    if is_boilerplate(text) or points_elsewhere(text) or re.search(r"[“”\"]", text) or DEIXIS.search(text):
        return None
    if DANGLING.match(text) or _AND_BUT.match(text) or _CHATTY.search(text):
        return None
    if not voice.deeds and (re.search(r"\bI\b", text) or (spoken_to and not _OBLIGES.search(text))):
        return None
    if not voice.deeds and spoken_to:
        if not voice.to:
            return None
        tells = "tell" if voice.plural else "tells"
        return Reported(f"The {voice.noun} {tells} {voice.to}: “{text}”", True, False, True)
    return Reported(f"The {voice.noun} {'say' if voice.plural else 'says'}: “{text}”", True, False, True)
