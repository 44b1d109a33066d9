"""Whether what stands in a sentence stands at its place in the passages. Pure; part of the gate in gate.py.

A number, a duty, a period or a body may be in the passage and yet be said of something else. So the words
around it are held against the words around each of its kind in the passage: where another one fits the place
better, the sentence is refused.
"""

from collections.abc import Callable, Iterator, Sequence

from pipeline.text.citing.context import DUTIES, MODALS, Place, all_places, fits, places_of, read
from pipeline.text.citing.figures import PERIOD_OF
from pipeline.text.words.wording import word_set

_ACTORS = tuple(
    word_set(group)
    for group in (
        "school schools academy academies", "college colleges", "parent parents carer carers family families",
        "pupil pupils child children student students learner learners", "teacher teachers staff",
        "council councils authority authorities", "headteacher headteachers head heads", "governor governors",
        "tribunal tribunals", "inspector inspectors inspectorate", "minister ministers", "employer employers",
        "trust trusts", "nursery nurseries", "police", "court courts", "university universities",
    )
)  # fmt: skip
_ACTOR_OF = {word: number for number, group in enumerate(_ACTORS) for word in group}
_PAIRS = (
    "increase decrease", "increased decreased", "rise fall", "rises falls", "rose fell", "risen fallen",
    "more fewer", "more less", "least most", "before after", "above below", "open closed", "opens closes",
    "include exclude", "includes excludes", "included excluded", "including excluding", "accept reject",
    "accepted rejected", "allow forbid", "allowed forbidden", "starts ends", "start end", "begins ends",
    "maximum minimum", "first last", "welcome unwelcome", "agree disagree", "higher lower", "up down",
    "agreed refused", "approved rejected", "gained lost", "with without", "always never", "all none",
)  # fmt: skip
_OTHER_ENDS: dict[str, set[str]] = {}
for _one, _other in (pair.split() for pair in _PAIRS):
    _OTHER_ENDS.setdefault(_one, set()).add(_other)
    _OTHER_ENDS.setdefault(_other, set()).add(_one)
_OFFICES = (
    "minister",
    "secretary",
    "parliamentary",
    "commissioner",
)  # "Minister for Families" speaks of none
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non-")


def misplaced_figures(text: str, passages: Sequence[str]) -> list[str]:
    """Return the dates and numbers that the passages hold, but in another place, as they are written."""
    held = [place for place in all_places(passages) if place.fact]
    found = []
    for place in places_of(read(text)):
        if not place.fact or place.bare:
            continue
        fact = place.fact
        own = [o for o in held if o.fact and fact.held_as(o.fact)]
        rivals = [o for o in held if o.fact and fact.rivals(o.fact) and not fact.held_as(o.fact)]
        if own and fits(place, rivals) > fits(place, own):
            found.append(fact.written)
    return found


def misplaced_duties(text: str, passages: Sequence[str]) -> list[str]:
    """Return each must, should, may and the like that the passages do not say of the same thing."""
    held = [place for place in all_places(passages) if place.word in MODALS]
    found = []
    for place in places_of(read(text)):
        if place.word not in DUTIES or place.bare:
            continue
        own = [o for o in held if o.word == place.word]
        best = fits(place, own)
        rivals = [o for o in held if o.word != place.word]
        if best < fits(place, rivals) or (best < 2 and not any(o.bare for o in own)):
            found.append(place.word)
    return found


def misplaced_periods(text: str, passages: Sequence[str]) -> list[str]:
    """Return the lengths of time (week, month, year) in whose place the passages have another."""
    return _displaced(text, passages, lambda place: PERIOD_OF.get(place.word))


def misplaced_names(text: str, passages: Sequence[str]) -> list[str]:
    """Return the names in whose place the passages have another name."""
    held = [place for place in all_places(passages) if place.named]
    found = []
    for place in places_of(read(text)):
        if not place.named:
            continue
        own = [o for o in held if o.word in place.word or place.word in o.word]
        rivals = [o for o in held if o not in own and o.word not in text.casefold()]
        if own and max(map(place.neighbours, rivals), default=0) > max(map(place.neighbours, own)):
            found.append(place.word)
    return found


def misplaced_people(text: str, passages: Sequence[str]) -> list[str]:
    """Return the words for people and bodies (parents, schools, councils) in whose place others stand.

    Also those of which no passage speaks at all.
    """
    spoken_of = {
        _ACTOR_OF.get(word)
        for place in all_places(passages)
        if not _in_an_office(place)
        for word in place.word.split()
    }
    places = places_of(read(text))
    absent = [
        p.word
        for p in places
        if p.word in _ACTOR_OF and _ACTOR_OF[p.word] not in spoken_of and not _in_an_office(p)
    ]
    displaced = _displaced(text, passages, lambda place: _ACTOR_OF.get(place.word.split()[-1]), beside=True)
    return list(dict.fromkeys([*absent, *displaced]))


def _in_an_office(place: Place) -> bool:
    """Whether it is the end of an office: "Minister for Families" speaks of no families."""
    return "<for" in place.sides and bool(place.left) and place.left[0].endswith(_OFFICES)


def people_in_order(text: str) -> list[int]:
    """Who is spoken of, in order: a number for each kind of people or body."""
    groups = (_ACTOR_OF.get(place.word.split()[-1]) for place in places_of(read(text)))
    return [group for group in groups if group is not None]


def turned_round(text: str, passages: Sequence[str]) -> list[str]:
    """Return the words whose opposite (lawful, unlawful) stands at their place in the passages."""
    everywhere = list(all_places(passages))
    words = {place.word for place in everywhere}
    found = []
    for place in places_of(read(text)):
        opposites = [o for o in _opposites(place.word) if o in words]
        if not opposites:
            continue
        own = [o for o in everywhere if o.word == place.word]
        rivals = [o for o in everywhere if o.word in opposites]
        if not own or fits(place, rivals) > fits(place, own):
            found.append(place.word)
    return found


def _displaced(
    text: str, passages: Sequence[str], kind: Callable[[Place], object], *, beside: bool = False
) -> list[str]:
    """The words of a kind that are held, but in whose place another word of the kind fits better.

    ``beside``: only another that has the same nearest neighbour counts.
    """
    held = [place for place in all_places(passages) if kind(place) is not None]
    found = []
    for place in places_of(read(text)):
        if (own_kind := kind(place)) is None:
            continue
        own = [o for o in held if kind(o) == own_kind]
        rivals = [o for o in held if kind(o) != own_kind and (not beside or place.beside(o))]
        if own and fits(place, rivals) > fits(place, own):
            found.append(place.word)
    return found


def _opposites(word: str) -> Iterator[str]:
    yield from sorted(_OTHER_ENDS.get(word, ()))
    if len(word) < 4 or word.startswith("¤"):
        return
    for prefix in _PREFIXES:
        yield prefix + word
        if word.startswith(prefix) and len(word) - len(prefix) > 3:
            yield word.removeprefix(prefix)
