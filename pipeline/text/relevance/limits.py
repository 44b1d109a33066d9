"""Find what limits a verdict: a kind of document that never brings SEND news, or another nation.

An honours list is full of SEND and says nothing about it; Wales, Scotland and Northern Ireland have
systems of their own. This module never adds to a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.changes import Verdict
from pipeline.text.relevance.lexicon import Kind, Lexicon, Nation
from pipeline.text.relevance.mentions import Passage, quote
from pipeline.text.words.terms import Phrase, Searchable, searchable


@dataclass(frozen=True, slots=True)
class Limit:
    """The best verdict that is left, why, and the words that show it."""

    name: str
    cap: Verdict
    where: str
    quote: str


def find_limits(
    title: Searchable,
    publishers: Sequence[str],
    passages: Sequence[Passage],
    lexicon: Lexicon,
    *,
    applies_to: str = "",
) -> tuple[Limit, ...]:
    """Find every limit, the strictest first. ``applies_to``: the publisher's list of nations, or empty."""
    if applies_to and not any(word.first(searchable(applies_to)) for word in lexicon.england):
        return (Limit(f"{applies_to}, not England", Verdict.NOT, "publisher", applies_to),)
    kinds = (_of_kind(kind, title, passages) for kind in lexicon.kinds)
    nations = (_of_nation(nation, title, publishers, passages, lexicon) for nation in lexicon.nations)
    found = [limit for limit in (*kinds, *nations) if limit]
    return tuple(sorted(found, key=lambda limit: (limit.cap is not Verdict.NOT, limit.name)))


def _of_kind(kind: Kind, title: Searchable, passages: Sequence[Passage]) -> Limit | None:
    texts = [("title", title)]
    if not kind.title_only:
        texts += [("body", passage.text) for passage in passages]
    counts = [_count(word, texts) for word in kind.words]
    words = sum(passage.words for passage in passages)
    enough = sum(counts) >= max(kind.repeats, kind.per_thousand_words * words / 1000)
    if not enough or sum(count > 0 for count in counts) < kind.different:
        return None
    return Limit(kind.name, kind.cap, *_shown(kind.words, texts))


def _of_nation(
    nation: Nation,
    title: Searchable,
    publishers: Sequence[str],
    passages: Sequence[Passage],
    lexicon: Lexicon,
) -> Limit | None:
    named = searchable(*publishers)
    for word in nation.publishers:
        if word.first(named):
            return Limit(f"{nation.name}, not England", Verdict.NOT, "publisher", " / ".join(publishers))
    texts = [("title", title), *(("body", passage.text) for passage in passages)]
    title_only = texts[:1]
    if any(_count(word, title_only) for word in nation.title) and not any(
        _count(word, title_only) for word in lexicon.england
    ):
        return Limit(f"{nation.name}, not England", Verdict.NOT, "title", title.plain)
    foreign = sum(_count(word, texts) for word in nation.words)
    if foreign >= 3 and foreign > 2 * sum(_count(word, texts) for word in lexicon.england):
        return Limit(f"{nation.name}, not England", Verdict.NOT, *_shown(nation.words, texts))
    return None


def _count(word: Phrase, texts: Sequence[tuple[str, Searchable]]) -> int:
    return sum(1 for _, text in texts for _ in word.spans(text))


def _shown(words: Sequence[Phrase], texts: Sequence[tuple[str, Searchable]]) -> tuple[str, str]:
    """Where the first of the words stands, and the words around it."""
    for where, text in texts:
        for word in words:
            if span := word.first(text):
                return where, quote(text, *span)
    return "body", ""
