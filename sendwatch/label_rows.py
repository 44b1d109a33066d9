"""Labels as rows for a spreadsheet or a program, and the texts that they are about as files.

The columns are those of the corpus that bench/relevance.py reads. Writes no database.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.changes import Verdict
from pipeline.model.documents import Version
from pipeline.model.errors import Unreadable
from pipeline.store.labels import Label
from pipeline.text.words.addresses import canonical_url

COLUMNS = (
    "file", "title", "url", "publisher", "document_type", "topics", "version", "seen", "judged", "label",
    "why", "who", "when", "counts",
)  # fmt: skip
NEEDED = ("url", "label", "when")


def row_of(label: Label, version: Version | None, *, file: str = "", counts: bool = True) -> dict[str, str]:
    """One label as a row. Moments are ISO 8601 in UTC; what is not known is empty."""
    record = version.record if version else None
    return {
        "file": file,
        "title": label.title,
        "url": label.url,
        "publisher": "; ".join(record.publishers) if record else "",
        "document_type": record.document_type if record else "",
        "topics": "; ".join(record.taxons) if record else "",
        "version": label.fingerprint,
        "seen": label.seen_at.isoformat(timespec="seconds") if label.seen_at else "",
        "judged": label.judged,
        "label": label.label.value,
        "why": label.why,
        "who": label.by,
        "when": label.at.isoformat(),
        "counts": "yes" if counts else "no",
    }


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    """The rows with a line of headings. A cell that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def as_json(rows: Iterable[dict[str, str]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def text_of(version: Version) -> str:
    """The text of a Version, as plain text with "#" before its headings."""
    return "\n\n".join(_shown(block) for block in version.blocks) + "\n"


def read_rows(path: Path) -> list[Label]:
    """The labels of an exported CSV file. Raises Unreadable with file, line and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise Unreadable(f"{path}, line 1: the column {missing[0]!r} is missing")
            return [_label(path, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path}: cannot be read as CSV: {error}") from None


def _label(path: Path, line: int, row: dict[str, str]) -> Label:
    values = {name: _unsafe(row.get(name) or "") for name in COLUMNS}
    if not values["url"]:
        raise Unreadable(f"{path}, line {line}: url: is empty")
    return Label(
        url=canonical_url(values["url"]),
        at=_moment(path, line, "when", values["when"]),
        label=_verdict(path, line, values["label"]),
        why=values["why"],
        by=values["who"],
        title=values["title"],
        fingerprint=values["version"],
        seen_at=_moment(path, line, "seen", values["seen"]) if values["seen"] else None,
        judged=values["judged"],
    )


def _verdict(path: Path, line: int, value: str) -> Verdict:
    choices: Sequence[str] = [verdict.value for verdict in Verdict]
    if value not in choices:
        raise Unreadable(f"{path}, line {line}: label: {value!r} is none of {', '.join(choices)}")
    return Verdict(value)


def _moment(path: Path, line: int, name: str, value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Unreadable(
            f"{path}, line {line}: {name}: {value!r} is no moment such as 2026-11-24T09:30+00:00"
        )
    return moment


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _unsafe(value: str) -> str:
    return value[1:] if value.startswith("'") and _safe(value[1:]) == value else value


def _shown(block: Block) -> str:
    return f"{'#' * max(1, block.level)} {block.text}" if block.kind is BlockKind.HEADING else block.text
