"""Small invented pages on the SEND topic, for stories that need many of them, or pages that misbehave."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sendwatch.demo.items import DFE_LINK, EDUCATION_LINK, SEND_LINK, Item, organisation, page, topic
from sendwatch.demo.shelf import Shelf

BEGUN = datetime(2026, 11, 20, 9, tzinfo=UTC)
ONE_SOURCE = """
sources:
  govuk-send:
    title: SEND on GOV.UK
    spider: govuk_search
    where: {taxon: education/special-educational-needs-and-disability-send-and-high-needs}
    every: 2 seconds
"""


def a_shelf_of(names: Sequence[str]) -> Shelf:
    """A shelf with one small guidance page for each name, at ``path_of(name)``."""
    shelf = Shelf()
    shelf.publish(organisation(DFE_LINK, BEGUN))
    shelf.publish(topic(EDUCATION_LINK, BEGUN))
    shelf.publish(topic(SEND_LINK, BEGUN, parent=EDUCATION_LINK))
    for name in names:
        shelf.publish(a_page(name))
    return shelf


def a_page(name: str, *, at: datetime = BEGUN) -> Item:
    """One page; its text names it, so that no two are alike."""
    body = (
        f"<h2>Who this is for</h2><p>This guidance is about {name} for children and young people with "
        "special educational needs and disabilities (SEND).</p>"
        f"<h2>What to do</h2><p>Local authorities should publish their plan for {name} once a year.</p>"
        f"<p>Schools must tell parent carers about {name} within 15 working days.</p>"
        f"<p>Each EHC plan should say who is responsible for {name}, and what happens when it is not made. "
        "A plan that says so in plain words is easier to follow, and easier to put right.</p>"
        f"<p>Governing boards may ask the local authority for advice on {name} at any time, in writing or by "
        "telephone, and should record the answer that they are given.</p>"
    )
    return page(path_of(name), f"SEND guidance: {name}", document_type="guidance", at=at, body=body)


def path_of(name: str) -> str:
    """The base path of the page with this name."""
    return f"/government/publications/{name.replace(' ', '-')}"


def let_holds_pass(folder: Path, name: str) -> None:
    """Let the time be over for which the change of one page is held: it is owed its second look."""
    with closing(sqlite3.connect(folder / "var" / "sendwatch.db")) as database, database:
        past = "2026-01-01 00:00:00.000000"
        one = "SELECT id FROM documents WHERE url LIKE ?"
        given = (past, f"%{path_of(name)}")
        found = database.execute(f"UPDATE documents SET look_due_at = ? WHERE id IN ({one})", given)
        assert found.rowcount == 1
        held = database.execute(
            f"UPDATE changes SET held_until = ? WHERE fate = 'held' AND document_id IN ({one})", given
        )
        assert held.rowcount == 1, "it was held"
