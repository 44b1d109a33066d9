"""The words of a sentence that none of its passages holds, and its shades of number. Pure; part of the gate.

Every verb, noun and adverb of a sentence needs a form of itself, or a plain word for it, in a passage,
but for the words of grammar and the phrases in frames.py. "Some", "few" and "half" belong to the noun after
them and are neither lost nor gained.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.text.citing.alike import roots_of, says_the_same
from pipeline.text.citing.figures import figures_marked
from pipeline.text.citing.frames import unframed
from pipeline.text.words.wording import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MARK = re.compile(r"¤\d+¤")
_WHOLE_OF_IT = re.compile(
    r"\ball of (?:it|this|the (?=letter|guidance|statement|page|document|speech))|\bsome (?=[£\d])"
    r"|\b(?:each|every) (?=(?:day|week|month|term|year)\b)",
    re.I,
)
_IRREGULAR = {
    "went": "go",
    "gone": "go",
    "goes": "go",
    "gave": "give",
    "given": "give",
    "made": "make",
    "paid": "pay",
}
_PARTS = re.compile(r"[-'’]")
_LETTERS = 5  # that two forms of one word share
_GRAMMAR = word_set(
    "that said compared their theirs there this these those they them with from what when where which"
    " while whose into onto"
    " than then would could should must might shall will have does been were such because through being some"
    " also cannot about cent http https website before after"
    " your yours ours whether here each every very just even like"
)
_REPORTING = word_set(
    "says said saying speech full read called that government government's announcement guidance page"
    " taken apply also statement guide speaker speaker's covers cover covered article recognises"
    " recognised thanks anyone will does given under applies about made have cannot response adds added"
    " been announced announces sets send statistics were report bulletin letter document consultation news"
    " story answer publication asks asked tells told writes wrote written adding topics topic their there"
    " this these those they with from what which when where while into than then them would could should"
    " must might shall needs need able http https website signed england ministers minister department"
    " other such same being because through ministerial asking policy paper publisher's belongs views"
    " passage section link below leads names cent some published publish publishes withdrawn removed moved"
    " changed change changes updated updates update closing closes date renamed renames rename back before"
    " longer stood visit lost"
)
_QUANTITIES = (
    "all every each everyone everybody everything",
    "most mostly", "some somebody someone several", "few", "half halve halves",
    "many", "none nobody", "dozen dozens", "hundred hundreds", "thousand thousands", "both", "always",
    "often",
    "rarely seldom", "hardly scarcely barely", "sometimes", "only solely", "neither",
)  # fmt: skip
_QUANTITY_OF = {word: group.split()[0] for group in _QUANTITIES for word in group.split()}
_LOSABLE = word_set("some most few half none rarely hardly sometimes neither no")
_REACH = 3  # words from a quantity to its noun
_SMALL = word_set(
    "a an the of to in on at by for from with and or but as is are was were be been being it its he she they"
    " them his her their this that these those who which what when where will would can could may might must"
    " shall should has have had do does did not no so if than then there here also up out about into over"
    " under after before within until between i we you our your my us me him any other such own more very"
)


def absent_words(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return the verbs, nouns and adverbs of the sentence that no passage says, and no frame allows."""
    roots, words = _held_by(passages)
    bare = unframed(text, passages)
    return [
        word
        for word in _WORD.findall(_MARK.sub(" ", figures_marked(bare)[0].replace("-¤", " ¤")))
        if not _is_held(word, roots, words)
    ]


def absent_quantities(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return each all, some, few, most, only and the like that no passage says."""
    held = {_QUANTITY_OF.get(w) for passage in passages for w in words_of(passage)}
    own = words_of(_WHOLE_OF_IT.sub(" ", text))
    return [w for w in own if w in _QUANTITY_OF and _QUANTITY_OF[w] not in held]


def lost_quantities(text: str, passages: Sequence[str]) -> list[str]:
    """Return each some, few, half and no that every passage puts before a word, and the sentence does not."""
    own = _counted(words_of(text))
    held: dict[str, set[str]] = {}
    for passage in dict.fromkeys(passages):
        for noun, quantity in _counted(words_of(passage)):
            held.setdefault(noun, set()).add(quantity)
    said: dict[str, set[str]] = {}
    for noun, quantity in own:
        said.setdefault(noun, set()).add(quantity)
    return [
        f"{next(iter(held[noun]))} (left out)"
        for noun, quantities in said.items()
        if noun in held and len(held[noun]) == 1 and held[noun] <= _LOSABLE and not held[noun] <= quantities
    ]


@lru_cache(maxsize=512)
def _counted(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each word of meaning that has at least one of its forms beside a quantity, or none."""
    found = []
    quantity, left = "", 0
    for word in words:
        plain = _QUANTITY_OF.get(word, "no" if word == "no" else "")
        if plain:
            quantity, left = plain, _REACH
            continue
        left -= 1
        if word in _SMALL or len(word) < 4:
            continue
        found.append((stem_of(word), quantity if left >= 0 else ""))
        quantity = ""
    return found


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, without numbers."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


def meaning_of(words: Iterable[str], *, frame: bool = False) -> set[str]:
    """The stems of the words that mean something; those with which a draft reports only with ``frame``."""
    return {stem_of(w) for w in words if len(w) > 2 and w not in _SMALL and (frame or w not in _REPORTING)}


@lru_cache(maxsize=4096)
def stem_of(word: str) -> str:
    """The beginning that the forms of one word share."""
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    plain = _IRREGULAR.get(plain, plain)
    for ending, other in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if plain.endswith(ending) and len(plain) - len(ending) > 2:
            plain = plain.removesuffix(ending) + other
            break
    return plain[:_LETTERS]


def said_plainly(word: str, passages: tuple[str, ...]) -> bool:
    """Whether the word with a capital is a form of a word of the passages, or a plain word for one."""
    return word[1:].islower() and says_the_same(word, *_held_by(passages))


@lru_cache(maxsize=64)
def _held_by(passages: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The roots of all words of the passages, and the words."""
    words = frozenset(
        part
        for passage in passages
        for word in words_of(passage.removeprefix("Publisher: "))
        for part in (word, *_PARTS.split(word))
    )
    return frozenset(root for word in words for root in roots_of(word)), words


def _is_held(word: str, roots: frozenset[str], words: frozenset[str]) -> bool:
    plain = word.casefold()
    if (
        len(word) < 3
        or word[-1].isupper()
        or plain in words
        or _is_free(plain)
        or says_the_same(word, roots, words)
    ):
        return True
    parts = _PARTS.split(plain)
    return len(parts) > 1 and all(
        len(p) < 4 or p in words or _is_free(p) or says_the_same(p, roots, words) for p in parts
    )


def _is_free(plain: str) -> bool:
    return plain in _GRAMMAR or plain in _SMALL or plain in _QUANTITY_OF
