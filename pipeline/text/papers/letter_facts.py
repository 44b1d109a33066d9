"""Read a letter's facts: senders, addressees, date, what is asked of whom by when, enclosures, links. Pure.

Works on the blocks of any format. Leaves out what it cannot read with certainty.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Citation
from pipeline.model.letters import Ask, LetterFacts, Sender
from pipeline.text.papers.force import Force, said_in
from pipeline.text.papers.letters import Letter, subject_text
from pipeline.text.papers.main_text import main_text
from pipeline.text.papers.names_and_roles import name_in, same_person, signatory_of
from pipeline.text.papers.passages import cited, person_listed
from pipeline.text.words.dates import LONDON, MONTHS
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

MOST_ASKS = 12
MOST_LINKS = 40
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(MONTHS)}),? (20\d\d|19\d\d)\b", re.IGNORECASE)
_TERM = r"(?:spring|summer|autumn|half|school|financial) ?(?:term|year)?"
_BY = re.compile(
    rf"\b(?:by|before|no later than|on or before|until) ((?:(?:\w+day|the end of)[, ]+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{'|'.join(MONTHS)})(?: 20\d\d)?"
    rf"|(?:the )?{_TERM} 20\d\d|(?:the end of )?(?:this|next|the) (?:{_TERM}|term|year|half-term))\b"
)
_WHOM = (
    r"(?:(?:all|every|each|any|those|both|your) )?(?:maintained |mainstream |special |local |relevant )?"
    r"(?:local authorit(?:y|ies)|councils?|schools?(?: and colleges)?|colleges?|settings?|academ(?:y|ies)"
    r"|(?:academy )?trusts?|integrated care boards?|ICBs?|health (?:bodies|services|partners)"
    r"|governing (?:boards?|bodies)|governors|head ?teachers|principals|directors of children[’']s services"
    r"|early years (?:settings|providers)|providers|SENCOs?|leaders|colleagues|partners"
    r"|parents(?: and carers)?|families|parent carer forums?)"
    r"(?: in (?:England|Wales|Scotland|Northern Ireland))?"
)
_ASKED = re.compile(
    rf"\b(?:I|we)(?: would| do| now| also| therefore| strongly| particularly)*"
    r"(?: am| are)?(?: also| therefore| now)? (?:ask(?:ing)?|expect(?:ing)?|urge|urging|request(?:ing)?"
    r"|invite|inviting|encourage|encouraging|want|like|call(?:ing)? on|require)"
    rf"(?: for)? (?P<whom>you(?: all| both)?|{_WHOM})\b(?P<rest>[^.]{{0,60}}?)\bto\b",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"(?:^|[,;:] |\b(?:could|would|will) you )please\b|^I would be grateful if\b", re.IGNORECASE
)
_DUTY = re.compile(
    rf"^(?P<whom>{_WHOM}|you)\b[^.;]{{0,40}}?\b(?:must|should|are (?:asked|expected) to)\b", re.IGNORECASE
)
_INTRO = re.compile(
    rf"\b(?:ask|asking|expect|expecting|urge|want|invite)\b.*?\b(?P<whom>you|{_WHOM})\b.*\bto:$", re.I
)
_SINCE = re.compile(rf"^From (?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})(?: 20\d\d)?:?,?", re.IGNORECASE)
_ENCLOSED = re.compile(
    r"^(?:enc(?:l(?:osures?|osed)?)?s?|attach(?:ed|ments?)|annex(?:es)?(?: [A-Z0-9])?)"
    r"\b[ .:–-]*(?P<rest>.*)$",
    re.I,
)
_ENCLOSING = re.compile(
    r"\b(?:enclose[ds]?|attach(?:ed)?|annexed)\b[^.]{0,20}?"
    r"\b(?P<what>(?:a|an|the|our|my|two|three) [^.;]{3,120})",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\"“”]{3,400}[^\s<>()\"“”.,;:!?’']")
_COLLEAGUE = re.compile(r"^(?:all|colleagues?|sir|madam|sirs|friends?|both|everyone|team)\b", re.IGNORECASE)
_OFFICES = r"(?:Directors?|Chairs?|Chief [Ee]xecutives?|Executive [Ll]eads?|Lead [Mm]embers?|Heads?)"
_GROUP = re.compile(rf"^(?:To:? )?(?P<group>(?:All |The )?(?i:{_WHOM})\b.{{0,90}}|{_OFFICES}\b.{{2,110}})$")
_STREET = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^(?:Sanctuary|Great|\d+ )|\b(?:Street|Road|Square|Buildings)\b"
)


def facts_of_letter(record: Record, parts: Sequence[Part]) -> LetterFacts | None:
    """Return the facts of the letter that a document is; None when it is none."""
    text = main_text(record, parts)
    if text.letter is None or text.main is None:
        return None
    return letter_facts(record, text.letter, text.main)


def letter_facts(record: Record, letter: Letter, part: Part) -> LetterFacts:
    """Return the facts of ``letter``, which was read from ``part`` of the document with ``record``."""
    published = record.first_published
    return LetterFacts(
        senders=tuple(_senders(record, letter, part)),
        addressees=tuple(dict.fromkeys(_addressees(letter))),
        subject=subject_text(letter.subject) if letter.subject else "",
        dated=_dated(letter),
        published=published.astimezone(LONDON).date() if published else None,
        asks=tuple(_asks(letter, part))[:MOST_ASKS],
        enclosures=tuple(dict.fromkeys(_enclosures(letter)))[:MOST_ASKS],
        links=tuple(dict.fromkeys(_links(letter)))[:MOST_LINKS],
    )


def _senders(record: Record, letter: Letter, part: Part) -> Iterator[Sender]:
    listed = [signatory_of(person) for person in record.people]
    for one in letter.signatories:
        cites = tuple(dict.fromkeys(cited(line, part) for line in one.lines))
        known = next((two for two in listed if two.role and same_person(two.name, one.name)), None)
        if not one.role and known:
            yield Sender(one.name, known.role, (*cites, person_listed(record, known.name, known.role)))
        else:
            yield Sender(one.name, one.role, cites)


def _addressees(letter: Letter) -> Iterator[str]:
    if letter.to:
        yield tidy(letter.to)
    signed = [one.name for one in letter.signatories]
    lines = _lines(letter.head)
    for at, text in enumerate(lines):
        name = name_in(text)
        if name and not any(same_person(name, one) for one in signed) and _greeted(name, letter.salutation):
            yield ", ".join([text, *_office_below(lines[at + 1 :])])
        elif (match := _GROUP.match(text)) and word_count(text) <= 16 and not _STREET.search(text):
            yield match["group"]
    greeting = re.sub(r"^(?:To )?dear\s+", "", letter.salutation, flags=re.IGNORECASE).strip(" ,:")
    if greeting and not letter.to and not _COLLEAGUE.match(greeting) and not letter.head:
        yield greeting


def _greeted(name: str, salutation: str) -> bool:
    """Whether the salutation speaks to this person: "Dear Ms Lee" or "Dear Ann" for Ann Lee."""
    words = {word.strip(" ,.:") for word in salutation.split()[1:]}
    return bool(words & set(name.split()[-1:] + name.split()[:2]) - {"Mr", "Mrs", "Ms", "Dr", "Sir"})


def _lines(blocks: Sequence[Block]) -> list[str]:
    """The lines of a letter's head; columns that were read as rows of a table one after the other."""
    lines: list[str] = []
    columns: list[list[str]] = []
    for block in (*blocks, None):
        if block is not None and block.kind is BlockKind.TABLE_ROW:
            for number, cell in enumerate(block.text.split(" | ")):
                columns += [[]] * (number + 1 - len(columns))
                columns[number] = [*columns[number], cell]
            continue
        lines += [cell for column in columns for cell in column]
        columns = []
        lines += block.text.split("\n") if block is not None else []
    return [text for line in lines if (text := tidy(line).strip(" ,"))]


def _office_below(lines: Sequence[str]) -> list[str]:
    """The office and the body below a name: two lines at most, before the street."""
    found: list[str] = []
    for text in lines[:4]:
        if _DAY.search(text):
            continue
        if len(found) == 2 or word_count(text) > 9 or _STREET.search(text) or name_in(text):
            break
        found.append(text)
    return found


def _dated(letter: Letter) -> date | None:
    """The date that stands on a line of its own above the salutation, or at the very end."""
    for line in _lines((*letter.head, *letter.foot)):
        match = _DAY.search(line)
        if match and word_count(line) <= 8:
            try:
                return date(int(match[3]), _month(match[2]), int(match[1]))
            except ValueError:
                continue
    return None


def _month(name: str) -> int:
    return [month.lower() for month in MONTHS].index(name.lower()) + 1


def _asks(letter: Letter, part: Part) -> Iterator[Ask]:
    whom, intro, start = "", None, ""
    for block, said in zip(letter.body, said_in(letter.body), strict=True):
        citation = cited(block, part)
        if block.kind is BlockKind.LIST_ITEM:
            if whom and intro and all(one.force is Force.OWN for one in said):
                asked = tidy(block.text).rstrip(" ;,").removesuffix(" and")
                yield _ask(whom, f"{start}{asked}", (intro, citation))
            continue
        whom, intro, start = "", None, ""
        if block.kind is BlockKind.HEADING:
            continue
        for plain in (tidy(one.sentence) for one in said if one.force is Force.OWN):
            if match := _INTRO.search(plain):
                whom, intro = match["whom"], citation
                start = f"{since[0]} " if (since := _SINCE.match(plain)) else ""
            elif match := (_ASKED.search(plain) or _DUTY.match(plain)):
                yield _ask(match["whom"], plain, (citation,))
            elif _PLEASE.search(plain) and plain.endswith(":"):
                whom, intro = "you", citation
            elif _PLEASE.search(plain):
                yield _ask("you", plain, (citation,))


def _ask(whom: str, what: str, citations: tuple[Citation, ...]) -> Ask:
    due = _BY.search(what)
    whom = tidy(whom)
    return Ask(
        whom if whom[:2].isupper() else whom[0].lower() + whom[1:], what, due[1] if due else "", citations
    )


def _enclosures(letter: Letter) -> Iterator[str]:
    for block in letter.foot:
        for line in block.text.split("\n"):
            text = tidy(line)
            if (match := _ENCLOSED.match(text)) and word_count(text) <= 25:
                yield text if text.lower().startswith("annex") else match["rest"] or text
    for block in letter.body:
        for sentence in split_sentences(block.text):
            if match := _ENCLOSING.search(sentence):
                yield tidy(match["what"]).rstrip(" .")


def _links(letter: Letter) -> Iterator[str]:
    for block in (*letter.head, *letter.body, *letter.foot):
        for match in _URL.finditer(block.text):
            yield match.group() if "://" in match.group() else f"https://{match.group()}"
