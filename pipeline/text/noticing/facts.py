"""What became of the facts around a text: title, summary, kind of page, dates, tags. Pure."""

import re
from collections.abc import Iterator, Sequence

from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import Record
from pipeline.model.facts import FactChange
from pipeline.text.weighing.significance import judge_wording
from pipeline.text.weighing.weighing import Finding
from pipeline.text.words.dates import at_time, on_day, read_moment
from pipeline.text.words.normalise import clean, for_comparison

_HIDDEN = frozenset({"withdrawn_at"})  # told with the withdrawal
_ASKING = {"consultation": "consultation", "call_for_evidence": "call for evidence"}
_WEIGHTY_KINDS = ("statutory_guidance", "regulation", "decision")
_LINK = re.compile(r"(?:https?://|www\.|/)\S*")  # known by what it is, and not by what its name says


def fact_findings(old: Record, new: Record) -> list[Finding]:
    """Return what a reader sees changed in the facts, most telling first; empty when nothing did."""
    found = [*_title(old, new), *_kind(old, new), *_named(old, new), *_summary(old, new)]
    return sorted(found, key=lambda finding: (finding.significance.place, finding.rank))


def heading_facts(old: Record, new: Record) -> tuple[FactChange, ...]:
    """Return the typed facts that changed in the title and in the summary."""
    pairs = ((old.title, new.title), (old.description, new.description))
    return tuple(
        fact for was, now in pairs if was and now and was != now for fact in judge_wording(was, now).facts
    )


def stage_kind(old: Record, new: Record) -> ChangeKind | None:
    """Return how far a consultation came as a kind of Change; None when it stayed at its stage.

    A closing date that moved while it stayed open is a kind of its own.
    """
    before, after = _stage(old.document_type), _stage(new.document_type)
    if before and after and before != after:
        return {
            1: ChangeKind.CONSULTATION_OPENED,
            2: ChangeKind.CONSULTATION_CLOSED,
            3: ChangeKind.OUTCOME_PUBLISHED,
        }.get(after[1])
    dates = [dict(record.facts).get("closing_date", "") for record in (old, new)]
    return ChangeKind.DEADLINE_MOVED if all(dates) and dates[0] != dates[1] else None


def stage_findings(old: Record, new: Record) -> list[Finding]:
    """Return how far a consultation came: opened, closed, or with its outcome."""
    before, after = _stage(old.document_type), _stage(new.document_type)
    if not before or not after or before == after:
        return []
    what = after[0]
    words = {
        (0, 1): f"The {what} has opened.",
        (1, 2): f"The {what} has closed.",
        (2, 1): f"The {what} was opened again.",
    }.get((before[1], after[1]))
    if after[1] == 3:
        words = f"The outcome of the {what} was published."
    weight = Significance.MINOR if after[1] == 2 else Significance.SUBSTANTIVE
    return [Finding(weight, words or f"The {what} went back to an earlier stage.", 0)]


def label_details(old: Record, new: Record) -> tuple[str, ...]:
    """Return plain sentences on tags, topics, publishers and people; no reader's text is concerned."""
    told = []
    for name, was, now in (
        ("topic", old.taxons, new.taxons),
        ("publisher", old.publishers, new.publishers),
        ("person", _names(old), _names(new)),
    ):
        told += [f"The page now has the {name} “{one}”." for one in now if one not in was]
        told += [f"The page no longer has the {name} “{one}”." for one in was if one not in now]
    if old.document_type != new.document_type and not stage_findings(old, new):
        before, after = _plain(old.document_type), _plain(new.document_type)
        told.append(f"The page was labelled {before} and is now labelled {after}.")
    return tuple(told) or ("Only links, tags or the page's template moved.",)


def date_details(old: Record, new: Record) -> list[str]:
    """Return a sentence on the public date when it moved, in words, as London reads it."""
    was, now = old.public_updated, new.public_updated
    if was is None or now is None or was == now:
        return []
    back = "went back" if now < was else "moved"
    before, after = (on_day(was), on_day(now)) if on_day(was) != on_day(now) else (at_time(was), at_time(now))
    return [f"The public date {back} from {before} to {after}."]


def _title(old: Record, new: Record) -> Iterator[Finding]:
    if for_comparison(old.title) != for_comparison(new.title):
        weight = judge_wording(old.title, new.title).significance
        why = f"The title was “{clean(old.title)}” and is now “{clean(new.title)}”."
        yield Finding(weight, why, 1)


def _summary(old: Record, new: Record) -> Iterator[Finding]:
    if for_comparison(old.description) == for_comparison(new.description):
        return
    judged = judge_wording(old.description, new.description)
    if not old.description or not new.description:
        come = "added" if new.description else "taken out"
        text = clean(new.description or old.description)
        yield Finding(Significance.MINOR, f"The summary at the top of the page was {come}: “{text}”", 5)
    else:
        words = f"The summary was “{clean(old.description)}” and is now “{clean(new.description)}”"
        yield Finding(judged.significance, words, 4)


def _kind(old: Record, new: Record) -> Iterator[Finding]:
    yield from stage_findings(old, new)
    kinds = (old.document_type, new.document_type)
    if kinds[0] != kinds[1] and any(kind in _WEIGHTY_KINDS for kind in kinds):
        words = f"The page was {_plain(kinds[0])} and is now {_plain(kinds[1])}."
        yield Finding(Significance.SUBSTANTIVE, words, 2)


def _named(old: Record, new: Record) -> Iterator[Finding]:
    before, after = _values(old.facts), _values(new.facts)
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, ""), after.get(name, "")
        if name in _HIDDEN or for_comparison(was) == for_comparison(now):
            continue
        dated = _in_words(was or now) != (was or now)
        address = all(_LINK.fullmatch(one) for one in (was, now) if one)
        label = name.replace("_", " ").replace(".", ", ")
        if name.startswith("external attachment: "):
            dated, label = True, f"link to “{name.partition(': ')[2]}”"
        weight = Significance.SUBSTANTIVE if dated else Significance.MINOR
        yield Finding(
            Significance.TYPOGRAPHICAL if address and not dated else weight, _moved(label, was, now), 1
        )


def _moved(label: str, was: str, now: str) -> str:
    if was and now:
        return f"The {label} moved from {_in_words(was)} to {_in_words(now)}."
    return (
        f"The {label} was added: {_in_words(now)}."
        if now
        else f"The {label} was taken out: {_in_words(was)}."
    )


def _values(facts: Sequence[tuple[str, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in facts:
        values[name] = f"{values[name]}, {value}" if name in values else value
    return values


def _stage(document_type: str) -> tuple[str, int] | None:
    for name, words in _ASKING.items():
        stages = (name, f"open_{name}", f"closed_{name}", f"{name}_outcome")
        if document_type in stages:
            return words, stages.index(document_type)
    return None


def _names(record: Record) -> tuple[str, ...]:
    return tuple(person.name for person in record.people)


def _plain(document_type: str) -> str:
    return f"“{document_type.replace('_', ' ') or 'page'}”"


def _in_words(value: str) -> str:
    """A moment in words, as London reads it; anything else as it is."""
    moment = read_moment(value) if value[:4].isdigit() and len(value) >= 10 else None
    return at_time(moment) if moment else value
