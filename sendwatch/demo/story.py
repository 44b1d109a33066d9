"""The demonstration itself: a publisher on loopback, a week of news, and what an editor and a parent get."""

import email
import shutil
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from pipeline.model.changes import ChangeKind
from pipeline.model.errors import ConfigError
from pipeline.store import changes, entries
from sendwatch.cycle import run_cycle
from sendwatch.demo.demo_documents import demo_day_one, demo_day_two
from sendwatch.demo.friday import PARENT, the_week_ends
from sendwatch.demo.publisher import Publisher
from sendwatch.demo.shelf import Shelf
from sendwatch.reactor import run_on_reactor
from sendwatch.schedules import read_schedules
from sendwatch.settings import read_settings
from sendwatch.wiring import Wiring, wire

MARK = "made-by-sendwatch-demo.txt"
EDITOR = "editor@charity.example"


def tell(folder: Path, *, say: Callable[[str], None]) -> int:
    """Run the week, write everything below ``folder``, and say what happened. Returns the exit code.

    Raises ConfigError when ``folder`` holds something that is not a former demonstration.
    """
    _clear(folder)
    shelf = demo_day_one()
    with Publisher(shelf) as publisher:
        wiring = _wired(folder, publisher)
        try:
            run_on_reactor(lambda: _two_days(wiring, shelf, say))
            with wiring.db.begin() as tx:
                ledger = changes.since(tx, None)
                passed_over = entries.passed_over(tx)
            news = {line.story_id for line in ledger if line.story_id and line.change.kind is ChangeKind.NEW}
            sent = the_week_ends(wiring, news, say=say)
        finally:
            wiring.db.close()
    say("")
    say("What sendwatch noticed on the second day:")
    for line in ledger:
        mailed = "mailed" if line.story_id else "recorded, not mailed"
        say(f"  {line.change.kind.value:16} {line.change.relevance.verdict.value:9} {mailed:21} {line.title}")
    for title in passed_over:
        say(f"  {'listed':16} {'not':9} {'recorded, not fetched':21} {title}")
    digests = sorted((folder / "mail").glob("digest-*.eml"))
    mails = sorted(set((folder / "mail").glob("*.eml")) - set(digests))
    say("")
    say(f"The editor ({EDITOR}) got {len(mails)} mails:")
    for mail in mails:
        say(f"  {_unfold(mail)}")
    say("")
    say(f"A parent ({PARENT}), who gets nothing that no editor approved, got {len(digests)}:")
    for mail in digests:
        say(f"  {_unfold(mail)}")
        say(f"  {mail.with_suffix('.html')}")
    say("")
    say(f"Mails: {folder / 'mail'} (open an .html in a browser, an .eml in a mail program)")
    say(f"Drafts: {folder / 'drafts'}")
    say("Every document in it was invented. To watch the real ones: see “Going live” in the README.")
    told = {line.change.kind.value for line in ledger if line.story_id}
    return 0 if {"new", "quietly_updated", "withdrawn"} <= told and sent == 1 else 1


async def _two_days(wiring: Wiring, shelf: Shelf, say: Callable[[str], None]) -> None:
    sources = wiring.schedules.sources
    say("Monday: the first crawl. Everything is recorded, nothing is news.")
    first = await run_cycle(wiring, sources)
    say(f"  {sum(c.intakes['baseline'] for c in first.crawls)} documents recorded.")
    say("Tuesday: a letter, a quiet edit, a withdrawal, and a page about sending things.")
    demo_day_two(shelf)
    second = await run_cycle(wiring, sources)
    say(f"  {sum(c.requests for c in second.crawls)} requests, {second.stories} things to tell.")


def _wired(folder: Path, publisher: Publisher) -> Wiring:
    environment = {
        "SENDWATCH_VAR": str(folder),
        "SENDWATCH_TEAM": EDITOR,
        "SENDWATCH_FROM": "sendwatch@charity.example",
        "SENDWATCH_CONTACT": "https://charity.example/sendwatch",
        "SENDWATCH_GOVUK_URL": publisher.govuk_url,
        "SENDWATCH_ASSETS_URL": publisher.assets_url,
        "SENDWATCH_EDUCATIONHUB_URL": publisher.blog_url,
        "SENDWATCH_SETTLE": "0",
        "SENDWATCH_DELAY": "0",
    }
    settings = replace(read_settings(environment, cwd=folder), schedules=None)
    schedules = read_schedules(None)
    small = tuple(replace(source, expect_entries_min=1) for source in schedules.sources)
    return wire(settings, replace(schedules, sources=small))


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise ConfigError(f"--folder: {folder} holds something else; name an empty or a new folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("sendwatch demo replaces this folder when it is run again.\n", "utf-8")


def _unfold(file: Path) -> str:
    """Put the page and the draft that a mail holds beside it, to look at; return its subject."""
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    page = message.get_body(("html",))
    if page is not None:
        file.with_suffix(".html").write_text(page.get_content(), "utf-8")
    for attached in message.iter_attachments():
        drafts = file.parent.parent / "drafts"
        drafts.mkdir(exist_ok=True)
        body = attached.get_content()
        body = body.encode() if isinstance(body, str) else body
        (drafts / (attached.get_filename() or "draft.docx")).write_bytes(body)
    return str(message["Subject"])
