"""The settings of the optional language model, checked. No model unless SENDWATCH_MODEL_URL is set."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.model.errors import ConfigError

NO_NAME = "default"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """An endpoint that speaks the OpenAI chat completions protocol, and what a Draft may cost there.

    ``seconds`` is the whole time that the model may cost a batch of Drafts, from connecting to the last byte.
    """

    url: str
    name: str
    key: str = field(repr=False)
    seconds: float
    characters: int  # of what is sent
    calls_a_day: int

    @property
    def on_this_machine(self) -> bool:
        return is_loopback(self.url)


def model_of(
    url: str, *, name: str, key: str, seconds: float, characters: int, calls_a_day: int
) -> ModelSettings | None:
    """The settings together; None while no URL is set. Raises ConfigError for a key that would leak."""
    if not url:
        return None
    if key and url.startswith("http://") and not is_loopback(url):
        words = "a key is never sent without TLS: write https://, or leave SENDWATCH_MODEL_KEY out"
        raise ConfigError(f"environment: SENDWATCH_MODEL_URL: {words}")
    return ModelSettings(url, name, key, seconds, characters, calls_a_day)


def is_loopback(url: str) -> bool:
    """Whether the URL leads to this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def endpoint(value: str) -> str:
    """A checked URL; empty stays empty."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host = parts.hostname
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or any(c.isspace() for c in value):
        raise ValueError("write the address that ends in /v1, such as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("write the bare address; the key belongs in SENDWATCH_MODEL_KEY")
    return value.rstrip("/").removesuffix("/chat/completions")


def model_name(value: str) -> str:
    """A checked name of a model."""
    if len(value) > 200 or not value.isprintable():
        raise ValueError("write the model's name as the endpoint lists it")
    return value


def secret(value: str) -> str:
    """A checked key; never repeated in an error."""
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("a key is one word of plain characters")
    return value


def whole_number(least: int, most: int, what: str) -> Callable[[str], int]:
    """A check for a whole number of something."""

    def check(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value[:12]) <= most:
            raise ValueError(f"write a whole number of {what} from {least} to {most}")
        return int(value)

    return check
