"""What weighty words stand for: equal for words that mean the same, and in an order where there is one. Pure.

"1st April 2027" is "1 April 2027", "40 per cent" is "40%", "six weeks" is "6 weeks". Never guesses: words
that cannot be put in an order have none.
"""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b(?: of\b)?|(?<=\d) of\b")
_DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{4}}))?$")
_AMERICAN = re.compile(rf"({'|'.join(_MONTHS)}) (\d{{1,2}}) (\d{{4}})$")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_DASHES = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_YEARS = re.compile(r"(20\d\d)(?: to |/|-)(?:20)?\d\d$")
_SEASON = re.compile(r"(spring|summer|autumn|winter)(?: term)? (\d{4})$")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d\d))? ?([ap])\.?m$")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
}
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNTS)})\b")
_PER_CENT = re.compile(r" ?(?:%|per ?cent)$")
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25}

Day = tuple[int, ...]


def date_value(words: str) -> str:
    """Return a date in small letters without ordinals and commas, its month in three letters."""
    return _MONTH.sub(r"\1", _ORDINAL.sub("", words.lower().replace(",", "")))


def count_value(words: str) -> str:
    """Return a number or a period in small letters, its count in figures, its unit in the singular."""
    value = _COUNT.sub(lambda word: str(_COUNTS[word.group()]), words.lower().replace(",", ""))
    value = re.sub(r"^an? ", "1 ", value.replace("-", " "))
    return re.sub(r"(day|week|month|year|term|hour|minute)s$", r"\1", value)


def per_cent_value(words: str) -> str:
    """Return a percentage with its sign."""
    return _PER_CENT.sub("%", words.lower())


def phone_value(words: str) -> str:
    """Return the digits of a telephone number as it is dialled in this country."""
    return re.sub(r"\D", "", re.sub(r"^\+44 ?(?:\(0\))?", "0", words))


def day_of(value: str) -> Day | None:
    """Return a date value as numbers that rise with time; a year that is left out is 0."""
    if match := _AMERICAN.search(value):
        return int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2])
    if match := _DAY.search(value):
        return int(match[3] or 0), _MONTHS.index(match[2]) + 1, int(match[1] or 0)
    if match := _SLASHES.match(value):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _DASHES.match(value):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEARS.match(value):
        return int(match[1]), 9, 0
    if match := _SEASON.search(value):
        return int(match[2]), _SEASONS[match[1]], 0
    return None


def hour_of(value: str) -> Day | None:
    """Return a time of day as hour and minute."""
    if value in ("midday", "midnight"):
        return (12, 0) if value == "midday" else (24, 0)
    match = _CLOCK.match(value)
    if match is None:
        return None
    return int(match[1]) % 12 + (12 if match[3] == "p" else 0), int(match[2] or 0)


def amount_of(value: str) -> float | None:
    """Return the number that a sum, percentage or count stands for."""
    match = _AMOUNT.search(value)
    if match is None:
        return None
    scale = next((by for word, by in _SCALE.items() if value.endswith(word)), 1.0)
    return float(match.group().replace(",", "")) * scale


def days_of(value: str) -> tuple[str, float] | None:
    """Return the kind of days a period is counted in ("working", "school" or any) and how many they are.

    A term has no length in days.
    """
    count = _AMOUNT.match(value)
    *_, unit = value.split()
    if count is None or unit not in _DAYS:
        return None
    kind = next((word for word in ("working", "school", "academic") if word in value), "")
    return kind, float(count.group()) * _DAYS[unit]
