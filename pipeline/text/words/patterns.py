"""Patterns that first ask whether a text holds letters without which they cannot occur. Pure.

Looking for a few letters costs a hundredth of a search, and most patterns occur in few sentences. The
letters are read off the pattern itself, so that nobody keeps a list of them; what is found is what re alone
would find.

Source: CPython, Lib/re/_parser.py, which is not documented; tests hold this module to what re itself finds.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

_parse: Callable[[str, int], Any] = import_module("re._parser").parse
_ONCE = {"SUBPATTERN": -1, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2, "ATOMIC_GROUP": 0}
_MOST_MARKS = 4  # of a set such as [’'] that is as good as a letter


class Pattern:
    """A regular expression. Each match holds one of ``needles``; "" where none is known.

    With ``cased`` they are looked for in the text as it is, else in lower case in the text ``lowered``.
    """

    __slots__ = ("_compiled", "cased", "flags", "needles", "words")

    def __init__(self, words: str, flags: int) -> None:
        self.words, self.flags = words, flags
        self.cased = not flags & re.IGNORECASE and "(?i" not in words
        known = _needles(_parse(words, flags)) or {""}
        self.needles = _least(known if self.cased else {needle.lower() for needle in known})
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression, compiled when its letters are first found."""
        if self._compiled is None:
            self._compiled = re.compile(self.words, self.flags)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        held = text if self.cased else lowered(text)
        for needle in self.needles:
            if needle in held:
                return self.compiled.search(text)
        return None

    def sub(self, told: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As ``re.Pattern.sub``."""
        held = text if self.cased else lowered(text)
        for needle in self.needles:
            if needle in held:
                return self.compiled.sub(told, text)
        return text


def pattern(words: str, flags: int = 0) -> Pattern:
    """The pattern of ``words``, as for ``re.compile``."""
    return Pattern(words, flags)


@lru_cache(maxsize=256)  # one sentence is held against a hundred patterns
def lowered(text: str) -> str:
    """The text with each letter that re.IGNORECASE takes for an ASCII letter as that, in lower case."""
    return text.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def _needles(items: Iterable[tuple[object, Any]]) -> set[str] | None:
    """Letters of which every match holds one; None where nothing is known."""
    known: list[set[str]] = []
    run: list[tuple[object, Any]] = []  # plain letters that stand side by side
    for code, given in items:
        name = str(code)
        if name == "LITERAL" and _is_plain(given):
            run.append((code, given))
            continue
        if name == "BRANCH":  # "m" and ("ust" or "ay"): what the parser parted is put together again
            each = [_needles((*run, *branch)) for branch in given[1]]
            known.append({needle for found in each for needle in found or {""}})
        elif name in _ONCE and (not name.endswith("REPEAT") or given[0] > 0):
            inner = given if name == "ATOMIC_GROUP" else given[_ONCE[name]]
            known.append(_needles((*run, *inner)) or {""})
        elif name == "IN" and len(given) <= _MOST_MARKS and all(str(one) == "LITERAL" for one, _ in given):
            known.append({_letters([one]) if _is_plain(one[1]) else "" for one in given})
            known.append({_letters(run)})
        elif run:
            known.append({_letters(run)})
        run = []
    if run:
        known.append({_letters(run)})
    return max(known, key=lambda found: (min(map(_rarity, found)), -len(found)), default=None)


def _is_plain(code: int) -> bool:
    """Whether a letter is ASCII, or has no capital: no other letter is taken for it."""
    return code < 128 or chr(code).lower() == chr(code).upper()


def _letters(run: Iterable[tuple[object, Any]]) -> str:
    return "".join(chr(given) for _, given in run)


def _rarity(needle: str) -> int:
    """Many letters are rare, and so are marks; blanks, stops and commas are everywhere."""
    return sum(0 if char == " " else 1 if char.isalnum() or char in ".," else 3 for char in needle)


def _least(needles: set[str]) -> tuple[str, ...]:
    """The needles without those that hold another one."""
    return tuple(sorted(one for one in needles if not any(other in one for other in needles - {one})))
