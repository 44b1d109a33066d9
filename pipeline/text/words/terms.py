"""Terms: the small phrase language of the lexicon, and how its phrases are found in a text.

A phrase is plain words with three marks, so that an editor can write one without knowing regular
expressions: ``[x]`` may be absent, ``{x|y}`` is either, and ``*`` at the end of a word is any ending.
Words may be parted by a space, a hyphen or a comma. Finding is linear in the length of the text.

This module never judges: it says where a phrase stands, not what that means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.text.words.lookalikes import plain_letters

_BETWEEN = r",?[ -]"  # "education, health and care", "high-needs": one separator, never a run of them
_ANY_ENDING = r"\w{0,15}"  # bounded, so that a hostile run of letters costs no more than a text
_ACRONYM_BEHIND = r"(?: ?\( ?[A-Za-z/&]{2,9} ?\))?"  # "education, health and care (EHC)" is one mention
_MARKS = frozenset("[]{}|*")
_HEAD = 4  # letters
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. Without ``words`` (each whole, or its first letters) and ``needles``, pieces of text, it
    cannot occur; ``pattern`` is its regular expression, compiled when all of them are first found: most of
    the lexicon is absent from most texts.
    """

    source: str
    cased: bool
    words: tuple[str, ...]
    needles: tuple[str, ...]
    pattern: str

    def spans(self, text: "Searchable") -> Iterator[tuple[int, int]]:
        """The (start, end) of each occurrence in ``text.plain``, in order."""
        for word in self.words:
            if word not in text.words:
                return
        haystack = text.plain if self.cased else text.vocabulary
        for needle in self.needles:
            if needle not in haystack:
                return
        haystack = text.plain if self.cased else text.lower
        for first, last in self._stretches(haystack):
            for found in _compiled(self.pattern).finditer(haystack, first, last):
                start = found.start()
                # Checked here and not by \b, so that the engine can leap to the phrase's first letters.
                if start == 0 or not (haystack[start - 1].isalnum() or haystack[start - 1] == "_"):
                    yield start, found.end()

    def _stretches(self, haystack: str) -> Iterator[tuple[int, int]]:
        """Where to look. The engine leaps to the first letters of a phrase, but not to a choice of words.

        For that, only the lines are looked at that hold the longest needle: no phrase reaches across two.
        """
        if not self.needles or not self.pattern.startswith("("):
            yield 0, len(haystack)
            return
        at = haystack.find(self.needles[0])
        while at >= 0:
            last = haystack.find("\n", at)
            last = len(haystack) if last < 0 else last
            yield haystack.rfind("\n", 0, at) + 1, last
            at = haystack.find(self.needles[0], last)

    def first(self, text: "Searchable") -> tuple[int, int] | None:
        """The first occurrence, or None."""
        return next(self.spans(text), None)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text made ready for finding: one space between words, plain apostrophes, and a lower twin.

    ``lower`` has exactly the length of ``plain``, so that a place in one is a place in the other.
    Line ends part blocks and are kept: no phrase reaches across one. ``vocabulary`` holds each of the lower
    words once, a line each: a needle, which never holds a space, is looked for there. ``words`` are
    the lower words without any marks, and the first letters of each.
    """

    plain: str
    lower: str
    vocabulary: str
    words: frozenset[str]


def searchable(*blocks: str) -> Searchable:
    """Make the blocks ready for finding, one a line."""
    plain = "\n".join(" ".join(plain_letters(block).split()) for block in blocks)
    lower = plain.lower()
    if len(lower) != len(plain):  # a few letters grow when lowered, such as the Turkish dotted I
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in plain)
    vocabulary = "\n".join(dict.fromkeys(lower.split()))
    words = _WORD.findall(vocabulary)
    return Searchable(plain, lower, vocabulary, frozenset([*words, *[word[:_HEAD] for word in words]]))


def phrase(source: str, *, cased: bool = False) -> Phrase:
    """Compile a phrase of the lexicon.

    Raises:
        ValueError: the phrase is empty, or its marks do not pair.
    """
    words = _words(" ".join(source.split()))
    text = source if cased else source.lower()
    pieces = [_word(word if cased else word.lower()) for word in words]
    if not pieces or not any(not optional for _, optional in pieces):
        raise ValueError(f"{source!r} holds no word that must be there")
    pattern, begun = "", False
    for piece, optional in pieces:
        if not optional:
            pattern += (_BETWEEN if begun else "") + piece
            begun = True
        else:
            pattern += f"(?:{_BETWEEN}{piece})?" if begun else f"(?:{piece}{_BETWEEN})?"
    ending = r"\b" if text[-1].isalnum() or text[-1] in "]}*" else ""
    behind = "" if cased else _ACRONYM_BEHIND
    return Phrase(text, cased, _needed(words), _needles(words, cased=cased), pattern + ending + behind)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _words(source: str) -> list[str]:
    """Cut at spaces that stand outside brackets."""
    words: list[str] = []
    word, open_marks = "", ""
    for char in source:
        if char in "[{":
            open_marks += char
        elif char in "]}":
            if not open_marks.endswith("[" if char == "]" else "{"):
                raise ValueError(f"{source!r}: {char!r} closes nothing")
            open_marks = open_marks[:-1]
        if char == " " and not open_marks:
            words.append(word)
            word = ""
        else:
            word += char
    if open_marks:
        raise ValueError(f"{source!r}: {open_marks[-1]!r} is never closed")
    return [*words, word] if word else words


def _word(word: str) -> tuple[str, bool]:
    """The pattern of one word (or bracketed group) and whether it may be absent."""
    optional = word.startswith("[") and word.endswith("]")
    inner = word[1:-1] if optional else word
    pattern = ""
    for char in inner:
        pattern += {
            "[": "(?:", "]": ")?", "{": "(?:", "}": ")", "|": "|", "*": _ANY_ENDING, " ": _BETWEEN,
        }.get(char) or re.escape(char)  # fmt: skip
    return (f"(?:{pattern})" if optional and "|" in inner else pattern), optional


def _needed(words: list[str]) -> tuple[str, ...]:
    """The words that must be there, as far as their letters are known; the longest first."""
    plain = {word.lower() for word in words if word.isalnum()}
    begun = {word[:_HEAD].lower() for word in words if word[:_HEAD].isalnum() and not word.isalnum()}
    return tuple(sorted(plain | begun, key=lambda word: (-len(word), word)))


def _needles(words: list[str], *, cased: bool) -> tuple[str, ...]:
    """The runs of plain letters that every occurrence must hold, longest first."""
    runs: list[str] = []
    for word in words:
        if word.startswith("["):
            continue
        depth, run = 0, ""
        for char in word + "*":
            if char in "[{":
                depth += 1
            if char in "]}":
                depth -= 1
            if depth or char in _MARKS:
                runs.append(run if cased else run.lower())
                run = ""
            else:
                run += char
    return tuple(sorted({run for run in runs if run}, key=lambda run: (-len(run), run)))
