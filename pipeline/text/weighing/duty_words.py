"""Tell a word that binds somebody from one that only looks like it. Pure.

"Must", "may" and "should" bind nobody as a name, a noun, a manner of speaking, a guess, a question or a
condition; in a quotation from rules that are no longer in force; in a heading that only names its subject;
and where the text speaks of the words themselves. Never judges how much a duty binds.
"""

import re
from functools import lru_cache

NEAR = 300  # characters before and after a quotation in which its rules may be named
MOST_QUOTED = 100
_WORDS = r"(?:must|shall|should|will|would|may|might|can|could)"
# The name Will or May, "a must", "in May", "of goodwill".
_NOUN = re.compile(
    r"\b(?:a|an|the|free|living|good|ill|of|theresa|mr|mrs|ms|in|since|during|late|early) $", re.I
)
_SAID = re.compile(
    r" (?:be (?:noted|said|stressed|remembered|emphasised|recognised|admitted)|say|admit|stress)\b"
)
_GUESSED = re.compile(r"\b(?:it|this|that|there) $", re.I)
# A question or a condition turns subject and verb round: "must I pay?", "should you need help".
_TURNED = re.compile(
    r" (?:I|you|we|they|he|she|it|this|that|these|those|there|the|an?|any|anyone|anything|your|our|their)\b"
)
_SPOKEN_OF = re.compile(rf"\b{_WORDS} (?:to|with|by|into) $", re.I)
_SPOKEN_ON = re.compile(rf" (?:to|with|by|into) {_WORDS}\b", re.I)
_ASKED = re.compile(r"(?:.{1,80}(?: -|:) )?(?:what|how|who|when|where|why|which)\b[^.!:;]{1,80}\?$", re.I)
# "What you must do" names its subject; "What schools must do" names whom it binds.
_LABEL = re.compile(
    r"(?:.{1,80}(?: -|:) )?(?:what|how|who|when|where|why|which)\b(?: [^.!:;]{1,60})?"
    rf" (?:(?:you|we|i) {_WORDS}|needs? to know)\b[^.!:;]{{0,80}}$",
    re.I,
)
# A word that is spoken of stands between quotation marks, and beside words about words.
_ABOUT_WORDS = re.compile(
    r"(?:\b(?:words?|terms?|verbs?|us(?:es?|ed|ing)|sa(?:y|ys|id|ying)|reads?|replac(?:e|es|ed|ing)"
    r"|chang(?:e|es|ed)|becomes?|became|means?|with|by|for|of|from|to|and|or|where|the|a|an|than)|^|[:;,|])\W*$",
    re.I,
)
_ABOUT_THE_WORD = re.compile(
    r"['\"]\W*(?:$|(?:means?|meaning|refers?|indicates?|denotes?|imposes?|is|are|was|were|has|have|in|and|or|to"
    r"|with|by|where|rather|instead|as|when|here|throughout)\b)",
    re.I,
)
_OVER = re.compile(
    r"\b(?:previous|earlier|former|repealed|revoked|superseded|replaced)(?:ly)?\b"
    r"|\bold (?:code|act|law|rules?|regulations?|guidance|version|wording|text)\b"
    r"|\b(?:code|act|law|rules?|regulations?|guidance|version)\b[^\"]{0,30} (?:said|stated|read|provided)\b",
    re.I,
)
_QUOTED = re.compile(r"\"[^\"]{1,600}\"|(?<!\w)'[^\"]{1,600}?'(?!\w)")


def binds(text: str, start: int, end: int) -> bool:
    """Tell whether the duty word at this place of a normalised text binds somebody."""
    words, before, after = text[start:end], text[max(0, start - 16) : start], text[end : end + 24]
    small = words.lower()
    if before.endswith("-") or after.startswith("-"):
        return False
    if before[-1:] in ("'", '"') and after[:1] in ("'", '"'):
        return not (_ABOUT_WORDS.search(before[:-1]) or _ABOUT_THE_WORD.match(after))
    if words in ("May", "Will") and before and not re.search(r"[.!?:|]\W*$", before):
        return False
    if len(words) <= 4 and _NOUN.search(before):
        return False
    if small in ("must", "should") and _SAID.match(after):
        return False
    if small in ("must", "should") and after.startswith(" have been") and _GUESSED.search(before):
        return False
    if " " not in small and (_TURNED.match(after) or _SPOKEN_OF.search(before) or _SPOKEN_ON.match(after)):
        return False
    forbids = "not" in small or "n't" in small  # "What you must not do" says something all the same
    labels = _ASKED.match(text) or _LABEL.match(text)
    return not ((labels and not forbids) or _is_history(text, start))


def _is_history(text: str, start: int) -> bool:
    """A quotation from rules that the text beside it says are no longer in force."""
    return any(first < start < end for first, end in _histories(text))


@lru_cache(maxsize=64)  # asked for each duty word of a sentence
def _histories(text: str) -> tuple[tuple[int, int], ...]:
    if not _OVER.search(text):
        return ()
    found = (quoted.span() for quoted in _QUOTED.finditer(text))
    return tuple(
        (start, end)
        for start, end in found
        if _OVER.search(f"{text[max(0, start - NEAR) : start]} {text[end : end + NEAR]}")
    )[:MOST_QUOTED]
