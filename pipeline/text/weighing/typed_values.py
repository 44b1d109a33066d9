"""What weighty words stand for: equal for words that mean the same, and in an order where there is one. Pure.

"1st April 2027" is "1 April 2027", "40 per cent" is "40%", "six weeks" is "6 weeks". Never guesses: words
that cannot be put in an order have none.
"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b(?: of\b)?|(?<=\d) of\b")
_DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{4}}))?$")
_AMERICAN = re.compile(rf"({'|'.join(_MONTHS)}) (\d{{1,2}}) (\d{{4}})$")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$")
_DASHES = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_YEARS = re.compile(r"(20\d\d)(?: to |/|-)(?:20)?\d\d$")
_SEASON = re.compile(r"(spring|summer|autumn|winter)(?: term)? (\d{4})$")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d\d))?(?::\d\d)? ?(?:([ap])\.?m)?$")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_AMOUNT = re.compile(r"(?:\d[\d,]*)?(?:\.\d+)|\d[\d,]*")
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTS = {
    **{word: n for n, word in enumerate(_UNITS) if n},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    "hundred": 100,
    "thousand": 1000,
}
_COUNT = re.compile(rf"\b(?:({'|'.join(_TENS)})[- ]({'|'.join(_UNITS[1:10])})|({'|'.join(_COUNTS)}))\b")
_PER_CENT = re.compile(r" ?(?:%|per ?cent)$")
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25}

Day = tuple[int, ...]


def date_value(words: str) -> str:
    """Return a day as 2027-05-03, a time of day as 09:30; else in small letters, its month in three letters.

    A day of the week that goes without saying is left out: "Monday 3 May 2027" is "3 May 2027".
    """
    value = _MONTH.sub(r"\1", _ORDINAL.sub("", words.lower().replace(",", "")))
    if at := hour_of(value):
        return f"{at[0]:02}:{at[1]:02}"
    found = day_of(value)
    if found and all(found):
        try:
            day = date(*found)
        except (ValueError, TypeError):
            return value
        name = _WEEKDAY.match(value)
        if name is None or name.group() == _WEEKDAYS[day.weekday()]:
            return day.isoformat()
    return value


def money_value(words: str) -> str:
    """Return a sum in pounds (or its currency) as a plain number: "£1m" and "£1,000,000.00" are the same."""
    value = words.lower().replace(",", "")
    amount = amount_of(value)
    if amount is None:
        return value
    mark = "".join(c for c in value if c in "<>≤≥=+±-")
    if value.endswith(("p", "pence")):
        return f"{mark}£{_plain(abs(amount) / 100)}"
    return f"{mark}{next((c for c in value if c in '£€$'), '')}{_plain(abs(amount))}"


def age_value(words: str) -> str:
    """Return an age or a year group in small letters: "KS2" is "key stage 2"."""
    return re.sub(r"^ks ?", "key stage ", words.lower().replace(",", ""))


def _plain(amount: float) -> str:
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def count_value(words: str) -> str:
    """Return a number or a period in small letters, its count in figures, its unit in the singular."""
    value = _COUNT.sub(
        lambda word: str(sum(_COUNTS.get(part, 0) for part in word.groups())), words.lower().replace(",", "")
    )
    value = re.sub(r"^an? ", "1 ", re.sub(r"(?<=\w)-", " ", value))
    return re.sub(r"(day|week|month|year|term|hour|minute)s$", r"\1", value)


def per_cent_value(words: str) -> str:
    """Return a percentage as a plain number with its sign."""
    value = _PER_CENT.sub("%", words.lower())
    number = _AMOUNT.search(value)
    return value.replace(number.group(), _plain(float(number.group()))) if number else value


def phone_value(words: str) -> str:
    """Return the digits of a telephone number as it is dialled in this country."""
    return re.sub(r"\D", "", re.sub(r"^\+44 ?(?:\(0\))?", "0", words))


def link_value(words: str) -> str:
    """Return an address without what leads to the same page: its scheme, a session, who counts the visit."""
    value = re.sub(r"^https?://(?:www\.)?|^www\.", "", words)
    value = re.sub(r";jsessionid=\w*|(?<=[?&])(?:campaign|sessionid|sid|ref)=[^&#]*&?", "", value)
    return re.sub(r"[/?&]+(?=#|$)", "", value)


def day_of(value: str) -> Day | None:
    """Return a date value as numbers that rise with time; a year that is left out is 0."""
    if match := _AMERICAN.search(value):
        return int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2])
    if match := _DAY.search(value):
        return int(match[3] or 0), _MONTHS.index(match[2]) + 1, int(match[1] or 0)
    if match := _SLASHES.match(value):
        return int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[2]), int(match[1])
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
        return (24, 0) if value == "midnight" else (12, 0)
    match = _CLOCK.match(value)
    if match is None or not (match[2] or match[3]):
        return None
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0) if match[3] else int(match[1])
    return hour, int(match[2] or 0)


def amount_of(value: str) -> float | None:
    """Return the number that a sum, percentage or count stands for."""
    match = _AMOUNT.search(value)
    if match is None:
        return None
    scale = next((by for word, by in _SCALE.items() if value.endswith(word)), 1.0)
    sign = -1.0 if "-" in value[: match.start()] else 1.0
    return sign * float(match.group().replace(",", "")) * scale


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
