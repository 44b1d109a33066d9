"""Names of a sentence, held against passages. Pure; part of the gate in gate.py.

A name is a run of words with capitals. The whole run must stand in one passage, in that order, so that
two people of one letter are never mixed. A first word with a capital is a name only when it is no word
that ordinarily opens a sentence.
"""

import re
from functools import lru_cache

from pipeline.text.citing.words import said_plainly
from pipeline.text.words.wording import word_set

_PIECE = re.compile(r"[^\W_][\w’'.&-]*|[^\w\s]")
_OPENERS = word_set(
    "a about according across after all also although an and another any anyone as at away because "
    "before both but by children colleges councils details during each either england even every "
    "everyone families few first following for from further guidance had has have health help here "
    "how however if importantly in information is it its last late later letter local many "
    "ministerial more most much new next no not now of on once one only or other others our page "
    "parents people permanent please previously published pupils quiet read removed related restored "
    "school schools separately since so some something staff still students such support take "
    "teachers text that the their them then there these they this those through to today two under "
    "until updated unannounced use visit was we when where whether which while who why with withdrawn "
    "within without words you young your government statement speech statistics consultation changes "
    "listen see watch find check blog report research moved changed added file document announcement "
    "press written deadline views"
)
_ALIASES = (
    ("send", "special educational needs"),
    ("sen", "special educational needs"),
    ("ehc", "education health and care"),
    ("ehcp", "education health and care"),
    ("dfe", "department for education"),
    ("government", "department for"),
    ("government", "department of"),
    ("government", "ministry of"),
    ("government", "secretary of state"),
    ("government", "minister"),
)
_DAYS_AND_MONTHS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december"
)


def absent_names(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the runs of words with capitals that stand in no passage, as they are written."""
    held, loose = _spelled(passages)
    return [
        " ".join(run)
        for run, opens in _runs(text)
        if not _held(run, held, loose) and not (opens and _opener(run, held, loose, passages))
    ]


@lru_cache(maxsize=64)
def _spelled(passages: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The passages word by word in small letters, with marks and without."""
    held = [" ".join(_plain(word) for word in _PIECE.findall(passage)) for passage in passages]
    held = [f" {passage} " for passage in held]
    return held, [f" {re.sub(r'[^0-9a-z]+', ' ', passage)} " for passage in held]


def _runs(text: str) -> list[tuple[list[str], bool]]:
    """Runs of capitalised tokens; the flag says that the run opens a sentence, item or quotation."""
    found: list[tuple[list[str], bool]] = []
    run: list[str] = []
    opens = fresh = True
    for word in _PIECE.findall(text):
        word = word if len(word) == 1 else word.rstrip(".")
        if word[:1].isupper() and word != "I":
            if not run:
                opens = fresh
            run.append(word)
            fresh = False
            continue
        if run:
            found.append((run, opens))
            run = []
        fresh = word in {".", ":", "?", "!", "“", "‘", '"', "'", ";"} or (fresh and not word[0].isalnum())
    if run:
        found.append((run, opens))
    return [(r, o) for r, o in found if not all(t.lower() in _DAYS_AND_MONTHS for t in r)]


def _plain(word: str) -> str:
    word = word.casefold().replace("’", "'").rstrip(".")
    return word.removesuffix("'s").removesuffix("'")


def _held(run: list[str], held: list[str], loose: list[str]) -> bool:
    words = " ".join(_plain(word) for word in run)
    if any(f" {words} " in passage for passage in held):
        return True
    if len(run) == 1:
        if any(f" {re.sub(r'[^0-9a-z]+', ' ', words).strip()} " in passage for passage in loose):
            return True
        return any(words == short and long in passage for short, long in _ALIASES for passage in loose)
    return _spelled_out(words, loose)


def _spelled_out(words: str, loose: list[str]) -> bool:
    """Whether the run stands there when its short forms are written in full (``SEND Tribunal``)."""
    for short, long in _ALIASES:
        if f" {short} " in f" {words} " and any(long in passage for passage in loose):
            rest = f" {words} ".replace(f" {short} ", " ").split()
            return all(any(f" {word} " in passage for passage in loose) for word in rest)
    return False


def _opener(run: list[str], held: list[str], loose: list[str], passages: tuple[str, ...]) -> bool:
    """The first word may be an ordinary one with the capital of a sentence; what follows must be held."""
    if _plain(run[0]) not in _OPENERS and not (len(run) == 1 and said_plainly(run[0], passages)):
        return False
    return len(run) == 1 or _held(run[1:], held, loose)
