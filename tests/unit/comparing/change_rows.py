"""Rows of the tables in tests/examples/changes: two small documents, and what an editor would say of them.

A side is a text, one line a block ("# " a heading, "* " a point in a list, "| " a row of a table, "[page 2]"
the pages of a file), or a mapping with the text under ``text`` beside fields of the Record. An unknown key is
refused, so that no expectation is ever left out by a slip of the pen.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from comparing_samples import DAY, FIRST, LATER, URL, record

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import ChangeNote, DocumentState, Part, PartKind, Person, Record, Version
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.words.normalise import NORMALISER

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "changes"
GIVEN = frozenset({"name", "old", "new", "note", "before", "watch"})
EXPECTED = frozenset(
    {
        "nothing",  # no Change at all
        "kind",
        "kinds",  # every kind; the headline alone when it is left out
        "significance",
        "facts",  # "kind turn: old -> new"; none when it is left out
        "judgement",
        "says",  # each stands in one of the details
        "never_says",  # none stands in any of the details
        "blocks",  # how many blocks of each kind, but for those that stayed the same
        "recorded",  # kept for the record, and never mailed
        "error_page",
        "held_until",  # a date and time, in UTC
    }
)
SIDE = frozenset(
    {
        "text", "title", "description", "document_type", "public", "system", "notes", "facts", "state",
        "state_note", "moved_to", "url", "links", "taxons", "publishers", "people", "children", "files",
        "seen",
    }
)  # fmt: skip
FILE = frozenset({"text", "url", "filename", "size", "sha256", "pages", "status", "note"})

_MARKS = {"#": BlockKind.HEADING, "*": BlockKind.LIST_ITEM, "|": BlockKind.TABLE_ROW}
_PAGE = re.compile(r"\[page (\d+)\]$")
_ANCHOR = re.compile(r" \{(#[\w-]+)\}$")


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the document, and when it was seen."""

    record: Record
    parts: tuple[Part, ...]
    seen_at: datetime

    def version(self, number: int) -> Version:
        """The Version that the store would hold."""
        return Version(
            number,
            1,
            self.seen_at,
            fingerprint(self.record, self.parts),
            NORMALISER,
            self.record,
            self.parts,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``old`` is None for a document that was never seen, ``before`` an earlier state still.

    ``watch`` says whether the Source "begins" to be watched or "runs" when such a document is seen.
    """

    name: str
    old: Side | None
    new: Side
    before: Side | None
    watch: str
    expected: Mapping[str, Any]


def rows() -> list[Row]:
    """Return all rows of all tables; raises ValueError for a key that no row has."""
    return [
        row_of(f"{path.stem}: {given.get('name')}", given)
        for path in sorted(FOLDER.glob("*.yaml"))
        for given in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def row_of(name: str, given: Mapping[str, Any]) -> Row:
    """Return one row as its table gives it."""
    _refuse_unknown(name, given, GIVEN | EXPECTED)
    expected = {key: value for key, value in given.items() if key in EXPECTED}
    outcomes = {"nothing", "kind", "error_page"} & expected.keys()
    if len(outcomes) != 1 or not given.get("name") or ("kind" in expected) != ("significance" in expected):
        raise ValueError(f"{name}: a row has a name, and one of: nothing; kind and significance; error_page")
    if ("old" in given) == ("watch" in given) or given.get("watch", "runs") not in ("runs", "begins"):
        raise ValueError(f"{name}: a row has an old state, or says that the watch begins or runs")
    return Row(
        name,
        _side(name, given["old"], "", DAY) if "old" in given else None,
        _side(name, given["new"], given.get("note", ""), LATER),
        _side(name, given["before"], "", DAY.replace(day=DAY.day - 3)) if "before" in given else None,
        given.get("watch", ""),
        expected,
    )


def blocks_of(text: str, part: str = "") -> tuple[Block, ...]:
    """Return the blocks of a text, one a line."""
    found, anchor = [], ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if page := _PAGE.match(line):
            anchor = f"page={page[1]}"
            continue
        own = _ANCHOR.search(line)
        mark, _, words = (line[: own.start()] if own else line).partition(" ")
        kind = _MARKS.get(mark[:1], BlockKind.PARAGRAPH) if set(mark) <= {mark[:1]} else BlockKind.PARAGRAPH
        said = words if kind is not BlockKind.PARAGRAPH else f"{mark} {words}".strip()
        level = len(mark) if kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0
        found.append(Block(kind, said, level, own[1] if own else anchor, part))
    return tuple(found)


def _side(name: str, given: str | Mapping[str, Any], note: str, seen: datetime) -> Side:
    fields = {"text": given} if isinstance(given, str) else dict(given)
    _refuse_unknown(name, fields, SIDE)
    notes = tuple(ChangeNote(_moment(when), said) for when, said in fields.get("notes", {}).items()) or (
        FIRST,
    )
    public = _moment(fields["public"]) if "public" in fields else DAY
    if note:
        notes, public = (ChangeNote(LATER, note), *notes), LATER
    plain = {
        key: fields[key]
        for key in ("title", "description", "document_type", "state_note", "moved_to", "url")
        if key in fields
    }
    of = record(
        **plain,
        public_updated=public,
        system_updated=_moment(fields["system"]) if "system" in fields else seen,
        change_notes=notes,
        state=DocumentState(fields.get("state", "live")),
        facts=tuple(sorted(fields.get("facts", {}).items())),
        links=tuple(sorted(fields.get("links", ("taxons:1",)))),
        taxons=tuple(fields.get("taxons", ())),
        publishers=tuple(fields.get("publishers", ())),
        people=tuple(Person(person) for person in fields.get("people", ())),
    )
    parts = [_part(PartKind.PAGE, "", of.url, "page", fields["text"])] if "text" in fields else []
    for title, text in fields.get("children", {}).items():
        key = f"{URL.removeprefix('https://www.gov.uk')}/{title.lower().replace(' ', '-')}"
        parts.append(_part(PartKind.CHILD, key, key, title, text))
    parts += [_file(name, title, file) for title, file in fields.get("files", {}).items()]
    return Side(of, tuple(parts), _moment(fields["seen"]) if "seen" in fields else seen)


def _part(kind: PartKind, key: str, url: str, title: str, text: str, **given: Any) -> Part:
    usual = {"status": ReadStatus.READ, "sha256": hashlib.sha256(text.encode()).hexdigest(), "size": 250_000}
    return Part(kind, key, url, title, blocks=blocks_of(text, key), **(usual | given))


def _file(name: str, title: str, given: str | Mapping[str, Any]) -> Part:
    fields = {"text": given} if isinstance(given, str) else dict(given)
    _refuse_unknown(name, fields, FILE)
    filename = fields.pop("filename", f"{title.lower().replace(' ', '-')}.pdf")
    url = fields.pop("url", f"https://assets.example/1/{filename}")
    if "status" in fields:
        fields["status"] = ReadStatus(fields["status"])
    text = fields.pop("text", "")
    return _part(PartKind.FILE, title, url, title, text, filename=filename, format="pdf", **fields)


def _moment(value: Any) -> datetime:
    """A date or a moment in YAML, as aware UTC."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return datetime(value.year, value.month, value.day, 9, 30, tzinfo=UTC)


def _refuse_unknown(name: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := set(given) - known:
        raise ValueError(f"{name}: unknown {sorted(map(str, unknown))}")
