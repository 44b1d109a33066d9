"""The calendar file: read back by a library, the same each time, and closed to a publisher's tricks."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from alerts.calendar import calendar_of
from pipeline.model.drafts import Citation
from pipeline.text.papers.key_dates import KeyDate

SEEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
URL = "https://www.gov.uk/x"


def written(*dates: KeyDate) -> bytes:
    return calendar_of(dates, title="Plans, reviews; and more", url=URL, seen_at=SEEN)


def a_date(what: str, day: date = date(2027, 2, 15)) -> KeyDate:
    return KeyDate(day, what, Citation(what))


def test_each_date_is_a_whole_day_with_its_sentence() -> None:
    calendar = Calendar.from_ical(written(a_date("Plans must be reviewed by 15 February 2027.")))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 2, 15)
    assert event.decoded("dtend") == date(2027, 2, 16)
    assert str(event["summary"]) == "Plans must be reviewed by 15 February 2027."
    assert "Plans, reviews; and more" in str(event["description"])


def test_the_same_dates_are_the_same_bytes_and_keep_their_identity() -> None:
    one, other = a_date("Reviewed."), a_date("Amended.", date(2027, 3, 31))
    assert written(one, other) == written(one, other)
    first = Calendar.from_ical(written(one, other)).walk("VEVENT")[0]["uid"]
    assert Calendar.from_ical(written(one)).walk("VEVENT")[0]["uid"] == first


def test_no_line_of_a_publisher_becomes_a_line_of_the_calendar() -> None:
    nasty = "Answer.\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:https://evil.example/\r\n"
    calendar = Calendar.from_ical(written(a_date(nasty + "x" * 3000)))
    assert len(calendar.walk("VEVENT")) == 1
    assert calendar.walk("VALARM") == []
    assert max(len(line) for line in written(a_date(nasty)).split(b"\r\n")) <= 75
