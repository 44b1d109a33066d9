"""``stories``: what an editor decides. Shows drafts and what they rest on; approves, rejects, holds back."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from pipeline.model.reviews import Standing
from pipeline.steps.item_of_story import Item, NoText, Wording, item_of_story
from pipeline.steps.review import Outcome, approve, hold_back, reject, reopen
from pipeline.store import changes, documents, reviews, stories
from pipeline.store.database import Database
from pipeline.store.reviews import StoryStanding
from sendwatch.commands.next_digests import what_next
from sendwatch.commands.opening import opened_plans, opened_store
from sendwatch.commands.story_sheet import sheet
from sendwatch.commands.story_words import approved_words, refused_words, story_line
from sendwatch.commands.who import who

RECENT = timedelta(days=60)


@click.group("stories")
def story_group() -> None:
    """Decide which Stories subscribers get: nothing goes to the public that no person approved.

    \b
    sendwatch stories list --waiting        what nobody has decided on
    sendwatch stories show 7                the draft, and the passage behind each sentence
    sendwatch stories approve 7 --by Anna   it goes into the next digest, once

    An approval is of the exact words, and lapses when a page that they rest on changes: the team is told.
    """


@story_group.command("list")
@click.option("--waiting", "state", flag_value="waiting", help="Nobody has decided on it.")
@click.option("--approved", "state", flag_value="approved", help="It is in, or goes into, a digest.")
@click.option("--lapsed", "state", flag_value="lapsed", help="The page has changed since the approval.")
@click.option("--held", "state", flag_value="held", help="An editor holds it back.")
@click.option("--rejected", "state", flag_value="rejected", help="An editor said that it is not relevant.")
@click.option("--all", "everything", is_flag=True, help="Also what is older than 60 days.")
def list_(state: str | None, everything: bool) -> None:
    """List Stories, the newest last: number, day, how each stands, title, and where it is.

    A Story that has a newer draft than its approval is listed under --waiting, too.
    """
    from sendwatch.wiring import now

    with opened_store() as db, db.begin() as tx:
        found = reviews.standings(tx, since=None if everything else now() - RECENT)
        shown = [one for one in found if _matches(one, state)]
        mains = [one.story.main_document_id for one in shown if one.story.main_document_id]
        urls = documents.urls(tx, mains)
    for one in shown:
        click.echo(story_line(one, urls.get(one.story.main_document_id or 0, "")))
    if not shown:
        click.echo("There is no such Story." if state else "There is no Story yet: sendwatch run finds them.")


@story_group.command("show")
@click.argument("number", type=int)
def show(number: int) -> None:
    """Show Story NUMBER: its digest item, its draft with numbered passages, and what editors said of it.

    Exit code 66 when there is no such Story.
    """
    from sendwatch.wiring import now

    with opened_store() as db:
        with db.begin() as tx:
            standing = reviews.standing_of(tx, number)
            if standing is None:
                raise _missing(number)
            draft = stories.draft_of(tx, number, standing.story.drafted)
            said = reviews.of_story(tx, number)
            lines = changes.of_story(tx, number)
        item = _item(db, standing, now())
    click.echo(sheet(standing, draft, item, said, lines))


@story_group.command("approve")
@click.argument("number", type=int)
@click.option("--by", default="", help="Who approves; without it the name of the account.")
@click.option("--title", default="", help="Your own title in place of the draft's.")
@click.option(
    "--text",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="A file with your own text, 25 to 70 words; - reads what is piped in.",
)
@click.option(
    "--revision", type=int, help="The draft that you have read; with a newer one nothing is approved."
)
@click.option("--as-it-is-now", is_flag=True, help="I have read the page as it is now, and the words hold.")
def approve_(
    number: int, by: str, title: str, text: Path | None, revision: int | None, as_it_is_now: bool
) -> None:
    """Approve Story NUMBER: its digest item as `show` prints it, or your own title and text.

    It goes into the next digest of each plan, once, and leaves at once, after five minutes, for those who
    asked for that. To take it back: `stories hold` or `stories reject`.

    Exit code 1 when nothing was approved: the page has changed since the draft was made, there is a newer
    draft, or there are no words. 66 when there is no such Story.
    """
    from sendwatch.wiring import now

    words = ""
    if text is not None:
        words = sys.stdin.read() if str(text) == "-" else text.read_text("utf-8")
        if not words.strip():
            raise click.UsageError(f"there are no words in {text}")
    moment = now()
    with opened_plans() as (db, plans):
        with db.begin() as tx:
            before = reviews.standing_of(tx, number)
        done = approve(
            db,
            number,
            by=who(by),
            now=moment,
            wording=Wording(title, words) if title or words else None,
            revision=revision,
            as_it_is_now=as_it_is_now,
        )
        if done.outcome is Outcome.DONE and done.approval is not None:
            click.echo(approved_words(done))
            if before is not None and before.standing is Standing.APPROVED and before.review is not None:
                click.echo(f"  mind: {before.review.by} had approved it before; from now on this word counts")
            for line in what_next(db, plans, done.approval, moment):
                click.echo(line)
            return
    click.echo(refused_words(number, done, revision, before.story.drafted if before else None), err=True)
    raise click.exceptions.Exit(66 if done.outcome is Outcome.NO_STORY else 1)


@story_group.command("reject")
@click.argument("number", type=int)
@click.option("--by", default="", help="Who rejects; without it the name of the account.")
@click.option("--why", default="", help="In a few words; whoever mends the rules will read it.")
def reject_(number: int, by: str, why: str) -> None:
    """Say that Story NUMBER is not relevant: no digest has it, not even as a link.

    A label is kept, too, as `sendwatch labels add URL --not-relevant` does.
    """
    from sendwatch.wiring import now

    with opened_store() as db:
        _done(number, reject(db, number, by=who(by), why=why.strip(), now=now()))
    click.echo(f"Story {number} is rejected: no digest will have it. What was sent already stays sent.")
    click.echo(f"To take that back: sendwatch stories reopen {number}")


@story_group.command("hold")
@click.argument("number", type=int)
@click.option("--by", default="", help="Who holds it back; without it the name of the account.")
@click.option("--why", default="", help="In a few words, for your colleagues.")
def hold(number: int, by: str, why: str) -> None:
    """Hold Story NUMBER back: it is in no digest until somebody approves it."""
    from sendwatch.wiring import now

    with opened_store() as db:
        _done(number, hold_back(db, number, by=who(by), why=why.strip(), now=now()))
    click.echo(f"Story {number} is held back. It goes nowhere until somebody approves it.")


@story_group.command("reopen")
@click.argument("number", type=int)
@click.option("--by", default="", help="Who opens it again; without it the name of the account.")
@click.option("--why", default="", help="In a few words, for your colleagues.")
def reopen_(number: int, by: str, why: str) -> None:
    """Take back the last word on Story NUMBER: it waits for a decision again."""
    from sendwatch.wiring import now

    with opened_store() as db:
        _done(number, reopen(db, number, by=who(by), why=why.strip(), now=now()))
    click.echo(f"Story {number} waits for a decision: sendwatch stories show {number}")


def _matches(one: StoryStanding, state: str | None) -> bool:
    if state is None or one.standing.value == state:
        return True
    return state == "waiting" and one.newer and one.standing is Standing.APPROVED


def _item(db: Database, standing: StoryStanding, now: datetime) -> Item | None:
    try:
        return item_of_story(db, standing.story, wording=None, now=now)
    except (NoText, LookupError):
        return None


def _done(number: int, outcome: Outcome) -> None:
    if outcome is Outcome.NO_STORY:
        raise _missing(number)


def _missing(number: int) -> click.exceptions.Exit:
    click.echo(f"there is no Story {number} with a draft: sendwatch stories list", err=True)
    return click.exceptions.Exit(66)
