"""What a text without a title is about, by its own words. Pure.

Counts the subjects that families know things by. The citation says how often the text names each, so that
a person can look. Never names a subject that the text does not.
"""

import re
from collections.abc import Sequence

from pipeline.model.drafts import Citation
from pipeline.text.papers.main_text import Placed
from pipeline.text.words.wording import tidy

MOST = 3
_LEAST = 2  # mentions, where some other subject has more
_SHARE = 0.2  # of the mentions of the first subject
_MOST_TEXTS = 1500
_SEND = r"(?:SEND?\b|[Ss]pecial educational needs)"


def _subject(words: str, *patterns: str) -> tuple[str, re.Pattern[str]]:
    return words, re.compile("|".join(patterns))


_REFORMS = re.compile(rf"{_SEND}[^.]{{0,40}}\b[Rr]eforms?\b|\b[Rr]eforms? (?:to|of|for|in) {_SEND}")
_SUBJECTS = (
    _subject("exclusion", r"\b[Ee]xclu(?:sions?|ded)\b", r"\b[Oo]ff-rolling\b"),
    _subject("suspension", r"\b[Ss]uspen(?:sions?|ded)\b"),
    _subject("school attendance", r"\b[Aa]ttendance\b", r"\b[Aa]bsence\b"),
    _subject("school transport", r"\b[Ss]chool (?:transport|travel)\b"),
    _subject("EHC plans", r"\bEHC(?:P| plan)s?\b", r"\b[Hh]ealth and [Cc]are (?:\( ?EHC ?\) )?[Pp]lans?\b"),
    _subject("SEN statements", r"\b[Ss]tatements? of (?:SEN|special)", r"\bSEN statements?\b"),
    _subject("appeals to the tribunal", r"\b[Tt]ribunal\b"),
    _subject("high needs funding", r"\b[Hh]igh needs\b"),
    _subject("alternative provision", r"\b[Aa]lternative provision\b"),
    _subject("special schools", r"\b[Ss]pecial schools?\b"),
    _subject("the local offer", r"\b[Ll]ocal offers?\b"),
    _subject("personal budgets", r"\b[Pp]ersonal budgets?\b"),
    _subject("short breaks", r"\b[Ss]hort breaks?\b"),
    _subject("mental health", r"\b[Mm]ental health\b"),
    _subject("school inspections", r"\b[Ii]nspections?\b"),
    _subject("early years education", r"\b[Ee]arly (?:years )?education\b", r"\b[Ee]arly years\b"),
    _subject("children with SEND", r"\bSEND\b", r"\b[Ss]pecial educational needs and disabilit"),
    _subject("special educational needs", r"\bSEN\b", r"\b[Ss]pecial educational needs"),
)
_SEND_SUBJECTS = {"children with SEND", "special educational needs", "SEND reforms"}


def subjects_of(placed: Sequence[Placed]) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Return up to three subjects, the weightiest first, and the citation that counts them."""
    text = "\n".join(tidy(one.block.text) for one in placed[:_MOST_TEXTS])
    counted = [(len(pattern.findall(text)), words) for words, pattern in _SUBJECTS]
    if _REFORMS.search(text):
        counted.insert(0, (len(re.findall(r"\breforms?\b", text, re.I)), "SEND reforms"))
    ranked = sorted((c for c in counted if c[0]), key=lambda c: -c[0])
    kept: list[tuple[int, str]] = []
    for count, words in ranked:
        few = count < max(_LEAST if kept else 1, _SHARE * ranked[0][0])
        again = words in _SEND_SUBJECTS and any(w in _SEND_SUBJECTS for _, w in kept)
        if not few and not again and len(kept) < MOST:
            kept.append((count, words))
    if not kept:
        return (), ()
    counts = "; ".join(f"{words} (counted {count} times)" for count, words in kept)
    return tuple(w for _, w in kept), (Citation(f"What the text speaks of: {counts}"),)
