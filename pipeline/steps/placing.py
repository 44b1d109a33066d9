"""Say where each owed Change belongs: to a storm, to the Story of its Document, to kin, or to a new Story.

Pure: reads no row and writes none. The nearest to an announcement goes first, so that a press release finds
its letter whichever was seen first. What might belong to several Stories opens its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.changes import ChangeKind
from pipeline.steps.kindred import Kin
from pipeline.store.changes import LedgerLine
from pipeline.text.clustering.kinship import Kinship, kinship, points_at, same_text
from pipeline.text.clustering.traits import Standing

MOST_STORIES = 240  # that one Change is held against, however much was found in one turn
_WITH_OTHERS = frozenset(  # a page that was withdrawn or moved is news of that page alone
    {
        ChangeKind.NEW,
        ChangeKind.UPDATED,
        ChangeKind.QUIETLY_UPDATED,
        ChangeKind.CHILD_CHANGED,
        ChangeKind.ATTACHMENT_ADDED,
        ChangeKind.ATTACHMENT_REPLACED,
    }
)


@dataclass(frozen=True, slots=True)
class Storm:
    """One edit that was made to many pages, and its Story once there is one."""

    edit: str
    pages: int
    story_id: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Change belongs: to the Story ``story_id``, or to the ``opens``-th that is opened this turn.

    ``words`` say why, ``main`` is the Document that the Story's Draft rests on from now (None: as before).
    """

    line: LedgerLine
    story_id: int | None
    opens: int
    title: str
    words: str = ""
    copy: bool = False
    storm: Storm | None = None
    main: int | None = None


@dataclass(slots=True)
class _Home:
    """A Story, open already or opened this turn, with the documents in it."""

    story_id: int | None
    opens: int
    kin: list[Kin] = field(default_factory=list)
    main: Kin | None = None
    whole: bool = True  # False: its documents were not among those that were read


def placed(
    news: Sequence[Kin],
    known: Sequence[Kin],
    *,
    homes: Mapping[int, int],
    storms: Mapping[str, Storm],
) -> list[Place]:
    """Place each of ``news``. ``homes`` maps Documents to the newest living Story that they are in."""
    return _Placing(known, homes, storms).of(news)


class _Placing:
    def __init__(self, known: Sequence[Kin], homes: Mapping[int, int], storms: Mapping[str, Storm]) -> None:
        self.storms = storms
        self.count = 0
        self.stories: dict[int, _Home] = {}
        for kin in known:
            story_id = kin.line.story_id
            if story_id is not None:
                home = self.stories.setdefault(story_id, _Home(story_id, 0))
                home.kin.append(kin)
                home.main = _nearer(home.main, kin)
        self.all: list[_Home] = [self.stories[story_id] for story_id in sorted(self.stories)]
        self.of_document: dict[int, _Home] = {}
        for document_id, story_id in homes.items():
            self.of_document[document_id] = self.stories.get(story_id) or _Home(story_id, 0, whole=False)
        self.opened_storms: dict[str, int] = {}

    def of(self, news: Sequence[Kin]) -> list[Place]:
        return [self._one(kin) for kin in sorted(news, key=_order)]

    def _one(self, kin: Kin) -> Place:
        line = kin.line
        storm = self.storms.get(line.change.findings.edit)
        if storm is not None:
            return self._in_storm(line, storm)
        own = self.of_document.get(line.change.document_id)
        if own is not None:
            said = [why for one in own.kin if (why := _why(kin, one)) and why[0].copy]
            return self._join(own, kin, said[0][0] if said else Kinship("", 0))
        found = self._kin_home(kin)
        if found is not None:
            return self._join(found[0], kin, found[1])
        self.count += 1
        home = _Home(None, self.count)
        self.all.append(home)
        return self._join(home, kin, Kinship("", 0))

    def _in_storm(self, line: LedgerLine, storm: Storm) -> Place:
        if storm.edit not in self.opened_storms:
            self.count += 1
            self.opened_storms[storm.edit] = self.count
        title = f"{line.title} and {storm.pages - 1} other pages"
        return Place(line, storm.story_id, self.opened_storms[storm.edit], title, storm=storm)

    def _join(self, home: _Home, kin: Kin, why: Kinship) -> Place:
        document_id = kin.line.change.document_id
        if not why.copy:
            home.main = _nearer(home.main, kin)
        home.kin.append(kin)
        self.of_document.setdefault(document_id, home)
        main = home.main.line.change.document_id if home.main and home.whole else None
        return Place(kin.line, home.story_id, home.opens, kin.line.title, why.words, why.copy, main=main)

    def _kin_home(self, kin: Kin) -> tuple[_Home, Kinship] | None:
        """The one Story that the Change belongs to. A copy belongs to the oldest; a round-up to none."""
        if kin.traits is None or kin.line.change.kind not in _WITH_OTHERS:
            return None
        found: list[tuple[_Home, Kinship, int]] = []
        for home in self.all[-MOST_STORIES:]:
            best = max((why for one in home.kin if (why := _why(kin, one))), key=_rank, default=None)
            if best is not None:
                found.append((home, best[0], best[1]))
        if not found:
            return None
        found.sort(key=lambda one: (one[1].copy, one[1].strength, one[2]), reverse=True)
        first = found[0]
        rivals = [one for one in found[1:] if (one[1].strength, one[2]) == (first[1].strength, first[2])]
        pointed = [one for one in found if any(_points(kin, other) for other in one[0].kin)]
        if not first[1].copy and (len(pointed) > 2 or (rivals and len(pointed) != 0)):
            return None
        return first[0], first[1]


def _why(kin: Kin, other: Kin) -> tuple[Kinship, int] | None:
    """How a Change belongs to another one, and how many words their titles share."""
    if kin.traits is None or other.traits is None or other.line.change.kind not in _WITH_OTHERS:
        return None
    if kin.line.change.document_id == other.line.change.document_id:
        return None
    shared = len(kin.traits.title_words & other.traits.title_words)
    if not (kin.traits.fresh or other.traits.fresh):
        edit = kin.line.change.findings.edit
        same = bool(edit) and edit == other.line.change.findings.edit
        if same and same_text(kin.traits, other.traits):
            return Kinship(f"the same change to the same text as “{other.line.title}”", 8, copy=True), shared
        return None
    why = kinship(kin.traits, other.traits)
    return (why, shared) if why else None


def _rank(found: tuple[Kinship, int]) -> tuple[bool, int, int]:
    return found[0].copy, found[0].strength, found[1]


def _points(kin: Kin, other: Kin) -> bool:
    return kin.traits is not None and other.traits is not None and points_at(kin.traits, other.traits)


def _order(kin: Kin) -> tuple[int, int]:
    return (kin.traits.standing if kin.traits else Standing.ANNEX), kin.line.change.id


def _nearer(one: Kin | None, other: Kin) -> Kin:
    """Which of two is the main document: by what it is, then the one that is linked to, then the first."""
    if one is None or one.traits is None:
        return other
    if other.traits is None or other.line.change.document_id == one.line.change.document_id:
        return one
    if one.traits.standing is not other.traits.standing:
        return min(one, other, key=_order)
    linked = points_at(one.traits, other.traits) and not points_at(other.traits, one.traits)
    return other if linked else one
