"""One page, however its address was copied."""

import pytest

from pipeline.text.words.addresses import canonical_url

PAGE = "https://www.gov.uk/guidance/send"


@pytest.mark.parametrize(
    "copied",
    [
        PAGE,
        f"{PAGE}/",
        "http://www.gov.uk/guidance/send",
        "HTTPS://WWW.GOV.UK/guidance/send",
        f" {PAGE}#section-2 ",
        f"{PAGE}?utm_source=mail&utm_medium=email",
    ],
)
def test_the_same_page_has_the_same_address(copied: str) -> None:
    assert canonical_url(copied) == PAGE


def test_what_tells_pages_apart_stays() -> None:
    assert canonical_url("https://www.gov.uk/search?page=2") == "https://www.gov.uk/search?page=2"
    assert canonical_url("http://127.0.0.1:8000/a/") == "http://127.0.0.1:8000/a"
    assert canonical_url("not an address") == "not an address"
    assert canonical_url("https://www.gov.uk:port/") == "https://www.gov.uk:port/"
