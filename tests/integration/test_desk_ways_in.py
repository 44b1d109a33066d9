"""The way in to the desk by real HTTP: who may come in, who may not, and what a form must carry."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from alerts.desk.editors.guarding import checked_next
from alerts.steps.signing_in import Team
from pipeline.store import desk as desk_store
from pipeline.store.database import Database, open_database
from tests.support.databases import fresh_sqlite
from tests.support.newsdesk import ANNA, BEN, OPS, Browser, Newsdesk, a_newsdesk


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        yield running


def test_an_editor_signs_in_by_the_mailed_link_and_lands_where_she_wanted_to_go(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    sent_away = browser.get("/desk?list=quiet")
    assert sent_away.status_code == 303
    assert sent_away.headers["location"] == "/desk/sign-in?next=%2Fdesk%3Flist%3Dquiet"
    link = newsdesk.link_for(browser, ANNA, "/desk?list=quiet")
    page = browser.get(link)
    assert page.status_code == 200
    assert "Sign in to the desk" in page.text
    assert browser.get("/desk").status_code == 303, "looking at the page signs nobody in"
    onward = browser.client.post(
        link.partition("?")[0], data={"key": browser.key_of(page), "next": "/desk?list=quiet"}
    )
    assert onward.status_code == 303
    assert onward.headers["location"] == "/desk?list=quiet"
    cookie = onward.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    home = browser.get("/desk")
    assert home.status_code == 200
    assert ANNA in home.text
    assert browser.get(link).status_code == 404, "a link works once"


def test_a_link_opened_in_another_browser_or_too_late_explains_itself(newsdesk: Newsdesk) -> None:
    asked, other = newsdesk.browser(), newsdesk.browser()
    link = newsdesk.link_for(asked, ANNA)
    other.get("/desk/sign-in")
    page = other.get(link)
    assert page.status_code == 404
    assert "only in the browser in which it was asked for" in page.text
    newsdesk.wait(minutes=11)
    assert "Ask for a new link in this browser" in asked.get(link).text


def test_a_stranger_sees_what_a_colleague_sees_and_gets_no_mail(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    key = browser.key_of(browser.get("/desk/sign-in"))
    told = [
        browser.client.post("/desk/sign-in", data={"key": key, "address": address}).text
        for address in (ANNA, "stranger@elsewhere.example")
    ]
    assert told[0] == told[1]
    with newsdesk.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM deliveries").scalar_one() == 1


def test_nothing_of_the_desk_is_seen_without_a_session(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    for cookie in ("", "x", "forged" * 8, "ü", "0" * 5000):
        headers = {"Cookie": f"desk={cookie}".encode("latin-1", "replace")} if cookie else {}
        page = browser.get("/desk", headers=headers)
        assert page.status_code == 303
        assert page.headers["location"].startswith("/desk/sign-in?next=")


def test_whoever_leaves_the_team_list_is_out_at_once(db: Database) -> None:
    with a_newsdesk(db) as before:
        cookie = before.signed_in(BEN).client.cookies["desk"]
    with a_newsdesk(db, team=Team.of([ANNA], [OPS])) as after:
        browser = after.browser()
        browser.client.cookies.set("desk", cookie)
        assert browser.get("/desk").status_code == 303


def test_signing_out_ends_the_session_and_not_only_the_cookie(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in()
    cookie = browser.client.cookies["desk"]
    assert "Sign in to the desk" in browser.send("/desk/sign-out").text
    again = newsdesk.browser()
    again.client.cookies.set("desk", cookie)
    assert again.get("/desk").status_code == 303
    with newsdesk.db.begin() as tx:
        assert [act.what for _, act in desk_store.log(tx)] == ["signed out", "signed in"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[oops"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
    ids=str,
)
def test_a_form_that_another_site_sends_does_nothing(newsdesk: Newsdesk, headers: dict[str, str]) -> None:
    browser = newsdesk.signed_in()
    key = browser.key_of(browser.get("/desk"))
    refused = browser.client.post("/desk/sign-out", data={"key": key}, headers=headers)
    assert refused.status_code == 403
    assert browser.get("/desk").status_code == 200


def test_a_form_needs_the_key_of_this_very_session(newsdesk: Newsdesk) -> None:
    anna, ben = newsdesk.signed_in(ANNA), newsdesk.signed_in(BEN)
    foreign = ben.key_of(ben.get("/desk"))
    for key in ("", "0" * 64, foreign, "ü", foreign[:-1]):
        assert anna.client.post("/desk/sign-out", data={"key": key}).status_code == 403, key
    assert anna.client.post("/desk/sign-out").status_code == 403
    assert anna.get("/desk").status_code == 200


def test_what_was_typed_is_shown_again_when_the_session_is_over(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    page = browser.client.post("/desk/sign-out", data={"body": "An hour of <b>work</b>", "key": "x"})
    assert page.status_code == 401
    assert "An hour of &lt;b&gt;work&lt;/b&gt;" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "https://evil.example", "/desk//evil.example", "/desk\\evil.example", "/deskevil",
        "/desk/../subscribe", "javascript:alert(1)", "/desk/\r\nSet-Cookie: x=1", "/desk@evil.example",
        "/desk/sign-out", "/desk/enter/x", "/subscribe", "", "/desk/" + "a" * 600, "/desk?n=//evil.example",
        "/desk/%2e%2e/subscribe", "/desk/%2E./leave/x", "/desk/%2f%2fevil.example", "/desk/%5cevil.example",
    ],
)  # fmt: skip
def test_no_address_leads_away_from_the_desk(path: str) -> None:
    assert checked_next(path) == "/desk"


def test_the_pages_after_signing_in_are_kept() -> None:
    for path in ("/desk", "/desk/stories/7", "/desk?list=quiet&page=2", "/desk/stories/7?said=saved"):
        assert checked_next(path) == path


def test_each_page_says_what_a_browser_may_do_with_it(newsdesk: Newsdesk) -> None:
    page = newsdesk.signed_in().get("/desk")
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["x-frame-options"] == "DENY"
    assert "noindex" in page.headers["x-robots-tag"]


def test_over_https_the_cookies_hold_for_this_host_alone(db: Database) -> None:
    from dataclasses import replace

    with a_newsdesk(db) as running:
        site = replace(running.desk.site, facts=replace(running.desk.site.facts, site="https://x.example"))
    with a_newsdesk(db, site=site) as secure:
        cookie = secure.browser().get("/desk/sign-in").headers["set-cookie"]
    assert cookie.startswith("__Host-browser=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_foreign_host_name_gets_nothing(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in()
    assert browser.get("/desk", headers={"Host": "evil.example"}).status_code == 400
    for path in ("/desk/..%2f..%2fetc/passwd", "/desk/%2e%2e/", "/desk/stories/%00"):
        assert browser.get(path).status_code in (303, 404), path


def test_asking_for_links_is_bounded_for_a_network(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    key = browser.key_of(browser.get("/desk/sign-in"))
    for person in range(25):
        team = ANNA if person >= 20 else f"p{person}@elsewhere.example"
        assert browser.client.post("/desk/sign-in", data={"key": key, "address": team}).status_code == 200
    with newsdesk.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM deliveries").scalar_one() == 0


def _asks(newsdesk: Newsdesk, browser: Browser, address: str = ANNA) -> int:
    """Ask for a link; how many mails are owed in all."""
    key = browser.key_of(browser.get("/desk/sign-in"))
    assert browser.client.post("/desk/sign-in", data={"key": key, "address": address}).status_code == 200
    with newsdesk.db.begin() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM deliveries").scalar_one())


def test_a_stranger_who_asks_on_and_on_keeps_nobody_out_who_has_been_in(newsdesk: Newsdesk) -> None:
    annas = newsdesk.browser()
    link = newsdesk.link_for(annas, ANNA)
    page = annas.get(link)
    came = annas.client.post(link.partition("?")[0], data={"key": annas.key_of(page)})
    assert came.status_code == 303
    annas.send("/desk/sign-out")
    newsdesk.wait(hours=2)
    stranger = newsdesk.browser()
    owed = [_asks(newsdesk, stranger) for _ in range(7)]
    assert owed == [2, 3, 4, 5, 6, 6, 6], "five links an hour, and no more"
    for person in range(20):  # and now nobody of this network may ask
        _asks(newsdesk, stranger, f"p{person}@elsewhere.example")
    assert _asks(newsdesk, stranger, BEN) == 6
    assert [_asks(newsdesk, annas) for _ in range(6)] == [7, 8, 9, 10, 11, 11]
    assert _asks(newsdesk, annas, BEN) == 11, "her browser is known for her alone"


def test_no_browser_can_say_of_itself_that_it_has_been_in(newsdesk: Newsdesk) -> None:
    annas = newsdesk.browser()
    link = newsdesk.link_for(annas, ANNA)
    annas.client.post(link.partition("?")[0], data={"key": annas.key_of(annas.get(link))})
    key, _, proof = annas.client.cookies["browser"].partition(".")
    assert len(proof) == 64
    for value in (f"other.{proof}", f"{key}.{'0' * 64}", f"{key}.", f"{key}.{proof[:-1]}", f".{proof}"):
        forged = newsdesk.browser()
        forged.client.cookies.set("browser", value)
        for _ in range(6):
            _asks(newsdesk, forged)
    with newsdesk.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM sign_ins").scalar_one() == 5


def test_a_stranger_waits_for_the_database_as_long_as_a_colleague(tmp_path: Path) -> None:
    database = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_newsdesk(database) as newsdesk:
        browser = newsdesk.browser()
        key = browser.key_of(browser.get("/desk/sign-in"))

        def seconds(address: str) -> float:
            began = time.monotonic()
            browser.client.post("/desk/sign-in", data={"key": key, "address": address})
            return time.monotonic() - began

        for address in (ANNA, "stranger@elsewhere.example"):
            held = threading.Event()

            def hold(held: threading.Event = held) -> None:
                with database.begin():  # as the watch does while it takes pages in
                    held.set()
                    time.sleep(1)

            thread = threading.Thread(target=hold)
            thread.start()
            held.wait()
            assert seconds(address) > 0.7, address
            thread.join()
    database.close()


def test_one_link_pressed_many_times_at_once_opens_one_session(newsdesk: Newsdesk) -> None:
    browser = newsdesk.browser()
    link = newsdesk.link_for(browser, ANNA).partition("?")[0]
    key = browser.key_of(browser.get(link))
    cookies = dict(browser.client.cookies)
    gate = threading.Barrier(8)
    found: list[int] = []

    def press() -> None:
        gate.wait()
        answer = httpx.post(f"{newsdesk.root}{link}", data={"key": key}, cookies=cookies, trust_env=False)
        found.append(answer.status_code)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [303] + [404] * 7
    with newsdesk.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM sessions").scalar_one() == 1
