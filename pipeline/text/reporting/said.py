"""Sentences that say who says so: thanks, "I am pleased to confirm that", "Please send". Pure.

Part of reported.py. The verb of reporting is the source's own, or a plainer one ("say" for "be clear").
"""

import re

from pipeline.text.papers.kinds import third
from pipeline.text.reporting.start import clean, without_today, written_out
from pipeline.text.reporting.voice import Reported, Voice, pronoun_loose, third_person, told_of, unquoted
from pipeline.text.words.boilerplate import points_elsewhere
from pipeline.text.words.patterns import pattern
from pipeline.text.words.wording import capital, full_stop, tidy

DEIXIS = pattern(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|week)|last week|next "
    r"week|here)\b",
    re.I,
)
DANGLING = re.compile(
    r"^(?:This|These|That|Those|It|They|Such|He|She|His|Her|Their|Its|Both|Each|Neither|Either|Here"
    r"|There(?!\s+(?:is|are|will|has|have|must|were|was)\b)"
    r"|The (?:latter|former|same|above|following|other)|For (?:example|instance|some|others|many)|In this"
    r"|In these|In doing|In both|In such|Doing so|If so|If not|If they|When they"
    r"|As such|Then|Thus|Hence|Where this|Where they|Once they|Another|Others?|Some of these|Many of "
    r"these|All of these|Each of these|Instead|Again|Not only|Nor|Or|Because|Which|Who|Including)\b"
)
_STANDS = re.compile(
    r"^(?:there\b|this (?:is|has been|was|will be) an? (?:\w+,? (?:and )?){0,5}(?:time|year|period|moment)\b)"
)
_OF_THESE = re.compile(r"\b(?:each|all|both|any|some) of (?:these|those|them)\b|\bthese (?!days)")
_ENDS_LOOSE = re.compile(r"\b(?:this|that|these|those)$")
_OPENING = re.compile(
    r"^(?:I|We) (?:am|are|’m|'m)?\s*(?:very |also |really |particularly |today |therefore )*"
    r"(?:pleased|delighted|happy|glad|proud|able)(?: today)? to (?:be able to )?"
    r"(?P<verb>announce|confirm|say|share|report|set out|publish|launch|tell you|let you know"
    r"|inform you)(?: today)? (?P<that>that )?(?P<rest>.+)$"
)
_STATING = re.compile(
    r"^(?:(?:I|We) (?:also |want to |would like to |wish to |wanted to |must |can |should |will |do )+"
    r"|(?:I|We) (?:am|are) writing to |(?:I|We) )"
    r"(?:also |again |therefore |fully |well )?(?P<verb>be clear|be very clear|be absolutely clear|make clear"
    r"|make it clear|emphasise|stress|reiterate|underline|highlight|confirm"
    r"|reassure \w+(?: \w+){0,4}?|assure you|remind you|remind \w+(?: \w+){0,4}?|recognise"
    r"|acknowledge|appreciate|understand|know|note|say|announce|clarify)(?: to you)? (?P<that>that )"
    r"(?P<rest>.+)$"
)
_KNOWING_HOW = re.compile(
    r"^(?:I|We) (?:also |fully |well |do )?(?P<verb>know|recognise|understand|appreciate|acknowledge)"
    r" (?P<rest>(?:how|what|the) .+)$"
)
_ANNOUNCING = re.compile(
    r"^(?:Today )?(?:I|We) (?:am|are) (?:today |also |now )*(?P<verb>announc|confirm|sett)ing"
    r"(?P<out> out)?(?: today)? (?P<that>that )?(?P<rest>.+)$"
)
_THANKS = re.compile(
    r"^(?:I|We) (?:also )?(?:would |’d |'d )?(?:like |want |wish )?(?:to )?(?:also )?(?:personally "
    r")?thank (?P<whom>.+?) for (?P<what>.+)$"
)
_GRATEFUL = re.compile(
    r"^(?:My|Our) (?:sincere |heartfelt )?thanks (?:also )?(?:go )?to (?P<whom>.+?) for (?P<what>.+)$"
)
_SELF = re.compile(
    r"^I (?:also )?(?:strongly |fully |very much )?(?P<verb>expect|hope|believe|urge|encourage|ask"
    r"|want|recommend|welcome|intend|expected|asked|urged) (?P<rest>.+)$"
)
_PLEASE = re.compile(
    r"^Please (?:also |could you |can you )?(?:make sure|(?P<verb>send|write|tell|return|publish|check|review"
    r"|ensure|share|complete|apply|work|respond|name|appoint|give|let|read|use|submit|update|confirm|keep"
    r"|agree|arrange|speak|talk)) (?P<rest>.+)$"
)
_VERBS = {
    "tell": "say", "let": "say", "inform": "say", "be": "say", "assure": "say", "make": "say",
    "report": "say", "remind": "say", "reassure": "say", "set": "set out", "know": "recognise",
    "appreciate": "recognise", "understand": "recognise",
}  # fmt: skip


def clause(text: str, voice: Voice) -> str | None:
    """A part of a sentence (what follows "to" or "about") in the third person, or None."""
    told = told_of(tidy(written_out(without_today(clean(text)))), voice)
    if told is None or not third_person(told, voice) or DEIXIS.search(told) or points_elsewhere(told):
        return None
    if text[:1].islower() and not told.startswith((voice.author or "\n", voice.we or "\n")):
        told = told[:1].lower() + told[1:]
    return told.rstrip(" .:;,")


def attributed(text: str, voice: Voice) -> Reported | None:
    """The sentence as ``The letter confirms that ...``, where it is one that says so of itself."""
    says = f"The {voice.noun}"
    if match := _THANKS.match(text) or _GRATEFUL.match(text):
        whom, what = clause(match["whom"], voice), clause(_theirs(match["what"]), voice)
        if not whom or not what or whom in {"all", "everyone"}:
            return None
        return Reported(full_stop(f"{says} {_verb('thank', voice)} {whom} for {what}"), True)
    if match := _OPENING.match(text) or _STATING.match(text):
        return _stated(says, match, voice)
    if match := _ANNOUNCING.match(text):
        verb = {"announc": "announce", "sett": "set out"}.get(match["verb"], match["verb"])
        rest = clause(match["rest"], voice)
        if not rest or pronoun_loose(rest) or re.match(r"(?:details|further|more)\b", rest):
            return None
        that = "that " if match["that"] else ""
        return Reported(full_stop(f"{says} {_verb(verb, voice)} {that}{rest}"), True)
    if match := _KNOWING_HOW.match(text):
        rest = clause(match["rest"], voice)
        if not rest or pronoun_loose(rest):
            return None
        return Reported(
            full_stop(f"{says} {_verb(_VERBS.get(match['verb'], match['verb']), voice)} {rest}"), True
        )
    if voice.author and (match := _SELF.match(text)):
        rest = clause(match["rest"], voice)
        if rest and not re.match(r"(?:this|these|it|to)\b", rest) and not pronoun_loose(rest):
            verb = match["verb"]
            done = verb if verb.endswith("ed") else third(verb)
            return Reported(full_stop(capital(f"{voice.author} {done} {rest}")), True)
    whom = voice.to or ("those who read it" if voice.noun == "letter" else "")
    if whom and (match := _PLEASE.match(text)) and match["verb"]:
        rest = clause(_theirs(_to_whom(match["rest"], voice)), voice)
        if rest and not re.match(r"(?:this|these|it|them|that)\b", rest) and not pronoun_loose(rest):
            told = full_stop(f"{says} {_verb('ask', voice)} {whom} to {match['verb']} {rest}")
            return Reported(told, True, leans=bool(_OF_THESE.search(rest)))
    return None


def _stated(says: str, match: re.Match[str], voice: Voice) -> Reported | None:
    rest = clause(match["rest"], voice)
    if (
        not rest
        or _ENDS_LOOSE.search(rest)
        or (DANGLING.match(capital(rest)) and not _STANDS.match(rest))
        or pronoun_loose(rest)
    ):
        return None
    if match["that"] and re.match(r"(?:as (?:an?|the|your)|because|to|with|and|not)\b", rest):
        return None  # "I say that as a minister": the "that" is what was said before
    verb = match["verb"].split()[0]
    told = _VERBS.get(verb, verb)
    if match["that"]:
        told = "say" if told in {"share", "set out", "publish", "launch"} else told
        return Reported(full_stop(f"{says} {_verb(told, voice)} that {rest}"), True)
    if told in {"announce", "confirm", "share", "set out"} and not re.match(r"that\b|it\b|how\b|we\b", rest):
        return Reported(full_stop(f"{says} {_verb(told, voice)} {rest}"), True)
    return None


def _to_whom(rest: str, voice: Voice) -> str:
    """What follows "Please tell", with the writer for a first "me"."""
    who = voice.office or voice.author
    return re.sub(r"^me\b", who, rest) if who else rest


def _theirs(text: str) -> str:
    """ "Your" and "you" as the reader's own, once the reader is named: "for all that they do"."""
    if re.search(r"\b(?:to|for|with|by|from|of|help|tell|give|thank) you\b|\byou\W*$", unquoted(text)):
        return text
    return re.sub(r"\byou\b", "they", re.sub(r"\byour\b", "their", text))


def _verb(verb: str, voice: Voice) -> str:
    first, _, rest = verb.partition(" ")
    return " ".join(filter(None, (first if voice.plural else third(first), rest)))
