"""Split British official English into sentences. Own rules: para. 3, No. 10, s.19, e.g., Dr, initials.

sentencex was tried: it cuts after "para." and "MP.", which leaves half sentences in a draft. Time is
linear in the text. Never changes a character except runs of blanks.
"""

import re
from functools import lru_cache

from pipeline.text.words.wording import tidy, word_set

_STOP = re.compile(r"(?<![.!?…])([.!?…]++)([\"”’')\]]*+) (?=[\"“‘'(\[£]*[^\W_a-z])")
_LAST = re.compile(r"([^\s(\[“\"‘]+)$")
_NEVER = word_set(
    "mr mrs ms mx dr prof st hon rt rev sgt lt col gen messrs e.g i.e eg ie cf vs v viz approx incl "
    "dept govt tel ext ref jan feb mar apr aug sept sep oct nov dec"
)
_BEFORE_NUMBERS = word_set(
    "no nos para paras s ss sch art arts reg regs pt ch chap cl p pp vol fig figs sec sect r rr"
)
_LETTERED = word_set("annex appendix section part table option plan group schedule category level tier box")


@lru_cache(maxsize=4096)  # letters, forces and points each go through all blocks of a text
def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, in order; joined by blanks they give the tidied text back."""
    text = tidy(text)
    found: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        if _ends(text, start, match):
            found.append(text[start : match.end() - 1])
            start = match.end()
    if start < len(text):
        found.append(text[start:])
    return tuple(found)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match.group(1) != "." or match.group(2):
        return not _inside(text, start, match.end())
    before = text[max(start, match.start() - 40) : match.start()]
    last = _LAST.search(before)
    word = last.group(1) if last else ""
    following = text[match.end() : match.end() + 2].lstrip("\"“‘'([")
    plain = word.lower().strip("(“‘\"'")
    if plain in _NEVER:
        return False
    if plain in _BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if word.isdigit() and before.strip() == word and match.start() - start == len(word):
        return False  # the number of a numbered paragraph
    if len(word) == 1 and word.isupper() and word != "I":
        earlier = before[: -len(word)].split()
        return bool(earlier) and earlier[-1].lower() in _LETTERED
    return not _inside(text, start, match.end())


def _inside(text: str, start: int, end: int) -> bool:
    """Whether the place lies inside a quotation or bracket that is closed soon after."""
    piece = text[start:end]
    if len(piece) > 1500:
        return False  # a quotation mark that is never closed must not swallow a page
    for opening, closing in (("“", "”"), ("(", ")")):
        if piece.count(opening) > piece.count(closing) and closing in text[end : end + 400]:
            return True
    return False
