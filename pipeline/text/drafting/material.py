"""Everything about a publication that lead, headline and points are written from. Pure.

Never names an author that neither signature nor publisher shows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.blocks import BlockKind
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Citation
from pipeline.text.drafting.subject import Subject, subject_of
from pipeline.text.drafting.untitled import own_title, stated_minister
from pipeline.text.papers.kinds import ItemKind, kind_of, noun_of
from pipeline.text.papers.kinds_by_text import kind_by_text
from pipeline.text.papers.main_text import MainText, main_text
from pipeline.text.papers.names_and_roles import Signatory, name_in, same_person, signatory_of
from pipeline.text.papers.passages import cited, described, person_listed, published_by, titled
from pipeline.text.reporting.voice import Voice
from pipeline.text.words.patterns import pattern
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import Forms, forms_of, joined, tidy, with_the, word_count

_DEPARTMENT = re.compile(
    r"^(?:Department (?:for|of)|Ministry of|Home Office|HM Treasury|Cabinet Office|Prime Minister)"
)
_SPOKEN = frozenset({ItemKind.STATEMENT, ItemKind.SPEECH, ItemKind.ARTICLE})
_NO_SINGLE_VOICE = frozenset(
    {
        ItemKind.BLOG_POST,
        ItemKind.PRESS_RELEASE,
        ItemKind.REPORT,
        ItemKind.PAGE,
    }
)
LONGEST_TITLE = 400
_YOUR_CHILD = pattern(
    r"\byour (?:own )?(?:disabled )?(?:child|children|son|daughter|family)\b"
    r"|\bif you have a (?:disabled )?child\b"
    r"|\b(?:if you are|as) (?:a|the) parent\b",
    re.I,
)
_YOUR_WORK = pattern(
    r"\byour (?:school|pupils?|students?|staff|setting|college|class(?:room)?|teams?|trust|colleagues"
    r"|governors"
    r"|institution|authority|council area|data|return|members|service)\b",
    re.I,
)
_TO_PARENTS = 2  # times that a text speaks of "your child" before "you" is the parent in it
_SPEAKER = re.compile(
    r"^(?:(?P<first>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})(?:: | (?:speaks|spoke|talks|addresses"
    r"|speaking|speech)\b)"
    r"|[\w ]{0,40}\b(?:speech|statement|article) by (?P<by>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}(?: MP)?)\b)"
)
_BY = re.compile(
    r"^(?:[\w ]{0,30}\b)?(?:[Ss]tatement|[Ss]peech|[Aa]rticle) (?:by|from) (?:the )?"
    r"(?P<role>(?:[A-Z]\w+ ){0,3}(?:Secretary|Minister)(?: for [A-Z]\w+(?: and [A-Z]\w+)?)?)?,? ?"
    r"(?P<by>[A-Z][\w’'-]+ [A-Z][\w’'-]+(?: MP)?)\b"
)
_SUMMARY = 40  # words of a first paragraph that can be a summary
_FILENAME = re.compile(r"^\S+\.\w{2,5}$|^[a-z0-9]+(?:[-_][a-z0-9]+)*$")
_MOST_TEXTS = 1500
_OFFICE = re.compile(
    r"\b(?:Minister|(?<!Under-)(?<!Under )Secretary of State|Commissioner|Chief Inspector|Director"
    r"|Chief Executive)\b"
)
_SHORT_PAGE = 300  # words: no report is as short
_THE_REPORT = re.compile(
    r"\b(?:This|The) (?:final |interim |annual )?report (?:sets out|presents|contains|is by)\b"
)
_WE = re.compile(r"\b(?:we|us|our)\b", re.I)
_WE_ANSWER = re.compile(
    r"\bwe will (?:now |then )?(?:consult|respond|reply|publish (?:a"
    r"|the government’s) response)\b",
    re.I,
)
_SHORT_ENOUGH = 8  # words of an addressee that a sentence can name again


@dataclass(frozen=True, slots=True)
class Author:
    """A person who wrote or spoke, as the source names them."""

    name: str  # as printed first: full name, with MP where the source says so
    role: str
    cites: tuple[Citation, ...]
    minister: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    record: Record
    parts: tuple[Part, ...]
    text: MainText
    kind: ItemKind
    voice: Voice
    forms: Forms
    subject: Subject
    authors: tuple[Author, ...]

    @property
    def publisher(self) -> str:
        """Who published, as it reads inside a sentence; empty where the source does not say."""
        return joined([with_the(tidy(p)) for p in self.record.publishers[:2] if tidy(p)])

    @property
    def several_publishers(self) -> bool:
        return len(self.record.publishers) > 1

    @property
    def publisher_cites(self) -> tuple[Citation, ...]:
        return (published_by(self.record),) if self.record.publishers else ()


def gather(record: Record, parts: Sequence[Part]) -> Material:
    """Read record and parts once, for everything that is written from them."""
    if len(record.title) > LONGEST_TITLE:
        record = replace(record, title=tidy(record.title[:LONGEST_TITLE]))
    text = main_text(record, parts)
    if not tidy(record.title) or _FILENAME.match(tidy(record.title)):
        record = replace(
            record, title=own_title(text)
        )  # a file on the editor's own disk: its name is no title
    kind = kind_of(record, parts, holds_letter=text.letter is not None)
    words = " ".join(p.block.text for p in text.placed[:_MOST_TEXTS])
    if not record.document_type:
        shown = kind_by_text(words)
        if kind in {ItemKind.DOCUMENT, ItemKind.PAGE} or shown is ItemKind.CONSULTATION:
            kind = shown or kind  # a consultation on guidance has "guidance" in its title
    if kind is not ItemKind.LETTER and text.letter is not None:
        text = MainText(text.placed, text.main, None, text.unread)
    running_blocks = [p for p in text.placed[:_MOST_TEXTS] if p.block.kind is not BlockKind.HEADING]
    running_text = [s for p in running_blocks for s in split_sentences(p.block.text)]
    forms = forms_of((*running_text, *split_sentences(record.description)))
    authors = _authors(record, text, kind)
    minister = stated_minister(text) if kind in _SPOKEN and not record.publishers else None
    proof = (
        *(() if minister is None else (minister,)),
        *((published_by(record),) if record.publishers else ()),
        *(c for a in authors for c in a.cites),
    )
    voice = Voice(
        noun=noun_of(kind),
        plural=kind is ItemKind.STATISTICS,
        we="the government" if minister else _we(record, kind, authors, text),
        author=authors[0].name.removesuffix(" MP")
        if len(authors) == 1 and kind in {*_SPOKEN, ItemKind.LETTER}
        else ("the speaker" if kind is ItemKind.SPEECH and not authors else ""),
        office=_office(authors[0].role) if len(authors) == 1 and kind is ItemKind.LETTER else "",
        deeds=kind in {ItemKind.SPEECH, ItemKind.ARTICLE},
        reader_is_parent=_for_parents(kind, text, running_text),
        forms=forms,
        proof=tuple(dict.fromkeys(proof)),
    )
    subject = subject_of(record, text, forms, voice)
    if kind is ItemKind.LETTER and subject.to and word_count(subject.to) <= _SHORT_ENOUGH:
        voice = replace(voice, to=subject.to, proof=tuple(dict.fromkeys((*voice.proof, *subject.to_cites))))
    return Material(record, tuple(parts), text, kind, voice, forms, subject, authors)


def _for_parents(kind: ItemKind, text: MainText, sentences: Sequence[str]) -> bool:
    """Whether "you" is the parent: the text itself speaks of "your child", and to nobody at work.

    A letter speaks to whom it is addressed to; a speech to those who are in the room.
    """
    theirs = sum(bool(_YOUR_CHILD.search(s)) for s in sentences)
    if text.letter is not None or kind is ItemKind.LETTER:
        to = text.letter.to if text.letter else ""
        return theirs > 0 and bool(re.match(r"(?:all )?(?:parents?|carers?|famil(?:y|ies))\b", to, re.I))
    if kind in _SPOKEN or kind is ItemKind.CONSULTATION:
        return False
    if kind is ItemKind.GUIDE and theirs:
        return True
    work = sum(bool(_YOUR_WORK.search(s)) for s in sentences)
    return theirs >= _TO_PARENTS and theirs > 2 * work


def _office(role: str) -> str:
    """ "The minister" of "Minister for Schools and Childhood"; empty for an office that has no short name."""
    match = _OFFICE.search(role)
    if not match:
        return ""
    return f"the {match[0] if match[0] == 'Secretary of State' else match[0].lower()}"


def _about_report(text: MainText) -> bool:
    """Whether the text is the publisher's short page about a report, and not the report."""
    page = text.main is not None and text.main.kind is PartKind.PAGE
    opening = " ".join(tidy(p.block.text) for p in text.placed[:6])
    said = " ".join(tidy(p.block.text) for p in text.placed)
    own = len(_WE.findall(said)) == len(_WE_ANSWER.findall(said))  # its authors would say "we found"
    return page and text.words <= _SHORT_PAGE and own and bool(_THE_REPORT.search(opening))


def _authors(record: Record, text: MainText, kind: ItemKind) -> tuple[Author, ...]:
    if kind is ItemKind.LETTER:
        signed = text.letter.signatories if text.letter else ()
        if signed:
            return tuple(_signed(one, record, text) for one in signed)
        return tuple(
            _listed(record, text, one)
            for one in map(signatory_of, record.people)
            if _said_to_write(record, one)
        )
    if kind in _SPOKEN and not record.people:
        return _titled(record) or _introduced(record, text)
    if kind in _SPOKEN:
        speakers = list(map(signatory_of, record.people))
        if len(speakers) > 1:
            speakers = [one for one in speakers if one.short in f"{record.title} {record.description}"][:2]
        return tuple(_listed(record, text, one) for one in speakers)
    return ()


def _titled(record: Record) -> tuple[Author, ...]:
    """The speaker that the title itself names: "Jo Marsh speaks about X", "Statement by Jo Marsh on X"."""
    match = _SPEAKER.match(tidy(record.title))
    name = name_in(match["first"] or match["by"]) if match else ""
    return (Author(name, "", (titled(record),)),) if name else ()


def _introduced(record: Record, text: MainText) -> tuple[Author, ...]:
    """The speaker of "Statement by Education Secretary Jo Marsh about X", the summary over such texts."""
    first = next((p for p in text.placed if p.block.kind is BlockKind.PARAGRAPH), None)
    options = [(record.description, described(record))]
    if first is not None and word_count(first.block.text) <= _SUMMARY:
        options.append((first.block.text, cited(first.block, first.part)))
    for words, citation in options:
        match = _BY.match(tidy(words))
        if match and (name := name_in(match["by"])):
            return (Author(name, match["role"] or "", (citation,)),)
    return ()


def _signed(one: Signatory, record: Record, text: MainText) -> Author:
    cites = tuple(dict.fromkeys(cited(line, text.main) for line in one.lines))
    role, minister = one.role, one.minister
    if not role:
        for person in map(signatory_of, record.people):
            if person.role and same_person(person.name, one.name):
                role, minister = person.role, person.minister
                cites = (*cites, person_listed(record, person.name, role))
    return Author(one.known_as, role, cites, minister)


def _listed(record: Record, text: MainText, one: Signatory) -> Author:
    """A person of the publisher's list; MP only where some text of the publication says so."""
    cites: tuple[Citation, ...] = (person_listed(record, one.name, one.role),)
    name = one.known_as
    if not name.endswith(" MP"):
        for citation in (
            titled(record),
            described(record),
            *(cited(p.block, p.part) for p in text.placed[:12]),
        ):
            if f"{name} MP" in citation.passage:
                name, cites = f"{name} MP", (*cites, citation)
                break
    return Author(name, one.role, cites, one.minister)


def _said_to_write(record: Record, one: Signatory) -> bool:
    words = tidy(f"{record.title}. {record.description}")
    name = re.escape(one.short)
    sent = rf"\b(?:from|by) (?:[A-Z][\w ]{{0,60}} )?{name}\b"
    wrote = rf"\b{name}(?: MP)?,? (?:has )?(?:writes|wrote|written)\b"
    return bool(one.short and re.search(f"{sent}|{wrote}", words))


def _we(record: Record, kind: ItemKind, authors: tuple[Author, ...], text: MainText) -> str:
    """The one body that "we" must be; empty where it might be another."""
    if kind in _NO_SINGLE_VOICE and not (kind is ItemKind.REPORT and _about_report(text)):
        return ""
    if kind is ItemKind.LETTER and authors:
        if all(author.minister for author in authors):
            return "the government"
        if any(author.minister for author in authors):
            return ""
    publishers = [tidy(p) for p in record.publishers if tidy(p)]
    if kind is ItemKind.STATEMENT and any(_DEPARTMENT.match(p) for p in publishers):
        return "the government"  # only a minister makes a statement to Parliament
    if publishers and all(_DEPARTMENT.match(p) for p in publishers):
        return "the government"
    return with_the(publishers[0]) if len(publishers) == 1 else ""
