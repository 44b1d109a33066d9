"""Speak through apprise, in a child process of its own: it is large, and may hang, print or crash.

The parent is ``chat.py``. On standard input comes an order: addresses, and a text or none. To each address
the text is told; without a text each is only understood. On standard output goes a list of words, empty
where all is well. Nothing that apprise says of an address goes any further, but for a status number.
"""

import json
import logging
import os
import re
import sys
from contextlib import suppress
from typing import Any

from alerts.this_machine import LOOPBACK
from sendwatch.telling.chat_kinds import kind_of, refused_kind

MEGABYTES = 1024
_STATUS = re.compile(r"error\s*[=:]\s*([1-5]\d\d)\b")
NOT_UNDERSTOOD = "apprise does not understand it: look the form up in apprise's list of services"


class _Heard(logging.Handler):
    """What apprise logs, for the status of an answer alone: its other words may hold secrets."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status = ""
        self.lost = False

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if found := _STATUS.search(words):
            self.status = found[1]
        self.lost = self.lost or "onnection error" in words

    def words(self) -> str:
        if self.status:
            return f"it answered {self.status}"
        return "it cannot be reached" if self.lost else "it did not take the message"


def answer(order: dict[str, Any]) -> list[str]:
    """What went wrong with each address of the order, in words without any of it."""
    import apprise

    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    asset = apprise.AppriseAsset(
        storage_mode="memory",
        image_path_mask=False,
        http_redirects=False,
        secure_logging=True,
        allow_templates=False,
        app_id="sendwatch",
        app_desc="sendwatch",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        pgp_autogen=False,
        pem_autogen=False,
    )
    return [_one(apprise, asset, address, order["text"]) for address in order["addresses"]]


def _one(apprise: Any, asset: Any, address: str, text: str) -> str:
    service = apprise.Apprise.instantiate(address, asset=asset)
    if service is None:
        return NOT_UNDERSTOOD
    wrong = refused_kind(_kind(service), is_near=service.host in LOOPBACK)
    if wrong:
        return wrong
    if len(service) != 1:
        return "it names more than one receiver: write an address for each, so that each is told once"
    service.redirects = False
    service.verify_certificate = True
    service.interpret_emojis = False
    if not text:
        return ""
    _limit()
    heard = _Heard()
    service.logger.addHandler(heard)
    try:
        taken = service.notify(
            body=text,
            title="",
            notify_type=apprise.NotifyType.INFO,
            body_format=apprise.NotifyFormat.TEXT,
        )
    except Exception as error:
        return f"apprise failed ({type(error).__name__})"
    finally:
        service.logger.removeHandler(heard)
    return "" if taken else heard.words()


def _kind(service: Any) -> str:
    """The kind of address that this is. An https one was translated: its kind is what it was made to."""
    return kind_of(service.url(privacy=True)) or str(service.schema)


def _limit() -> None:
    """From here on no file is written, and an answer without an end takes no more than its share."""
    import resource

    for kind, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, MEGABYTES * 1024 * 1024)):
        with suppress(ValueError, OSError):  # a system that knows no such limit still has the wall clock
            resource.setrlimit(kind, (most, most))


def _child() -> None:
    """Be the child."""
    order = json.loads(sys.stdin.buffer.read())
    answer_to = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a chatty library must not spoil the answer
    words = answer(order)
    with os.fdopen(answer_to, "wb") as out:
        out.write(json.dumps(words).encode("ascii"))
    os._exit(0)


if __name__ == "__main__":
    _child()
