"""What became of the page itself: gone, moved, withdrawn, or back again. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import DocumentState, Record
from pipeline.text.words.dates import on_day, read_moment
from pipeline.text.words.normalise import clean, for_comparison


@dataclass(frozen=True, slots=True)
class StateStep:
    """The kind, its weight, and plain sentences that say so."""

    kind: ChangeKind
    significance: Significance
    details: tuple[str, ...]


def state_step(old: Record, new: Record) -> StateStep | None:
    """Return what happened to the page as a whole, or None when it stayed what and where it was.

    A page that was gone and stays gone is no step, whatever its notice says now.
    """
    if new.state is DocumentState.GONE:
        return None if old.state is DocumentState.GONE else _gone(new)
    if new.state is DocumentState.MOVED:
        return _moved(old, new)
    if new.state is DocumentState.WITHDRAWN and old.state is not DocumentState.WITHDRAWN:
        return _withdrawn(old, new)
    if old.state is not new.state:
        return _back(old)
    if _path(old.url) != _path(new.url):
        words = (f"The page has a new address: {new.url}", f"The old address was {old.url}")
        return StateStep(ChangeKind.MOVED, Significance.MINOR, words)
    if for_comparison(old.state_note) != for_comparison(new.state_note):
        notice = f"The notice on the page now says: “{clean(new.state_note)}”"
        return StateStep(ChangeKind.QUIETLY_UPDATED, Significance.MINOR, (notice,))
    return None


def _gone(new: Record) -> StateStep:
    words = ["The page was removed.", *_because(new)]
    if new.moved_to:
        words.append(f"It points readers to {new.moved_to}")
    return StateStep(ChangeKind.GONE, Significance.SUBSTANTIVE, tuple(words))


def _moved(old: Record, new: Record) -> StateStep | None:
    if old.state is not DocumentState.MOVED:
        words = f"The page was taken down, and its address now leads to {new.moved_to}"
        return StateStep(ChangeKind.MOVED, Significance.SUBSTANTIVE, (words,))
    if old.moved_to == new.moved_to:
        return None
    words = f"The page's address now leads to {new.moved_to} and no longer to {old.moved_to}"
    return StateStep(ChangeKind.MOVED, Significance.MINOR, (words,))


def _withdrawn(old: Record, new: Record) -> StateStep:
    when = read_moment(dict(new.facts).get("withdrawn_at", ""))
    words = [
        f"The page was withdrawn on {on_day(when)}." if when else "The page was withdrawn.",
        *_because(new),
    ]
    if old.state is not DocumentState.LIVE:
        words.insert(0, f"The page is there again; it was {_PAST[old.state]}.")
    return StateStep(ChangeKind.WITHDRAWN, Significance.SUBSTANTIVE, tuple(words))


def _back(old: Record) -> StateStep:
    words = f"The page is back in force; it was {_PAST[old.state]}."
    return StateStep(ChangeKind.RESTORED, Significance.SUBSTANTIVE, (words,))


_PAST = {
    DocumentState.LIVE: "live",
    DocumentState.WITHDRAWN: "withdrawn",
    DocumentState.GONE: "removed",
    DocumentState.MOVED: "only a link to another page",
}


def _because(record: Record) -> list[str]:
    return [f"The publisher says: “{clean(record.state_note)}”"] if clean(record.state_note) else []


def _path(url: str) -> str:
    try:
        found = urlsplit(url)
    except ValueError:
        return url
    return f"{found.path.rstrip('/')}?{found.query}"
