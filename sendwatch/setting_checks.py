"""Checks of single settings: a text in, its value out. Each raises ValueError with a remedy."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+|[^@\s<>,;\"]+@localhost")


def days(value: str) -> float:
    """A number of days: 0, or 30 and more."""
    try:
        days = float(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a number of days; 0 keeps everything") from None
    if not (days == 0 or 30 <= days <= 36_500):
        raise ValueError("write 0 to keep everything for ever, or 30 days and more")
    return days


def contact(value: str) -> str:
    """A web page or an e-mail address, on one line."""
    if value.startswith(("https://", "http://", "mailto:")) or ADDRESS.fullmatch(value):
        if any(c in value for c in "\r\n()"):
            raise ValueError("write it on one line, without brackets")
        return value
    raise ValueError(
        f"{value!r} is neither a web page nor an e-mail address; write one that publishers can use"
    )


def database(value: str) -> str:
    """The URL of a database of a kind that sendwatch knows; never repeated in an error."""
    if value.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
        if not value.startswith("sqlite"):
            refuse_port(value)
        return value.replace("postgres://", "postgresql://", 1) if value.startswith("postgres://") else value
    kind = value.partition(":")[0]
    raise ValueError(
        f"{kind!r} is not a database that sendwatch keeps its memory in; write sqlite:///var/sendwatch.db "
        "or postgresql://user:password@host/name"
    )


def smtp(value: str) -> str:
    """The URL of a mail server; never repeated in an error. Empty: there is none."""
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(
            "write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS)"
        )
    refuse_port(value)
    return value


def addresses(value: str) -> tuple[str, ...]:
    """Bare addresses, separated by commas, each once."""
    found = tuple(dict.fromkeys(a.strip() for a in value.split(",") if a.strip()))
    for address in found:
        if not ADDRESS.fullmatch(address):
            raise ValueError(f"{address!r} is not an e-mail address; separate addresses by commas")
    return found


def sender(value: str) -> str:
    """An address, bare or with a name: ``Open Lanes <news@charity.example>``."""
    bare = value.rpartition("<")[2].rstrip(">").strip()
    if "\n" in value or "\r" in value or not ADDRESS.fullmatch(bare):
        raise ValueError(f"{value!r} is not an e-mail address; write sendwatch@charity.example")
    return value


def root(example: str) -> Callable[[str], str]:
    """A check for the root of a website, such as ``example``; without a slash at its end."""

    def check(value: str) -> str:
        parts = urlsplit(value)
        web = parts.scheme in ("http", "https") and parts.hostname
        if not web or parts.username or parts.query or parts.fragment:
            raise ValueError(f"{value!r} is not the root of a website; write {example}")
        refuse_port(value)
        return value.rstrip("/")

    return check


def refuse_port(url: str) -> None:
    """Raise ValueError for a port that is none; the address is not repeated, it may hold a password."""
    try:
        urlsplit(url).port  # noqa: B018 - raises for a port that is none
    except ValueError:
        raise ValueError("the port is not a number between 1 and 65535") from None


def seconds(most: int, *, least: int = 0) -> Callable[[str], float]:
    """A check for a number of seconds."""

    def check(value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            raise ValueError(f"{value!r} is not a number of seconds") from None
        if not least <= number <= most:
            raise ValueError(f"{value} is outside {least} to {most} seconds")
        return number

    return check


def file_from(cwd: Path) -> Callable[[str], Path | None]:
    """A check for a file that is there; relative paths start from ``cwd``, empty is None."""

    def check(value: str) -> Path | None:
        if not value:
            return None
        path = cwd / Path(value).expanduser()
        if not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    return check


def masked(url: str) -> str:
    """The URL without its passwords, fit for a screen."""
    parts = urlsplit(url)
    shown = url if parts.password is None else url.replace(f":{parts.password}@", ":…@", 1)
    given = [part.partition("=") for part in parts.query.split("&")]
    kept = [f"{name}=…" if "password" in name.lower() else f"{name}{eq}{value}" for name, eq, value in given]
    return shown.replace(f"?{parts.query}", f"?{'&'.join(kept)}", 1) if parts.query else shown
