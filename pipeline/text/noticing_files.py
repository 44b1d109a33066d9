"""What became of a Document's files: added, replaced, taken away, only re-saved. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.documents import Part, PartKind
from pipeline.text.fingerprint import text_fingerprint


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Titles by fate, and plain sentences. ``weighty`` is False when every file still says the same."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    details: tuple[str, ...]
    weighty: bool


def file_changes(old: Sequence[Part], new: Sequence[Part]) -> FileChanges:
    """Compare the files of two states. A file keeps its key, else its URL or its filename, to be the same."""
    before = [p for p in old if p.kind is PartKind.FILE]
    after = [p for p in new if p.kind is PartKind.FILE]
    pairs, added, removed = _paired(before, after)
    details: list[str] = []
    replaced: list[str] = []
    weighty = False
    for was, now in pairs:
        words, counts = _replaced(was, now)
        if words:
            replaced.append(now.title)
            details.append(words)
            weighty = weighty or counts
    details += [f"A file was added: “{p.title or p.filename}”{_pages(p)}." for p in added]
    details += [f"A file was taken away: “{p.title or p.filename}”." for p in removed]
    return FileChanges(
        tuple(p.title for p in added),
        tuple(replaced),
        tuple(p.title for p in removed),
        tuple(details),
        weighty or bool(added or removed),
    )


def _paired(
    before: Sequence[Part], after: Sequence[Part]
) -> tuple[list[tuple[Part, Part]], list[Part], list[Part]]:
    pairs: list[tuple[Part, Part]] = []
    left, right = list(before), list(after)
    for same in (_by_key, _by_url, _by_filename, _by_text):
        for was in list(left):
            match = next((now for now in right if same(was, now)), None)
            if match is not None:
                pairs.append((was, match))
                left.remove(was)
                right.remove(match)
    return pairs, right, left


def _by_key(was: Part, now: Part) -> bool:
    return was.key == now.key


def _by_url(was: Part, now: Part) -> bool:
    return was.url == now.url


def _by_filename(was: Part, now: Part) -> bool:
    return bool(was.filename) and was.filename == now.filename


def _by_text(was: Part, now: Part) -> bool:
    return bool(was.blocks) and text_fingerprint(was.blocks) == text_fingerprint(now.blocks)


def _replaced(was: Part, now: Part) -> tuple[str, bool]:
    """Words for a replaced file, and whether it now says something else."""
    name = f"“{now.title or now.filename}”"
    same_text = text_fingerprint(was.blocks) == text_fingerprint(now.blocks)
    same_place = (was.url, was.filename) == (now.url, now.filename)
    if was.sha256 == now.sha256 and was.sha256:
        if same_place and was.title == now.title:
            return "", False
        return (f"The file {name} was published again under a new address, byte for byte the same.", False)
    if not was.sha256 and now.sha256:
        return f"The file {name} can be read now{_pages(now)}.", True
    if same_place and was.size == now.size and was.sha256 == now.sha256:
        return "", False
    if same_text and was.blocks:
        return f"The file {name} was replaced; its text is the same.", not same_place or was.size != now.size
    grown = (
        f": {was.pages} pages became {now.pages}"
        if was.pages != now.pages and was.pages and now.pages
        else ""
    )
    return f"The file {name} was replaced by a new one{grown}.", True


def _pages(part: Part) -> str:
    return f" ({part.pages} pages)" if part.pages > 1 else ""
