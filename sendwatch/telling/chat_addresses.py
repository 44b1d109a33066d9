"""Which apprise addresses SENDWATCH_CHAT may hold, and what of one may be shown. Pure; loads no apprise.

No error and no title here repeats anything of an address but its kind: with many services the host is the
secret.
"""

from collections.abc import Callable
from importlib.util import find_spec
from urllib.parse import parse_qsl, urlsplit

from alerts.this_machine import LOOPBACK
from sendwatch.telling.chat_kinds import PLAIN, SERVERS, SERVICES, kind_of, refused_kind

MOST = 10

# What sendwatch sees to itself, or what would make apprise read a file, send twice or call a failure well.
OPTIONS = frozenset(
    [
        "cto",
        "emojis",
        "format",
        "optional",
        "overflow",
        "redirect",
        "retry",
        "rto",
        "store",
        "template",
        "verify",
        "wait",
    ]
)


def has_apprise() -> bool:
    """Whether apprise is installed. Does not load it: that takes half a second."""
    return find_spec("apprise") is not None


def chat_addresses(value: str, *, installed: Callable[[], bool] = has_apprise) -> tuple[str, ...]:
    """The addresses of ``value``, separated by spaces or newlines; none for an empty one.

    Raises:
        ValueError: one is none, or is of a kind that is not told; or apprise is not installed.
    """
    found = tuple(dict.fromkeys(value.split()))
    for number, address in enumerate(found, 1):
        words = refused(address)
        if words:
            raise ValueError(f"the address that is number {number}: {words}" if len(found) > 1 else words)
    if len(found) > MOST:
        raise ValueError(f"that are {len(found)} chats; {MOST} at most are told")
    if found and not installed():
        raise ValueError(
            "telling a chat needs apprise, which is not installed: `pip install 'sendwatch[chat]'`, or take "
            "the setting out"
        )
    return found


def refused(address: str) -> str:
    """Why this address is not told, with what to do; empty when it may be. Repeats nothing but its kind."""
    kind = kind_of(address)
    if not kind or address.count("://") > 1 + address.count("=http"):
        return (
            "it is not one address as apprise knows them, such as slack://… or https://hooks.slack.com/…; "
            "separate addresses by spaces, and write %20 for a space within one"
        )
    named = {name.strip().lower() for name, _ in parse_qsl(_query(address), keep_blank_values=True)}
    if wrong := sorted(named & OPTIONS):
        return f"take the option {wrong[0]} out: sendwatch sees to that itself"
    return refused_kind(kind, is_near=_host(address) in LOOPBACK)


def title_of(address: str) -> str:
    """What people read of an address: the service, and the host where it is one and no token."""
    kind = kind_of(address)
    secure = PLAIN.get(kind, kind)
    name = SERVICES.get(kind) or SERVERS.get(secure) or SERVICES.get(secure) or "chat"
    host = _host(address)
    is_host = "." in host or ":" in host or host in LOOPBACK
    if is_host and (secure in SERVERS or kind == "https"):
        return f"{name} at {host}"
    return name


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _query(address: str) -> str:
    return address.partition("?")[2].replace("?", "&").replace(";", "&")
