"""The replayed publisher as a server: its log, its limits, its start and its end."""

import socket
import threading

import pytest

from sendwatch.demo.publisher import MOST_CONNECTIONS, Publisher
from tests.support.publisher_client import LETTER, Client, a_letter, a_shelf, served


def test_every_request_is_logged_as_it_was_answered() -> None:
    with served(a_shelf(a_letter())) as there:
        there.govuk.ask("/api/search.json?count=0&count=1", User_Agent="sendwatch/1")
        there.blog.ask("/none")
        first, second = there.publisher.requests
        assert (first.site, first.method, first.path, first.status) == (
            "govuk",
            "GET",
            "/api/search.json",
            422,
        )
        assert first.query == (("count", "0"), ("count", "1"))
        assert first.headers["user-agent"] == "sendwatch/1"
        assert (second.site, second.status) == ("blog", 404)
        assert first.when <= second.when
        assert dict(there.publisher.counts) == {"total": 2, "govuk": 1, "422": 1, "blog": 1, "404": 1}
        assert there.publisher.asked_for("/api/*") == [first]
        there.publisher.forget_requests()
        assert there.publisher.requests == []


def test_only_reading_is_allowed() -> None:
    with served(a_shelf()) as there:
        assert there.govuk.ask("/", method="POST").status == 405


@pytest.mark.parametrize(
    "said",
    [
        b"rubbish\r\n\r\n",
        b"GET relative HTTP/1.1\r\n\r\n",
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000,
    ],
)
def test_what_is_not_a_request_ends_the_connection_and_nothing_else(said: bytes) -> None:
    with served(a_shelf(a_letter())) as there:
        host, port = there.publisher.govuk_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as raw:
            try:
                raw.sendall(said)
                assert raw.recv(100) == b""
            except ConnectionError:
                pass  # closed while there was still something to read
        assert there.govuk.ask(LETTER).status == 200


def test_a_bad_number_in_a_feeds_query_is_no_accident_of_the_server() -> None:
    with served(a_shelf()) as there:
        assert there.blog.ask("/feed/?paged=first").status == 400
        assert there.blog.ask("/feed/").status == 200


def test_two_publishers_serve_side_by_side_and_stop_for_good() -> None:
    with served(a_shelf(a_letter(title="One"))) as one, served(a_shelf(a_letter(title="Two"))) as two:
        assert one.publisher.govuk_url != two.publisher.govuk_url
        assert one.govuk.ask(f"/api/content{LETTER}").json["title"] == "One"
        assert two.govuk.ask(f"/api/content{LETTER}").json["title"] == "Two"
        place = one.publisher.govuk_url
        one.publisher.stop()
        with pytest.raises(ConnectionError):
            Client(place).ask("/")


def test_a_port_that_is_taken_is_said_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (
            pytest.raises(OSError, match="address already in use"),
            Publisher(a_shelf(), port=taken.getsockname()[1]),
        ):
            pass
    alive = [thread.name for thread in threading.enumerate() if thread.name == "replayed publisher"]
    assert alive == []


def test_ports_can_be_chosen() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Publisher(a_shelf(), port=port) as publisher:
        assert publisher.govuk_url == f"http://127.0.0.1:{port}"
        assert publisher.blog_url == f"http://127.0.0.1:{port + 2}"


def test_more_connections_than_the_limit_are_turned_away() -> None:
    with served(a_shelf(a_letter())) as there:
        clients = [Client(there.publisher.govuk_url) for _ in range(MOST_CONNECTIONS)]
        try:
            assert {client.ask(LETTER).status for client in clients} == {200}
            with pytest.raises((ConnectionError, OSError)):
                Client(there.publisher.govuk_url).ask(LETTER)
        finally:
            for client in clients:
                client.connection.close()


def test_several_readers_are_served_at_once() -> None:
    failures: list[int] = []

    def read(root: str) -> None:
        client = Client(root)
        failures.extend(s for _ in range(50) if (s := client.ask(f"/api/content{LETTER}").status) != 200)
        client.connection.close()

    with served(a_shelf(a_letter())) as there:
        threads = [threading.Thread(target=read, args=(there.publisher.govuk_url,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert there.publisher.counts["total"] == 300
