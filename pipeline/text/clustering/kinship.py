"""Whether two documents belong to one announcement, and whether the one only says the other again. Pure.

A wrong yes hides news from the subject of a mail, a wrong no costs one mail more: in doubt the answer is no.
Two letters, two consultations, two statements or two press releases are two announcements, whatever they
share, unless the one is a copy of the other.
"""

from dataclasses import dataclass
from datetime import timedelta

from pipeline.text.clustering.said_again import is_framed, titled_apart, told_apart
from pipeline.text.clustering.traits import SHINGLE, Standing, Traits, as_said, stem

CONTAINED = 0.9  # of the runs of five words
LEAST_WORDS = 60  # a shorter text is found in many places
LEAST_WHOLE = 100  # words of a text that another document holds as a part of it
HALF = 0.5
NEAR = timedelta(days=3)
CLOSE = timedelta(days=2)
_SINGLE = frozenset(
    {
        Standing.LETTER,
        Standing.STATEMENT,
        Standing.CONSULTATION,
        Standing.SPEECH,
        Standing.PRESS_RELEASE,
        Standing.BLOG_POST,
    }
)
_COMPANIONS = frozenset(
    {Standing.STATEMENT, Standing.SPEECH, Standing.PRESS_RELEASE, Standing.BLOG_POST, Standing.ANNEX}
)


@dataclass(frozen=True, slots=True)
class Kinship:
    """Why a document belongs to another one, in words. A copy says nothing that the other does not.

    ``strength`` orders kin: a copy before a link, a link before words in a title.
    """

    words: str
    strength: int
    copy: bool = False


def kinship(new: Traits, known: Traits) -> Kinship | None:
    """Return how ``new`` belongs to ``known``; None when it does not, or when that is in doubt."""
    return _copied(new, known) or _held(new, known) or _linked(new, known) or _titled(new, known)


def points_at(one: Traits, other: Traits) -> bool:
    """Whether one document links to the other."""
    return bool(one.points_to & other.own)


def same_text(new: Traits, known: Traits) -> bool:
    """Whether the two say the same, under titles that may be one. A frame or a slip says nothing."""
    same = _within(new, known, LEAST_WORDS) or _within(known, new, LEAST_WORDS)
    if not same or titled_apart(new, known):
        return False
    apart = told_apart(new, known)
    return not (apart.other or apart.more)


def _copied(new: Traits, known: Traits) -> Kinship | None:
    if not (new.fresh and known.fresh):
        return None
    if new.content_id and new.content_id == known.content_id and new.locale != known.locale:
        return Kinship(f"the same publication as “{known.title}” in another language", 9, copy=True)
    if same_text(new, known):
        return Kinship(f"the same text as “{known.title}” at another address", 8, copy=True)
    if _files_shared(new, known):
        copy = is_framed(new, known) and not titled_apart(new, known)
        return Kinship(f"the same file as on “{known.title}”", 7, copy=copy)
    return None


def _held(new: Traits, known: Traits) -> Kinship | None:
    """One of the two holds the whole text of the other and says more besides."""
    if not (new.fresh and known.fresh) or (new.standing is known.standing and titled_apart(new, known)):
        return None
    for inner, outer, least in ((new, known, LEAST_WORDS), (known, new, LEAST_WHOLE)):
        if _within(inner, outer, least) and not told_apart(inner, outer).other:
            return Kinship(f"it holds the text of “{known.title}”", 6)
    return None


def _linked(new: Traits, known: Traits) -> Kinship | None:
    for one, other, words in (
        (new, known, f"it links to “{known.title}”"),
        (known, new, f"“{known.title}” links to it"),
    ):
        if points_at(one, other) and _may_belong(new, known, quoted=_quotes(one, other)):
            return Kinship(words, 5)
    for one, other, words in (
        (new, known, f"it names “{known.title}” by its title"),
        (known, new, f"“{known.title}” names it by its title"),
    ):
        if _quotes(one, other) and _may_belong(new, known, quoted=True):
            return Kinship(words, 4)
    return None


def _titled(new: Traits, known: Traits) -> Kinship | None:
    """Titles with the same uncommon words, by the same people or publisher, within three days."""
    shared = new.title_words & known.title_words
    fewest = min(len(new.title_words), len(known.title_words))
    enough = len(shared) >= 3 or (len(shared) == 2 and len(shared) >= 0.6 * fewest)
    same_hand = new.people & known.people or new.publishers & known.publishers
    companion = {new.standing, known.standing} & _COMPANIONS
    if (
        not (enough and same_hand and companion and new.fresh and known.fresh)
        or new.standing is known.standing
        or abs(new.when - known.when) > NEAR
    ):
        return None
    said = ", ".join(f"“{word}”" for word in sorted(shared))
    return Kinship(f"{said} in its title, as in “{known.title}”, within three days", 3)


def _may_belong(new: Traits, known: Traits, *, quoted: bool) -> bool:
    """Whether a link between the two may mean one announcement. Links to older pages are everywhere."""
    shared = new.title_words & known.title_words
    apart = min(abs(new.when - known.when), abs(new.seen - known.seen))
    near, close = apart <= NEAR, apart <= CLOSE
    companion = bool({new.standing, known.standing} & _COMPANIONS)
    if new.standing is known.standing:
        return new.standing not in _SINGLE and near and len(shared) >= 2
    if not (new.fresh and known.fresh):  # a page that was edited is linked to by much that is none of it
        carrier = new if new.fresh else known
        return carrier.fresh and carrier.standing in _COMPANIONS and near and (bool(shared) or quoted)
    announced = close and _announces(new, known)
    if companion:
        return announced or bool(shared) or quoted
    return near and (bool(shared) or (announced and Standing.LETTER in (new.standing, known.standing)))


def _announces(new: Traits, known: Traits) -> bool:
    """Whether the nearer of the two to the announcement says what the title of the other one says.

    A letter is of one thing and one word of it is enough; guidance mentions much.
    """
    main, other = sorted((new, known), key=lambda one: one.standing)
    said = {stem(word) for word in main.said.split()}
    found = len(other.title_words & said)
    least = 1 if main.standing is Standing.LETTER else max(2, (len(other.title_words) + 1) // 2)
    return found >= least


def _quotes(one: Traits, other: Traits) -> bool:
    """Whether a text holds the whole title of the other, one that is not found just anywhere."""
    title = as_said(other.title)
    if title.count(" ") < 3 or len(other.title_words) < 2:
        return False
    return f" {title} " in f" {one.said} "


def _files_shared(new: Traits, known: Traits) -> bool:
    """Whether the same bytes are the better half of what either of the two brings in files."""
    theirs = dict(known.files)
    shared = sum(size for sha256, size in new.files if sha256 in theirs)
    sums = [sum(size for _, size in files) for files in (new.files, known.files)]
    return bool(shared) and all(shared >= HALF * whole for whole in sums)


def _within(inner: Traits, outer: Traits, least: int) -> bool:
    if len(inner.shingles) < least - SHINGLE:  # where words are said again, there are fewer
        return False
    return len(inner.shingles & outer.shingles) >= CONTAINED * len(inner.shingles)
