"""What goes wrong at the replayed publisher goes wrong as told, as often as told, and nowhere else."""

import gzip
import http.client
import json
import time
from collections.abc import Iterator

import feedparser
import pytest

from sendwatch.demo.faults import MEGABYTE, Fault, FaultKind, Faults
from tests.support.publisher_client import LATER, LETTER, Client, Served, a_letter, a_shelf, served

ITEM = f"/api/content{LETTER}"
FEED = "/search/news-and-communications.atom"


@pytest.fixture
def there() -> Iterator[Served]:
    with served(a_shelf(a_letter(body="<p>word</p>" * 200))) as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "status"), [("503", 503), ("500", 500), ("403", 403), ("404", 404), ("422", 422)]
)
def test_an_error_comes_once_and_then_the_page_again(there: Served, kind: str, status: int) -> None:
    there.shelf.fault(ITEM, kind)
    assert there.govuk.ask(ITEM).status == status
    assert there.govuk.ask(ITEM).status == 200


def test_too_many_requests_are_answered_with_a_page_and_a_time_to_wait(there: Served) -> None:
    there.shelf.fault("/api/*", FaultKind.SLOW_DOWN, times=2, retry_after="7")
    for _ in range(2):
        told = there.govuk.ask(ITEM)
        assert (told.status, told.headers["retry-after"]) == (429, "7")
        assert told.headers["content-type"].startswith("text/html")
    assert there.govuk.ask(ITEM).status == 200


def test_a_fault_touches_its_own_paths_alone_and_lasts_until_cleared(there: Served) -> None:
    there.shelf.fault("/api/search*", "500", times=None)
    assert there.govuk.ask(ITEM).status == 200
    assert [there.govuk.ask("/api/search.json?count=0").status for _ in range(3)] == [500, 500, 500]
    there.shelf.faults.clear("/api/search*")
    assert there.govuk.ask("/api/search.json?count=0").status == 200


def test_rules_are_used_up_in_the_order_they_were_made() -> None:
    faults = Faults()
    for rule in (
        Fault("/a*", FaultKind.EMPTY, 1),
        Fault("/a", FaultKind.HANG, 2),
        Fault("/b", FaultKind.DROP, None),
    ):
        faults.add(rule)
    kinds = [found.kind if (found := faults.take("/a")) else None for _ in range(4)]
    assert kinds == [FaultKind.EMPTY, FaultKind.HANG, FaultKind.HANG, None]
    assert faults.pending == (Fault("/b", FaultKind.DROP, None),)
    faults.clear()
    assert faults.take("/b") is None


def test_a_malformed_answer_is_whole_for_http_and_cut_for_its_reader(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.MALFORMED)
    there.shelf.fault(FEED, FaultKind.MALFORMED)
    told = there.govuk.ask(ITEM)
    assert told.status == 200
    with pytest.raises(json.JSONDecodeError):
        _ = told.json
    assert feedparser.parse(there.govuk.ask(FEED).text).bozo


def test_an_odd_answer_parses_and_is_not_what_was_promised(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.ODD_SHAPE)
    there.shelf.fault(FEED, FaultKind.ODD_SHAPE)
    assert not isinstance(there.govuk.ask(ITEM).json["details"], dict)
    assert not feedparser.parse(there.govuk.ask(FEED).text).version


def test_an_empty_answer_is_200(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.EMPTY)
    told = there.govuk.ask(ITEM)
    assert (told.status, told.body) == (200, b"")


def test_a_page_for_people_and_a_wrong_type_can_stand_where_data_was_asked_for(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.HTML_INSTEAD)
    there.shelf.fault(ITEM, FaultKind.WRONG_TYPE, content_type="image/png")
    assert "Sign in" in there.govuk.ask(ITEM).text
    told = there.govuk.ask(ITEM)
    assert told.headers["content-type"] == "image/png"
    assert told.json["title"] == "A letter about SEND"


def test_a_redirect_loop_never_arrives(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.REDIRECT_LOOP, times=None)
    seen, path = set(), ITEM
    for _ in range(30):
        told = there.govuk.ask(path)
        assert told.status == 302
        path = told.headers["location"]
        assert path not in seen
        seen.add(path)


def test_a_redirect_can_lead_to_a_host_that_nobody_allowed(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.ELSEWHERE)
    assert there.govuk.ask(ITEM).headers["location"] == "https://elsewhere.example/not-allowed"


def test_a_gzip_bomb_is_small_on_the_wire(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.GZIP_BOMB, size=20 * MEGABYTE)
    told = there.govuk.ask(ITEM)
    assert told.headers["content-encoding"] == "gzip"
    assert len(told.body) < 100_000
    assert len(gzip.decompress(told.body)) == 20 * MEGABYTE


def test_a_huge_page_is_streamed_without_a_length(there: Served) -> None:
    there.shelf.fault(LETTER, FaultKind.HUGE, size=3 * MEGABYTE)
    told = there.govuk.ask(LETTER)
    assert "content-length" not in told.headers
    assert told.headers["transfer-encoding"] == "chunked"
    assert 3 * MEGABYTE <= len(told.body) < 4 * MEGABYTE


def test_a_reader_may_leave_in_the_middle_of_a_huge_page(there: Served) -> None:
    there.shelf.fault(LETTER, FaultKind.HUGE, size=200 * MEGABYTE)
    connection = http.client.HTTPConnection(there.publisher.govuk_url.removeprefix("http://"), timeout=10)
    connection.request("GET", LETTER)
    answer = connection.getresponse()
    assert len(answer.read(100_000)) == 100_000
    answer.close()
    connection.close()
    assert there.govuk.ask(ITEM).status == 200


def test_a_connection_can_break_in_the_middle_of_a_body(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.DROP)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        there.govuk.ask(ITEM)
    there.govuk.connection.close()
    assert there.govuk.ask(ITEM).status == 200


def test_a_request_can_hang_without_holding_up_the_others(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.HANG, seconds=30)
    impatient = Client(there.publisher.govuk_url)
    impatient.connection.timeout = 0.3
    with pytest.raises(TimeoutError):
        impatient.ask(ITEM)
    assert there.govuk.ask(ITEM).status == 200
    impatient.connection.close()
    assert [one.status for one in there.publisher.asked_for(ITEM)] == [0, 200]


def test_a_slow_answer_is_whole_in_the_end(there: Served) -> None:
    there.shelf.fault(ITEM, FaultKind.SLOW_DRIP, seconds=0.4)
    began = time.monotonic()
    assert there.govuk.ask(ITEM).json["title"] == "A letter about SEND"
    assert time.monotonic() - began > 0.35


def test_a_stale_mirror_gives_the_copy_from_before_the_last_edit(there: Served) -> None:
    there.shelf.edit(LETTER, at=LATER, note="Changed.", body="<p>Changed</p>")
    there.shelf.fault(ITEM, FaultKind.STALE)
    stale, fresh = there.govuk.ask(ITEM).json, there.govuk.ask(ITEM).json
    assert stale["updated_at"] == "2026-11-20T12:00:00Z"
    assert fresh["updated_at"] == "2026-11-21T12:00:00Z"
