"""Every page of the desk, by its route: nobody without a session, without the role, or from another site."""

import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import Route

from alerts.desk.editors.routes import desk_routes
from pipeline.store.database import Database, open_database
from tests.support.newsdesk import ANNA, OPS, Newsdesk, a_newsdesk

OPEN = ("/desk/desk.css", "/desk/desk.js", "/desk/sign-in", "/desk/enter/{token}")
OPERATORS = ("/desk/subscribers", "/desk/sources/{source}/")
SCRIPT = "\"'><script>alert(1)</script>"


@pytest.fixture
def newsdesk(database_file: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(database_file) as running:
        yield running


@pytest.fixture
def database_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = open_database(f"sqlite:///{tmp_path_factory.mktemp('guarded') / 'desk.db'}")
    yield db
    db.close()


def _routes(newsdesk: Newsdesk, method: str) -> list[str]:
    routes = [one for one in desk_routes(newsdesk.desk) if isinstance(one, Route)]
    paths = [one.path for one in routes if method in (one.methods or ()) and one.path not in OPEN]
    assert len(paths) >= 5
    return paths


def _filled(path: str) -> str:
    """The path with something in each of its places."""
    return re.sub(r"\{[^}]*\}", "1", path)


def _changes(newsdesk: Newsdesk) -> list[tuple[object, ...]]:
    """All that an act could leave behind."""
    with newsdesk.db.begin() as tx:
        tables = ("memory", "acts", "digest_openings", "deliveries", "labels", "subscribers")
        return [tuple(tx.exec_driver_sql(f"SELECT count(*) FROM {name}").one()) for name in tables]


def test_no_page_is_shown_without_a_session_and_none_takes_a_form(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    for path in _routes(newsdesk, "GET"):
        answer = browser.get(_filled(path))
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/desk/sign-in"), path
    before = _changes(newsdesk)
    for path in _routes(newsdesk, "POST"):
        assert browser.client.post(_filled(path), data={"key": "0" * 64}).status_code == 401, path
    assert _changes(newsdesk) == before


def test_no_form_is_taken_without_its_key_or_from_another_site(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in(OPS)
    key = browser.key_of(browser.get("/desk"))
    before = _changes(newsdesk)
    for path in _routes(newsdesk, "POST"):
        here = _filled(path)
        assert browser.client.post(here).status_code == 403, path
        assert browser.client.post(here, data={"key": "0" * 64}).status_code == 403, path
        foreign = browser.client.post(here, data={"key": key}, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403, path
    assert _changes(newsdesk) == before
    assert browser.get("/desk").status_code == 200, "nobody was signed out either"


def test_an_editor_comes_to_no_page_that_is_for_operators(newsdesk: Newsdesk) -> None:
    anna = newsdesk.signed_in(ANNA)
    key = anna.key_of(anna.get("/desk"))
    asked = 0
    before = _changes(newsdesk)
    for method in ("GET", "POST"):
        for path in _routes(newsdesk, method):
            if path.startswith(OPERATORS):
                asked += 1
                answer = anna.client.request(
                    method, _filled(path), data={"key": key} if method == "POST" else None
                )
                assert answer.status_code == 403, path
                assert "for operators" in answer.text
    assert asked >= 8
    assert _changes(newsdesk) == before


def test_no_address_of_the_desk_with_a_trick_in_it_shows_more_than_it_should(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in(OPS)
    for path in _routes(newsdesk, "GET"):
        for trick in ("..%2f..%2fetc%2fpasswd", "%00", "99999999999999999999", "-1", "٣", "%3Cscript%3E"):
            answer = _get(browser.client, re.sub(r"\{[^}]*\}", trick, path))
            assert answer.status_code in (200, 400, 404), (path, trick)
            assert "root:" not in answer.text
            assert "<script>" not in answer.text
        fields = dict.fromkeys(("words", "q", "url", "day", "week", "page", "said", "old", "new"), SCRIPT)
        answer = _get(browser.client, _filled(path), params=fields)
        assert answer.status_code in (200, 400, 404, 422), path
        assert "<script>alert" not in answer.text, path


def _get(client: httpx.Client, path: str, **options: dict[str, str]) -> httpx.Response:
    return client.get(path, **options)  # type: ignore[arg-type]


def test_an_address_that_leads_nowhere_has_the_desks_own_page_for_the_team_alone(newsdesk: Newsdesk) -> None:
    stranger, anna, over = newsdesk.browser(), newsdesk.signed_in(ANNA), newsdesk.signed_in(ANNA)
    over.client.cookies.set("desk", "a-cookie-of-nobody")
    public = stranger.get("/nothing/at/all").text
    for path in (
        "/desk/nothing",
        "/desk/",
        f"/desk/{SCRIPT}",
        "/desk/stories/1/nothing",
        "/desk/digest/a/b/c",
    ):
        for outsider in (stranger, over):
            answer = outsider.get(path)
            assert (answer.status_code, answer.text) == (404, public), "nothing but the public page"
        own = anna.get(path)
        assert own.status_code == 404
        assert "There is no such page" in own.text
        assert 'href="/desk/digest"' in own.text
        assert "alert(1)" not in own.text
    assert anna.get("/nothing/at/all").text == public, "beside the desk it is the public page"
    looked = anna.get("/desk/stories/1/save")
    assert looked.status_code == 405
    assert "There is nothing to look at here" in looked.text
    assert "There is nothing to look at" not in stranger.get("/desk/stories/1/save").text
    assert anna.client.head("/desk/nothing").status_code == 404
