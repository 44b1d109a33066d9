"""Tell a team's chat of an Alert through apprise, which runs in a child process and is killed when it hangs.

The child gets the address on standard input: it stands neither in the list of processes nor in an
environment. It is given no setting, no proxy and no home of this process.
"""

import hashlib
import hmac
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.model.errors import ConfigError
from pipeline.steps.told_elsewhere import Told
from sendwatch.telling.chat_addresses import title_of
from sendwatch.telling.chat_words import chat_words
from sendwatch.telling.rounds import Channel, Trouble

logger = logging.getLogger("sendwatch")
SECONDS = 20.0
_ROOT = str(Path(__file__).resolve().parents[2])
_OWN_AUTHORITY = "REQUESTS_CA_BUNDLE"  # the one thing that a server with a certificate of one's own needs


class ChatFailed(Exception):
    """Apprise gave no answer at all; the words say why, without any address."""


def chat_channel(address: str, site: str, secret: str, *, seconds: float = SECONDS) -> Channel:
    """The chat at an apprise address. ``secret`` is the house's: the key tells nothing of the address.

    A chat is tried again whatever it answers: apprise does not say what is for good.
    """

    def tell(told: Told, _key: str) -> Trouble | None:
        try:
            words = _asked([address], chat_words(told, site), seconds)[0]
        except ChatFailed as failed:
            words = str(failed)
        return Trouble(words) if words else None

    return Channel(chat_key(address, secret), title_of(address), tell)


def chat_key(address: str, secret: str) -> str:
    """The chat's name in the table of notices: a keyed hash, from which nobody can guess an address."""
    return "chat:" + hmac.new(secret.encode(), address.encode(), hashlib.sha256).hexdigest()[:12]


def misunderstood(addresses: Sequence[str]) -> list[tuple[str, str]]:
    """The titles of those that apprise does not understand, with why. Tells nobody anything.

    Raises:
        ChatFailed: it could not be asked.
    """
    said = _asked(addresses, "", SECONDS) if addresses else []
    return [(title_of(one), words) for one, words in zip(addresses, said, strict=True) if words]


def refuse_misunderstood(addresses: Sequence[str]) -> None:
    """Raise ConfigError where apprise does not understand one. Mail does not wait for a chat that fails."""
    try:
        wrong = misunderstood(addresses)
    except ChatFailed as failed:
        logger.warning("the chats could not be looked at: %s", failed)
        return
    for title, words in wrong:
        raise ConfigError(f"environment: SENDWATCH_CHAT: {title}: {words}")


def _asked(addresses: Sequence[str], text: str, seconds: float) -> list[str]:
    """What went wrong with each address, in words without any of it; empty where all is well."""
    own = {_OWN_AUTHORITY: os.environ[_OWN_AUTHORITY]} if _OWN_AUTHORITY in os.environ else {}
    plain = {"PYTHONPATH": _ROOT, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath}
    child = subprocess.Popen(
        [sys.executable, "-s", "-m", "sendwatch.telling.chat_apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**plain, "NETRC": os.devnull, **own},
        cwd=_ROOT,
        start_new_session=True,
    )
    order = json.dumps({"addresses": list(addresses), "text": text}).encode()
    with child:
        try:
            said, _ = child.communicate(order, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            raise ChatFailed(f"it did not answer within {seconds:g} seconds") from None
        except BaseException:
            _kill(child)
            raise
    try:
        words = [str(one) for one in json.loads(said)]
    except ValueError:
        words = []
    if len(words) != len(addresses):
        raise ChatFailed(f"apprise broke off (exit code {child.returncode})")
    return words


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child's own process group, and wait for the child."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
