"""Search all that was ever captured, and say of each Document when it said so.

Looks in one short transaction; opens the few Versions that are shown outside it. Raises for nothing that is
typed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pipeline.model.documents import Version
from pipeline.model.finding import EVERYWHERE, Asked, Hit, Hits, Run, Within
from pipeline.steps.kindred import ROTTEN
from pipeline.store import search as index
from pipeline.store import versions
from pipeline.store.database import Database
from pipeline.store.search import Found, Match
from pipeline.store.versions import VersionRow
from pipeline.text.finding.asking import read_asked
from pipeline.text.finding.snippets import marked, snippet
from pipeline.text.words.dates import at_time, on_day

MOST_ON_A_PAGE = 100
NOTHING_ASKED = "Type a word that must be there."


def search(
    db: Database, typed: str, within: Within = EVERYWHERE, *, limit: int = 20, offset: int = 0
) -> Hits:
    """Find what ``typed`` asks for (see pipeline.text.finding.asking), best first, newest first among equals.

    A Document is one hit, however many of its Versions hold it. Those with all the words in the title go
    first.
    """
    asked = read_asked(typed)
    if not asked.wanted:
        return Hits((), 0, offset, note=NOTHING_ASKED)
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    with db.look() as tx:
        matches, capped = index.find(tx, asked, within)
        found = _ordered(matches)
        page = found[max(0, offset) : max(0, offset) + limit]
        known = index.matches(tx, page)
        newer = {one.newest_version for one in known.values()} - known.keys()
        present = known.keys() | index.holding(tx, asked, newer)
        rows, until = versions.rows_of(tx, page), index.stood_until(tx, page)
        inside, in_all = index.counts(tx)
    hits = []
    for number in page:
        match = known[number]
        row = match.row
        version = _opened(rows[number])
        still = match.newest_version in present
        hits.append(
            Hit(
                document_id=row.document_id,
                version_id=number,
                title=marked(row.title, asked.wanted),
                url=match.url,
                source=match.source,
                publishers=row.publishers,
                state=match.state,
                seen_at=row.seen_at,
                public=row.public,
                stood_until=until.get(number),
                present=still,
                text_kept=version is not None,
                snippet=_snippet(version, asked) if version else (),
                words=_words(match, until.get(number), still=still, kept=version is not None),
            )
        )
    note = (
        "" if inside >= in_all else f"The index is being filled: {inside:,} of {in_all:,} versions are in it."
    )
    return Hits(tuple(hits), len(found), offset, capped, note)


def _ordered(matches: Sequence[Found]) -> list[int]:
    """The Version to show of each Document, best first. Matches come newest first: the first is shown."""
    newest: dict[int, Found] = {}
    best: dict[int, float] = {}
    for match in matches:
        newest.setdefault(match.document_id, match)
        best[match.document_id] = max(best.get(match.document_id, match.score), match.score)
    titled = {match.document_id for match in matches if match.in_title}
    found = [(d in titled, round(best[d], 1), match.dated, match.version_id) for d, match in newest.items()]
    return [version_id for *_, version_id in sorted(found, reverse=True)]


def _snippet(version: Version, asked: Asked) -> tuple[Run, ...]:
    record = version.record
    notes = (note.note for note in record.change_notes)
    names = (part.title for part in version.parts)
    texts: Iterable[str] = (
        *(block.text for block in version.blocks),
        record.description,
        record.state_note,
        *notes,
        *names,
    )
    found = snippet((text for text in texts if text), asked.wanted)
    return found or _beginning(record.description or next((b.text for b in version.blocks), ""))


def _beginning(text: str) -> tuple[Run, ...]:
    cut = text[:240]
    return (Run(cut + (" …" if len(text) > len(cut) else "")),) if cut else ()


def _words(match: Match, until: datetime | None, *, still: bool, kept: bool) -> str:
    """Which Version it is in, how long that stood, and whether the present one says so, too."""
    row = match.row
    if row.version_id == match.newest_version or until is None:
        said = f"in the present version, seen on {on_day(row.seen_at)}"
    else:
        told = at_time if on_day(until) == on_day(row.seen_at) else on_day
        said = f"in the version of {told(row.seen_at)}, which stood until {told(until)}; "
        said += "also in the present one, beside a word you left out" if still else "not in the present one"
    return said if kept else f"{said}; its text was let go, and it is found by its title alone"


def _opened(row: VersionRow) -> Version | None:
    try:
        return row.opened() if row.packed else None
    except ROTTEN:
        return None
