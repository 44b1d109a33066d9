"""Tell another program of each new Alert: one POST of JSON, owed as a row and tried again like a mail.

Delays no mail: it runs beside the delivering, after it. At most once for each Alert as far as HTTP allows: a
POST whose answer is lost is made again under the same Idempotency-Key. Follows no redirect.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

import httpx

from pipeline.steps.told_elsewhere import Told, told_of
from pipeline.store import notices
from pipeline.store.database import Database
from pipeline.store.locks import hold
from pipeline.store.notices import Notice
from sendwatch.wiring import Wiring

logger = logging.getLogger("sendwatch")
CHANNEL = "hook"
WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240))
GIVE_UP_AFTER = 20  # tries: about two days
SECONDS = 10.0
MOST_IN_A_ROUND = 50
TRY_AGAIN = frozenset({408, 425, 429})


def tell_hook(
    db: Database,
    url: str,
    *,
    site: str,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Owe what is new, and POST what is due to ``url``. Returns how many were taken.

    ``site`` is the root of the desk, empty where there is none. Does nothing while another process is at it.
    """
    with hold(db, "notices") as mine:
        if not mine:
            return 0
        with db.begin() as tx:
            notices.owe_new(tx, CHANNEL, clock())
        taken = 0
        for _ in range(MOST_IN_A_ROUND):
            with db.look() as tx:
                notice = notices.due(tx, CHANNEL, clock())
            if notice is None or stop():
                break
            taken += _tell(db, url, notice, site, clock)
        return taken


def begin_alert_hook(wiring: Wiring) -> None:
    """Remember where the Alerts stand, so that a hook that is set anew is told of the very next one."""
    if wiring.settings.mailing.alert_hook:
        with wiring.db.begin() as tx:
            notices.owe_new(tx, CHANNEL, wiring.clock())


def tell_alert_hook(wiring: Wiring, stop: Callable[[], bool] = lambda: False) -> int:
    """The same for the wired-up house; nothing where no hook is set."""
    mailing = wiring.settings.mailing
    if not mailing.alert_hook:
        return 0
    site = mailing.site if mailing.has_site else ""
    return tell_hook(wiring.db, mailing.alert_hook, site=site, clock=wiring.clock, stop=stop)


def payload(told: Told, key: str, site: str) -> dict[str, object]:
    """The JSON of one notice; see docs/reference/machines.md."""
    desk = f"{site}/desk/stories/{told.story_id}" if site else ""
    return {"event": "alert", "id": key, **asdict(told), "desk": desk}


def _tell(db: Database, url: str, notice: Notice, site: str, clock: Callable[[], datetime]) -> bool:
    told = told_of(db, notice.key)
    if told is None:
        with db.begin() as tx:
            notices.failed(tx, notice, "what it was about cannot be read any more")
        return False
    trouble, for_good = _post(url, payload(told, notice.key, site), notice.key)
    now = clock()
    with db.begin() as tx:
        if not trouble:
            notices.sent(tx, notice, now)
        elif for_good or notice.attempts + 1 >= GIVE_UP_AFTER:
            notices.failed(tx, notice, trouble)
        else:
            wait = WAITS[min(notice.attempts, len(WAITS) - 1)]
            notices.again(tx, notice, due_at=now + wait, words=trouble)
    if trouble:
        logger.warning("the alert hook was not told of %s: %s", notice.key, trouble)
    return not trouble


def _post(url: str, body: dict[str, object], key: str) -> tuple[str, bool]:
    """What went wrong, empty when nothing did, and whether it will go wrong for ever. Never names the URL."""
    headers = {"Idempotency-Key": f'"{key}"', "User-Agent": "sendwatch"}
    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", url, json=body, headers=headers) as answer,  # its body is not read
        ):
            status = answer.status_code
    except httpx.HTTPError as error:
        return f"it cannot be reached ({type(error).__name__})", False
    if 200 <= status < 300:
        return "", False
    return f"it answered {status}", 300 <= status < 500 and status not in TRY_AGAIN
