"""Find which of the texts that went is the earlier wording of which that came. Pure.

All against all where there are few; by the rare words they share where there are many. Never pairs two texts
that only have common words in common.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from pipeline.text.words.align import Pair
from pipeline.text.words.normalise import for_comparison
from pipeline.text.words.word_runs import TOKEN

ALIKE = 0.46  # share of the words that stayed; two paragraphs on one subject share about a quarter
FEW = 400  # pairs that are simply all measured
MOST_WORDS = 2_000  # of one text, from its beginning and from its end
COMMON = 20  # a word pair that stands in more texts than this says nothing
TRIED = 3
RARE = 12

_Words = list[str]


def similar_pairs(old: Sequence[str], new: Sequence[str], *, least: float = ALIKE) -> list[Pair]:
    """Return (i, j) of rewordings, both rising, so chosen that as many words as can be have stayed.

    ``least`` is the share of words, 0 to 1, from which two texts count as alike.
    """
    return _heaviest_rising(_likely(old, new, least))


def best_pairs(old: Sequence[str], new: Sequence[str], *, least: float) -> list[Pair]:
    """Return (i, j) of rewordings wherever they stand, each text at most once, the most alike first."""
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    chosen = []
    for i, j, _ in sorted(_likely(old, new, least), key=lambda found: (-found[2], found[0], found[1])):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            chosen.append((i, j))
    return sorted(chosen)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words that two texts (as words) have in the same order, 0 to 1.

    A text that stands nearly whole inside a longer one counts as its earlier wording.
    """
    if not one or not other:
        return 0.0
    if all(word[0].isdigit() for word in (*one, *other)):
        return max(ALIKE, float(Indel.normalized_similarity(one, other)))  # a number in a line of its own
    if max(len(one), len(other)) <= 4:
        letters = fuzz.ratio(" ".join(one), " ".join(other)) / 100
        return float(letters) if letters >= 0.6 else 0.0
    share = float(Indel.normalized_similarity(one, other))
    if share < ALIKE and min(len(one), len(other)) >= 10:
        common = share * (len(one) + len(other)) / 2
        if common / min(len(one), len(other)) >= 0.85:
            return ALIKE
    return share


def words_of(text: str) -> _Words:
    """Return the words and marks of a text in their normalised form, small letters, cut when very long."""
    words = TOKEN.findall(for_comparison(text).lower())
    return words if len(words) <= 2 * MOST_WORDS else words[:MOST_WORDS] + words[-MOST_WORDS:]


def _likely(old: Sequence[str], new: Sequence[str], least: float) -> list[tuple[int, int, float]]:
    if not old or not new:
        return []
    before, after = [words_of(text) for text in old], [words_of(text) for text in new]
    tries: Iterable[Pair]
    if len(old) * len(new) <= FEW:
        tries = ((i, j) for i in range(len(old)) for j in range(len(new)))
    else:
        tries = _sharing_rare_words(before, after)
    found = ((i, j, likeness(before[i], after[j])) for i, j in tries if _could_be(before[i], after[j]))
    return [one for one in found if one[2] >= least]


def _could_be(one: _Words, other: _Words) -> bool:
    short, long = sorted((len(one), len(other)))
    return short * 4 >= long or short >= 10


def _sharing_rare_words(before: Sequence[_Words], after: Sequence[_Words]) -> list[Pair]:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, words in enumerate(after):
        for shingle in _shingles(words):
            if len(places[shingle]) <= COMMON:
                places[shingle].append(j)
    tries: list[Pair] = []
    for i, words in enumerate(before):
        rare = sorted(
            (len(found), shingle)
            for shingle in _shingles(words)
            if (found := places.get(shingle)) and len(found) <= COMMON
        )[:RARE]
        votes: Counter[int] = Counter(j for _, shingle in rare for j in places[shingle])
        best = sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - i), vote[0]))[:TRIED]
        tries.extend(sorted((i, j) for j, _ in best))
    return tries


def _shingles(words: _Words) -> set[tuple[str, str]]:
    return set(zip(["", *words], [*words, ""], strict=True))


def _heaviest_rising(found: Sequence[tuple[int, int, float]]) -> list[Pair]:
    """Choose pairs with both numbers rising and the greatest sum of likeness. O(n log n)."""
    tails: list[int] = []  # the new number at which a chain ends; rising, as is its weight
    tops: list[tuple[float, int]] = []  # that chain's weight and its last link
    links: list[tuple[Pair, int]] = []
    for i, j, weight in sorted(found, key=lambda one: (one[0], -one[1])):
        at = bisect_left(tails, j)
        best, link = tops[at - 1] if at else (0.0, -1)
        total = best + weight
        if at < len(tails) and tails[at] == j and tops[at][0] >= total:
            continue
        end = at
        while end < len(tails) and tops[end][0] <= total:
            end += 1
        links.append(((i, j), link))
        tails[at:end] = [j]
        tops[at:end] = [(total, len(links) - 1)]
    chosen: list[Pair] = []
    link = tops[-1][1] if tops else -1
    while link >= 0:
        pair, link = links[link]
        chosen.append(pair)
    return chosen[::-1]
