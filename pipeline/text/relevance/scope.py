"""Say to which nations and which phases of education a document applies, with the words that show it.

The publisher's own list of nations decides; without one its title, its publisher and its text are asked in
turn. This module never judges whether a document is about SEND.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.model.changes import Evidence
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.relevance.company import read_company
from pipeline.text.relevance.lexicon import Lexicon
from pipeline.text.relevance.lexicon_scope import Phase
from pipeline.text.relevance.mentions import quote
from pipeline.text.words.terms import Phrase, Searchable, searchable

ENGLAND, UK = "England", "UK"
_SENTENCE = re.compile(r"[.;!?](?:\s|$)|\n")
_MOST = 20  # mentions of one nation that are looked at
_ENOUGH_IN_TEXT = 0.15  # of the mentions of the nation that is named most


@dataclass(frozen=True, slots=True)
class Scope:
    """``nations`` are England, Wales, Scotland, Northern Ireland, or UK for all four; empty: not said.

    ``phases`` are early years, school, post-16, in that order; empty: not said. ``evidence`` has one entry
    for each of both, with its weight 0: it says to whom a document applies and never how relevant it is.
    """

    nations: tuple[str, ...]
    phases: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def applies_to(record: Record, parts: Sequence[Part], lexicon: Lexicon) -> Scope:
    """Find nations and phases of a document with its parts."""
    page = [part for part in parts if part.kind is PartKind.PAGE]
    texts = [
        ("body" if part in page else "attachment", searchable(*(block.text for block in part.blocks)))
        for part in parts
        if part.blocks
    ]
    return scope_of(record, texts, lexicon)


def scope_of(record: Record, texts: Sequence[tuple[str, Searchable]], lexicon: Lexicon) -> Scope:
    """The same for texts that were made searchable already; each with where it stands."""
    head = [("title", searchable(record.title)), ("description", searchable(record.description))]
    nations = _nations(record, head, texts, lexicon)
    phases = _phases(head, texts, lexicon)
    return Scope(
        tuple(n for n, _ in nations), tuple(p for p, _ in phases), tuple(e for _, e in (*nations, *phases))
    )


Found = tuple[str, Evidence]
Texts = Sequence[tuple[str, Searchable]]


def _nations(record: Record, head: Texts, texts: Texts, lexicon: Lexicon) -> list[Found]:
    if listed := dict(record.facts).get("national_applicability", ""):
        names = [name.strip() for name in listed.split(",") if name.strip()]
        return _as_uk([_found(name, "publisher's list", listed) for name in names], lexicon)
    publishers = searchable(*record.publishers)
    for nation in lexicon.nations:
        if any(word.first(publishers) for word in nation.publishers):
            return [_found(nation.name, "publisher", " / ".join(record.publishers))]
    if named := _named(head[:1], lexicon) or _named(head, lexicon):
        return named
    if any(word.first(publishers) for word in lexicon.applies.england_publishers):
        return [_found(ENGLAND, "publisher", " / ".join(record.publishers))]
    if named := _named(texts, lexicon):
        return named
    everything = (*head, *texts)  # EHC plans are England's alone
    company = read_company([text.plain for _, text in everything], lexicon)
    laws = _places(lexicon.england, everything, lexicon)
    law = next((one for one in laws if not company.is_foreign(one.term)), None)
    return [(ENGLAND, law)] if law else []


def _named(texts: Texts, lexicon: Lexicon) -> list[Found]:
    """The nations that the texts name, each with the first place; not those named only to be left out."""
    if whole := next(_places(lexicon.applies.uk, texts, lexicon), None):
        return [(UK, whole)]
    words = [(ENGLAND, lexicon.applies.england_words), *((n.name, n.title) for n in lexicon.nations)]
    places = [(name, list(islice(_places(phrases, texts, lexicon), _MOST))) for name, phrases in words]
    most = max(len(found) for _, found in places)
    named = [(name, found[0]) for name, found in places if found and len(found) >= _ENOUGH_IN_TEXT * most]
    return _as_uk(named, lexicon)


def _as_uk(named: list[Found], lexicon: Lexicon) -> list[Found]:
    """All four nations are the United Kingdom."""
    everyone = {ENGLAND, *(nation.name for nation in lexicon.nations)}
    return [(UK, named[0][1])] if named and {name for name, _ in named} == everyone else named


def _places(phrases: Sequence[Phrase], texts: Texts, lexicon: Lexicon) -> Iterator[Evidence]:
    for where, text in texts:
        for phrase in phrases:
            for start, end in phrase.spans(text):
                if not _left_out(text, start, end, lexicon):
                    yield Evidence(text.plain[start:end], where, 0.0, quote(text, start, end))


def _left_out(text: Searchable, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the sentence says that something does not apply there, or differs."""
    first = max((m.end() for m in _SENTENCE.finditer(text.plain, max(0, start - 240), start)), default=0)
    stop = _SENTENCE.search(text.plain, end, end + 240)
    around = searchable(text.plain[max(first, start - 240) : stop.start() if stop else end + 240])
    return any(word.first(around) for word in lexicon.applies.not_here)


def _phases(head: Texts, texts: Texts, lexicon: Lexicon) -> list[Found]:
    rules = lexicon.phases
    everything = (*head, *texts)
    if whole := _first(rules.all, head) or _first(rules.all, texts):
        return [(phase.name, whole) for phase in rules.names]
    shown: dict[str, Evidence] = {}
    counts = {phase.name: _count(phase, everything, rules.never) for phase in rules.names}
    words = sum(text.plain.count(" ") + 1 for _, text in everything)
    least = max(1.0, words / rules.words_for_one, rules.share * max(counts.values()))
    for phase in rules.names:
        enough = counts[phase.name] >= least
        place = _first(phase.words, everything if enough else head[:1])
        if place:
            shown[phase.name] = place
    return [(phase.name, shown[phase.name]) for phase in rules.names if phase.name in shown]


def _count(phase: Phase, texts: Texts, never: Sequence[Phrase]) -> int:
    held = sum(1 for _, text in texts for word in phase.words for _ in word.spans(text))
    void = [text.lower[start:end] for _, text in texts for word in never for start, end in word.spans(text)]
    holding = {words for words in set(void) if any(one.first(searchable(words)) for one in phase.words)}
    return held - sum(words in holding for words in void)


def _first(phrases: Sequence[Phrase], texts: Texts) -> Evidence | None:
    for where, text in texts:
        for phrase in phrases:
            if span := phrase.first(text):
                return Evidence(text.plain[span[0] : span[1]], where, 0.0, quote(text, *span))
    return None


def _found(name: str, where: str, words: str) -> Found:
    return name, Evidence(name, where, 0.0, words)
