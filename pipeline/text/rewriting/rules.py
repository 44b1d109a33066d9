"""What a proposed wording must be before the gate looks at it: one plain British sentence. Pure.

Speaks of form, not of truth, but for what only the old sentence can tell: its figures, names, duties and
conditions must stay, and no new strength may come in. Each refusal is a reason in words.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.drafts import Sentence
from pipeline.text.citing.context import DUTIES, read
from pipeline.text.citing.figures import absent_figures
from pipeline.text.citing.names import absent_names
from pipeline.text.citing.places import people_in_order
from pipeline.text.words.boilerplate import has_contact_details, is_boilerplate
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.whole import is_whole
from pipeline.text.words.wording import tidy, word_count, word_set

LONGEST = 700  # letters
MORE_WORDS = 6  # that a wording may have than the sentence it replaces
HEADLINE_WORDS = range(5, 15)
_MARKUP = re.compile(r"[*_`#|<>\[\]{}\\~^=]|^\s*(?:[-–—•+]|\d{1,2}[.)])\s")
_PLAIN = frozenset("£€–—‘’“”…é%&'\"()/,.;:?!- ")
_HOST = re.compile(r"\b[\w-]+\.[a-z]{2,}\b|\w@\w|\bwww\b|://", re.I)
_ORDERS = re.compile(r"\b(?:ignore|disregard|forget|override)\b.*\b(?:instructions?|prompts?|rules)\b", re.I)
_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|you|your|yours)\b", re.I)
_AMERICAN = re.compile(
    r"\b(?:\w{3,}(?:[iy]ze[ds]?|[iy]zing|ization)|colors?|behaviors?|centers?|favors?|labors?|enroll"
    r"|fulfill|counselors?|programs?|paras|math|learned helplessness|kindergarten|district attorney)\b",
    re.I,
)
_NOT_AMERICAN = word_set("size sized sizes sizing prize prizes prized seize seized seizes capsize")
_STRENGTH = re.compile(
    r"\b(?:ha(?:ve|s|d) to|needs? to|obliged|required|compelled|forced|mandatory|compulsory|guarantee[ds]?"
    r"|always|immediately|urgent(?:ly)?|only|every|all|any|at once|illegal|crime|criminal|banned|forbidden"
    r"|at least|at most|up to|more than|less than|fewer than|no more than|expected|entitled|promis\w+)\b",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:they|them|themselves|he|him|she|her|it|itself|this|these|those|who)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:only|except\w*|unless|if|until|where|when|provided|subject to|at least|at most|up to|more than"
    r"|less than|fewer than|some|many|most|mainly|normally|usually|sometimes|still|further|first|last|could"
    r"|would|propos\w+|plans?|intends?|consider\w*)\b",
    re.I,
)
_ENGLISH = word_set(
    "the a an of to in and for that on with is are has have it be by as from at this will must should may "
    "can not who their they which or was were been said says more its also about how when"
)
_TOKEN = re.compile(r"[^\W\d_]+")
LEAST_ENGLISH = 0.2  # share of the commonest English words
LEAST_SHARED = 0.5  # share of the words of meaning that the passages have
LEAST_KEPT = 0.65  # share of the old sentence's words of meaning that stay


def faults_of_wording(new: Sentence, old: Sentence, *, headline: bool) -> tuple[str, ...]:
    """Return what speaks against the wording ``new`` in the place of ``old``; empty when nothing does."""
    text = new.text
    if len(text) > LONGEST:
        return (f"it is longer than {LONGEST} letters",)
    if not text.strip():
        return ("it is empty",)
    passages = tuple(tidy(citation.passage) for citation in new.citations)
    source = " ".join((old.text, *passages))
    return tuple(
        dict.fromkeys(
            [
                *_form(text, old.text, headline=headline),
                *_language(text, old.text, source),
                *_substance(text, old.text, source),
            ]
        )
    )


def _form(text: str, old: str, *, headline: bool) -> Iterator[str]:
    if text != tidy(text):
        yield "it holds line breaks or characters that nobody sees"
    if strange := {c for c in text if not _ordinary(c) and c not in old}:
        yield f"it holds the character {unicodedata.name(min(strange), 'without a name').lower()}"
    if _MARKUP.search(text):
        yield "it holds mark-up or a bullet"
    if has_contact_details(text) or _HOST.search(text):
        yield "it holds a link, an address or a telephone number"
    elif _ORDERS.search(text) or (is_boilerplate(text) and not is_boilerplate(old)):
        yield "it reads like a notice or an instruction, and not like news"
    words = word_count(text)
    if headline:
        if words not in HEADLINE_WORDS:
            yield f"a headline has {HEADLINE_WORDS[0]} to {HEADLINE_WORDS[-1]} words, and this has {words}"
        if text.endswith((".", "!", "?", ":")) or len(split_sentences(text)) != 1:
            yield "a headline is one line without a full stop"
    else:
        if len(split_sentences(text)) != 1 or not is_whole(text):
            yield "it is not one whole sentence"
        if words > word_count(old) + MORE_WORDS:
            yield f"it is longer than the sentence that it replaces: {words} words"
    if _repeated(text) > _repeated(old):
        yield "it repeats itself"


def _language(text: str, old: str, source: str) -> Iterator[str]:
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    if sum(token in _ENGLISH for token in tokens) < LEAST_ENGLISH * len(tokens) and len(tokens) > 5:
        yield "it does not read like English"
    held = {token.casefold() for token in _TOKEN.findall(source)}
    for match in _AMERICAN.finditer(text):
        if match.group().casefold() not in held | _NOT_AMERICAN:
            yield f"“{match.group()}” is not British spelling"
    persons = {w.casefold() for w in _PERSON.findall(old)}
    for word in _PERSON.findall(text):
        if word.casefold() not in persons and word != "US":
            yield f"“{word}” speaks as somebody, or to somebody, and the sentence did not"


def _substance(text: str, old: str, source: str) -> Iterator[str]:
    for figure in absent_figures(old, (text,)):
        yield f"{figure} was left out"
    for name in absent_names(old, (text,)):
        yield f"the name {name} was left out"
    said, meant = set(read(text).words), set(read(old).words)
    for duty in sorted((meant & DUTIES) - said):
        yield f"“{duty}” was left out"
    for match in _CONDITION.finditer(old):
        if not re.search(rf"\b{re.escape(match.group())}\b", text, re.I):
            yield f"“{match.group()}” was left out"
    people = people_in_order(old)
    if [who for who in people_in_order(text) if who in people] != people:
        yield "the people and bodies are not those of the sentence, in its order"
    pronouns = {word.casefold() for word in _PRONOUN.findall(old)}
    for word in _PRONOUN.findall(text):
        if word.casefold() not in pronouns:
            yield f"“{word}” may be anybody"
    for match in _STRENGTH.finditer(text):
        if not re.search(rf"\b{re.escape(match.group())}\b", source, re.I):
            yield f"“{match.group()}” is stronger than the passage"
    meaning = read(text).meaning
    before = set(read(old).meaning)
    if len(before & set(meaning)) < LEAST_KEPT * len(before):
        yield "much of the sentence was left out"
    held = set(read(source).meaning)
    held |= {word for run in held for word in run.split()}
    shared = sum(all(part in held for part in word.split()) for word in meaning)
    if meaning and shared < LEAST_SHARED * len(meaning):
        yield "most of its words are not those of the passage"


def _repeated(text: str) -> int:
    """How many runs of three words, and words on end, come more than once."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    threes = [tuple(tokens[at : at + 3]) for at in range(len(tokens) - 2)]
    on_end = [one for one, other in pairwise(tokens) if one == other]
    return len(threes) - len(set(threes)) + len(on_end)


def _ordinary(character: str) -> bool:
    return character in _PLAIN or (character.isascii() and character.isalnum())
