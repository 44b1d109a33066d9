"""Fingerprints: equal exactly when there is nothing to notice. Pure.

Source of what is in and what is out: the sources' contract, section 2.5. No date is in, since the publishers'
dates move without a change and stand still through one.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pipeline.model.blocks import Block
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.normalise import for_comparison


def fingerprint(record: Record, parts: Sequence[Part]) -> str:
    """Hex SHA-256 of a Document's whole content: its Record, the text of its parts, its files' bytes."""
    notes = [for_comparison(n.note) for n in record.change_notes]
    whole = [_record(record), notes, sorted(record.links), [_part(part) for part in parts]]
    return _digest(whole)


def text_fingerprint(blocks: Sequence[Block]) -> str:
    """Hex SHA-256 of the text of some blocks alone."""
    return _digest(_blocks(blocks))


def _record(record: Record) -> list[Any]:
    return [
        for_comparison(record.title),
        for_comparison(record.description),
        record.document_type,
        record.schema_name,
        record.locale,
        record.url,
        record.state.value,
        for_comparison(record.state_note),
        record.moved_to,
        [[name, for_comparison(value)] for name, value in record.facts],
    ]


def _part(part: Part) -> list[Any]:
    shared = [part.kind.value, part.key, for_comparison(part.title), _blocks(part.blocks)]
    if part.kind is PartKind.FILE:
        return [*shared, part.url, part.filename, part.size, part.sha256, part.status.value]
    return shared


def _blocks(blocks: Sequence[Block]) -> list[Any]:
    return [[block.kind.value, block.level, for_comparison(block.text)] for block in blocks]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
