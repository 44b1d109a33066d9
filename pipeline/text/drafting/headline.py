"""The headline: five to fourteen words, plain, no puns. Pure.

Candidates from the fullest to the barest, each through the gate; never a cut-off end.
"""

import re
from collections.abc import Iterator

from pipeline.model.changes import ChangeKind
from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.lead_letters import purposes
from pipeline.text.drafting.material import Material
from pipeline.text.drafting.openings import first_sentences
from pipeline.text.papers.kinds import ItemKind, noun_of
from pipeline.text.papers.passages import stated, titled, typed
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.wording import capital, joined, running, shorten, tidy, word_count

SHORTEST, LONGEST = 5, 14

_TAIL = re.compile(
    r"\s*(?:\([^()]*\)|[:–—-] (?:statutory |non-statutory )?(?:guidance|letter|consultation|report"
    r"|speech|statement)[^:]*)$",
    re.I,
)
_BEFORE = re.compile(
    r" (?=(?:of|for|in|on|with|from|by|about|as|during|following|across|between|through|under|and|to"
    r"|which|that|who|whose) )"
)
_HANGS = re.compile(r" (?:of|for|in|on|with|from|by|about|as|and|to|or|the|a|an|their|its)$")
_ORDERS = re.compile(r"^(?:Teach|Apply|Appeal|Complain|Check|Find|Get|Report|Register|Help|Support|Become)\b")
_CLAUSE = frozenset({"as", "when", "while", "which", "that", "who", "whose", "after", "before", "if"})
_NEWS = {
    ChangeKind.UPDATED: "updated",
    ChangeKind.QUIETLY_UPDATED: "changed",
    ChangeKind.ATTACHMENT_REPLACED: "updated",
    ChangeKind.ATTACHMENT_ADDED: "updated",
    ChangeKind.ATTACHMENT_REMOVED: "changed",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.GONE: "removed",
    ChangeKind.MOVED: "moved",
    ChangeKind.RESTORED: "restored",
    ChangeKind.REVERSED: "changed back",
    ChangeKind.TITLE_CHANGED: "renamed",
    ChangeKind.CHILD_CHANGED: "changed",
    ChangeKind.CONSULTATION_CLOSED: "closed",
    ChangeKind.DEADLINE_MOVED: "given a new closing date",
}
_DOES = {
    ChangeKind.UPDATED: "updates",
    ChangeKind.QUIETLY_UPDATED: "changes",
    ChangeKind.ATTACHMENT_REPLACED: "updates",
    ChangeKind.ATTACHMENT_ADDED: "updates",
    ChangeKind.ATTACHMENT_REMOVED: "changes",
    ChangeKind.WITHDRAWN: "withdraws",
    ChangeKind.RESTORED: "restores",
    ChangeKind.TITLE_CHANGED: "renames",
    ChangeKind.CHILD_CHANGED: "changes",
    ChangeKind.CONSULTATION_CLOSED: "closes",
}


def headline_of(material: Material, change: ChangeKind | None = None) -> Sentence:
    """Return the headline; the last resort names only the kind of publication."""
    candidates = _changed(material, change) if change in _NEWS and change else _new(material)
    for text, cites in candidates:
        text = tidy(text).rstrip(".")
        if not SHORTEST <= word_count(text) <= LONGEST or len(text) > 160 or has_contact_details(text):
            continue
        if sentence := supported(text, *cites):
            return sentence
    return Sentence(_last_resort(material, change), (titled(material.record), typed(material.record)))


def _last_resort(material: Material, change: ChangeKind | None) -> str:
    """A headline that names the kind of publication alone: no title of use, and no publisher."""
    noun, done = noun_of(material.kind), _NEWS.get(change, "published") if change else "published"
    if material.kind is ItemKind.STATISTICS:
        return f"New statistics have now been {done}"
    if material.kind in {ItemKind.GUIDANCE, ItemKind.STATUTORY_GUIDANCE}:
        return f"{'Published' if change else 'New'} guidance has now been {done}"
    return f"A {'published' if change else 'new'} {noun} has been {done}"


def _new(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record, kind, subject = material.record, material.kind, material.subject
    title = titled(record)
    short = shorten(tidy(record.title))
    if kind is ItemKind.LETTER and material.text.letter:
        to = f" to {subject.to}" if subject.to else ""
        minister = any(a.minister for a in material.authors)
        first = "Ministerial letter" if minister else "Letter"
        cites = (*subject.cites, *subject.to_cites, *(c for a in material.authors for c in a.cites))
        if subject.topic:
            topic = shorten(subject.topic)
            yield f"{first}{to} about {topic}", cites
            yield f"{first} about {topic}", cites
            for cut in _cuts(topic):
                yield f"{first} about {cut}", cites
        for words, more in purposes(material) if not subject.topic else ():
            for text in (shorten(words), *_cuts(shorten(words))):
                yield f"{first} {text}", (*cites, *more)
    if kind is ItemKind.CONSULTATION and subject.topic:
        label = record.document_type.lower()
        what = (
            "Consultation closes on"
            if "closed" in label
            else "Consultation opens on"
            if "open" in label
            else "Consultation on"
        )
        yield f"{what} {shorten(subject.topic)}", (*subject.cites, typed(record))
    if not short:
        noun, kinded = capital(noun_of(kind)), stated(record, "Kind of text", noun_of(kind))
        for many in range(len(subject.subjects), 0, -1):
            yield f"{noun} about {joined(subject.subjects[:many])}", (*subject.cites, kinded)
        if subject.topic:
            yield f"{noun} about {shorten(subject.topic)}", (*subject.cites, kinded)
        for first, source in first_sentences(material):
            if not re.search(r"^(?:This|It|They)\b|\b(?:I|we|my|our|you|your)\b", first, re.I):
                yield shorten(first), (source,)
                for cut in _cuts(shorten(first)):
                    yield cut, (source,)
        yield (
            f"{capital(noun_of(kind))} published by {material.publisher}",
            (*material.publisher_cites, typed(record)),
        )
        return
    yield short, (title,)
    yield _TAIL.sub("", short), (title,)
    who = joined([tidy(p) for p in record.publishers[:2]])
    verb = "publish" if material.several_publishers else "publishes"
    noun = _thing(kind)
    named = f" ‘{short}’" if ":" in short or _ORDERS.match(short) else f": {running(short, material.forms)}"
    if who and _ORDERS.match(short) and ":" not in short:
        yield (
            f"{who} {verb} {noun} on how to {short[0].lower()}{short[1:]}",
            (title, *material.publisher_cites),
        )
    if who:
        yield f"{who} {verb} {noun}{named}", (title, *material.publisher_cites)
    if kind is not ItemKind.STATISTICS:
        yield f"{capital(noun_of(kind))} published{named}", (title, typed(record))
        yield f"New {noun_of(kind)} has been published{named}", (title, typed(record))
    for cut in _cuts(short):
        yield cut, (title,)
    if who and ":" in short:
        head = running(short.partition(":")[0], material.forms)
        yield f"{who} {verb} {noun} on {head}", (title, *material.publisher_cites)
    if who:
        yield f"{who} {verb} {noun}", (*material.publisher_cites, typed(record))


def _changed(material: Material, change: ChangeKind) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record, kind = material.record, material.kind
    short = shorten(tidy(record.title))
    what = stated(record, "Change", change.value.replace("_", " "))
    cites = (titled(record), what, *material.publisher_cites)
    noun = noun_of(kind)
    who = joined([tidy(p) for p in record.publishers[:2]])
    titles = [running(t, material.forms) for t in dict.fromkeys((short, _TAIL.sub("", short))) if t]
    for title in titles:
        named = f" ‘{title}’" if ":" in title else f": {title}"  # one colon is enough
        if who and change in _DOES:
            does = _DOES[change] if not material.several_publishers else _DOES[change].removesuffix("s")
            yield f"{who} {does} {noun}{named}", cites
        yield f"{capital(noun)} {_NEWS[change]}{named}", cites
        yield f"{capital(noun)} has been {_NEWS[change]}{named}", cites
    for cut in _cuts(short):
        if ":" not in cut:
            yield f"{capital(noun)} {_NEWS[change]}: {running(cut, material.forms)}", cites
    if who and change in _DOES:
        yield f"{who} {_DOES[change]} {noun}", cites
    yield f"The page has been {_NEWS[change]}", cites


def _cuts(title: str) -> Iterator[str]:
    """The title ended early, at a place where it still stands, longest first."""
    for mark in (": ", " – ", " - ", " (", ", "):
        if mark in title:
            yield title.rpartition(mark)[0]
            yield title.partition(mark)[0]
    spots = [m.start() for m in _BEFORE.finditer(title)]
    for spot in reversed(spots):
        cut = title[:spot]
        last = cut.split()[-5:]
        if not _HANGS.search(cut) and "to" not in last[-2:] and not any(word in _CLAUSE for word in last):
            yield cut


def _thing(kind: ItemKind) -> str:
    if kind is ItemKind.OUTCOME:
        return "consultation response"
    return "statutory guidance" if kind is ItemKind.STATUTORY_GUIDANCE else noun_of(kind)
