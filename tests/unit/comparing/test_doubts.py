"""What is an error page, and what only sounds like one: a real page must never be waved away."""

import pytest
from comparing_samples import page, record

from pipeline.text.noticing.doubts import is_error_page


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "404",
        "Error 404: page not found",
        "503 Service Unavailable",
        "502 Bad Gateway",
        "429 Too Many Requests",
        "Sorry, there is a problem with the service",
        "Access denied",
        "Just a moment...",
        "Something went wrong. Please try again later.",
        "This service is currently unavailable",
        "We can't find that page",
        "Oops! That page can’t be found.",
        "An error has occurred.",
        "Request Rejected",
        "Pardon Our Interruption",
        "Error establishing a database connection",
        "Please enable JavaScript and cookies to continue",
        "Are you a robot?",
        "410 Gone",
        "400 Bad Request",
        "Under maintenance",
        "Sign in to continue",
        "The page you were looking for doesn't exist.",
    ],
)
def test_an_error_message_is_no_content(title: str) -> None:
    assert is_error_page(record(title=title), [page("Try again in a few minutes.")])
    assert is_error_page(record(title="SEND support"), [page(title, "Try again in a few minutes.")])


@pytest.mark.parametrize(
    "title",
    [
        "500 more special school places",
        "500 schools to get SEND units",
        "404 children wait for an EHC plan",
        "Access denied to school: what to do",
        "Too many requests for EHC plans",
        "Not found in the local offer: how to ask",
        "Page not found? How to report a broken link on your local offer",
        "Service unavailable: when a council cannot offer therapy",
        "Something went wrong with my child's plan",
        "Scheduled maintenance of special school buildings",
        "Forbidden practices in alternative provision",
        "The page you were looking for help with: SEND",
        "Error in the high needs funding formula",
        "Under maintenance: school lifts and access",
    ],
)
def test_a_page_with_such_words_in_its_title_is_content(title: str) -> None:
    assert not is_error_page(record(title=title), [page("Families can ask the council.")])
