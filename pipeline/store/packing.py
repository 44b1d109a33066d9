"""Dataclasses to compressed JSON and back. The one place that knows how rows hold nested things."""

import zlib
from typing import TypeVar

import msgspec

T = TypeVar("T")


def pack(value: object) -> bytes:
    """Compressed JSON of a dataclass, for a LargeBinary column."""
    return zlib.compress(msgspec.json.encode(value), 6)


def unpack(packed: bytes, kind: type[T]) -> T:
    """The dataclass that ``pack`` was given. Raises msgspec.ValidationError on a foreign row."""
    return msgspec.json.decode(zlib.decompress(packed), type=kind)


def to_json(value: object) -> str:
    """JSON text of a dataclass or a container of them."""
    return msgspec.json.encode(value).decode()


def from_json(text: str, kind: type[T]) -> T:
    """The value that ``to_json`` was given."""
    return msgspec.json.decode(text, type=kind)
