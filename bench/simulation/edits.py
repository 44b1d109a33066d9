"""Episodes of real edits: each must be told, once. Generators that act, and yield how long they then wait.

An episode returns at once when no page is free for it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bench.simulation.stage import Page, Stage, fresh, put_partial
from sendwatch.demo.plain_pdf import plain_pdf
from sendwatch.demo.shelf import Post

Episode = Iterator[timedelta]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAGES_OF_A_ROLLOVER = 14


def new_page(stage: Stage) -> Episode:
    """A new page about SEND: plain, with a child, or with a file; sometimes with an old public date."""
    number = stage.coin()
    page = fresh(stage, f"send-new-{number}", part=stage.chance.choice(["", "child", "file"]))
    title = f"SEND: support from year {number}"
    kind = "new page about SEND"
    if stage.chance.random() < 0.3:
        stage.put(page, title, at=stage.now - timedelta(days=40), written=stage.now)
        kind = "new page, backdated"
    else:
        stage.put(page, title)
    stage.deed(kind, page, title, "[New ", told=True)
    page.busy_until = stage.now + 4 * HOUR
    yield HOUR


def new_partial(stage: Stage) -> Episode:
    """A new page, a small part of which is about SEND."""
    title = put_partial(stage, page := fresh(stage, f"funding-note-{stage.coin()}"))
    stage.deed("new page, partly about SEND", page, title, "[New ", "Part of it is about SEND", told=True)
    yield HOUR


def new_post(stage: Stage) -> Episode:
    """A post of the blog, edited quietly a day or so later."""
    number = stage.coin()
    path, title = (
        f"/2026/10/send-reviews-{number}/",
        f"SEND reviews: what parents need to know ({number})",
    )
    said = [stage.sentence() for _ in range(6)]
    body = "<h2>SEND reviews</h2>" + "".join(f"<p>{one}</p>" for one in said)
    categories = ("Special educational needs and disability (SEND)",)
    stage.shelf.add_post(Post(path, number, title, body, stage.now, categories, said[0]))
    stage.deed("new blog post", path, title, "[New blog post]", told=True)
    yield stage.chance.randint(20, 40) * HOUR
    more = stage.sentence()
    stage.shelf.edit_post(path, body=f"{body}<p>{more}</p>", at=stage.now)
    stage.deed("blog post edited quietly", path, _number(more), told=True)
    yield HOUR


def announced(stage: Stage) -> Episode:
    """An edit with a note: the public date moves."""
    page = stage.free()
    if page is not None:
        money = stage.sum()
        note = f"Changed the sum in part {stage.coin()}."
        stage.edit(page, *stage.said(page, money=money), note=note)
        stage.deed("announced edit", page, note, f"£{money:,}", told=True)
        yield from _rest(page, stage)


def quiet(stage: Stage) -> Episode:
    """A duty, a date or a sum changes without a note."""
    page = stage.free()
    if page is not None:
        what = stage.chance.choice(["duty", "date", "sum"])
        stage.deed(f"quiet edit of a {what}", page, *_own_sentence(stage, page, what), told=True)
        yield from _rest(page, stage)


def paragraph(stage: Stage) -> Episode:
    """A paragraph comes, and goes again days later."""
    page = stage.free()
    if page is not None:
        said = stage.sentence()
        last = "<p>Parents recieve a copy.</p>"
        last = last if last in stage.item(page)["details"]["body"] else "<h2>"
        stage.edit(page, last, f"<p>{said}</p>{last}")
        stage.deed("paragraph added", page, _number(said), told=True)
        page.busy_until = stage.now + 60 * HOUR
        yield stage.chance.randint(26, 50) * HOUR
        stage.edit(page, f"<p>{said}</p>", "")
        stage.deed("paragraph taken out: back to what it was", page, _number(said), "says again", told=True)
        yield from _rest(page, stage)


def reversal(stage: Stage) -> Episode:
    """A sum changes and is changed back after more than a day: both are told."""
    page = stage.free()
    if page is not None:
        was, money = page.money, stage.sum()
        stage.edit(page, *stage.said(page, money=money))
        stage.deed("reversal: there", page, f"£{money:,}", told=True)
        page.busy_until = stage.now + 60 * HOUR
        yield stage.chance.randint(25, 40) * HOUR
        stage.edit(page, *stage.said(page, money=was))
        stage.deed("reversal: and back", page, f"£{money:,}", f"£{was:,}", "says again", told=True)
        yield from _rest(page, stage)


def joined(stage: Stage) -> Episode:
    """Two edits, a few minutes between them."""
    page = stage.free()
    if page is not None:
        page.busy_until = stage.now + 5 * HOUR
        stage.deed("two edits at once: first", page, *_own_sentence(stage, page, "sum"), told=True)
        yield stage.chance.randint(1, 9) * MINUTE
        said = stage.sentence()
        stage.edit(page, "<h2>", f"<p>{said}</p><h2>")
        stage.deed("two edits at once: second", page, _number(said), told=True)
        yield from _rest(page, stage)


def child(stage: Stage) -> Episode:
    """The text of an HTML child changes without a note."""
    page = stage.free(part="child")
    if page is not None:
        money = stage.sum()
        stage.edit(page, *stage.said(page, money=money), child=True)
        stage.deed("quiet edit of an HTML child", page, f"£{money:,}", told=True)
        yield from _rest(page, stage)


def replaced(stage: Stage) -> Episode:
    """The file of a page is replaced by one with another sum: under a new address, or under the old one."""
    page = stage.free(part="file")
    if page is not None:
        money = stage.sum()
        stage.said(page, money=money)
        entry = stage.item(page)["details"]["attachments"][0]
        old = entry["url"][entry["url"].index("/media/") :]
        if stage.chance.random() < 0.3:
            stage.shelf.overwrite_asset(old, plain_pdf(entry["title"], stage.lines(page)), at=stage.now)
            page.busy_until = stage.now + 36 * HOUR  # nothing tells of it: the sweep of the night finds it
            stage.deed("file overwritten, page untouched", page, f"£{money:,}", told=True)
        else:
            asset, _ = stage.file(page, stage.lines(page), entry["title"])
            stage.shelf.replace_asset(page.path, old, asset, at=stage.now)
            page.busy_until = stage.now + 5 * HOUR
            stage.deed("file replaced quietly", page, f"£{money:,}", told=True)
        yield HOUR


def file_comes_and_goes(stage: Stage) -> Episode:
    """A file is added to a page, and taken off it later."""
    page = stage.free()
    if page is not None:
        title = f"SEND list {stage.coin()}"
        asset, entry = stage.file(page, [stage.sentence() for _ in range(5)], title)
        stage.shelf.add_asset(asset)
        before = stage.item(page)["details"]["attachments"]
        stage.shelf.edit(page.path, at=stage.now, details={"attachments": [*before, entry]})
        stage.deed("file added", page, title, told=True)
        page.busy_until = stage.now + 60 * HOUR
        yield stage.chance.randint(26, 50) * HOUR
        stage.shelf.edit(page.path, at=stage.now, details={"attachments": before})
        stage.shelf.add_asset(replace(asset, state="deleted"))
        stage.deed("file removed", page, title, told=True)
        yield from _rest(page, stage)


def retitled(stage: Stage) -> Episode:
    """A page gets another title."""
    page = stage.free(part=None)
    if page is not None:
        title = f"SEND: support that begins in year {stage.coin()}"
        stage.shelf.edit(page.path, at=stage.now, fields={"title": title})
        stage.deed("title changed", page, title, "The title was", told=True)
        yield from _rest(page, stage)


def withdrawn(stage: Stage) -> Episode:
    """A page is withdrawn, and restored later."""
    page = stage.free(part=None)
    if page is not None:
        why = f"Form SN-{stage.coin()} takes its place."
        stage.shelf.withdraw(page.path, why, at=stage.now)
        stage.deed("withdrawn", page, why, "[Withdrawn]", told=True)
        page.busy_until = stage.now + 90 * HOUR
        yield stage.chance.randint(8, 50) * HOUR
        stage.shelf.restore(page.path, at=stage.now)
        stage.deed("restored", page, "[Back again]", told=True)
        page.busy_until = stage.now + 24 * HOUR
        yield HOUR


def gone(stage: Stage) -> Episode:
    """A page is removed, with a reason or without."""
    page = stage.free(part=None)
    if page is not None:
        page.alive = False
        if stage.chance.random() < 0.5:
            why = f"Form SN-{stage.coin()} has ended."
            stage.shelf.remove(page.path, why, at=stage.now)
            stage.deed("gone, with a reason", page, why, "[Removed]", told=True)
        else:
            stage.shelf.remove(page.path, at=stage.now)
            stage.deed("gone (410)", page, "[Removed]", told=True)
        yield HOUR


def moved(stage: Stage) -> Episode:
    """A page moves; what is edited at its new address is told from there."""
    page = stage.free()
    if page is not None:
        old = page.path
        page.path = f"/government/publications/send-moved-{stage.coin()}"
        stage.shelf.move(old, page.path, at=stage.now)
        stage.deed("moved", page, "[Moved]", page.path, told=True)
        stage.deeds[-1] = replace(stage.deeds[-1], paths=(old, page.path))
        page.busy_until = stage.now + 30 * HOUR
        yield 26 * HOUR
        stage.deed("quiet edit after a move", page, *_own_sentence(stage, page, "sum"), told=True)
        yield from _rest(page, stage)


def consultation(stage: Stage) -> Episode:
    """A consultation from its announcement to its outcome."""
    page = fresh(stage, f"send-consultation-{stage.coin()}")
    title = f"SEND consultation {page.number}"
    days = [stage.now + timedelta(days=n) for n in (1, 30, 44)]
    dates = {"opening_date": days[0].isoformat(), "closing_date": days[1].isoformat()}
    stage.put(page, title, document_type="consultation", schema_name="consultation", details=dates)
    stage.deed("new page about SEND", page, title, "[New ", told=True)
    page.alive = False  # this episode is its only editor
    steps = (
        ("consultation opened", "[Consultation open]", "open_consultation", {}),
        ("deadline moved", "[Deadline moved]", "", {"closing_date": days[2].isoformat()}),
        ("consultation closed", "[Consultation closed]", "closed_consultation", {}),
        ("outcome published", "[Consultation outcome]", "consultation_outcome", {}),
    )
    for name, tag, kind, details in steps:
        yield stage.chance.randint(5, 12) * HOUR
        more: dict[str, object] = dict(details)
        if kind == "consultation_outcome":
            more["final_outcome_detail"] = f"<p>{stage.sentence()}</p>"
        fields = {"document_type": kind} if kind else {}
        stage.shelf.edit(page.path, at=stage.now, fields=fields, details=more)
        stage.deed(name, page, tag, told=True)


def rollover(stage: Stage) -> Episode:
    """The very same words come to many pages within minutes: each must be told, in however few mails."""
    words = f"From {stage.date()} schools must send form SN-{stage.coin()} to the SEND team."
    for page in [p for p in stage.resting() if p.about == "send" and not p.part][:PAGES_OF_A_ROLLOVER]:
        stage.edit(page, "<h2>", f"<p>{words}</p><h2>")
        stage.deed("the same words on many pages", page, _number(words), told=True)
        page.busy_until = stage.now + 30 * HOUR
    yield HOUR


def _own_sentence(stage: Stage, page: Page, what: str) -> tuple[str, ...]:
    """Change the page's own sentence; return the words by which a mail shows it."""
    if what == "duty":
        before, after = page.duty, "should" if page.duty == "must" else "must"
        stage.edit(page, *stage.said(page, duty=after))
        return f"SN-{page.number}", before, after
    if what == "date":
        day = stage.date()
        stage.edit(page, *stage.said(page, day=day))
        return (day.rpartition(" ")[0],)
    money = stage.sum()
    stage.edit(page, *stage.said(page, money=money))
    return (f"£{money:,}",)


def _number(sentence: str) -> str:
    """The form's number in a sentence."""
    return next(word.rstrip(".") for word in sentence.split() if word.startswith("SN-"))


def _rest(page: Page, stage: Stage) -> Episode:
    page.busy_until = stage.now + 5 * HOUR
    yield HOUR
