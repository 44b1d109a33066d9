"""The anatomy of a letter: head, salutation, subject, body, signature. Pure.

Never decides what a letter is about and never names a signatory that the signature does not show.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.papers.names_and_roles import Signatory, name_in, same_person, signatories_of
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

_DEAR = re.compile(r"^(?:To )?(?:Dear|dear)\s+(.{2,120}?)[,:]?$")
_DEAR_RUN_ON = re.compile(r"^Dear\s+([^,.]{2,60}),\s+(?=[A-Z])")
_CLOSE = re.compile(
    r"^(?:Yours|Your) (?:sincerely|faithfully|truly|ever)\b|^(?:With )?(?:(?:very )?(?:best|kind"
    r"|warm|warmest|kindest)"
    r" (?:wishes|regards))\b|^(?:Kind|Warm) regards\b|^Yours(?:,|$)",
    re.I,
)
_RUN_ON_CLOSE = re.compile(r"(?<=[.!?] )(Yours (?:sincerely|faithfully|ever)\b.*)$", re.I)
_RE = re.compile(r"^(?:Re|Subject|Ref)\s*:\s*", re.I)
_TO = re.compile(r"^(?:To|For the attention of)\s*:\s*(.{4,160})$")
_GROUP = re.compile(
    r"\b(?:parents?|carers?|families|young people|heads?|head ?teachers?|principals?|governors?"
    r"|leaders?|directors?|chairs?"
    r"|members?|chief executives?|providers?|authorities|councils?|schools|colleges|staff|teachers"
    r"|trusts?|partners?"
    r"|forums?|professionals|practitioners|sencos?|officers|services|sector|trustees|proprietors)\b",
    re.I,
)
_ANYONE = re.compile(r"^(?:all|colleagues?|sir|madam|friends?|both|everyone|team)\b|^sir\b", re.I)


@dataclass(frozen=True, slots=True)
class Letter:
    """``to`` is empty where the salutation names nobody in particular ("Dear colleague").

    ``head`` is what stands above the salutation, ``salutation`` its words, ``foot`` what stands below the
    close.
    """

    body: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    subject: Block | None = None
    to: str = ""
    to_block: Block | None = None
    purpose: tuple[str, Block] | None = None  # the sentence "I am writing to ..."
    head: tuple[Block, ...] = ()
    salutation: str = ""
    foot: tuple[Block, ...] = ()


_PURPOSE = re.compile(
    r"\b(?:I am|I’m|I'm|We are|I was|I wanted to|I want to|We|I)(?: both)? (?:today )?(?:writ(?:e"
    r"|ing)|wanted to write)\b"
)


def read_letter(
    blocks: Sequence[Block], *, expected: bool = False, known: Sequence[str] = ()
) -> Letter | None:
    """Return the letter that ``blocks`` hold, or None.

    A letter has a salutation near its start and a close in its second half; with ``expected`` (the
    publisher says that it is a letter) one of the two is enough. ``known`` are names of the
    publisher's own list; see signatories_of.
    """
    flat = _loosened(blocks)
    opened = next((i for i, b in enumerate(flat[:40]) if _DEAR.match(tidy(b.text))), None)
    closes = [
        i
        for i, b in enumerate(flat)
        if _CLOSE.match(tidy(b.text)) and i > (opened if opened is not None else 0)
    ]
    closed = closes[0] if closes else None
    if not expected and (opened is None or closed is None):
        return None
    if opened is None and closed is None:
        return None
    words = sum(word_count(b.text) for b in flat)
    inside = flat[(opened + 1) if opened is not None else 0 : closed]
    if not inside or (not expected and sum(word_count(b.text) for b in inside) < words / 3):
        return None  # a model letter in a longer document
    head = flat[: opened or 0]
    names = [*known, *(name for b in head if (name := name_in(tidy(b.text))))]
    subject = _subject(inside)
    to, to_block = _addressee(head, flat[opened] if opened is not None else None)
    return Letter(
        body=tuple(b for b in inside if b is not subject),
        signatories=_with_offices(_signed(flat, closed, names), head),
        subject=subject,
        to=to,
        to_block=to_block,
        purpose=_purpose(inside),
        head=tuple(head),
        salutation=tidy(flat[opened].text) if opened is not None else "",
        foot=tuple(flat[closed + 1 :]) if closed is not None else (),
    )


def _loosened(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with a salutation or a close that runs on in one paragraph cut into blocks of their own."""
    found: list[Block] = []
    for block in blocks:
        text = tidy(block.text)
        pieces = [text]
        if match := _DEAR_RUN_ON.match(text):
            pieces = [text[: match.end()].strip(), text[match.end() :]]
        if match := _RUN_ON_CLOSE.search(pieces[-1]):
            pieces[-1:] = [pieces[-1][: match.start()].strip(), match.group(1)]
        if len(pieces) == 1:
            found.append(block)
        else:
            found.extend(
                Block(block.kind, piece, block.level, block.anchor, block.part) for piece in pieces if piece
            )
    return found


def _signed(blocks: Sequence[Block], closed: int | None, known: Sequence[str]) -> tuple[Signatory, ...]:
    if closed is None:
        return ()
    first = blocks[closed]
    rest = _CLOSE.sub("", tidy(first.text)).strip(" ,")
    lines = [Block(first.kind, rest, 0, first.anchor, first.part)] if rest else []
    for block in blocks[closed + 1 :]:
        if block.kind is BlockKind.HEADING and not name_in(tidy(block.text)):
            break
        if word_count(block.text) > 60:
            break
        lines.append(block)
    return signatories_of(lines, known)


def _with_offices(signed: tuple[Signatory, ...], head: Sequence[Block]) -> tuple[Signatory, ...]:
    """Offices that stand in the letterhead under the same name, for a signature that has none."""
    found = []
    for one in signed:
        if not one.role:
            for above, below in pairwise(head):
                if same_person(name_in(tidy(above.text)) or "-", one.name):
                    again = signatories_of([above, below])
                    if again and again[0].role:
                        one = Signatory(one.name, again[0].role, (*one.lines, above, below))
                        break
        found.append(one)
    return tuple(found)


def _subject(inside: Sequence[Block]) -> Block | None:
    for block in inside[:3]:
        text = tidy(block.text)
        short = 2 <= word_count(text) <= 25
        if short and (_RE.match(text) or (text.isupper() and not text.endswith("."))):
            return block
        if block.kind is BlockKind.HEADING and short:
            return block if block is inside[0] else None
        if word_count(text) > 25:
            return None
    return None


def subject_text(block: Block) -> str:
    """The words of a subject line without "Re:"."""
    return _RE.sub("", tidy(block.text)).strip(" .:")


def _addressee(head: Sequence[Block], salutation: Block | None) -> tuple[str, Block | None]:
    for block in head:
        if match := _TO.match(tidy(block.text)):
            return match.group(1).strip(" ,."), block
    match = _DEAR.match(tidy(salutation.text)) if salutation else None
    if match and salutation:
        whom = match.group(1).strip(" ,")
        several = re.search(r"s\b", whom.partition(" of ")[0])  # "Dear Director" is one person, unnamed
        if several and _GROUP.search(whom) and not _ANYONE.match(whom):
            return whom, salutation
    return "", None


def _purpose(inside: Sequence[Block]) -> tuple[str, Block] | None:
    for block in inside[:6]:
        for sentence in split_sentences(block.text):
            if _PURPOSE.search(sentence[:60]):
                return sentence, block
    return None
