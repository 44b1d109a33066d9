"""Tell "send" the verb from SEND where it is written in capitals, by the words on either side.

This module never weighs a mention: see pipeline/text/relevance/mentions.py.
"""

import re

from pipeline.text.relevance.lexicon import Lexicon

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_BESIDE = 60  # letters on either side of SEND that tell the verb from the acronym


def is_verb(plain: str, start: int, end: int, lexicon: Lexicon, *, heading: bool) -> bool:
    """Whether SEND in capitals is somebody being told to send something."""
    words = lexicon.verb
    before = plain[max(0, start - _BESIDE) : start].rpartition("\n")[2]
    after = plain[end : end + _BESIDE].partition("\n")[0]
    left, right = before.rstrip().lower(), after.lower()
    nothing_else = not _WORD.search(before) and not _WORD.search(after)
    if nothing_else:
        return not heading  # the label of a button; as a heading it names a section
    if not right[:1].isalnum() and not right.startswith((" ", "s ")):
        told = False  # "SEND, ...", "SEND." and "SEND)" end a thought: nobody is told to send anything
    else:
        right = right.lstrip()
        told = _begins(right, words.objects) or _begins(right, words.things) or _ends(left, words.presses)
        told = told or (_ends(left, words.askers) and _begins(right, words.weak_objects))
    if told or not _is_loud(before + after):
        return told
    title_colon = not left and right.startswith(":")
    named = _ends(left, words.loud_before) or _begins(right.lstrip(), words.loud_after) or title_colon
    return not named or _ends(left, tuple(word for word in words.askers if word != "and"))


def _is_loud(around: str) -> bool:
    """Whether the words around are all capitals, short acronyms aside."""
    words = [word for word in _WORD.findall(around) if len(word) > 1]
    return bool(words) and all(word.isupper() for word in words)


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return any(text.startswith(word) and not text[len(word) : len(word) + 1].isalnum() for word in words)


def _ends(text: str, words: tuple[str, ...]) -> bool:
    text = text.rstrip(" \"'\u201c\u201d")
    return any(text.endswith(word) and not text[-len(word) - 1 : -len(word)].isalnum() for word in words)
