"""Leads for papers that name no publisher: what the paper says of itself, or what it is about. Pure.

Part of lead.py. Says that something has been published only where the paper calls itself a publication.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.model.drafts import Citation
from pipeline.text.drafting.material import Material
from pipeline.text.papers.kinds import ItemKind, noun_of
from pipeline.text.papers.passages import updated_on
from pipeline.text.reporting.reported import clause, reported
from pipeline.text.words.dates import on_day
from pipeline.text.words.wording import capital, full_stop, word_count

_MANY = re.compile(
    r"^(?:the )?(?:new |updated |latest |interim |final )*(?:results|findings|statistics|details"
    r"|figures|plans"
    r"|proposals|resources|materials|documents|tools|data)\b",
    re.I,
)
_SAYS_OF_ITSELF = re.compile(
    r"^(?:This|It|The) (?P<noun>guidance|guide|advice|document|report|publication|code|paper|framework|review"
    r"|consultation|statistical release|bulletin)? ?"
    r"(?P<does>(?:explains?|sets? out|describes?|outlines?|covers?|advises?|shows?|summarises?"
    r"|looks? at|examines?"
    r"|is for|seeks?)\b[^:]+)$"
)
_LONGEST = 45


def unlabelled_leads(
    material: Material,
    firsts: Sequence[tuple[str, Citation]],
    as_thing: Callable[[str], Iterable[str]],
) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Yield leads with what they rest on; ``as_thing`` makes of a summary what follows "has published"."""
    noun = noun_of(material.kind)
    if material.kind is not ItemKind.SPEECH:
        for first, source in firsts:
            if match := _SAYS_OF_ITSELF.match(first):
                does = clause(match["does"], material.voice)
                if does and word_count(does) <= 40:
                    yield f"The {match['noun'] or noun} {does}", (source,)
        for first, source in firsts:
            for words in as_thing(first.rstrip(".")):
                if word_count(words) <= 30:
                    have = "have" if _MANY.match(words) else "has"
                    yield f"{capital(words)} {have} been published", (source,)
        for first, source in firsts:
            told = reported(full_stop(first), material.voice)
            if told and not told.leans and not told.quoted and word_count(told.text) <= _LONGEST:
                yield told.text, (source,)
    subject = material.subject
    if subject.topic:
        be = "are" if material.kind is ItemKind.STATISTICS else "is"
        day = material.record.public_updated
        of, dated = (f" of {on_day(day)}", (updated_on(material.record),)) if day else ("", ())
        yield f"The {noun}{of} {be} about {subject.topic}", (*subject.cites, *dated)
