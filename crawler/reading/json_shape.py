"""Take values out of a publisher's JSON, with plain words where the shape is not what was promised.

Pure. Never guesses: an absent or null value is "" or an empty list, a value of the wrong type is an error.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.reading.tidy import moment, tidy
from pipeline.model.errors import UnexpectedShape

JsonObject = Mapping[str, Any]


def json_object(body: bytes, what: str) -> JsonObject:
    """Return the JSON object in ``body``. ``what`` names the thing in the error's words.

    Raises:
        UnexpectedShape: not JSON, or JSON but not an object.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        start = tidy(body[:60].decode("utf-8", "replace"))
        raise UnexpectedShape(f"{what} is not JSON; it begins {start!r}") from error
    if not isinstance(value, dict):
        raise UnexpectedShape(f"{what} is JSON but not an object")
    return value


def text_at(item: JsonObject, key: str, what: str) -> str:
    """Return the tidy text under ``key``, "" where absent or null."""
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnexpectedShape(f"{what} has a {key} that is not text")
    return tidy(value)


def moment_at(item: JsonObject, key: str, what: str) -> datetime | None:
    """Return the aware UTC moment under ``key``, None where absent, null or empty."""
    text = text_at(item, key, what)
    if not text:
        return None
    when = moment(text)
    if when is None:
        raise UnexpectedShape(f"{what} has a {key} that is not a date and time: {text[:40]!r}")
    return when


def object_at(item: JsonObject, key: str, what: str) -> JsonObject:
    """Return the object under ``key``, {} where absent or null."""
    value = item.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnexpectedShape(f"{what} has a {key} that is not an object")
    return value


def objects_at(item: JsonObject, key: str, what: str) -> list[JsonObject]:
    """Return the list of objects under ``key``, [] where absent or null."""
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnexpectedShape(f"{what} has {key} that are not a list of objects")
    return value


def loose_text(item: JsonObject, key: str) -> str:
    """Return the tidy text under ``key`` of an inner item, "" where it is anything but text."""
    value = item.get(key)
    return tidy(value) if isinstance(value, str) else ""


def loose_objects(item: JsonObject, key: str) -> list[JsonObject]:
    """Return the objects in the list under ``key`` of an inner item; anything else is passed over."""
    value = item.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def loose_object(item: JsonObject, key: str) -> JsonObject:
    """Return the object under ``key`` of an inner item, {} where it is anything else."""
    value = item.get(key)
    return value if isinstance(value, dict) else {}
