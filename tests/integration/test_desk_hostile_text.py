"""Whatever a publisher, a colleague or an address says, the desk shows it as text and as nothing else."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from alerts.desk.editors.guarding import done, shown
from alerts.desk.editors.showing import MESSAGES, clean
from alerts.steps.signing_in import Team
from pipeline.model.desk import Act
from pipeline.store import desk as desk_store
from pipeline.store.database import Database
from tests.integration.test_desk_stories import send, typed
from tests.support.newsdesk import ANNA, BEN, OPS, Newsdesk, a_newsdesk

EVIL = (
    "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'><svg/onload=alert(3)>"
    "{{7*7}}javascript:alert(4)"
)
LINKS = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    " jAvAsCrIpT:alert(1)",
    "vbscript:x",
)
ALLOWED = {
    "a", "aside", "blockquote", "body", "br", "button", "dd", "del", "details", "div", "dl", "dt",
    "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "head", "header", "html", "input", "ins", "label",
    "legend", "li", "link", "main", "meta", "nav", "option", "p", "script", "section", "select", "span",
    "strong", "summary", "table", "tbody", "td", "textarea", "title", "tr", "ul",
}  # fmt: skip


class _Page(HTMLParser):
    """Every element and attribute of a page, as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def harmless(text: str) -> None:
    """No element, attribute or address of the page does what the hostile text wants."""
    page = _Page()
    page.feed(text)
    for tag, attributes in page.elements:
        assert tag in ALLOWED, f"<{tag}> on the page"
        if tag == "script":
            assert attributes == {"src": "/desk/desk.js", "defer": None}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", (tag, value)
            if name in ("href", "src", "action", "formaction"):
                assert re.match(r"(https?://|/|#|mailto:)", value or ""), (tag, name, value)
    assert "49javascript" not in text, "a template was run that came from outside"


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db, team=Team.of([ANNA, BEN, f'"{EVIL[:8]}"@x.example'], [OPS])) as running:
        yield running


def test_hostile_titles_bodies_and_notes_of_a_publisher_are_text(newsdesk: Newsdesk) -> None:
    room = newsdesk.room
    text = f"Schools must tell parents about {EVIL} within ten school days.\nParents can appeal. {EVIL}"
    room.ledger.arrives("evil", f"About {EVIL}", "guidance", text)
    room.ledger.cycle()
    room.ledger.changes("evil", f"About {EVIL}", "guidance", f"{text}\nNew: {EVIL}", edit="x")
    room.ledger.arrives("other", f"Also {EVIL}", "guidance", text)
    room.ledger.cycle()
    with newsdesk.db.begin() as tx:
        note = {"note": EVIL}
        tx.exec_driver_sql(
            "UPDATE changes SET public_note = %(note)s"
            if "postgres" in tx.dialect.name
            else "UPDATE changes SET public_note = :note",
            note,
        )
        stories = list(tx.exec_driver_sql("SELECT id FROM stories ORDER BY id").scalars())
    anna = newsdesk.signed_in()
    harmless(anna.get("/desk?list=all").text)
    for story in stories:
        page = anna.get(f"/desk/stories/{story}")
        assert page.status_code == 200
        assert "&lt;script&gt;" in page.text
        harmless(page.text)
        mail = anna.get(f"/desk/stories/{story}/alert").text
        assert "<script" not in mail
        assert "<img" not in mail
    harmless(
        anna.get(
            "/desk", params={"list": EVIL, "topic": EVIL, "publisher": EVIL, "since": EVIL, "said": EVIL}
        ).text
    )
    harmless(anna.get("/desk", params={"list": "all", "publisher": EVIL, "page": EVIL}).text)


def test_hostile_addresses_of_pages_never_become_links(newsdesk: Newsdesk) -> None:
    for number, link in enumerate(LINKS):
        newsdesk.room.ledger.arrives(
            f"://{link}", f"Page {number} about short breaks", "guidance", "Schools must tell parents."
        )
    newsdesk.room.ledger.cycle()
    anna = newsdesk.signed_in()
    with newsdesk.db.begin() as tx:
        stories = list(tx.exec_driver_sql("SELECT id FROM stories").scalars())
        for link in LINKS:
            tx.exec_driver_sql(f"UPDATE documents SET url = '{link}' WHERE url = '://{link}'")
    for story in stories:
        harmless(anna.get(f"/desk/stories/{story}").text)


def test_what_a_colleague_types_is_text_to_everybody(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    before = ben.get(f"/desk/stories/{story}")
    everything = dict.fromkeys(("title", "body", "digest_title", "digest_text", "post"), f"</textarea>{EVIL}")
    everything["body"] += "\n\n" + "\n\n".join(f"[words]({link})" for link in LINKS)
    saved = send(anna, story, "save", anna.get(f"/desk/stories/{story}"), **everything)
    harmless(saved.text)
    assert typed(saved)["title"] == f"</textarea>{EVIL}"
    harmless(send(ben, story, "save", before, title=f"{EVIL} by Ben").text)
    harmless(ben.get(f"/desk/stories/{story}/texts/1").text)
    as_html = ben.get(f"/desk/stories/{story}/item.html")
    assert as_html.headers["content-type"].startswith("text/plain")
    assert as_html.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in as_html.text
    assert 'href="javascript' not in as_html.text.lower()
    as_markdown = ben.get(f"/desk/stories/{story}/item.md").text.lower()
    assert not re.search(r"(?<!\\)\]\((?!https?:|tel:)", as_markdown), (
        "brackets that are no web link are escaped"
    )
    harmless(send(anna, story, "stand", saved, act="reject", why=EVIL).text)
    harmless(send(anna, story, "merge", anna.get(f"/desk/stories/{story}"), into=EVIL).text)
    harmless(send(anna, story, "approve", anna.get(f"/desk/stories/{story}")).text)
    harmless(anna.get("/desk?list=all").text)


def test_hostile_names_in_the_log_are_text(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    with newsdesk.db.begin() as tx:
        desk_store.note(tx, Act(newsdesk.now, f"{EVIL}@x.example", "merged", f"story:{story}", EVIL))
    harmless(newsdesk.signed_in().get(f"/desk/stories/{story}").text)


def test_what_was_typed_without_a_session_is_shown_as_text(newsdesk: Newsdesk) -> None:
    page = newsdesk.browser().client.post("/desk/stories/1/save", data={"body": f"</textarea>{EVIL}"})
    assert page.status_code == 401
    harmless(page.text)
    browser = newsdesk.browser()
    harmless(browser.get("/desk/sign-in", params={"next": f"/desk{EVIL}"}).text)
    key = browser.key_of(browser.get("/desk/sign-in"))
    harmless(browser.client.post("/desk/sign-in", data={"key": key, "address": EVIL, "next": EVIL}).text)
    harmless(browser.get(f"/desk/enter/{'x' * 40}", params={"next": EVIL}).text)


def test_a_redline_is_washed_before_it_is_shown() -> None:
    washed = clean(
        f'<table role="presentation" style="x" onclick="y"><tr><td class="z"><del style="a">b</del>'
        f"{EVIL}</td></tr></table>"
    )
    harmless(str(washed))
    assert "<del>b</del>" in washed
    assert "alert(1)" not in washed


def test_messages_come_by_their_code_and_no_text_of_an_address_is_printed(newsdesk: Newsdesk) -> None:
    anna = newsdesk.signed_in()
    assert MESSAGES["saved"] in anna.get("/desk?said=saved").text
    assert "You have won" not in anna.get("/desk?said=You+have+won").text


def test_every_page_is_shut_without_a_session_and_every_form_without_its_key(
    newsdesk: Newsdesk,
) -> None:
    from alerts.desk.editors.routes import desk_routes

    story = newsdesk.room.page("short breaks")
    stranger, anna = newsdesk.browser(), newsdesk.signed_in()
    open_to_all = {"/desk/sign-in", "/desk/enter/{token}", "/desk/desk.css", "/desk/desk.js"}
    looked_at = 0
    pages = {route.path for route in desk_routes(newsdesk.desk) if "GET" in (route.methods or ())}
    for route in desk_routes(newsdesk.desk):
        if route.path in open_to_all:
            continue
        words = dict.fromkeys(re.findall(r"{(\w+)}", route.path), "1")
        path = route.path.format(**{**words, "story": story, "form": "html"})
        looked_at += 1
        if "GET" in (route.methods or ()):
            sent_away = stranger.get(path)
            assert sent_away.status_code == 303, path
            assert sent_away.headers["location"].startswith("/desk/sign-in?next=%2Fdesk"), path
            assert stranger.client.post(path).status_code in (401, 405), path
        else:
            assert stranger.client.post(path, data={"key": "0" * 64}).status_code == 401, path
            assert anna.client.post(path, data={"title": "x"}).status_code == 403, path
            foreign = {"Origin": "https://evil.example"}
            key = anna.key_of(anna.get("/desk"))
            assert anna.client.post(path, data={"key": key}, headers=foreign).status_code == 403, path
            assert route.path in pages or anna.get(path).status_code == 405, path
    assert looked_at >= 12
    with newsdesk.db.begin() as tx:
        assert [act.what for _, act in desk_store.log(tx)] == ["signed in"], "nothing was done"


def test_a_page_for_operators_is_shut_to_editors(db: Database) -> None:
    import httpx
    from starlette.responses import PlainTextResponse

    from alerts.desk.app import build_app
    from alerts.desk.editors.routes import desk_routes
    from pipeline.model.desk import Role
    from sendwatch.serving import serving
    from tests.support.newsdesk import Browser

    with a_newsdesk(db) as running:
        mine = [
            shown(
                running.desk, "/desk/engine", lambda _visit: PlainTextResponse("engine"), role=Role.OPERATOR
            ),
            done(running.desk, "/desk/engine", lambda _visit: PlainTextResponse("done"), role=Role.OPERATOR),
        ]
        app = build_app(running.desk.site, more=[*desk_routes(running.desk), *mine])
        with serving(app, "127.0.0.1:0") as root:
            for address, status in ((ANNA, 403), (OPS, 200)):
                cookies = running.signed_in(address).client.cookies
                with httpx.Client(base_url=root, cookies=cookies, trust_env=False) as client:
                    browser = Browser(running, client)
                    assert browser.get("/desk/engine").status_code == status
                    key = browser.key_of(browser.get("/desk"))
                    assert client.post("/desk/engine", data={"key": key}).status_code == status
