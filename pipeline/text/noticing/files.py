"""What became of a Document's files and HTML children: added, replaced, taken away, saved again. Pure.

A file that is replaced gets a new address and name and keeps its title; a file that is retitled keeps its
address. The same bytes are the same file. Source: the sources' contract, sections 2.4 and 4.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.blocks import ReadStatus
from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import Part, PartKind
from pipeline.text.comparing.parts_in_order import shared_words
from pipeline.text.noticing.fingerprint import text_fingerprint
from pipeline.text.words.normalise import for_comparison

ONE_FILE = 0.5  # share of words from which a file under another name and address is the earlier one's heir
MOST_ALIKE = 100  # pairs of files whose words are compared to find an heir
OTHER_SIZE = 0.1  # share by which a file's size may move when it is only saved again

PartPair = tuple[Part, Part]


@dataclass(frozen=True, slots=True)
class PartStep:
    """What happened to one file or child. ``kind`` is None where nothing that has a kind of its own did."""

    kind: ChangeKind | None
    significance: Significance
    why: str


def paired_parts(old: Sequence[Part], new: Sequence[Part]) -> tuple[list[PartPair], list[Part], list[Part]]:
    """Return (old, new) for each part that lived on, the parts that came, and the parts that went."""
    pairs: list[PartPair] = []
    left, right = list(old), list(new)
    for same in _SAME:
        if same is _alike and len(left) * len(right) > MOST_ALIKE:
            break
        for was in list(left):
            if (
                now := next((one for one in right if was.kind is one.kind and same(was, one)), None)
            ) is not None:
                pairs.append((was, now))
                left.remove(was)
                right.remove(now)
    return pairs, right, left


def part_steps(
    pairs: Sequence[PartPair], came: Sequence[Part], went: Sequence[Part], *, quiet: bool
) -> list[PartStep]:
    """Return what happened to files and children, the weightiest first.

    ``quiet`` says that the publisher gave no note, so that the sentences can say so.
    """
    silently = " without a note" if quiet else ""
    steps = [step for was, now in pairs for step in _lived_on(was, now, silently)]
    for part in came:
        said = f"{_what(part)} was added{silently}: “{_name(part)}”{_pages(part)}.{_unread(part)}"
        steps.append(PartStep(ChangeKind.ATTACHMENT_ADDED, Significance.SUBSTANTIVE, said))
    for part in went:
        said = f"{_what(part)} was taken away{silently}: “{_name(part)}”{_pages(part)}."
        steps.append(PartStep(ChangeKind.ATTACHMENT_REMOVED, Significance.SUBSTANTIVE, said))
    return sorted(steps, key=lambda step: step.significance.place)


def same_bytes(was: Part, now: Part) -> bool:
    """Tell whether a file is byte for byte what it was."""
    return now.kind is PartKind.FILE and bool(was.sha256) and was.sha256 == now.sha256


def _lived_on(was: Part, now: Part, silently: str) -> Iterator[PartStep]:
    if for_comparison(was.title) != for_comparison(now.title) and was.kind is not PartKind.PAGE:
        said = f"{_what(now, 'The')} “{_name(was)}” is now called “{_name(now)}”."
        yield PartStep(None, Significance.MINOR, said)
    heard = bool(now.blocks) or now.status is ReadStatus.READ
    if now.kind is PartKind.CHILD and heard and text_fingerprint(was.blocks) != text_fingerprint(now.blocks):
        said = f"The text of the HTML document “{_name(now)}” changed{silently}."
        yield PartStep(None, Significance.TYPOGRAPHICAL, said)  # how much it matters is judged by its words
    if now.kind is PartKind.FILE and _identity(was) != _identity(now):
        yield _replaced(was, now, silently)


def _replaced(was: Part, now: Part, silently: str) -> PartStep:
    file, kind = f"The file “{_name(now)}”", ChangeKind.ATTACHMENT_REPLACED
    elsewhere = (was.url, was.filename) != (now.url, now.filename)
    if same_bytes(was, now):
        said = f"{file} has a new address or name; it is byte for byte the same."
        return PartStep(kind, Significance.TYPOGRAPHICAL, said)
    if now.status is not ReadStatus.READ or not now.blocks:
        said = f"{file} was replaced{silently}{_grown(was, now)}.{_unread(now)}"
        return PartStep(kind, Significance.SUBSTANTIVE, said)
    if was.status is not ReadStatus.READ or not was.blocks:
        said = f"{file} can be read now{_pages(now)}; the text of the earlier one is not known."
        return PartStep(kind, Significance.SUBSTANTIVE, said)
    if text_fingerprint(was.blocks) != text_fingerprint(now.blocks):
        said = f"{file} was replaced{silently}{_grown(was, now)}."
        return PartStep(kind, Significance.MINOR if elsewhere else Significance.TYPOGRAPHICAL, said)
    other_size = abs(now.size - was.size) > OTHER_SIZE * max(was.size, now.size)
    if elsewhere or other_size or was.pages != now.pages:
        said = (
            f"{file} was replaced{silently}{_grown(was, now)}; its words are the same, pictures may not be."
        )
        return PartStep(kind, Significance.MINOR, said)
    return PartStep(kind, Significance.TYPOGRAPHICAL, f"{file} was saved again; its words are the same.")


def _identity(part: Part) -> tuple[object, ...]:
    said = part.sha256 or text_fingerprint(part.blocks)
    return (part.url, part.filename, part.size, said)


def _alike(was: Part, now: Part) -> bool:
    return shared_words(was.blocks, now.blocks) >= ONE_FILE


_SAME: tuple[Callable[[Part, Part], bool], ...] = (
    lambda was, now: was.key == now.key and (was.kind is not PartKind.FILE or same_bytes(was, now)),
    same_bytes,
    lambda was, now: bool(was.url) and was.url == now.url,
    lambda was, now: was.key == now.key,
    lambda was, now: bool(was.filename) and was.filename == now.filename,
    _alike,
)


def _name(part: Part) -> str:
    return part.title or part.filename or part.key or "without a name"


def _what(part: Part, article: str = "") -> str:
    if part.kind is PartKind.CHILD:
        return f"{article or 'An'} HTML document"
    return f"{article or 'A'} file"


def _pages(part: Part) -> str:
    return f" ({part.pages} pages)" if part.pages > 1 else ""


def _grown(was: Part, now: Part) -> str:
    if was.pages and now.pages and was.pages != now.pages:
        return f": {was.pages} {'page' if was.pages == 1 else 'pages'} became {now.pages}"
    return ""


def _unread(part: Part) -> str:
    if part.kind is not PartKind.FILE or (part.status is ReadStatus.READ and part.blocks):
        return ""
    return f" {part.note.rstrip('.')}." if part.note else " Its text cannot be read."
