"""Leads for letters: who wrote, which office, to whom, about what. Pure; part of lead.py.

Never names an author that the material does not show, and keeps the letter's own words of purpose.
"""

import re
from collections.abc import Iterator

from pipeline.model.drafts import Citation
from pipeline.text.drafting.material import Author, Material
from pipeline.text.papers.passages import cited, titled
from pipeline.text.reporting.reported import clause
from pipeline.text.words.family_interest import about_send
from pipeline.text.words.wording import capital, joined, tidy, word_count

_WHEN = re.compile(r" this (?:week|month)$")
_PURPOSE = re.compile(
    r"\bwrit(?:e|ing)(?: jointly| together| today| again| now)*(?: to you| to all \w+(?: \w+)?)?(?: today| "
    r"again| jointly| together| now)*,? (?P<rest>(?:about|regarding|concerning|on|to|with|following)\b.+)$"
)
_UPDATING = re.compile(
    r"^(?:to )?(?:update|inform|notify|tell|write to|brief) (?:you|colleagues)(?: all)? (?:about|on"
    r"|of|regarding) (?P<about>.+)$|^to let you know about (?P<about2>.+)$"
)
_SAYING = re.compile(r"^to (?:inform you|let you know|tell you|notify you|advise you) that (?P<that>.+)$")
_DOING = re.compile(
    r"^to (?P<verb>set out|outline|explain|confirm|announce|share|provide|highlight|clarify|describe"
    r"|ask for|invite|introduce|emphasise|reiterate|publish|launch|seek|stress|draw attention to"
    r"|give) (?P<what>.+)$"
)
_CUT = re.compile(
    r",? and (?:also )?to (?:thank|ask you|express|offer|update|reassure|invite you|let you|share "
    r"with you)\b.*$|, and I\b.*$|, which I\b.*$"
)


def letter_leads(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Yield leads with what they rest on, the fullest first."""
    subject, title = material.subject, titled(material.record)
    to = f" to {subject.to}" if subject.to else ""
    to_cites = subject.to_cites if subject.to else ()
    if material.authors:
        several = len(material.authors) > 1
        who = f"{named(material.authors)} {'have' if several else 'has'} written"
        cites = (*(c for a in material.authors for c in a.cites), *to_cites)
        told = [(words, more, f"{who}{to or ' a letter'} {words}") for words, more in purposes(material)]
        topic = (f"{who}{to or ' a letter'} about {subject.topic}", (*cites, *subject.cites))
        yield from ((text, (*cites, *more)) for words, more, text in told if words.startswith("about "))
        yield from ((f"{who} {w}", (*cites, *more)) for w, more, _ in told if w.startswith("about "))
        if subject.topic and material.text.letter and material.text.letter.subject:
            yield topic
        yield from ((text, (*cites, *more)) for words, more, text in told if about_send(words))
        if subject.topic:
            yield topic
        yield from ((text, (*cites, *more)) for _, more, text in told)
        yield (
            f"{who} a letter{to}, published under the title ‘{tidy(material.record.title)}’",
            (*cites, title),
        )
        yield f"{who} a letter{to}", cites
    if material.publisher:
        have = "have" if material.several_publishers else "has"
        who = f"{capital(material.publisher)} {have} published a letter"
        cites = (*material.publisher_cites, *to_cites)
        if subject.topic:
            yield f"{who}{to} about {subject.topic}", (*cites, *subject.cites)


def purposes(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """What the letter says that it is for: ``about X``, ``to set out X``, ``to say that X``."""
    letter = material.text.letter
    if not letter or not letter.purpose:
        return
    sentence, block = letter.purpose
    cites = (cited(block, material.text.main),)
    match = _PURPOSE.search(tidy(sentence).rstrip("."))
    if not match:
        return
    for rest in dict.fromkeys((match["rest"], _CUT.sub("", match["rest"]))):
        words = ""
        if about := re.match(r"(?:about|regarding|concerning|on) (.+)$", rest):
            told = clause(_WHEN.sub("", about.group(1)), material.voice)
            words = f"about {told}" if told else ""
        elif update := _UPDATING.match(rest):
            told = clause(update["about"] or update["about2"], material.voice)
            words = f"about {told}" if told else ""
        elif saying := _SAYING.match(rest):
            told = clause(saying["that"], material.voice)
            words = f"to say that {told}" if told else ""
        elif doing := _DOING.match(rest):
            told = clause(doing["what"], material.voice)
            words = f"to {doing['verb']} {told}" if told else ""
        if words and word_count(words) <= 38:
            yield words, (*cites, *material.voice.proof_for(words, sentence))


def named(authors: tuple[Author, ...]) -> str:
    """``Vicky Ford MP, Minister for X,`` or two of them joined; commas around the roles."""
    if len(authors) == 1:
        one = authors[0]
        return f"{one.name}, {one.role}," if one.role else one.name
    if all(a.role for a in authors) and len(authors) == 2:
        return f"{authors[0].name}, {authors[0].role}, and {authors[1].name}, {authors[1].role},"
    return joined([a.name for a in authors])
