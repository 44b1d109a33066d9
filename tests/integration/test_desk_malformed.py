"""Requests that no browser sends, to a desk that runs: odd encodings, two lengths, characters no text has."""

import socket
import time
from collections.abc import Iterator

import pytest

from pipeline.store.database import Database
from tests.integration.test_desk_stories import send, typed
from tests.support.newsdesk import OPS, Newsdesk, a_newsdesk

CODECS = ("punycode", "unicode_escape", "raw_unicode_escape", "undefined", "idna", "utf-7", "utf-16", "rot13")


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        yield running


def _multipart(value: bytes) -> bytes:
    head = b'--part\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
    return head + value + b"\r\n--part--\r\n"


def _spoken(newsdesk: Newsdesk, request: bytes) -> bytes:
    """What the server says to these very bytes, until it hangs up or falls silent."""
    port = int(newsdesk.root.rpartition(":")[2])
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
        line.sendall(request)
        try:
            while piece := line.recv(65_536):
                said += piece
        except TimeoutError:
            pass
    return said


@pytest.mark.parametrize("path", ["/subscribe", "/desk/sign-in", "/desk/stories/1/save", "/preferences/x"])
def test_nobody_chooses_the_codec_that_a_form_is_read_with(newsdesk: Newsdesk, path: str) -> None:
    client = newsdesk.browser().client
    began = time.perf_counter()
    for codec in CODECS:
        for value in (rb"\ud800", b"abc-\xff", b"a-" + b"b" * 90_000):
            kind = {"Content-Type": f"multipart/form-data; boundary=part; Charset={codec}"}
            answer = client.post(path, content=_multipart(value), headers=kind)
            assert answer.status_code == 415, (codec, value[:8])
            assert "cannot read that" in answer.text
    assert time.perf_counter() - began < 10, "punycode alone took longer, while nobody else was served"


@pytest.mark.parametrize("field", [b"&", b"a=b&", b"a&"], ids=["empty", "whole", "bare"])
def test_a_form_of_countless_fields_is_not_even_read(newsdesk: Newsdesk, field: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    client = newsdesk.browser().client
    for path in ("/desk/stories/1/save", "/desk/sign-in", "/subscribe"):
        few, many = (client.post(path, content=field * n, headers=kind) for n in (20, 90_000 // len(field)))
        assert few.status_code in (401, 403, 422), path
        assert many.status_code == 400, path


def test_a_form_in_parts_is_read_as_any_other(newsdesk: Newsdesk) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=part"}
    client = newsdesk.browser().client
    page = client.post("/desk/stories/1/save", content=_multipart("Zoë".encode()), headers=kind)
    assert page.status_code == 401
    assert "Zoë" in page.text


def test_a_request_with_two_lengths_is_refused(newsdesk: Newsdesk) -> None:
    head = b"POST /subscribe HTTP/1.1\r\nHost: desk.charity.example\r\n"
    inside = b"0\r\n\r\n"
    both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(inside)
    assert _spoken(newsdesk, head + both + inside).startswith(b"HTTP/1.1 400")
    assert _spoken(newsdesk, head + b"Transfer-Encoding: chunked\r\n\r\n" + inside).startswith(
        b"HTTP/1.1 422"
    )


def test_characters_that_no_text_has_break_no_page_and_are_not_kept(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    ops = newsdesk.signed_in(OPS)
    fields = ("list", "topic", "source", "publisher", "since", "words", "state", "url", "day", "page")
    query = "&".join(f"{name}=a%00b%ed%a0%80" for name in fields)
    for path in ("/desk", "/desk/search", "/desk/missed", "/desk/sources/receipt", f"/desk/stories/{story}"):
        assert ops.get(f"{path}?{query}").status_code == 200, path
    saved = send(ops, story, "save", ops.get(f"/desk/stories/{story}"), title="A\0B", body="One\0 line.")
    assert saved.status_code == 200
    assert typed(saved)["title"] == "AB"
    assert typed(saved)["body"] == "One line."
    for act, why in (("reject", "no\0t ours"), ("reopen", "")):
        assert send(ops, story, "stand", saved, act=act, why=why).status_code == 200
    assert ops.send("/desk/subscribers/look-up", "/desk/subscribers", address="a\0b").status_code == 404
    assert ops.send("/desk/missed/story", "/desk/missed", url="https://x.example/\0").status_code == 409
