"""An address is understood as people paste it."""

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.finding.pasted import candidates, parent_of, pasted_url

PAGE = "https://www.gov.uk/government/publications/send-reform"


@pytest.mark.parametrize(
    "pasted",
    [
        PAGE,
        f"  <{PAGE}/>\n",
        "http://www.gov.uk/government/publications/send-reform#contents",
        "www.gov.uk/government/publications/send-reform?utm_source=mail&fbclid=1",
        "GOV.UK/government/publications/send-reform",
        "https://www.gov.uk/api/content/government/publications/send-reform",
        "/government/publications/send-reform",
        f"Have you seen this? {PAGE}.",
        f"{PAGE} {PAGE}",
        f"https://www.google.com/url?sa=t&q={quote(PAGE, safe='')}",
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(PAGE, safe='')}&data=05",
    ],
)
def test_a_page_is_known_however_it_is_pasted(pasted: str) -> None:
    assert pasted_url(pasted) == PAGE


@pytest.mark.parametrize(
    "pasted", ["", "SEND reform", "https://", "mailto:anna@charity.example", "javascript:alert(1)"]
)
def test_what_is_no_address_is_none(pasted: str) -> None:
    assert pasted_url(pasted) == ""


def test_a_document_below_a_page_leads_to_it() -> None:
    assert parent_of(f"{PAGE}/annex-a") == PAGE
    assert parent_of(PAGE) == ""
    assert (
        parent_of("https://www.gov.uk/guidance/a-manual/a-chapter") == "https://www.gov.uk/guidance/a-manual"
    )


@given(st.text(max_size=100))
@example("http://[::1")
@example("https://www.gov.uk]/x")
@example("https://www.gov.uk:99999999/x")
def test_nothing_that_is_pasted_is_an_error(pasted: str) -> None:
    url = pasted_url(pasted)
    assert url == "" or candidates(url)
