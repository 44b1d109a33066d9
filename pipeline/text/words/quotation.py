"""Find what stands inside quotation marks, over the paragraphs of a text. Pure.

Knows “ ”, ‘ ’, « » and straight marks. A quotation that runs on over paragraphs is followed to its end. Never
takes an apostrophe for a mark, nor a mark that is never closed for more than the rest of its paragraph.
"""

import re
from collections.abc import Iterator, Sequence

_CLOSES = {"“": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_MARK = re.compile(f"[{''.join(_CLOSES)}]")
_FORWARD = 8  # paragraphs over which a quotation may run
_WORDS = 5  # from which quoted words are speech, and no term in quotation marks
_SPEECH = re.compile(r"[.!?](?:\s|[”’\"'»]|$)|(?i:\b(?:I|we|my|our|must|will|should|shall)\b)")

Span = tuple[int, int]


def quoted_spans(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """For each text the places (start, end) that lie inside quotation marks, the marks included."""
    found: list[tuple[Span, ...]] = []
    still = ""  # the closing mark that is waited for
    for index, text in enumerate(texts):
        spans: list[Span] = []
        at = 0
        if still:
            end = _closing(text, 1 if _opens(text, 0) else 0, still)
            spans.append((0, len(text) if end < 0 else end))
            at, still = spans[0][1], still if end < 0 else ""
        for start, end in _in_one(text, at):
            spans.append((start, len(text) if end < 0 else end))
            if end < 0:
                mark = _CLOSES[text[start]]
                ahead = texts[index + 1 : index + _FORWARD]
                still = mark if mark not in "’'" and _closed_in(ahead, text[start], mark) else ""
        found.append(tuple(spans))
    return found


def is_speech(words: str) -> bool:
    """Whether quoted words are what somebody says, and not the name of a thing."""
    return len(words.split(None, _WORDS)) >= _WORDS and bool(_SPEECH.search(words))


def _in_one(text: str, at: int) -> Iterator[Span]:
    while mark := _MARK.search(text, at):
        at = mark.start()
        if _opens(text, at):
            end = _closing(text, at + 1, _CLOSES[text[at]])
            if end >= 0:
                yield at, end
                at = end
                continue
            if text[at] not in "‘'" or at == 0:
                yield at, -1
                return
        at += 1


def _opens(text: str, at: int) -> bool:
    if not text[at : at + 1] or text[at] not in _CLOSES:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] in "“«" or (not before.strip(" (—–-[:") and bool(after.strip()))


def _closing(text: str, at: int, mark: str) -> int:
    """The place after the closing mark, or -1; of apostrophes that might close, the likeliest."""
    if mark not in "’'":
        end = text.find(mark, at)
        return -1 if end < 0 else end + 1
    doubtful = -1
    for match in re.finditer(rf"{mark}(?!\w)", text[at : at + 3000]):
        place = at + match.end()
        before = text[place - 2]
        if before in ".,!?…" or (
            before != "s" and text[place : place + 1] in {"", ".", ",", ";", ":", " ", ")"}
        ):
            return place
        if before == "s":  # “schools’” may be a plural's own mark
            doubtful = place
    return doubtful


def _closed_in(texts: Sequence[str], opening: str, mark: str) -> bool:
    for text in texts:
        end = text.find(mark, 1)
        if end >= 0:
            return opening == mark or opening not in text[1:end]
        if not text.startswith(opening):
            return any(mark in later for later in texts)
    return False
