"""What is done already, what must be done, and what has happened to a thing. Pure; part of the gate.

"Has paid" is not "will pay", "can review" not "must review", and a word of state (withdrawn, closed,
extended) counts only beside a word that the passage has beside it. A figure belongs to a sentence of the
passage that has something in common with the sentence which gives it.
"""

import re
from collections.abc import Sequence

from pipeline.text.citing.alike import says_the_same
from pipeline.text.citing.context import MODALS, read, sentences_of
from pipeline.text.citing.doers import HAS, NO_WORDS, Line, is_participle, line, lines, own_words
from pipeline.text.words.wording import word_set

_NOT_YET = MODALS | word_set(
    "to whether if cannot plan plans planned proposes proposed propose expects expected"
)
_PERFECT = word_set("has have had was were been")
_LATER = word_set("will shall would")
_STATES = word_set(
    "withdraw withdraws withdrawn withdrew close closes closed closing open opens opened remove removes"
    " removed replace replaces replaced extend extends extended cancel cancels cancelled delay delays delayed"
    " postponed move moves moved end ends ended start starts started begin begins began begun stop stops"
    " stopped suspended"
    " restore restored scrap scraps scrapped abolish abolished launch launches launched merged rename renamed"
    " update updates updated publish publishes published change changes changed appointed resigned approved"
    " reject rejected repealed introduced"
)
_STRENGTHS = ("can", "will", "cannot")
_AS_STRONG = {
    "can": word_set("can may cannot could"),
    "will": word_set("will would shall"),
    "cannot": word_set("cannot can"),
}
_STOPS = word_set("stop stopped stopping avoid avoided avoiding cease ceased refuse refused refusing")
_LENGTHS = word_set("work day week month year school calendar term hour minut minute percent within")
_REFERS = word_set("this that these those it they he she his her their its such there one each both")
_RECORD = re.compile(r"^[A-Z][\w ]{2,20}(?:, [^:]{3,30})?: ")
_STRONG = re.compile(
    r"\b(?:(?<!not )(?<!n’t )(?<!n't )(?:ha(?:ve|s|d) to"
    r"|(?:is|are|be|was|were) (?:legally )?(?:required|obliged)"
    r" to|needs? to))\b",
    re.I,
)
_STRONG_HELD = re.compile(
    r"\b(?:must|shall|ha(?:ve|s|d) to|requir\w+|oblig\w+|need\w*|duty|duties"
    r"|necessary|mandatory|compulsory)\b",
    re.I,
)
_FREE = re.compile(
    r"\b(?:do(?:es)? not|do(?:es)?n['’]t|need not) (?:have|need) to\b"
    r"|\b(?:is|are) not required\b",
    re.I,
)
_FREE_HELD = re.compile(
    r"(?:\b(?:not|no|nobody|nothing|without|never)|n['’]t)\b[^.;]{0,30}"
    r"\b(?:requir\w+|need\w*|ha(?:ve|s) to|oblig\w+|duty|necessary)"
    r"|need not|optional|voluntary|\b(?:may|can) choose",
    re.I,
)


def not_yet_done(text: str, passages: Sequence[str]) -> list[str]:
    """Return each verb that is told as done, where the passages only say that it will, may or should be done.

    And each that "will" be done where the passages say that it was.
    """
    said = line(own_words(text, tuple(passages)))
    found = []
    for at, word in enumerate(said.words):
        if not said.roots[at]:
            continue
        done, later, past = _is_done(said, at), _is_later(said, at), _is_past(said, at)
        if not done and not later and not past:
            continue
        places = [
            (line, i)
            for line in lines(tuple(passages))
            for i, roots in enumerate(line.roots)
            if roots & said.roots[at]
        ]
        if not places:
            continue
        if done and all(_is_open(line, i) for line, i in places):
            found.append(f"{_auxiliary(said, at)} {word}".strip())
        elif past and all(_is_open(line, i) and not is_participle(line.words[i]) for line, i in places):
            found.append(word)
        elif later and all(_is_done(line, i) for line, i in places):
            found.append(f"{_auxiliary(said, at)} {word}".strip())
    return found


def absent_obligations(text: str, passages: Sequence[str]) -> list[str]:
    """Return each "has to", "is required to" and "does not have to" for which the passages have no ground."""
    found = [m.group() for m in _STRONG.finditer(text) if not any(_STRONG_HELD.search(p) for p in passages)]
    found += [m.group() for m in _FREE.finditer(text) if not any(_FREE_HELD.search(p) for p in passages)]
    return found


def _is_done(line: Line, at: int) -> bool:
    word = line.words[at]
    if not is_participle(word):
        return False
    before = line.words[max(0, at - 4) : at]
    if any(w in _NOT_YET for w in before):
        return False
    return any(w in _PERFECT for w in before[-3:])


def _is_past(line: Line, at: int) -> bool:
    """Whether the word may be a plain past: "ended"."""
    word = line.words[at]
    before = line.words[max(0, at - 4) : at]
    return word.endswith("ed") and not any(w in _NOT_YET or w in HAS for w in before)


def _is_later(line: Line, at: int) -> bool:
    before = line.words[max(0, at - 2) : at]
    return any(w in _LATER for w in before) and not is_participle(line.words[at])


def _is_open(line: Line, at: int) -> bool:
    """Whether what the verb says is still to come, or only may, should or is asked to happen."""
    before = line.words[max(0, at - 4) : at]
    return any(w in _NOT_YET for w in before) and not any(w in {"has", "had", "was", "were"} for w in before)


def _auxiliary(line: Line, at: int) -> str:
    return next((w for w in reversed(line.words[max(0, at - 3) : at]) if w in HAS | _LATER), "")


def other_strength(text: str, passages: Sequence[str]) -> list[str]:
    """Return each "can" and "will" in whose place the passages have must, should, may and nothing else."""
    said = line(own_words(text, tuple(passages)))
    found = []
    for at, word in enumerate(said.words):
        if word not in _STRENGTHS or at + 1 >= len(said.words) or not said.roots[at + 1]:
            continue
        verb = said.roots[at + 1]
        theirs = [
            {w for w in source.words[max(0, i - 3) : i] if w in MODALS}
            for source in lines(tuple(passages))
            for i, roots in enumerate(source.roots)
            if roots & verb
        ]
        if theirs and all(modals and not modals & _AS_STRONG[word] for modals in theirs):
            found.append(f"{word} {said.words[at + 1]}")
    return found


def other_state(text: str, passages: Sequence[str]) -> list[str]:
    """Return each word of state that no passage has in a sentence with a word that stands beside it here."""
    said = line(own_words(text, tuple(passages)))
    found = []
    for at, word in enumerate(said.words):
        if word not in _STATES or not said.roots[at]:
            continue
        near = [i for i in (*said.left(at), *said.right(at)) if said.words[i] not in _STATES]
        holding = [
            (source, i)
            for source in lines(tuple(passages))
            if not _RECORD.match(source.text)
            for i, roots in enumerate(source.roots)
            if roots & said.roots[at]
        ]
        if not near or not holding or any(_RECORD.match(p) for p in passages):
            continue
        if not any(
            _refers(source) or any(says_the_same(said.words[n], source.all_roots, NO_WORDS) for n in near)
            for source, _ in holding
        ):
            found.append(word)
    return found


def lost_stops(text: str, passages: Sequence[str]) -> list[str]:
    """Return the stop, avoid or refuse that stands before a verb in every passage, and nowhere here."""
    said = line(text)
    if any(w in _STOPS or w in {"not", "never", "no"} for w in said.words):
        return []
    found = []
    for source in lines(tuple(passages)):
        for at, word in enumerate(source.words[:-1]):
            verb = source.roots[at + 1]
            if word not in _STOPS or not verb & said.all_roots:
                continue
            others = (o for o in lines(tuple(passages)) if o is not source and verb & o.all_roots)
            if not any(others):
                found.append(word)
    return found


def stray_figures(text: str, passages: Sequence[str]) -> list[str]:
    """Return each figure that stands only in sentences which have nothing else in common with this one."""
    said = read(text)
    own = set(said.meaning) - _LENGTHS
    if len(own) < 3:
        return []
    found = []
    for fact in said.facts:
        holding = [
            source
            for source in sentences_of(tuple(passages))
            if any(fact.held_as(other) for other in source.facts)
        ]
        if holding and not any(
            own & set(source.meaning) or source.words[0] in _REFERS or len(source.words) < 8
            for source in holding
        ):
            found.append(fact.written)
    return found


def _refers(source: Line) -> bool:
    """Whether the sentence may speak of what the one before it named."""
    return any(w in _REFERS for w in source.words[:3])
