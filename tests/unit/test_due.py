"""What is due, and when, through the nights and the days on which the clocks change."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.sources import Source
from pipeline.steps.due import is_due, next_due, sweep_due

QUARTER = Source("s", "S", "govuk_search", every=timedelta(minutes=15), nights=timedelta(hours=1))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_source_that_never_ran_is_due() -> None:
    assert is_due(QUARTER, None, datetime(2026, 11, 24, 3, tzinfo=UTC))


def test_by_night_a_source_rests_longer_and_the_morning_wakes_it() -> None:
    last = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
    assert not is_due(QUARTER, last, datetime(2026, 11, 24, 6, 59, tzinfo=UTC))
    assert is_due(QUARTER, last, datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    summer = datetime(2026, 7, 1, 5, 40, tzinfo=UTC)
    assert is_due(QUARTER, summer, datetime(2026, 7, 1, 6, 0, tzinfo=UTC)), "seven in London is six in UTC"


@given(last=MOMENTS, away=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_turn_is_never_more_than_an_hour_away(last: datetime, away: timedelta) -> None:
    now = last + away
    due = next_due(QUARTER, last, now)
    assert due <= last + timedelta(hours=1)
    assert is_due(QUARTER, last, now) == (due <= now)
    assert is_due(QUARTER, last, now) or away < timedelta(hours=1)


def test_a_sweep_that_a_wrong_clock_made_puts_off_no_later_one() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert sweep_due(now + timedelta(days=300), now)
    assert not sweep_due(now, now)


@settings(deadline=None)
@given(start=MOMENTS)
def test_the_sweep_falls_due_once_a_day_also_when_the_clocks_change(start: datetime) -> None:
    swept, count, now = start, 0, start
    while now < start + timedelta(days=7):
        now += timedelta(minutes=20)
        if sweep_due(swept, now):
            swept, count = now, count + 1
    assert count in (6, 7, 8)
    assert count >= 7 or now - start < timedelta(days=7, hours=2)


def test_a_clock_that_was_set_back_silences_nothing() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert is_due(QUARTER, now + timedelta(days=400), now)
