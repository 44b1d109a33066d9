"""What governs a clause of a passage (a doubt, a condition, a refusal) and may not be lost. Pure.

Part of the gate in gate.py. A sentence follows the source sentence that holds most of its words. What stands
over those words there (may, proposes, denied, unless, in Wales) must stand in the sentence as well.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.citing.words import meaning_of, words_of
from pipeline.text.words.patterns import pattern
from pipeline.text.words.sentences import split_sentences

_FOLLOWED = 0.66  # share of the sentence's words that the clause or sentence has
_EDGE = re.compile(
    r"[;:]|,? (?:and|but) "
    r"(?=(?:(?:the|a|an|that) )?\w+ (?:must|should|may|can|will|could|have|has|are|is|do|does)\b)"
    r"|,? but (?=that\b)"
    r"|, (?=and|but|which|so|when|while|although)"
)
_GOVERNORS = tuple(
    (name, pattern(rf"\b(?:{words})\b", re.I))
    for name, words in (
        ("may", r"may(?! \d)|might"),  # not the month
        ("could", r"could|would(?! like)"),
        ("propose", r"propos\w+|minded to"),
        ("consider", r"consider(?:s|ed|ing)?"),
        ("deny", r"den(?:y|ies|ied)|reject(?:s|ed)?"),
        ("refuse", r"refus(?:e|es|ed|ing)|declin(?:e|es|ed)"),
        ("fail", r"fail(?:s|ed|ure)?"),
        ("stop", r"stop(?:s|ped|ping)?|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|ceas(?:e|es|ed)"),
        ("claim", r"claim(?:s|ed)? that|critics|described? [^.]{2,40} as|alleg\w+|argu(?:e|es|ed) that"),
        ("had to", r"had to"),
        ("expected", r"expect(?:s|ed)?(?: (?!that\b)[\w’-]+){0,5} to"),
        ("whether", r"whether"),
        ("if", r"if|where (?:a|an|the)|provided that|as long as|subject to|in case"),
        ("unless", r"unless|except|excluding those|apart from|other than"),
        ("only", r"only|solely"),
        ("hardly", r"hardly|scarcely|barely|rarely|seldom"),
        ("pilot", r"in the pilot|in a pilot|trial"),
        ("Wales", r"in wales|in scotland|in northern ireland"),
        ("no longer", r"no longer"),
        ("not true", r"not true|untrue|not the case|false that|no evidence that"),
        ("not", r"not|never|cannot|nobody|nothing|neither|nor|no|none|\w+n['’]t|without|lack\w*"),
    )
)  # fmt: skip
_SAME = {
    "could": {"may", "propose"},
    "may": {"could"},
    "not true": {"not"},
    "not": {"hardly", "fail", "refuse", "deny"},
    "no longer": {"not"},
    "unless": {"if", "only"},
    "only": {"unless"},
    "fail": {"not"},
    "refuse": {"not"},
    "stop": {"not"},
    "hardly": {"not"},
    "deny": {"not"},
    "expected": {"could"},
    "pilot": set(),
    "claim": set(),
}
_WHO = re.compile(r"\b(?:who|whose|when|once)\b", re.I)
_ASIDE = re.compile(r" – [^–]{4,200} – | \([^()]{4,200}\)")


class _Clause(NamedTuple):
    stems: frozenset[str]
    governors: frozenset[str]
    question: bool
    single: bool  # no sentence of several clauses


def lost_governors(text: str, passages: Sequence[str]) -> list[str]:
    """Return what stands over the sentence's words in the passage and is missing from the sentence."""
    bare = _ASIDE.sub(" ", text)  # an explanation that a draft puts in is no part of what it follows
    own = meaning_of(words_of(bare))
    everything = meaning_of(words_of(bare), frame=True)
    if len(own) < 3:
        own = everything
    if not own:
        return []
    clauses = [c for passage in dict.fromkeys(passages) for c in _clauses(passage)]
    shares = [len(own & clause.stems) / len(own) for clause in clauses]
    best = max(shares, default=0.0)
    if best < _FOLLOWED:
        return []
    followed = [c for c, share in zip(clauses, shares, strict=True) if share == best]
    followed = [c for c in followed if c.single] or followed
    held = _governors(text)
    followed = [c if c.single else _of_pieces(c, clauses, everything) for c in followed]
    missing = [_missing(clause, held, text) for clause in followed]
    if not all(missing):
        return []
    least = min(missing, key=len)
    return [f"{name} (left out)" for name in least]


def _of_pieces(whole: _Clause, clauses: Sequence[_Clause], own: set[str]) -> _Clause:
    """The sentence with what governs those of its clauses that are said, where several are."""
    pieces = [c for c in clauses if c.single and c.stems < whole.stems]
    most = max((len(own & c.stems) for c in pieces), default=0)
    told = [c for c in pieces if len(own & c.stems) == most or len(own & c.stems) >= len(c.stems) / 2]
    return whole._replace(
        governors=frozenset(g for c in told for g in c.governors) if told else whole.governors
    )


def asked_only(text: str, passages: Sequence[str]) -> list[str]:
    """Return the sentence where its passage asks it as a question, and nothing else says it."""
    if "?" in text:
        return []
    own = frozenset(meaning_of(words_of(text)))
    followed = [c for p in dict.fromkeys(passages) for c in _clauses(p) if own and own <= c.stems]
    return [text] if followed and all(clause.question for clause in followed) else []


def _missing(clause: _Clause, held: frozenset[str], text: str) -> list[str]:
    if _WHO.search(text):
        held |= {"if"}  # "parents who cannot agree" is "if the parents cannot agree"
    spare = held - clause.governors  # what the sentence says in the place of another word
    return sorted(g for g in clause.governors if g not in held and not _SAME.get(g, set()) & spare)


@lru_cache(maxsize=256)
def _clauses(passage: str) -> tuple[_Clause, ...]:
    """The sentences of the passage and their clauses, each with what governs it."""
    found = []
    for sentence in split_sentences(passage):
        pieces = [piece for piece in _EDGE.split(sentence) if piece.strip()]
        for piece in dict.fromkeys([*pieces, sentence]):
            governors = _governors(piece)
            stems = frozenset(meaning_of(words_of(piece), frame=True))
            asked = sentence.rstrip('”"’ ').endswith("?")
            found.append(_Clause(stems, governors, asked, len(pieces) == 1 or piece != sentence))
    return tuple(found)


@lru_cache(maxsize=1024)
def _governors(text: str) -> frozenset[str]:
    return frozenset(name for name, words in _GOVERNORS if words.search(text))
