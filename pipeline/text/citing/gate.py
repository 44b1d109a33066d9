"""The gate: what a sentence says that its cited passages do not hold. Pure.

Held side by side are dates, numbers with their unit, quotations, names, roles, duties and negations,
whoever wrote the sentence. Never repairs a sentence: it is kept or refused. A sentence that is a whole
sentence of one of its passages is supported by definition.

It compares words and their nearness, and knows no grammar. So it cannot tell: who is meant by "it" or "they";
a word that comes from another sentence of the same passage and is joined to this one by grammar alone ("must
be made to the council", where the council is spoken of in the sentence before); an exchange of two parties
in which the voice changes as well; a true conclusion from two figures, and every true sentence in words for
which alike.py knows no pair: those it refuses.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.bounds import broken_ranges, changed_bounds
from pipeline.text.citing.context import DENIALS
from pipeline.text.citing.deeds import (
    absent_obligations,
    lost_stops,
    not_yet_done,
    other_state,
    other_strength,
    stray_figures,
)
from pipeline.text.citing.denials import lost_denials, lost_duties, misplaced_denials
from pipeline.text.citing.doers import exchanged, other_doers
from pipeline.text.citing.figures import absent_figures, absent_periods
from pipeline.text.citing.frames import other_kinds
from pipeline.text.citing.governed import asked_only, lost_governors
from pipeline.text.citing.names import absent_names
from pipeline.text.citing.people import mispaired_offices, wrong_addressees
from pipeline.text.citing.places import (
    misplaced_duties,
    misplaced_figures,
    misplaced_names,
    misplaced_people,
    misplaced_periods,
    turned_round,
)
from pipeline.text.citing.words import absent_quantities, absent_words, lost_quantities
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_set

_QUOTED = re.compile(r"“([^“”]+)”|(?<![^\s(])\"([^\"]+)\"|(?<![^\s(])‘([^‘’]*(?:’(?=\w)[^‘’]*)*)’")
_TOKEN = re.compile(r"[^\W_][\w’'-]*")
_NEGATIVE = re.compile(
    rf"\b(?:{DENIALS}|unless|except|unlawful|illegal|unacceptable|refused?|ban(?:ned)?)\b", re.I
)
_DENIED = re.compile(rf"\b(?:{DENIALS})\b", re.I)
_DUTY = re.compile(
    r"\b(?:must|shall|should|may|might|could|entitled|duty|duties|right|rights|legally|statutory)\b", re.I
)
_ROLE = re.compile(
    r"\b(?:ministers?|secretary|secretaries|directors?|commissioners?|chair|chief executive"
    r"|inspectors?|president)\b",
    re.I,
)
_PLAIN_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_SPELLINGS = (
    (re.compile(r"\b([Hh])ead[ -]teacher"), r"\1eadteacher"),
    (re.compile(r"\b(must|should|may) never\b"), r"\1 not"),
    (re.compile(r"\b(?:went|gone|goes|go) up\b(?= (?:by|to|from)\b)"), "rose"),
    (re.compile(r"\b(?:went|gone|goes|go) down\b(?= (?:by|to|from)\b)"), "fell"),
)
_EMPTY_WORDS = word_set(
    "that this with from have has been will would they them their there these those which when what "
    "where says said also letter guidance statement announcement government document"
)


class Fault(NamedTuple):
    """One thing that the passages do not hold. ``why`` is a format for the words, fit for a person."""

    words: str
    why: str

    @property
    def reason(self) -> str:
        """In words: ``names “October”, which the passage does not hold``."""
        return self.why.format(self.words)


def unsupported(sentence: Sentence) -> tuple[str, ...]:
    """Return the numbers, dates, names, roles, quotations, duties and negations that no passage holds.

    Empty when the sentence is supported. A sentence without citations is not: its text is returned.
    A negation that the passage has and the sentence lost is returned as ``not (left out)``.
    """
    return tuple(dict.fromkeys(fault.words for fault in faults_of(sentence)))


def reasons(sentence: Sentence) -> tuple[str, ...]:
    """Why the gate refuses the sentence, in words for a person to read; empty when it does not."""
    return tuple(dict.fromkeys(fault.reason for fault in faults_of(sentence)))


def faults_of(sentence: Sentence) -> tuple[Fault, ...]:
    """Everything that speaks against the sentence, the plainest first."""
    if not sentence.citations:
        return (Fault(sentence.text, "no passage is cited for “{}”"),)
    text = tidy(sentence.text)
    passages = tuple(_tidy(citation.passage) for citation in sentence.citations)
    if not text or any(text in passage and text in split_sentences(passage) for passage in passages):
        return ()
    text, passages = _spelled(text), tuple(_spelled(passage) for passage in passages)
    absent = [Fault(words, why) for check, why in _ABSENT for words in check(text, passages)]
    seen = {fault.words for fault in absent}
    misplaced = [Fault(words, why) for check, why in _MISPLACED for words in check(text, passages)]
    return (*absent, *(fault for fault in misplaced if fault.words not in seen))


@lru_cache(maxsize=256)
def _tidy(passage: str) -> str:
    return tidy(passage)


@lru_cache(maxsize=512)
def _spelled(text: str) -> str:
    """The text in one spelling, where two are usual and mean the same."""
    for pattern, plain in _SPELLINGS:
        text = pattern.sub(plain, text)
    return text


def supported(text: str, *citations: Citation) -> Sentence | None:
    """The sentence with its citations, or None when the gate refuses it."""
    sentence = Sentence(tidy(text), tuple(dict.fromkeys(citations)))
    return None if unsupported(sentence) else sentence


def _absent_quotations(text: str, passages: tuple[str, ...]) -> list[str]:
    held = [passage.translate(_PLAIN_MARKS) for passage in passages]
    found = []
    for match in _QUOTED.finditer(text):
        quotation = next(group for group in match.groups() if group is not None)
        plain = quotation.translate(_PLAIN_MARKS).strip()
        whole = plain.removesuffix(".").removesuffix(",")
        if not any(
            _stands_in(first + whole[1:], passage)
            for passage in held
            for first in _either_case(whole, spoken=match[1] is not None)
        ):
            found.append(quotation)
    return found


def _either_case(words: str, *, spoken: bool) -> tuple[str, ...]:
    """The first letter as it is; of speech, not of a title, also as the capital that opens a sentence."""
    return (words[:1], words[:1].upper()) if spoken and words[:1].islower() and " " in words else (words[:1],)


def _stands_in(words: str, passage: str) -> bool:
    """Whether the words stand in the passage, and not as a part of longer words."""
    start = passage.find(words)
    while start >= 0 and words:
        end = start + len(words)
        if not (passage[start - 1 : start].isalnum() and words[0].isalnum()) and not (
            passage[end : end + 1].isalnum() and words[-1].isalnum()
        ):
            return True
        start = passage.find(words, start + 1)
    return False


def _absent_roles(text: str, passages: tuple[str, ...]) -> list[str]:
    return _absent_words(_ROLE, text, passages)


def _absent_duties(text: str, passages: tuple[str, ...]) -> list[str]:
    return _absent_words(_DUTY, text, passages)


def _absent_words(pattern: re.Pattern[str], text: str, passages: tuple[str, ...]) -> list[str]:
    held = {_singular(w) for passage in passages for w in pattern.findall(passage)}
    return [word for word in pattern.findall(text) if _singular(word) not in held]


def _singular(word: str) -> str:
    plain = word.casefold()
    return {"secretaries": "secretary", "duties": "duty"}.get(plain, plain.removesuffix("s"))


def _absent_negations(text: str, passages: tuple[str, ...]) -> list[str]:
    held = {_negation(w) for passage in passages for w in _NEGATIVE.findall(passage)}
    return [word for word in _NEGATIVE.findall(text) if _negation(word) not in held]


def _negation(word: str) -> str:
    plain = word.casefold().replace("’", "'")
    return "not" if plain.endswith("n't") or plain == "cannot" else plain


def _lost_negation(text: str, passages: tuple[str, ...]) -> list[str]:
    """Whether the source sentence that the text follows denies something that the text affirms."""
    own = _content(text)
    if len(own) < 3:
        return []
    words = set(own)
    for passage in passages:
        for source in split_sentences(passage):
            tokens = _TOKEN.findall(source)
            spots = [i for i, token in enumerate(tokens) if token.casefold() in words]
            if len({tokens[i].casefold() for i in spots}) < 0.8 * len(words):
                continue
            denied = _DENIED.findall(" ".join(tokens[spots[0] : spots[-1] + 1]))
            if len(denied) > len(_DENIED.findall(text)):
                return ["not (left out)"]
    return []


def _content(text: str) -> list[str]:
    tokens = (token.casefold() for token in _TOKEN.findall(text))
    return [t for t in tokens if len(t) > 3 and t not in _EMPTY_WORDS and not _DENIED.fullmatch(t)]


_Check = Callable[[str, tuple[str, ...]], list[str]]
_ABSENT: tuple[tuple[_Check, str], ...] = (
    (_absent_quotations, "quotes “{}”, which the passage does not hold word for word"),
    (absent_figures, "gives {}, which the passage does not hold"),
    (absent_periods, "names “{}”, which the passage does not hold"),
    (absent_names, "names “{}”, which the passage does not hold"),
    (_absent_roles, "names the office “{}”, which the passage does not hold"),
    (_absent_duties, "the passage does not say “{}”"),
    (absent_quantities, "the passage does not say “{}”"),
    (absent_words, "says “{}”, which the passage does not hold"),
    (other_kinds, "calls it a “{}”, and the record says that it is something else"),
    (_absent_negations, "denies with “{}”, which the passage does not hold"),
    (_lost_negation, "a negation of the passage is missing: {}"),
)
_MISPLACED: tuple[tuple[_Check, str], ...] = (
    (wrong_addressees, "the passage does not say that anybody wrote to {}"),
    (mispaired_offices, "the passage does not give this office to this person: {}"),
    (misplaced_figures, "{} is in the passage, but not said of this"),
    (misplaced_duties, "“{}” is in the passage, but not said of this"),
    (lost_duties, "the passage says “{}” here, and the sentence does not"),
    (misplaced_denials, "“{}” is in the passage, but not said of this"),
    (lost_denials, "a negation of the passage is missing: {}"),
    (misplaced_periods, "“{}” is in the passage, but not said of this"),
    (misplaced_names, "names “{}” where the passage names another"),
    (misplaced_people, "the passage does not say this of “{}”"),
    (changed_bounds, "the passage does not say “{}” of this"),
    (broken_ranges, "the passage gives {} as one end of a range"),
    (lost_quantities, "a limit of the passage is missing: {}"),
    (lost_governors, "what the passage makes this depend on is missing: {}"),
    (asked_only, "the passage only asks “{}”"),
    (absent_obligations, "the passage does not say “{}”"),
    (other_doers, "says this of “{}”, and the passage says it of another"),
    (exchanged, "puts “{}” where the passage has another: it is turned round"),
    (other_strength, "the passage does not say “{}” of this"),
    (other_state, "the passage does not say “{}” of this"),
    (lost_stops, "the passage says “{}” here, and the sentence does not"),
    (stray_figures, "{} is in the passage, but not said of this"),
    (not_yet_done, "says “{}”, and in the passage that is still to come, or over already"),
    (turned_round, "the passage says the opposite of “{}” here"),
)
