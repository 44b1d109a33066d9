"""Dates and numbers of a sentence, held against passages. Pure; part of the gate in cite.py.

A date is compared as a date, whatever its spelling; a sum with its currency and scale; a number that has
a unit (days, pupils, per cent) with that unit.
"""

import datetime
import re
from typing import NamedTuple

from pipeline.text.wording import word_set

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?P<w>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_DATES = (
    re.compile(
        rf"\b{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?,?(?: (?P<y>\d{{4}}))?", re.I
    ),
    re.compile(rf"\b{_MONTH}\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?, (?P<y>\d{{4}})\b", re.I),
    re.compile(r"\b(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})(?:T[\d:.+Z-]*)?"),
    re.compile(r"\b(?P<d>\d{1,2})[/.](?P<n>\d{1,2})[/.](?P<y>\d{4})\b"),
    re.compile(rf"\b{_MONTH}\.? (?P<y>\d{{4}})\b"),
)
_NUMBER = re.compile(
    r"(?P<cur>[£$€])? ?(?P<num>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?"
    r"(?P<scale> ?(?:million|billion|trillion|thousand|hundred|bn|m|k)\b)?"
    r"(?: ?(?P<pct>%|per ?cent\b|percent\b))?(?:[ -](?P<unit>[A-Za-z]+))?"
)
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "hundred": 1e2,
    "m": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}
_UNITS = word_set(
    "second minute hour day week month year term pupil child student school place council authority "
    "weeks' days' family parent teacher person people children point hours percent metre mile page"
)
_SMALL_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
_WORDS = {word: value for value, word in enumerate(_SMALL_NUMBERS.split())} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_WORD = re.compile(
    rf"\b(?:{'|'.join(w for w in _WORDS if w not in {'zero', 'one'})}"
    r"|half|third|quarter|twice|double|doubled|dozen)"
    r"(?:[ -](?P<unit>[a-z]+))?",
    re.I,
)


class _Date(NamedTuple):
    day: int  # 0 where there is none
    month: int
    year: int


class _Figure(NamedTuple):
    value: float
    kind: str  # a currency sign, "%" or nothing
    unit: str


def absent_figures(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the dates and numbers of ``text`` that no passage holds, as they are written."""
    dates, rest = _dates(text)
    held_dates: list[_Date] = []
    held: list[_Figure] = []
    held_words: set[str] = set()
    for passage in passages:
        found, without = _dates(passage)
        held_dates.extend(date for _, date, _ in found)
        held.extend(figure for _, figure in _figures(without))
        held.extend(_Figure(float(date.year), "", "") for _, date, _ in found if date.year)
        held_words.update(match.group().casefold().split()[0] for match in _WORD.finditer(passage))
    missing = [
        written
        for written, date, weekday in dates
        if not _date_held(date, held_dates) or not _fits(date, weekday)
    ]
    missing += [written for written, figure in _figures(rest) if not _figure_held(figure, held)]
    for match in _WORD.finditer(rest):
        word = re.split(r"[ -]", match.group().casefold())[0]
        value = _WORDS.get(word)
        in_digits = value is not None and any(f.value == value and not f.kind for f in held)
        if not in_digits and not any(word == h.split("-")[0] for h in held_words):
            missing.append(match.group().split()[0])
    return missing


def _dates(text: str) -> tuple[list[tuple[str, _Date, str]], str]:
    """The dates with their wording and weekday, and the text without them."""
    found: list[tuple[str, _Date, str]] = []
    for pattern in _DATES:

        def take(match: re.Match[str]) -> str:
            parts = match.groupdict()
            month = int(parts["n"]) if parts.get("n") else _month(parts.get("m") or "")
            if not 1 <= month <= 12:
                return match.group()
            found.append(
                (
                    match.group(),
                    _Date(int(parts.get("d") or 0), month, int(parts.get("y") or 0)),
                    parts.get("w") or "",
                )
            )
            return " ¤ "

        text = pattern.sub(take, text)
    return found, text


def _month(name: str) -> int:
    return next((i for i, month in enumerate(_MONTHS, 1) if name and month.startswith(name[:3].lower())), 0)


def _date_held(date: _Date, held: list[_Date]) -> bool:
    return any(
        date.month == other.month and date.day in {0, other.day} and date.year in {0, other.year}
        for other in held
    )


def _fits(date: _Date, weekday: str) -> bool:
    """A weekday must be the right one for its date, where the year is known."""
    if not weekday or not date.year or not date.day:
        return True
    try:
        return (
            datetime.date(date.year, date.month, date.day).strftime("%A").lower().startswith(weekday.lower())
        )
    except ValueError:
        return False


def _figures(text: str) -> list[tuple[str, _Figure]]:
    found = []
    for match in _NUMBER.finditer(text):
        number = match["num"].rstrip(",").replace(",", "")
        if not number.isascii():
            continue
        scale = _SCALES.get((match["scale"] or "").strip().lower(), 1)
        unit = _unit((match["unit"] or "").lower())
        kind = "%" if match["pct"] else (match["cur"] or "")
        written = match.group().strip()
        if match["unit"] and not unit:
            written = written[: -len(match["unit"])].rstrip(" -")
        found.append((written, _Figure(round(float(number) * scale, 6), kind, unit)))
    return found


def _unit(word: str) -> str:
    word = {"children": "child", "people": "person", "families": "family", "authorities": "authority"}.get(
        word, word
    )
    single = word.removesuffix("s")
    return single if single in _UNITS else ""


def _figure_held(figure: _Figure, held: list[_Figure]) -> bool:
    same = [other for other in held if other.value == figure.value and other.kind == figure.kind]
    return any(not figure.unit or other.unit in {"", figure.unit} for other in same)
