"""Episodes in the life of a page: files, titles, withdrawal, removal, a move, a consultation. All are told.

Same shape as ``edits``.
"""

from dataclasses import replace
from datetime import timedelta

from bench.simulation.edits import HOUR, Episode, own_sentence, rest
from bench.simulation.stage import Stage, fresh


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
        yield from rest(page, stage)


def retitled(stage: Stage) -> Episode:
    """A page gets another title."""
    page = stage.free(part=None)
    if page is not None:
        title = f"SEND: support that begins in year {stage.coin()}"
        stage.shelf.edit(page.path, at=stage.now, fields={"title": title})
        stage.deed("title changed", page, title, "The title was", told=True)
        yield from rest(page, stage)


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
        stage.deed("quiet edit after a move", page, *own_sentence(stage, page, "sum"), told=True)
        yield from rest(page, stage)


def consultation(stage: Stage) -> Episode:
    """A consultation from its announcement to its outcome."""
    page = fresh(stage, f"send-consultation-{stage.coin()}")
    title = f"SEND consultation {page.number}"
    noon = stage.now.replace(hour=12)  # the same day in London, whatever the clocks do
    days = [noon + timedelta(days=n) for n in (1, 30, 44)]
    dates = {"opening_date": days[0].isoformat(), "closing_date": days[1].isoformat()}
    stage.put(page, title, document_type="consultation", schema_name="consultation", details=dates)
    stage.deed("new page about SEND", page, title, "[New ", told=True)
    page.alive = False  # this episode is its only editor
    moved_to = f"{days[2].day} {days[2]:%B %Y}"
    steps: tuple[tuple[str, str, str, dict[str, object]], ...] = (
        ("consultation opened", "The consultation has opened", "open_consultation", {}),
        ("deadline moved", f"closing date moved|{moved_to}", "", {"closing_date": days[2].isoformat()}),
        ("consultation closed", "The consultation has closed", "closed_consultation", {}),
        ("outcome published", "The outcome of the consultation was published", "consultation_outcome", {}),
    )
    for name, said, kind, details in steps:
        yield stage.chance.randint(5, 12) * HOUR
        more = dict(details)
        if kind == "consultation_outcome":
            more["final_outcome_detail"] = f"<p>{stage.sentence()}</p>"
        fields = {"document_type": kind} if kind else {}
        stage.shelf.edit(page.path, at=stage.now, fields=fields, details=more)
        stage.deed(name, page, *said.split("|"), told=True)
