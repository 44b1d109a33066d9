"""Hold the mails that were delivered against the truth: told, missed, falsely told, told twice. Pure.

Only what a reader gets counts: the address in the mail and the words in it; never the ledger.
"""

import email
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.simulation.stage import Deed

_SIGNS = re.compile(r"\[-|-\]|\{\+|\+\}")
_URL = re.compile(r"https?://\S+")
_LISTED = re.compile(  # other pages that the same mail is about: their section, until the next heading
    r"^THE (?:OTHER PAGE|DOCUMENTS OF|SAME WORDS)[^\n]*\n(.*?)(?=^[A-Z][A-Z ,]{8,}|\Z)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as it was delivered: when, of which pages, and its words. ``name`` is its file's."""

    at: datetime
    paths: frozenset[str]
    words: str
    name: str


@dataclass(slots=True)
class Row:
    """One kind of scripted edit, and what became of those that happened."""

    must: bool
    happened: int = 0
    told: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)  # minutes


@dataclass(slots=True)
class Judged:
    """The rows by kind. The goals are met when nothing is missed, falsely told or told twice."""

    rows: dict[str, Row]

    @property
    def met(self) -> bool:
        """Recall 1.0, no false alarm, no duplicate."""
        return not any(row.missed or row.false or row.twice for row in self.rows.values())

    def trouble(self) -> list[str]:
        """A line for each thing that went wrong."""
        return [
            f"{what} · {kind} · {one}"
            for kind, row in self.rows.items()
            for what, found in (("missed", row.missed), ("false alarm", row.false), ("twice", row.twice))
            for one in found
        ]

    def table(self) -> list[str]:
        """The rows as a table in Markdown, with a line of totals."""
        head = "| kind | happened | told | missed | false alarms | twice | delay, median | delay, most |"
        lines = [head, "|---|---|---|---|---|---|---|---|"]
        rows = sorted(self.rows.items(), key=lambda pair: (not pair[1].must, pair[0]))
        lines += [_line(kind, row) for kind, row in rows]
        every = Row(must=True)
        for _, row in rows:
            every.happened += row.happened
            every.told += row.told
            for name in ("missed", "false", "twice", "delays"):
                getattr(every, name).extend(getattr(row, name))
        return [*lines, _line("**all**", every)]


def read_mails(folder: Path) -> tuple[list[Told], list[str]]:
    """Return the alerts, oldest first, and the subjects of all other mail."""
    alerts, others = [], []
    for file in sorted(folder.glob("*.eml")):
        mail = email.message_from_bytes(file.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        subject = str(mail["Subject"])
        if subject.startswith("[sendwatch"):
            others.append(subject)
            continue
        listed = [url for section in _LISTED.findall(text) for url in _URL.findall(section)]
        named = [text.split("\n")[1], *listed]
        at = parsedate_to_datetime(str(mail["Date"])).astimezone(UTC)
        words = " ".join(_SIGNS.sub("", f"{subject}\n{text}").split())
        alerts.append(Told(at, frozenset(urlsplit(url).path for url in named), words, file.name))
    return sorted(alerts, key=lambda told: (told.at, told.name)), others


def judge(deeds: Sequence[Deed], alerts: Sequence[Told]) -> Judged:
    """Each mail must tell at least one edit that was not told before it, of its own page and in its words."""
    rows = {deed.kind: Row(must=deed.told) for deed in deeds}
    of_page: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        rows[deed.kind].happened += 1
        for path in deed.paths:
            of_page[path].append(deed)
    told: set[int] = set()
    for mail in alerts:
        before = [d for path in sorted(mail.paths) for d in of_page[path] if d.at <= mail.at]
        shown = [d for d in before if d.told and all(mark in mail.words for mark in d.marks)]
        fresh = [d for d in shown if d.number not in told]
        for deed in fresh:
            told.add(deed.number)
            rows[deed.kind].told += 1
            rows[deed.kind].delays.append((mail.at - deed.at).total_seconds() / 60)
        if fresh:
            continue
        blamed = max(shown or before, key=lambda d: d.at, default=None)
        row = rows[blamed.kind] if blamed else rows.setdefault("nothing was scripted", Row(must=False))
        words = f"{mail.name} at {mail.at:%d %b %H:%M}" + (f", after {blamed}" if blamed else "")
        (row.twice if shown else row.false).append(words)
    for deed in deeds:
        if deed.told and deed.number not in told:
            rows[deed.kind].missed.append(str(deed))
    return Judged(rows)


def _line(kind: str, row: Row) -> str:
    middle = f"{median(row.delays):.0f} min" if row.delays else ""
    most = f"{max(row.delays):.0f} min" if row.delays else ""
    told = str(row.told) if row.must else "none due"
    counts = f"{len(row.missed)} | {len(row.false)} | {len(row.twice)}"
    return f"| {kind} | {row.happened} | {told} | {counts} | {middle} | {most} |"
