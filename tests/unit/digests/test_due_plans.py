"""When a digest falls due: by the clock on a wall in London, once for each day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.due_plans import day_owed, due_at, next_day, proof_at

WEEKLY = Plan("weekly", "Every week", Rhythm.WEEK, weekday=4, at=time(12))
MONTHLY = Plan("monthly", "Every month", Rhythm.MONTH, weekday=4, at=time(12))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 3, 27), 12),  # the Friday before the clocks go forward
        (date(2026, 4, 3), 11),  # the Friday after
        (date(2026, 10, 23), 11),  # the Friday before they go back
        (date(2026, 10, 30), 12),
    ],
)
def test_friday_noon_is_noon_on_the_wall_on_both_sides_of_a_clock_change(day: date, hour: int) -> None:
    due = due_at(WEEKLY, day)
    assert due == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert day_owed(WEEKLY, day - timedelta(days=7), LONG_AGO, due - timedelta(seconds=1)) is None
    assert day_owed(WEEKLY, day - timedelta(days=7), LONG_AGO, due) == day


def test_a_plan_on_a_sunday_keeps_its_hour_on_the_day_the_clocks_change() -> None:
    sunday = Plan("sunday", "Sundays", Rhythm.WEEK, weekday=6, at=time(9))
    assert due_at(sunday, date(2026, 3, 29)) == datetime(2026, 3, 29, 8, tzinfo=UTC)
    assert due_at(sunday, date(2026, 10, 25)) == datetime(2026, 10, 25, 9, tzinfo=UTC)
    assert proof_at(sunday, date(2026, 3, 29)) == datetime(2026, 3, 28, 12, tzinfo=UTC)


def test_a_missed_friday_is_made_good_once_and_three_missed_ones_are_made_good_once() -> None:
    monday = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert day_owed(WEEKLY, date(2026, 11, 20), LONG_AGO, monday) == date(2026, 11, 27)
    assert day_owed(WEEKLY, date(2026, 11, 27), LONG_AGO, monday) is None
    assert day_owed(WEEKLY, date(2026, 11, 6), LONG_AGO, monday) == date(2026, 11, 27)


def test_a_plan_owes_nothing_for_the_days_before_it_was_there() -> None:
    saturday = datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert day_owed(WEEKLY, None, saturday, saturday + timedelta(days=2)) is None
    assert day_owed(WEEKLY, None, saturday, saturday + timedelta(days=7)) == date(2026, 12, 4)


def test_a_month_has_one_digest_on_its_first_friday() -> None:
    assert day_owed(MONTHLY, None, LONG_AGO, datetime(2026, 11, 25, tzinfo=UTC)) == date(2026, 11, 6)
    assert day_owed(MONTHLY, date(2026, 11, 6), LONG_AGO, datetime(2026, 11, 27, 13, tzinfo=UTC)) is None
    assert next_day(MONTHLY, datetime(2026, 11, 25, tzinfo=UTC)) == date(2026, 12, 4)


def test_the_next_friday_is_today_until_its_hour_has_come() -> None:
    assert next_day(WEEKLY, datetime(2026, 11, 27, 11, 59, tzinfo=UTC)) == date(2026, 11, 27)
    assert next_day(WEEKLY, datetime(2026, 11, 27, 12, 0, tzinfo=UTC)) == date(2026, 12, 4)


def test_the_proof_comes_on_thursday_afternoon() -> None:
    assert proof_at(WEEKLY, date(2026, 11, 27)) == datetime(2026, 11, 26, 15, tzinfo=UTC)


def test_what_is_mailed_for_every_story_has_no_day() -> None:
    assert day_owed(Plan("now", "At once", Rhythm.STORY), None, LONG_AGO, LONG_AGO) is None
