"""Make pipeline/text/weighing/real_words.txt anew from SCOWL's British word lists.

    apt-get install wbritish wbritish-small      # Debian's packages of the lists
    python scripts/make_real_words.py /usr/share/dict/british-english /usr/share/dict/british-english-small

Kept are the words of five letters and more that are one slip of the pen away from another word: a letter too
many or too few, two that changed places, or one vowel for another. The smaller list says which words people
use; a pair of two rare words is left out, and so is a word beside its own plural or past.
"""

import argparse
import textwrap
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import OSA

TARGET = Path(__file__).resolve().parents[1] / "pipeline" / "text" / "weighing" / "real_words.txt"
VOWELS = frozenset("aeiou")
ENDINGS = ("s", "d", "r", "y", "e", "n")


def main() -> None:
    """Write the list; its licence, in the lines that begin with a number sign, stays."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    given = parser.parse_args()
    common = words_of(given.small)
    found = near_words(words_of(given.large) | common, common)
    head = [line for line in TARGET.read_text("utf-8").splitlines() if line.startswith("#")]
    TARGET.write_text("\n".join([*head, textwrap.fill(" ".join(sorted(found)), 110), ""]), "utf-8")
    print(f"{len(found):,} words written to {TARGET}")


def words_of(path: Path) -> set[str]:
    """The plain words of a list: five letters and more, no capitals, no apostrophes."""
    listed = path.read_text("utf-8").split()
    return {word for word in listed if word.isascii() and word.isalpha() and word.islower() and len(word) > 4}


def near_words(words: set[str], common: set[str]) -> set[str]:
    """The words that a slip of the pen turns into another of them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word].append(word)
        for at in range(len(word)):
            groups[word[:at] + word[at + 1 :]].append(word)
    found: set[str] = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            if (one in common or other in common) and is_slip_away(one, other):
                found |= {one, other}
    return found


def is_slip_away(one: str, other: str) -> bool:
    """Whether one slip makes the one word of the other, and not its plural or past."""
    if one == other or one[0] != other[0] or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and long[len(short) :] in ENDINGS:
        return False
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    return all({a, b} <= VOWELS for a, b in zip(one, other, strict=True) if a != b)


if __name__ == "__main__":
    main()
