"""Fingerprints: equal exactly when there is nothing to notice. Pure.

In: title, description, kinds, locale, path, state and its note, facts, links, change notes, the text of the
page and its HTML children, and of each file its address, name, size and bytes.
Out: every clock of the record (public, system, first published), validators, the order of people, links and
attachments, and what the publisher's readers make of a file: the same bytes are the same file, however well
they were read that day.
Source: the sources' contract, section 2.5.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pipeline.model.blocks import Block
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.words.normalise import for_comparison


def fingerprint(record: Record, parts: Sequence[Part]) -> str:
    """Return the hex SHA-256 of a Document's whole content, as canonical JSON.

    A part that could not be fetched must be carried over from the last Version by the caller: its absence
    would be a change.
    """
    notes = [[note.when.isoformat(), for_comparison(note.note)] for note in record.change_notes]
    listed = sorted((_part(part) for part in parts), key=_text)
    return _digest({**_record(record), "change_notes": notes, "parts": listed})


def content_fingerprint(record: Record, parts: Sequence[Part]) -> str:
    """Return the hex SHA-256 of what a reader sees: no change notes, links, kinds or address."""
    seen = _record(record)
    for hidden in ("links", "document_type", "schema_name", "moved_to", "path"):
        del seen[hidden]
    return _digest({**seen, "parts": sorted((_part(part) for part in parts), key=_text)})


def text_fingerprint(blocks: Sequence[Block]) -> str:
    """Return the hex SHA-256 of the words of some blocks alone, whatever they are set as."""
    return _digest([for_comparison(block.text) for block in blocks])


def _record(record: Record) -> dict[str, Any]:
    return {
        "title": for_comparison(record.title),
        "description": for_comparison(record.description),
        "document_type": record.document_type,
        "schema_name": record.schema_name,
        "locale": record.locale,
        "path": _path(record.url),
        "state": record.state.value,
        "state_note": for_comparison(record.state_note),
        "moved_to": record.moved_to,
        "facts": sorted([name, for_comparison(value)] for name, value in record.facts),
        "links": sorted(set(record.links)),
    }


def _part(part: Part) -> list[Any]:
    shared = [part.kind.value, part.key]
    if part.kind is PartKind.FILE:
        said = part.sha256 or _digest(_blocks(part.blocks))
        return [*shared, for_comparison(part.title), part.url, part.filename, part.size, said]
    title = for_comparison(part.title) if part.kind is PartKind.CHILD else ""
    return [*shared, title, _blocks(part.blocks)]


def _blocks(blocks: Sequence[Block]) -> list[Any]:
    return [[block.kind.value, block.level, for_comparison(block.text)] for block in blocks]


def _path(url: str) -> str:
    try:
        found = urlsplit(url)
    except ValueError:
        return url
    return f"{found.path}?{found.query}" if found.query else found.path


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode("utf-8", "surrogatepass")).hexdigest()
