"""The gate: what a sentence says that its cited passages do not hold. Pure.

Held side by side are dates, numbers with their unit, quotations, names, roles, duties and negations,
whoever wrote the sentence. Never repairs a sentence: it is kept or refused. A sentence that is a whole
sentence of one of its passages is supported by definition.
"""

import re

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.cite_figures import absent_figures
from pipeline.text.cite_names import absent_names
from pipeline.text.sentences import split_sentences
from pipeline.text.wording import tidy, word_set

_QUOTED = re.compile(r"“([^“”]+)”|(?<![^\s(])\"([^\"]+)\"|(?<![^\s(])‘([^‘’]*(?:’(?=\w)[^‘’]*)*)’")
_TOKEN = re.compile(r"[^\W_][\w’'-]*")
_NOT = r"not|no|never|none|nor|neither|cannot|without|nobody|nothing|\w+n[’']t"
_NEGATIVE = re.compile(
    rf"\b(?:{_NOT}|unless|except|unlawful|illegal|unacceptable|refused?|ban(?:ned)?)\b", re.I
)
_DENIED = re.compile(rf"\b(?:{_NOT})\b", re.I)
_DUTY = re.compile(
    r"\b(?:must|shall|should|may|might|could|entitled|duty|duties|right|rights|legally|statutory)\b", re.I
)
_ROLE = re.compile(
    r"\b(?:ministers?|secretary|secretaries|directors?|commissioners?|chair|chief executive"
    r"|inspectors?|president)\b",
    re.I,
)
_PLAIN_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_EMPTY_WORDS = word_set(
    "that this with from have has been will would they them their there these those which when what "
    "where says said also letter guidance statement announcement government document"
)


def unsupported(sentence: Sentence) -> tuple[str, ...]:
    """Return the numbers, dates, names, roles, quotations, duties and negations that no passage holds.

    Empty when the sentence is supported. A sentence without citations is not: its text is returned.
    A negation that the passage has and the sentence lost is returned as ``not (left out)``.
    """
    if not sentence.citations:
        return (sentence.text,)
    text = tidy(sentence.text)
    passages = tuple(tidy(citation.passage) for citation in sentence.citations)
    if not text or any(text in split_sentences(passage) for passage in passages):
        return ()
    missing = [
        *_absent_quotations(text, passages),
        *absent_figures(text, passages),
        *absent_names(text, passages),
        *_absent_words(_ROLE, text, passages),
        *_absent_words(_DUTY, text, passages),
        *_absent_negations(text, passages),
    ]
    return tuple(dict.fromkeys(missing))


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
        if not any(_stands_in(whole, passage) for passage in held):
            found.append(quotation)
    return found


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


def _absent_words(pattern: re.Pattern[str], text: str, passages: tuple[str, ...]) -> list[str]:
    held = {_singular(w) for passage in passages for w in pattern.findall(passage)}
    return [word for word in pattern.findall(text) if _singular(word) not in held]


def _singular(word: str) -> str:
    plain = word.casefold()
    return {"secretaries": "secretary", "duties": "duty"}.get(plain, plain.removesuffix("s"))


def _absent_negations(text: str, passages: tuple[str, ...]) -> list[str]:
    held = {_negation(w) for passage in passages for w in _NEGATIVE.findall(passage)}
    found = [word for word in _NEGATIVE.findall(text) if _negation(word) not in held]
    return found or _lost_negation(text, passages)


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
