"""Dates and numbers of a sentence, held against passages. Pure; part of the gate in gate.py.

A date is compared as a date, whatever its spelling; a sum with its currency and scale; a number that has
a unit (days, pupils, per cent) with that unit.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.words.wording import word_set

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
_DIGIT = re.compile(r"\d")
_KIND_OF = r"(?:(?:working|school|calendar|academic|full|more|new|other|consecutive)[ -])?"
_NUMBER = re.compile(
    r"(?P<cur>[£$€])? ?(?P<num>\d(?:[\d,]*\d)?(?:\.\d+)?)(?:st|nd|rd|th)?"
    r"(?P<scale> ?(?:million|billion|trillion|thousand|hundred|bn|m|k)\b)?"
    r"(?: ?(?P<pct>%|per ?cent\b|percent\b))?"
    rf"(?:[ -]{_KIND_OF}(?P<unit>[A-Za-z]+))?"
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
    rf"(?:[ -]{_KIND_OF}(?P<unit>[a-z]+))?",
    re.I,
)
_PERIODS = {
    "second": "seconds", "minute": "minutes", "hour": "hours hourly", "day": "days daily today tomorrow",
    "week": "weeks weekly fortnight", "fortnight": "fortnights fortnightly", "month": "months monthly",
    "term": "terms termly", "year": "years yearly annual annually",
}  # fmt: skip
PERIOD_OF = {w: period for period, words in _PERIODS.items() for w in (period, *words.split())}
_WORDS_ONLY = re.compile(r"[^\W\d_]+")


class _Date(NamedTuple):
    day: int  # 0 where there is none
    month: int
    year: int


class _Figure(NamedTuple):
    value: float
    kind: str  # a currency sign, "%" or nothing
    unit: str

    @property
    def is_year(self) -> bool:
        return not self.kind and not self.unit and self.value in range(1900, 2100)


class Fact(NamedTuple):
    """A date or a number as a sentence writes it, for comparing where it stands."""

    written: str
    date: _Date | None
    figure: _Figure | None

    def held_as(self, other: "Fact") -> bool:
        """Whether ``other``, of a passage, says as much."""
        if self.date:
            return other.date is not None and _date_held(self.date, [other.date])
        year = _Figure(float(other.date.year), "", "") if other.date and other.date.year else None
        same = [figure for figure in (other.figure, year) if figure]
        return self.figure is not None and _figure_held(self.figure, same)

    def rivals(self, other: "Fact") -> bool:
        """Whether ``other`` is of the same kind, so that it could stand in this one's place."""
        if self.date or other.date:
            return bool(self.date and other.date)
        if not self.figure or not other.figure or self.figure.kind != other.figure.kind:
            return False
        return self.figure.is_year == other.figure.is_year


@lru_cache(maxsize=512)
def figures_marked(text: str) -> tuple[str, tuple[Fact, ...]]:
    """The text with ``¤n¤`` for its nth fact, and the facts. Numbers that are written as words stay."""
    text = text.replace("¤", " ")
    dates, rest = _dates(text, mark="¤{}¤")
    facts = [Fact(written, date, None) for written, date, _ in dates]
    pieces = []
    end = 0
    for match, written, figure in _matches(rest):
        if "¤" in rest[max(0, match.start() - 1) : match.start()]:
            continue  # the number of a mark
        pieces.append(f"{rest[end : match.start()]} ¤{len(facts)}¤ ")
        facts.append(Fact(written, None, figure))
        end = match.start() + match.group().find(match["num"]) + len(match["num"])
    rest = "".join([*pieces, rest[end:]])

    def take(match: re.Match[str]) -> str:
        word, unit = _worded(match)
        if word not in _WORDS:
            return match.group()
        facts.append(Fact(match.group(), None, _Figure(float(_WORDS[word]), "", unit)))
        return f" ¤{len(facts) - 1}¤ {match.group()[len(word) :]}"

    marked = _WORD.sub(take, rest)
    return marked, tuple(facts)


def absent_periods(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the lengths of time (week, month) and bare months of which no passage speaks, as written."""
    held, months = _held_periods(passages)
    rest = _dates(text)[1]
    return [
        word
        for word in _WORDS_ONLY.findall(rest)
        if (word.lower() in PERIOD_OF and PERIOD_OF[word.lower()] not in held)
        or (_is_month(word) and _month(word) not in months)
    ]


def absent_figures(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the dates and numbers of ``text`` that no passage holds, as they are written."""
    dates, rest = _dates(text)
    held_dates, held, held_words = _held(passages)
    missing = [
        written
        for written, date, weekday in dates
        if not _date_held(date, held_dates) or not _fits(date, weekday)
    ]
    missing += [written for written, figure in _figures(rest) if not _figure_held(figure, held)]
    for match in _WORD.finditer(rest):
        word, unit = _worded(match)
        same = any(word == other and (not unit or of in {"", unit}) for other, of in held_words)
        if not same and not (word in _WORDS and _figure_held(_Figure(float(_WORDS[word]), "", unit), held)):
            missing.append(match.group() if unit else match.group().split()[0])
    return missing


@lru_cache(maxsize=64)
def _held(passages: tuple[str, ...]) -> tuple[list[_Date], list[_Figure], list[tuple[str, str]]]:
    """The dates, the numbers, and the numbers that are written as words."""
    held_dates: list[_Date] = []
    held: list[_Figure] = []
    held_words: list[tuple[str, str]] = []
    for passage in passages:
        found, without = _dates(passage)
        held_dates.extend(date for _, date, _ in found)
        held.extend(figure for _, figure in _figures(without))
        held.extend(_Figure(float(date.year), "", "") for _, date, _ in found if date.year)
        held_words.extend(_worded(match) for match in _WORD.finditer(passage))
    held.extend(_Figure(float(_WORDS[word]), "", unit) for word, unit in held_words if word in _WORDS)
    return held_dates, held, held_words


@lru_cache(maxsize=64)
def _held_periods(passages: tuple[str, ...]) -> tuple[set[str], set[int]]:
    """The lengths of time and the months of which the passages speak."""
    words = [w for passage in passages for w in _WORDS_ONLY.findall(passage)]
    months = {date.month for date in _held(passages)[0]} | {_month(w) for w in words if _is_month(w)}
    return {PERIOD_OF.get(w.lower(), "") for w in words}, months


def _dates(text: str, mark: str = "¤") -> tuple[list[tuple[str, _Date, str]], str]:
    """The dates with their wording and weekday, and the text with ``mark`` in their places."""
    found: list[tuple[str, _Date, str]] = []
    if not _DIGIT.search(text):
        return found, text
    for pattern in _DATES:

        def take(match: re.Match[str]) -> str:
            parts = match.groupdict()
            month = int(parts["n"]) if parts.get("n") else _month(parts.get("m") or "")
            if not 1 <= month <= 12:
                return match.group()
            found.append(
                (
                    match.group(),
                    _Date(_day(parts.get("d")), month, int(parts.get("y") or 0)),
                    parts.get("w") or "",
                )
            )
            return f" {mark.format(len(found) - 1)} "

        text = pattern.sub(take, text)
    return found, text


def _day(written: str | None) -> int:
    """0 where there is none; the nought that is written as a day is no day of any month."""
    return (int(written) or 99) if written else 0


def _is_month(word: str) -> bool:
    return word[:1].isupper() and word.lower() in _MONTHS and word != "May"


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
    return [(written, figure) for _, written, figure in _matches(text)]


def _worded(match: re.Match[str]) -> tuple[str, str]:
    """A number that is written as a word, and its unit."""
    return re.split(r"[ -]", match.group().casefold())[0], _unit((match["unit"] or "").lower())


def _matches(text: str) -> list[tuple[re.Match[str], str, _Figure]]:
    found: list[tuple[re.Match[str], str, _Figure]] = []
    if not _DIGIT.search(text):
        return found
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
        found.append((match, written, _Figure(round(float(number) * scale, 6), kind, unit)))
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
