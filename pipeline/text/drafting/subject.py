"""What a publication is about, in the publisher's own words, as a noun phrase for lead and headline.

Pure. From a letter's subject line, from a title ("Letter to councils about X"), or from a description
("Guidance for schools on X"). Never makes up a topic: where none can be had, there is none.
"""

import re
from dataclasses import dataclass

from pipeline.model.documents import Record
from pipeline.model.drafts import Citation
from pipeline.text.drafting.aboutness import subjects_of
from pipeline.text.papers.letters import subject_text
from pipeline.text.papers.main_text import MainText
from pipeline.text.papers.passages import cited, titled
from pipeline.text.reporting.reported import clause
from pipeline.text.reporting.voice import Voice
from pipeline.text.words.wording import Forms, joined, running, tidy, word_count

_LETTER_FIRST = re.compile(
    r"^(?:an? )?(?:open |joint |ministerial )*letter (?P<ends>(?:from|to|for) .+?)?\s*(?:\b(?:about"
    r"|on|regarding|concerning)\b|[:–—-])\s*(?P<topic>.+)$",
    re.I,
)
_LETTER_LAST = re.compile(
    r"^(?P<topic>.+?)\s*[:–—-]\s*(?:an? )?(?:open |joint |ministerial )*letters? ?(?P<ends>(?:from"
    r"|to|for) .+)?$",
    re.I,
)
_TO = re.compile(r"\bto (?P<to>(?!the (?:editor)).+?)(?= from | about | on | regarding |$)", re.I)
_KIND_FIRST = re.compile(
    r"^(?:statutory |non-statutory |departmental |draft |new |updated )*(?:guidance|advice"
    r"|consultation|statistics|speech|written (?:ministerial )?statement"
    r"|statement|policy paper|report|call for evidence)(?: (?:by|from|for) [^:]+?)?\s*(?:\b(?:about"
    r"|on|regarding)\b|:)\s*(?P<topic>.+)$",
    re.I,
)
_SPOKE = re.compile(
    r"^[A-Z][\w’'-]+ [A-Z][\w’'-]+(?: MP)?(?:: | (?:speaks|spoke|talks|talked|speech|speaking|writes) "
    r"(?:about|on|at) )(?P<topic>.+)$"
)
_PURPOSE = re.compile(r"\bwrit(?:e|ing)(?: \w+){0,4}? (?:about|regarding|concerning|on) (?P<topic>.+)$")
_GOING = re.compile(
    r"^(?:supporting|improving|reforming|funding|making|ensuring|helping|working|keeping|raising"
    r"|tackling|reducing|building|meeting|teaching)\b",
    re.I,
)
_OPENS = re.compile(
    r"^(?:the|an?|our|new|changes|how|what|why|when|whether|its|their|this|every|all|some|your|\d|£)\b", re.I
)
_PLURAL_OR_MASS = re.compile(
    r"(?:(?<![us])s|children|people|funding|support|help|guidance|education|transport|attendance|health"
    r"|wellbeing|provision|care"
    r"|training|behaviour|information|reform|inclusion|safeguarding|SEND|SEN|policy|research"
    r"|practice|teaching|learning"
    r"|planning|commissioning|access|accountability|bullying|communication|childcare|legislation|law"
    r"|advice|absence"
    r"|exclusion|suspension|home-schooling|staffing|recruitment|assessment|implementation|transition)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """``topic`` reads after "about"; empty where there is none. ``to`` are the readers that are named."""

    topic: str
    cites: tuple[Citation, ...]
    to: str = ""
    to_cites: tuple[Citation, ...] = ()
    subjects: tuple[str, ...] = ()  # what an untitled text speaks of most, each in its own words


def subject_of(record: Record, text: MainText, forms: Forms, voice: Voice) -> Subject:
    """Return the topic and the addressees that the source itself names."""
    letter = text.letter
    to, to_cites = "", (titled(record),)
    title = tidy(record.title)
    match = _LETTER_FIRST.match(title) or _LETTER_LAST.match(title)
    ends = (match["ends"] or "") if match else title if re.search(r"\bletter to\b", title, re.I) else ""
    if found := _TO.search(ends):
        to = running(found["to"].strip(" .:"), forms)
    if letter and letter.to and letter.to_block and not to:
        to, to_cites = running(letter.to, forms), (cited(letter.to_block, text.part_of(letter.to_block)),)
    if letter and letter.subject:
        topic = _noun_phrase(subject_text(letter.subject), forms, voice)
        if topic:
            return Subject(topic, (cited(letter.subject, text.main),), to, to_cites)
    topic = ""
    if match or (match := _KIND_FIRST.match(title) or _SPOKE.match(title)):
        topic = _noun_phrase(match["topic"], forms, voice)
    elif re.match(r"^(?:open |ministerial )?letter (?:to|from)\b", title, re.I):
        topic = ""
    elif title:
        topic = _noun_phrase(title, forms, voice)
    if not topic and letter and letter.purpose and (about := _PURPOSE.search(letter.purpose[0])):
        topic = _noun_phrase(about["topic"], forms, voice)
        return Subject(topic, (cited(letter.purpose[1], text.main),), to, to_cites)
    if not topic and not title and text.placed:
        subjects, cites = subjects_of(text.placed)
        return Subject(joined(subjects), cites, to, to_cites, subjects)
    return Subject(topic, (titled(record),), to, to_cites)


def _noun_phrase(words: str, forms: Forms, voice: Voice) -> str:
    """The words as they read after "about", or "" where they are a sentence, a question or too long."""
    words = tidy(words).strip(" .:;")
    if not 1 <= word_count(words) <= 24 or words.endswith("?") or re.search(r"[.?!;] |[:–—]| - ", words):
        return ""
    if re.search(
        r"\b(?:is|are|was|were|will|has|have|must|should|can|responds?|announces?|announced|begins?"
        r"|begin|launch(?:es|ed)|publish(?:es|ed)|doubled|addresses)\b",
        words,
    ):
        return ""
    if re.match(
        r"^(?:apply|appeal|complain|check|find|get|help if|register|teach|report|being|dealing|if)\b",
        words,
        re.I,
    ):
        return ""
    told = clause(re.sub(r" this (?:week|month)$", "", words), voice)
    return running(told, forms) if told and _reads_alone(told) else ""


def _reads_alone(words: str) -> bool:
    """Whether the words need no article after "about": a plural, a mass noun, a name, "the ...", "-ing"."""
    if _GOING.match(words) or _OPENS.match(words):
        return True
    words = re.sub(r"\bhome[- ]to[- ]school\b", "school", words, flags=re.I)
    head = re.split(
        r"\s+(?:of|for|in|on|to|with|from|by|about|as|at|during|following|across|between|under|after|who"
        r"|that|which)\b|[,(]",
        words,
    )[0]
    parts = re.split(r"\s+and\s+", head)
    return all(_PLURAL_OR_MASS.search(part) for part in (parts[-1:] if len(parts) > 1 else parts))
