"""Episodes of real edits: each must be told, once. Generators that act, and yield how long they then wait.

An episode returns at once when no page is free for it.
"""

from collections.abc import Iterator
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
        yield from rest(page, stage)


def quiet(stage: Stage) -> Episode:
    """A duty, a date or a sum changes without a note."""
    page = stage.free()
    if page is not None:
        what = stage.chance.choice(["duty", "date", "sum"])
        stage.deed(f"quiet edit of a {what}", page, *own_sentence(stage, page, what), told=True)
        yield from rest(page, stage)


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
        yield from rest(page, stage)


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
        yield from rest(page, stage)


def joined(stage: Stage) -> Episode:
    """Two edits, a few minutes between them."""
    page = stage.free()
    if page is not None:
        page.busy_until = stage.now + 5 * HOUR
        stage.deed("two edits at once: first", page, *own_sentence(stage, page, "sum"), told=True)
        yield stage.chance.randint(1, 9) * MINUTE
        said = stage.sentence()
        stage.edit(page, "<h2>", f"<p>{said}</p><h2>")
        stage.deed("two edits at once: second", page, _number(said), told=True)
        yield from rest(page, stage)


def child(stage: Stage) -> Episode:
    """The text of an HTML child changes without a note."""
    page = stage.free(part="child")
    if page is not None:
        money = stage.sum()
        stage.edit(page, *stage.said(page, money=money), child=True)
        stage.deed("quiet edit of an HTML child", page, f"£{money:,}", told=True)
        yield from rest(page, stage)


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


def rollover(stage: Stage) -> Episode:
    """The very same words come to many pages within minutes: each must be told, in however few mails."""
    words = f"From {stage.date()} schools must send form SN-{stage.coin()} to the SEND team."
    for page in [p for p in stage.resting() if p.about == "send" and not p.part][:PAGES_OF_A_ROLLOVER]:
        stage.edit(page, "<h2>", f"<p>{words}</p><h2>")
        stage.deed("the same words on many pages", page, _number(words), told=True)
        page.busy_until = stage.now + 30 * HOUR
    yield HOUR


def own_sentence(stage: Stage, page: Page, what: str) -> tuple[str, ...]:
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


def rest(page: Page, stage: Stage) -> Episode:
    """The page is left alone for a while."""
    page.busy_until = stage.now + 5 * HOUR
    yield HOUR
