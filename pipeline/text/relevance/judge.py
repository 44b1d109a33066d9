"""Judge whether a document is news about SEND in England: a verdict, a score and its reasons.

Points come from the title, the description, the publisher's own topics and the text; the verdict is
read off the points alone (lexicon.yaml, thresholds). Pure and deterministic: the same document gives
the same verdict, in whatever order its parts come. This module never drafts and never reads a file.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.changes import Evidence, Relevance, Verdict
from pipeline.model.documents import Entry, Part, PartKind, Record
from pipeline.text.relevance.company import Company, read_company, whole_company
from pipeline.text.relevance.lexicon import Lexicon, Term
from pipeline.text.relevance.limits import Limit, find_limits
from pipeline.text.relevance.mentions import Mention, Passage, quote, read_passage
from pipeline.text.relevance.scope import scope_of
from pipeline.text.relevance.sections import sections_in
from pipeline.text.relevance.strands import FULL, judge_strand
from pipeline.text.words.terms import searchable

_MOST_REASONS = 16
_SHORT = 25  # words; a longer first block of a bare file is a paragraph and no title
_OPENING = 6  # blocks of a bare file among which its title may stand
_OWN_SHARE = 0.2  # of all words: a part this large that is about SEND makes the document so
_SUPPORT_IN_TITLE, _SUPPORT_IN_DESCRIPTION = 5.0, 2.0  # the most that supporting words earn there
_JUST_UNDER = 0.1


@dataclass(frozen=True, slots=True)
class _Text:
    """One part's passage and where it is said to stand (body or attachment)."""

    where: str
    passage: Passage

    @property
    def speaks(self) -> bool:
        return any(one.term.strong and one.weight >= FULL for one in self.passage.mentions)


def judge_relevance(record: Record, parts: Sequence[Part], lexicon: Lexicon) -> Relevance:
    """Judge a document with its parts; the parts' order does not matter."""
    texts = [
        ("body" if part.kind is PartKind.PAGE else "attachment", part.blocks) for part in parts if part.blocks
    ]
    part_titles = [part.title for part in parts if part.kind is not PartKind.PAGE and part.title]
    return _judge(record, part_titles, texts, lexicon)


def judge_text(blocks: Sequence[Block], lexicon: Lexicon, *, title: str = "") -> Relevance:
    """Judge a bare text, such as a local file. Its opening heading or short line serves as a title."""
    opening = [
        (number, block.text)
        for number, block in enumerate(blocks[:_OPENING])
        if (block.kind is BlockKind.HEADING and block.level <= 1)
        or (number == 0 and block.kind is not BlockKind.TABLE_ROW and _is_short(block.text))
    ]
    taken = {number for number, _ in opening}
    body = [block for number, block in enumerate(blocks) if number not in taken]
    titles = dict.fromkeys((title, *(text for _, text in opening)))
    return _judge(Record(url="", title="\n".join(titles)), (), [("body", body)], lexicon)


def entry_may_matter(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether an entry is worth fetching. Generous: a missed letter is the worst failure.

    Any word of the lexicon in title, text, topics or address will do; from an education publisher (or
    an unnamed one) so will a letter, a statement and every kind of page in ``entries.types``.
    """
    slug = entry.url.rsplit("/", 1)[-1].replace("-", " ")
    words = searchable(entry.title, entry.text, slug, *entry.taxons)
    blocks = [Block(BlockKind.HEADING, text) for text in (entry.title, entry.text, slug, *entry.taxons)]
    if read_passage(blocks, lexicon, company=whole_company(lexicon)).mentions:
        return True
    named = {_slug(name) for name in entry.organisations}
    educational = not named or not named.isdisjoint(lexicon.entries.publishers)
    kind = _slug(entry.document_type).replace("-", "_")
    title = searchable(entry.title)
    if educational and (
        kind in lexicon.entries.types or any(w.first(title) for w in lexicon.entries.letters)
    ):
        return True
    if named and educational and not kind:
        return True
    at_home = educational or read_company((words.plain,), lexicon).at_home
    return at_home and any(word.first(words) for word in lexicon.entries.wide)


def _judge(
    record: Record,
    part_titles: Sequence[str],
    texts: Sequence[tuple[str, Sequence[Block]]],
    lexicon: Lexicon,
) -> Relevance:
    fields, limits = lexicon.fields, lexicon.thresholds
    named = (record.title, record.description, *part_titles, *record.publishers, *record.taxons)
    company = read_company((*named, *(block.text for _, blocks in texts for block in blocks)), lexicon)
    head = _passage((record.title,), lexicon, company=company)
    intro = _passage((record.description,), lexicon, company=company)
    names = _passage(sorted(part_titles), lexicon, company=company)
    bodies = [_Text(where, read_passage(blocks, lexicon, company=company)) for where, blocks in texts]

    reasons = [
        *_named("title", head, fields.title, _SUPPORT_IN_TITLE),
        *_named("description", intro, fields.description, _SUPPORT_IN_DESCRIPTION),
        *_named("attachment", names, fields.part_title, _SUPPORT_IN_DESCRIPTION, best_only=True),
        *_listed("taxon", record.taxons, lexicon.taxons, fields.taxon),
    ]
    strong_title = fsum(reason.weight for reason in _named("title", head, fields.title, 0.0))
    points, throughout = _of_texts(bodies, intro, lexicon)
    if strong_title >= fields.title / 2 and not points and any(text.speaks for text in bodies):
        points = limits.partial  # the text bears the title out, if only once
    reasons += _shared_out(bodies, points)
    if any(reason.weight > 0 for reason in reasons):
        reasons += _listed("publisher", record.publishers, lexicon.publishers, fields.publisher)

    score = fsum(reason.weight for reason in reasons)
    if not throughout and strong_title < fields.title / 2:
        score = min(score, limits.relevant - _JUST_UNDER)  # named beside other things, not the topic
    passages = [text.passage for text in bodies]
    nations = dict(record.facts).get("national_applicability", "")
    for limit in find_limits(head.text, record.publishers, (intro, *passages), lexicon, applies_to=nations):
        reasons.append(_held_back(limit, score, lexicon))
        score = min(score, _ceiling(limit.cap, lexicon))
    verdict = _verdict(score, lexicon)
    scope = scope_of(record, [(text.where, text.passage.text) for text in bodies], lexicon)
    section = ""
    if verdict is Verdict.PARTIAL:
        read = zip(texts, bodies, strict=True)
        found = sections_in([("", blocks, text.passage) for (_, blocks), text in read])
        section = found[0].name if found else ""
    return Relevance(verdict, round(score, 2), _ranked(reasons), scope.nations, scope.phases, section)


def _passage(texts: Iterable[str], lexicon: Lexicon, *, company: Company) -> Passage:
    blocks = [Block(BlockKind.HEADING, line) for text in texts for line in text.splitlines()]
    return read_passage(blocks, lexicon, company=company)


def _named(
    where: str, passage: Passage, points: float, most_support: float, *, best_only: bool = False
) -> list[Evidence]:
    """Points for each different strong term of a title or a description, and for one supporting one."""
    best: dict[Term, Mention] = {}
    for mention in passage.mentions:
        if mention.term not in best or mention.passing > best[mention.term].passing:
            best[mention.term] = mention
    reasons: list[Evidence] = []
    for mention in sorted(best.values(), key=lambda found: (-found.weight, found.start)):
        weight = points * min(1.0, mention.weight / 1.5)
        if not mention.term.strong:
            weight, most_support = min(weight, most_support), 0.0
        reasons.append(_evidence(where, passage, mention, weight))
    return reasons[:1] if best_only else reasons


def _listed(where: str, names: Sequence[str], terms: Sequence[Term], points: float) -> list[Evidence]:
    """Points for the best of the names (topics, publishers) that the lexicon knows; never a sum."""
    found = [
        Evidence(name, where, points * term.weight, name)
        for name in names
        for text in (searchable(name),)
        for term in terms
        if term.phrase.first(text)
    ]
    return sorted(found, key=lambda reason: (-reason.weight, reason.term))[:1]


def _of_texts(texts: Sequence[_Text], intro: Passage, lexicon: Lexicon) -> tuple[float, bool]:
    """Points of the texts together, or of one part that is large enough to be the document."""
    passages = [text.passage for text in texts]
    together = judge_strand((intro, *passages) if passages else (), lexicon)
    everything = max(1, sum(passage.words for passage in passages))
    large = [passage for passage in passages if passage.words >= _OWN_SHARE * everything]
    alone = [strand for passage in large if (strand := judge_strand((passage,), lexicon)).throughout]
    small = [judge_strand((passage,), lexicon) for passage in passages if passage not in large]
    if any(strand.throughout or strand.points for strand in small) and not together.points:
        return lexicon.thresholds.partial, False  # one small attachment out of many is about SEND
    best = max((together, *alone), key=lambda strand: strand.points)
    return best.points, best.throughout


def _shared_out(texts: Sequence[_Text], points: float) -> list[Evidence]:
    """The texts' points, shared among their terms by weight; a quotation of the best place of each."""
    groups: dict[tuple[str, Term], list[tuple[Passage, Mention]]] = defaultdict(list)
    for text in texts:
        for mention in text.passage.mentions:
            groups[text.where, mention.term].append((text.passage, mention))
    masses = {key: fsum(mention.weight for _, mention in found) for key, found in groups.items()}
    whole = fsum(masses.values())
    reasons: list[Evidence] = []
    for key, found in groups.items():
        passage, mention = max(found, key=lambda pair: (pair[1].passing, pair[1].heading))
        weight = points * masses[key] / whole if whole else 0.0
        reasons.append(_evidence(key[0], passage, mention, weight))
    return reasons


def _evidence(where: str, passage: Passage, mention: Mention, weight: float) -> Evidence:
    plain, start, end = passage.text, mention.start, mention.end
    return Evidence(plain.plain[start:end].strip(), where, round(weight, 3), quote(plain, start, end))


def _held_back(limit: Limit, score: float, lexicon: Lexicon) -> Evidence:
    loss = max(0.0, score - _ceiling(limit.cap, lexicon))
    return Evidence(limit.name, limit.where, round(-loss, 3), limit.quote)


def _ceiling(cap: Verdict, lexicon: Lexicon) -> float:
    above = lexicon.thresholds.partial if cap is Verdict.NOT else lexicon.thresholds.relevant
    return max(0.0, above - _JUST_UNDER)


def _verdict(score: float, lexicon: Lexicon) -> Verdict:
    if score >= lexicon.thresholds.relevant:
        return Verdict.RELEVANT
    return Verdict.PARTIAL if score >= lexicon.thresholds.partial else Verdict.NOT


def _ranked(reasons: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Strongest first, whichever way they pull; what limits the verdict is never cut off."""
    ranked = sorted(reasons, key=lambda r: (-abs(r.weight), r.where, r.term, r.quote))
    limits = [reason for reason in ranked if reason.weight < 0]
    room = max(0, _MOST_REASONS - len(limits))
    kept = {id(reason) for reason in (*limits, *[r for r in ranked if r.weight >= 0][:room])}
    return tuple(reason for reason in ranked if id(reason) in kept)


def _is_short(text: str) -> bool:
    return len(text.split(None, _SHORT)) <= _SHORT and not text.rstrip().endswith((".", ";", ","))


def _slug(name: str) -> str:
    letters = "".join(char if char.isalnum() else "-" for char in name.lower())
    return "-".join(piece for piece in letters.split("-") if piece)
