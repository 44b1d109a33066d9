"""Episodes of publishers' faults, and of our own: stale copies, failures, outages, a watch that is killed.

Where a real edit lies under a fault, the edit must be told all the same, once, when the fault is over. Same
shape as ``edits``.
"""

from bench.simulation.edits import HOUR, MINUTE, Episode
from bench.simulation.noise import nothing
from bench.simulation.stage import Page, Stage
from sendwatch.demo.faults import FaultKind

FEW = (FaultKind.UNAVAILABLE, FaultKind.SLOW_DOWN, FaultKind.MALFORMED, FaultKind.HTML_INSTEAD)
RARE = (FaultKind.SERVER_ERROR, FaultKind.HANG, FaultKind.DROP, FaultKind.EMPTY, FaultKind.ODD_SHAPE)
EVERYTHING = "/*"


def stale(stage: Stage) -> Episode:
    """A cache gives the copy from before an edit that was told; or it gives it in place of the edit."""
    page = stage.free()
    if page is not None:
        money = stage.sum()
        page.busy_until = stage.now + 40 * HOUR
        late = stage.chance.random() < 0.5
        stage.edit(page, *stage.said(page, money=money))
        if late:
            stage.shelf.fault(_api(page), FaultKind.STALE, times=stage.chance.randint(1, 2))
            stage.deed("edit behind a stale cache", page, f"£{money:,}", told=True)
            yield 36 * HOUR
            stage.shelf.faults.clear(_api(page))
        else:
            stage.deed("edit before a stale copy", page, f"£{money:,}", told=True)
            yield 4 * HOUR
            before, here = stage.shelf.earlier[page.path], stage.shelf.documents[page.path]
            stage.shelf.touch(page.path, at=stage.now)
            with stage.shelf.lock:
                stage.shelf.earlier[page.path] = before
            assert here["updated_at"] > before["updated_at"]
            stage.shelf.fault(_api(page), FaultKind.STALE, times=stage.chance.randint(1, 2))
            stage.deed("stale copy from a cache", page, told=False)
            yield 3 * HOUR
            stage.shelf.faults.clear(_api(page))


def missing_once(stage: Stage) -> Episode:
    """A page answers 404 once."""
    page = stage.free(part=None)
    if page is not None:
        stage.shelf.fault(_api(page), FaultKind.NOT_FOUND, times=1)
        stage.shelf.touch(page.path, at=stage.now)
        yield from nothing(stage, page, "single 404")
        stage.shelf.faults.clear(_api(page))


def failing(stage: Stage) -> Episode:
    """A page fails for a while; under some failures lies a real edit."""
    page = stage.free()
    if page is not None:
        kind = stage.chance.choice(FEW if stage.chance.random() < 0.7 else RARE)
        often = 1 if kind is FaultKind.HANG else stage.chance.randint(1, 4)
        stage.shelf.fault(_api(page), kind, times=often, retry_after="0", seconds=3.0)
        page.busy_until = stage.now + 16 * HOUR
        if stage.chance.random() < 0.5:
            money = stage.sum()
            stage.edit(page, *stage.said(page, money=money))
            stage.deed("edit under a failing answer", page, f"£{money:,}", told=True)
        else:
            stage.shelf.touch(page.path, at=stage.now)
            stage.deed("failing answer, nothing changed", page, told=False)
        yield 12 * HOUR
        stage.shelf.faults.clear(_api(page))


def outage(stage: Stage) -> Episode:
    """Everything is down for hours; a page is edited meanwhile."""
    page = stage.free()
    if page is not None:
        stage.shelf.fault(EVERYTHING, FaultKind.UNAVAILABLE, times=None, retry_after="0")
        page.busy_until = stage.now + 30 * HOUR
        yield HOUR
        money = stage.sum()
        stage.edit(page, *stage.said(page, money=money))
        stage.deed("edit during an outage", page, f"£{money:,}", told=True)
        yield stage.chance.randint(1, 5) * HOUR
        stage.shelf.faults.clear(EVERYTHING)


def killed(stage: Stage) -> Episode:
    """The watch is killed while it looks at an edit, and started again."""
    page = stage.free()
    if page is not None:
        money = stage.sum()
        stage.edit(page, *stage.said(page, money=money))
        stage.deed("edit, and the watch killed", page, f"£{money:,}", told=True)
        stage.kills += 1
        page.busy_until = stage.now + 5 * HOUR
        yield stage.chance.choice([10, 15, 20]) * MINUTE
        stage.kills += 1
        yield HOUR


def _api(page: Page) -> str:
    return f"/api/content{page.path}"
