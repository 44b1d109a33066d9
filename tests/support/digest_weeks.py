"""Weeks of a newsroom, made up: what happens in them, and what must hold at their end.

For the property test, and for the longer run of it in bench/digest_weeks.py.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import strategies as st

from pipeline.model.digests import DigestState
from pipeline.model.reviews import Standing
from pipeline.steps.hurrying import ask_early
from pipeline.steps.review import reject
from pipeline.store import digests, reviews
from pipeline.store.database import open_database
from tests.support.newsroom import AT_ONCE, WEEKLY, Newsroom

TOPICS = ("short breaks", "transport", "exclusions")
PLANS = (WEEKLY, AT_ONCE)
Week = list[tuple[str, object]]
weeks = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["approve", "edit", "edit back", "reject"]), st.sampled_from(TOPICS)),
        st.tuples(st.just("days"), st.sampled_from([1, 3, 7])),
        st.tuples(st.just("gather"), st.integers(0, 5)),
        st.tuples(st.just("before its hour"), st.integers(0, 5)),
    ),
    min_size=4,
    max_size=16,
)


class Killed(BaseException):
    """The power went."""


def a_begun_week(folder: Path) -> Path:
    """A database in which the pages of TOPICS have arrived and four people wait; copied for each week."""
    place = folder / "begun.db"
    db = open_database(f"sqlite:///{place}")
    room = Newsroom(db)
    room.gathers(*PLANS)
    for name, plans in (("a", ("weekly",)), ("b", ("weekly", "at-once")), ("c", ("at-once",))):
        room.subscriber(name, *plans)
    room.subscriber("law", "weekly", topics='["LAW"]')
    for what in TOPICS:
        room.page(what)
    db.close()
    return place


def live_through(begun: Path, week: Week) -> None:
    """Live through one week from there, and look whether all promises hold at its end."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "week.db"
        shutil.copyfile(begun, place)
        db = open_database(f"sqlite:///{place}")
        room = Newsroom(db)
        room.stories = {what: number for number, what in enumerate(TOPICS, 1)}
        room.people = {"a": 1, "b": 2, "c": 3, "law": 4}
        room.ledger.ids = {what.replace(" ", "-"): number for number, what in enumerate(TOPICS, 1)}
        room.ledger.passes(hours=1)
        try:
            _live(room, week)
            _end_well(room)
            _hold_promises(room)
        finally:
            db.close()


def _live(room: Newsroom, week: list[tuple[str, object]]) -> None:
    for act, arg in week:
        room.ledger.passes(minutes=7)
        if act == "approve":
            room.approves(str(arg), as_it_is_now=True)
        elif act == "edit":
            room.edits(str(arg), f"Something new at {room.now}.")
        elif act == "edit back":
            room.edits_back(str(arg))
        elif act == "reject":
            reject(room.db, room.stories[str(arg)], by="Ben", why="", now=room.now)
        elif act == "days":
            assert isinstance(arg, int)
            room.ledger.passes(days=arg)
        elif act == "before its hour":
            assert isinstance(arg, int)
            with room.db.begin() as tx:
                ask_early(tx, WEEKLY.key, "Anna", room.now)
            room.ledger.passes(minutes=6)
            _gather_until_killed(room, arg)
        else:
            assert isinstance(arg, int)
            _gather_until_killed(room, arg)


def _gather_until_killed(room: Newsroom, chunks: int) -> None:
    """Gather person by person; the power goes after so many of them, unless ``chunks`` is 5."""
    looks = 0

    def stop() -> bool:
        nonlocal looks
        looks += 1
        if looks > chunks and chunks < 5:
            raise Killed
        return False

    with contextlib.suppress(Killed):
        room.gathers(*PLANS, stop=stop, chunk=1)


def _end_well(room: Newsroom) -> None:
    """A week without trouble at the end: all that is approved and holds has had its Friday."""
    room.gathers(*PLANS)
    room.ledger.passes(days=8)
    room.gathers(*PLANS)
    room.gathers(*PLANS)


def _hold_promises(room: Newsroom) -> None:
    with room.db.begin() as tx:
        standing = {one.story.id: one for one in reviews.standings(tx)}
        gathered = digests.with_state(tx, *DigestState)
        held = {one.id: digests.entries_of(tx, one.id) for one in gathered}
        rows = tx.exec_driver_sql(
            "SELECT v.subscriber_id, v.digest_id, m.positions FROM digest_deliveries v "
            "JOIN digest_mails m ON m.id = v.mail_id"
        ).all()
        approved = set(tx.exec_driver_sql("SELECT id FROM approvals").scalars())
        had = [digests.assigned(tx, plan.key) for plan in PLANS]
    assert all(one.state in (DigestState.SENDING, DigestState.QUIET) for one in gathered)
    told: Counter[tuple[int, int, int]] = Counter()
    for person, digest, positions in rows:
        places = [int(one) for one in str(positions).strip("[]").split(",") if one]
        assert places, "nobody gets an empty mail"
        for entry in (held[digest][place] for place in places):
            assert entry.approval_id in approved, "nothing that nobody approved"
            told[person, entry.story_id, entry.revision] += 1
    assert not [pair for pair, times in told.items() if times > 1], "nobody gets a Story twice"
    for story, one in standing.items():
        if one.standing is Standing.APPROVED and one.approval is not None:
            pair = (story, one.approval.revision)
            assert all(pair in assigned for assigned in had), "what is approved and holds is lost to no plan"
            for name in ("a", "b", "c"):
                assert told[room.people[name], *pair] == 1, f"{name} has had it"
