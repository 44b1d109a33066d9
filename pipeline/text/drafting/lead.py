"""The lead: one sentence of who, role, what was written or published, and about what. Pure.

Candidates are tried from the fullest to the barest; the first that the gate lets through is the lead.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from pipeline.model.documents import Record
from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.lead_letters import letter_leads, named
from pipeline.text.drafting.lead_unlabelled import unlabelled_leads
from pipeline.text.drafting.material import Material
from pipeline.text.drafting.openings import first_sentences, told_as_news
from pipeline.text.papers.kinds import ItemKind, noun_of, published_as
from pipeline.text.papers.passages import cited, described, stated, titled, typed
from pipeline.text.reporting.reported import clause
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.dates import at_time, read_moment
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.whole import has_main_verb, reads_glued
from pipeline.text.words.wording import capital, full_stop, joined, lowered, tidy, word_count

LONGEST = 55
_LONGEST_OPEN = timedelta(days=180)  # of a consultation

_NOUN_FIRST = re.compile(
    r"^(?:(?:An?|The) )?(?:New |Updated |Revised |Departmental |Draft |Interim |Final "
    r")*(?:statutory guidance|non-statutory guidance|guidance|advice|information|details|research"
    r"|statistics"
    r"|data|figures|findings|(?:research |survey |interim |final )?report|study|survey|review"
    r"|evaluation|letter|plans?|proposals|resources|tools?"
    r"|materials)\b(?! is| are| has| have| was| will| sets| explains)",
    re.I,
)
_VERB_FIRST = re.compile(
    r"^(?:Explains|Sets out|Describes|Outlines|Provides|Gives|Covers|Advises|Shows|Summarises"
    r"|Details|Looks at|Examines|Helps)\b"
)
_THIS_VERB = re.compile(
    r"^(?:This|These|The|Our) (?P<noun>(?:statutory |non-statutory |departmental )?(?:guidance"
    r"|advice|guide|documents?|report|publication|page|code|paper|information|framework|research"
    r"|review|letter|statistics|release|toolkit|resources?|consultation)) "
    r"(?P<does>(?:explains?|sets? out|describes?|outlines?|provides?|gives?|covers?|advises?|shows?"
    r"|summarises?|looks? at|examines?|helps?|contains?|presents?|replaces?)\b.+)$"
)
_COUNTED = re.compile(r"(?:report|review|evaluation|letter|plan|study|survey)$", re.I)
_HOW_FIRST = re.compile(r"^How (?!do\b|can I\b|to make a)")
_NO_ARTICLE = re.compile(r"guidance|advice|information|research|statistics|documents|resources")
_CLOSES = re.compile(
    r"\b(?:consultation|call for evidence)\b[^.]{0,60}\bcloses (?P<when>(?:at (?:\d{1,2}(?:[:.]\d\d)? ?[ap]m"
    r"|noon|midnight) )?on \d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4})"
)
_SEEKING = re.compile(
    r"^(?:We are |The government is |The department is )?(?:[Ss]eeking|[Cc]onsulting|[Aa]sking for"
    r"|[Ii]nviting|[Cc]onsultation|[Aa] consultation|[Cc]all for evidence|[Aa] call for evidence)"
    r"(?: for)? (?:your |people’s )?(?:views |comments |feedback |opinions |evidence )?(?:on|about"
    r"|into) (?P<topic>.+)$"
)


def lead_of(material: Material) -> Sentence | None:
    """Return the lead, or None where record and text hold nothing that can be said."""
    for text, cites in _candidates(material):
        if has_contact_details(text):
            continue
        if 5 <= word_count(text) <= LONGEST and (sentence := supported(full_stop(text), *cites)):
            return sentence
    return None


def facts_of_lead(material: Material) -> tuple[Sentence, ...]:
    """Sentences that follow the lead: when a consultation closes, and the nations that it applies to."""
    found: list[Sentence | None] = []
    record = material.record
    facts = dict(record.facts)
    moment = read_moment(facts.get("closing_date", ""))
    if material.kind is ItemKind.CONSULTATION and moment and _agrees(record, moment):
        when = at_time(moment)
        cite = stated(record, "Closing date", f"{facts['closing_date']} ({when}, London time)")
        closed = "closed" in record.document_type.lower()
        at = "at " if " on " in when else "on "
        found.append(
            supported(f"The consultation {'closed' if closed else 'closes'} {at}{when}.", cite, typed(record))
        )
    elif (
        material.kind is ItemKind.CONSULTATION and not moment and "closed" not in record.document_type.lower()
    ):
        found.append(_closing_told(material))
    nations = facts.get("national_applicability", "")
    if (
        nations
        and tidy(nations) != "England"
        and material.kind in {ItemKind.GUIDANCE, ItemKind.STATUTORY_GUIDANCE, ItemKind.CONSULTATION}
    ):
        listed = joined([tidy(n) for n in nations.split(",") if tidy(n)])
        noun = noun_of(material.kind)
        found.append(supported(f"The {noun} applies to {listed}.", stated(record, "Applies to", nations)))
    return tuple(sentence for sentence in found if sentence)


def _closing_told(material: Material) -> Sentence | None:
    """When the consultation closes, as its own text says it in full."""
    for one in material.text.placed:
        if match := _CLOSES.search(tidy(one.block.text)):
            return supported(f"The consultation closes {match['when']}.", cited(one.block, one.part))
    return None


def _agrees(record: Record, closing: datetime) -> bool:
    """Whether status and closing date fit the dates of publication.

    A consultation is not closed months before its end, and not opened long after it; a publisher may leave
    its dates alone when a consultation closes.
    """
    if "closed" in record.document_type.lower():
        last = record.public_updated or record.first_published
        return last is None or closing - last <= _LONGEST_OPEN
    first = record.first_published or record.public_updated
    return first is None or first - closing <= _LONGEST_OPEN


def _candidates(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    kind = material.kind
    if kind is ItemKind.LETTER:
        yield from letter_leads(material)
    elif kind is ItemKind.CONSULTATION:
        yield from _consultation(material)
    elif kind is ItemKind.PRESS_RELEASE:
        yield from _news(material)
    elif material.authors:
        yield from _spoken(material)
    yield from _published(material)


def _consultation(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record = material.record
    label = record.document_type.lower()
    have = "have" if material.several_publishers else "has"
    are = "are" if material.several_publishers else "is"
    their = "their" if material.several_publishers else "its"
    call = "call for evidence" in label.replace("_", " ")
    name = "call for evidence" if call else "consultation"
    does = f"{are} asking for views on"
    if "closed" in label:
        does = f"{have} closed {their} {name} on"
    elif label == "consultation":
        does = f"{have} published a consultation on"
    who = capital(material.publisher) if material.publisher else ""
    if not who:
        return
    cites = (*material.publisher_cites, typed(record))
    first = next(iter(split_sentences(record.description)), "")
    if match := _SEEKING.match(first.rstrip(".")):
        told = clause(match["topic"], material.voice)
        if told:
            yield f"{who} {does} {told}", (*cites, described(record))
    if material.subject.topic:
        yield f"{who} {does} {material.subject.topic}", (*cites, *material.subject.cites)
    yield f"{who} {have} published a {name} called ‘{tidy(record.title)}’", (*cites, titled(record))


def _news(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """News opens with its own first sentence when that says who does what; else with its summary."""
    bodies = [tidy(p) for p in material.record.publishers]
    title = tidy(material.record.title)
    running = (p for p in material.text.placed if p.main and tidy(p.block.text) != title)
    first = next((p for p in running if word_count(p.block.text) > 12), None)
    options: list[tuple[str, Citation]] = []
    if first:
        options.append((next(iter(split_sentences(first.block.text)), ""), cited(first.block, first.part)))
    options.append((next(iter(split_sentences(material.record.description)), ""), described(material.record)))
    for sentence, citation in options:
        told = told_as_news(sentence, material)
        acts = any(body and body in sentence for body in bodies) or re.search(
            r"\b[Gg]overnment\b|\bMinister\b|\bSecretary\b", sentence
        )
        if told and not told.leans and acts and word_count(told.text) <= 45:
            yield told.text, (citation,)
    for sentence, citation in options:
        told = told_as_news(sentence, material)
        if told and not told.leans and material.publisher and word_count(told.text) <= 38:
            have = "have" if material.several_publishers else "has"
            that = lowered(told.text.rstrip("."), material.forms)
            first_word = that.partition(" ")[0]
            if first_word.istitle() and first_word.lower() not in material.forms.proper:
                continue  # "has announced that Subject to ...": whether it is a name is not known
            yield (
                f"{capital(material.publisher)} {have} announced that {that}",
                (*material.publisher_cites, citation),
            )


def _spoken(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record = material.record
    have = "have" if len(material.authors) > 1 else "has"
    cites = tuple(c for a in material.authors for c in a.cites)
    label = record.document_type.lower()
    did = {
        ItemKind.SPEECH: "given a speech",
        ItemKind.ARTICLE: "written an article",
        ItemKind.STATEMENT: "made a statement to Parliament"
        if "oral" in label
        else "made a written statement to Parliament",
    }.get(material.kind, f"published {published_as(material.kind)}")
    who = f"{named(material.authors)} {have} {did}"
    cites = (*cites, typed(record))
    first = next(iter(split_sentences(record.description)), "").rstrip(".")
    if match := re.search(
        r"\b(?:statement|speech|article)\b[^.]*? (?:about|on|regarding) (?P<topic>.+)$", first
    ):
        told = clause(match["topic"], material.voice)
        if told:
            yield f"{who} about {told}", (*cites, described(record))
    if material.subject.topic and not any(
        a.name.removesuffix(" MP") in material.subject.topic for a in material.authors
    ):
        yield f"{who} about {material.subject.topic}", (*cites, *material.subject.cites)
    yield f"{who}, published under the title ‘{tidy(record.title)}’", (*cites, titled(record))


def _published(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record, kind = material.record, material.kind
    have = "have" if material.several_publishers else "has"
    who = f"{capital(material.publisher)} {have} published" if material.publisher else ""
    thing = published_as(kind)
    if kind is ItemKind.OUTCOME and material.several_publishers:
        thing = thing.replace("its", "their")
    if who:
        for first, source in first_sentences(material):
            for words in _from_description(material, first.rstrip("."), thing):
                yield f"{who} {words}", (*material.publisher_cites, source, typed(record))
        if material.subject.topic:
            joint = (
                "on"
                if kind not in {ItemKind.LETTER, ItemKind.PRESS_RELEASE, ItemKind.BLOG_POST, ItemKind.PAGE}
                else "about"
            )
            yield (
                f"{who} {thing} {joint} {material.subject.topic}",
                (*material.publisher_cites, *material.subject.cites, typed(record)),
            )
        yield (
            f"{who} {thing} called ‘{tidy(record.title)}’",
            (*material.publisher_cites, titled(record), typed(record)),
        )
    elif not tidy(record.title) or not record.document_type:
        yield from unlabelled_leads(
            material,
            list(first_sentences(material, of_each=3)),
            lambda f: _from_description(material, f, thing),
        )
    noun = noun_of(kind)
    new = (
        "New statistics have"
        if kind is ItemKind.STATISTICS
        else f"A {noun} has"
        if noun[0] not in "aeiou"
        else f"An {noun} has"
    )
    if kind in {ItemKind.GUIDANCE, ItemKind.STATUTORY_GUIDANCE}:
        new = f"{capital(thing)} has"
    if not tidy(record.title):
        yield f"{new} been published", (titled(record), typed(record))
    else:
        if material.subject.topic:
            yield f"{new} been published about {material.subject.topic}", material.subject.cites
        yield f"{new} been published called ‘{tidy(record.title)}’", (titled(record),)


def _from_description(material: Material, first: str, thing: str) -> Iterator[str]:
    """The publisher's summary as what follows "has published"."""
    if not first or word_count(first) > 42 or reads_glued(first) or ":" in first:
        return
    if material.kind in {ItemKind.CONSULTATION, ItemKind.PRESS_RELEASE}:
        return
    singular = material.kind is not ItemKind.STATISTICS
    if match := _THIS_VERB.match(first):
        if told := clause(match["does"], material.voice):
            article = "" if _NO_ARTICLE.search(match["noun"]) else "a "
            yield f"{article}{match['noun']} that {told}"
        return
    told = clause(first, material.voice)
    if not told:
        return
    inside = told[0].lower() + told[1:]
    if (match := _NOUN_FIRST.match(first)) and not has_main_verb(told):
        bare = not re.match(r"(?:an?|the) ", inside) and _COUNTED.search(match.group())
        yield f"{'an' if inside[0] in 'aeiou' else 'a'} {inside}" if bare else inside
    elif _VERB_FIRST.match(first) and singular:
        yield f"{thing} that {inside}"
    elif _HOW_FIRST.match(first) and singular:
        yield f"{thing} on {inside}"
