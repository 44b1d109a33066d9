"""A round over a mailbox: whatever moment it dies at, the next round finishes it, on both databases."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from alerts.bounces.keys import Keys
from alerts.bounces.maildir import Maildir
from alerts.steps.bouncing import Round, read_bounces
from pipeline.model.bounces import Kind, Outcome
from pipeline.model.errors import TransientError
from pipeline.store.database import Database
from tests.support.bounce_house import BOUNCE_ADDRESS, BounceHouse
from tests.support.subscribers import AT, a_subscriber, the_subscriber

KEYS = Keys(BOUNCE_ADDRESS)


class _PowerCut(BaseException):
    """Ends a process at a moment of the test's choosing."""


class _CutOff:
    """A Maildir whose process dies just before, or just after, the first mark."""

    def __init__(self, real: Maildir, *, before: bool) -> None:
        self._real, self._before = real, before

    def waiting(
        self, known: Callable[[Iterable[str]], set[str]], *, most: int
    ) -> Iterator[tuple[str, bytes]]:
        return self._real.waiting(known, most=most)

    def settle(self, name: str, *, ours: bool) -> None:
        if not self._before:
            self._real.settle(name, ours=ours)
        raise _PowerCut


def _round(db: Database, mailbox: object) -> Round:
    return read_bounces(db, mailbox, KEYS, suppressed_as=str, clock=lambda: AT)  # type: ignore[arg-type]


@pytest.mark.parametrize("before", [True, False], ids=["before the mark", "after the mark"])
def test_a_power_cut_around_the_mark_in_the_mailbox_counts_once(
    db: Database, tmp_path: Path, before: bool
) -> None:
    house = BounceHouse(tmp_path)
    with db.begin() as tx:
        a_subscriber(tx)
    house.arrives("postfix_mailbox_full")
    with pytest.raises(_PowerCut):
        _round(db, _CutOff(Maildir(house.maildir), before=before))
    assert house.lying() == ["new/postfix_mailbox_full" if before else "cur/postfix_mailbox_full:2,S"]
    again = _round(db, Maildir(house.maildir))
    assert again.outcomes == ({Outcome.AGAIN: 1} if before else {})
    assert house.lying() == ["cur/postfix_mailbox_full:2,S"]
    with db.begin() as tx:
        assert the_subscriber(tx)["soft_bounces"] == 1


def test_a_mail_program_that_has_looked_into_the_folder_hides_nothing(db: Database, tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with db.begin() as tx:
        a_subscriber(tx)
    house.arrives("postfix_unknown_user")
    house.arrives("somebody_elses_mail")
    for path in list((house.maildir / "new").iterdir()):
        path.rename(house.maildir / "cur" / f"{path.name}:2,")
    done = _round(db, Maildir(house.maildir))
    assert (done.kinds[Kind.HARD], done.kinds[Kind.FOREIGN]) == (1, 1)
    assert house.lying() == ["cur/postfix_unknown_user:2,S", "cur/somebody_elses_mail:2,"]
    assert _round(db, Maildir(house.maildir)).read == 0


def test_no_such_folder_is_said_in_plain_words(db: Database, tmp_path: Path) -> None:
    with pytest.raises(TransientError, match="cannot be read: No such file"):
        _round(db, Maildir(tmp_path / "nowhere"))
