"""A Story on one sheet for an editor: digest item, draft with numbered passages, and what was said. Pure."""

import textwrap
from collections.abc import Sequence

from pipeline.model.drafts import Draft
from pipeline.model.reviews import Review, Standing
from pipeline.steps.item_of_story import Item
from pipeline.store.changes import LedgerLine
from pipeline.store.reviews import StoryStanding
from pipeline.text.words.dates import at_time, in_full

WIDTH = 78
_ACTS = {"approve": "approved", "reject": "rejected", "hold": "held back", "reopen": "opened again"}


def sheet(
    standing: StoryStanding,
    draft: Draft,
    item: Item | None,
    said: Sequence[Review],
    lines: Sequence[LedgerLine],
) -> str:
    """The sheet as text. What is printed as the digest item is what `approve` approves, to the character."""
    story = standing.story
    blocks = [
        f"Story {story.id}, draft {story.drafted}: {standing.standing.value}"
        + (", and there is a newer draft" if standing.newer else ""),
        *_item(item),
        *_draft(draft),
        *_documents(lines),
    ]
    if said:
        words = [
            f"{_ACTS[one.act.value]} by {one.by} at {at_time(one.at)}{f': {one.why}' if one.why else ''}"
            for one in said
        ]
        blocks.append("\n".join(["WHAT EDITORS SAID", "", *words]))
    if standing.standing is Standing.LAPSED and standing.approval:
        blocks.append(_wrap(f"The approval lapsed: {standing.approval.lapsed_because}"))
    blocks.append(
        "To decide:\n"
        f"  sendwatch stories approve {story.id} --revision {story.drafted} --by NAME\n"
        f"  sendwatch stories reject {story.id} --by NAME --why WORDS"
    )
    return "\n\n".join(blocks)


def _item(made: Item | None) -> list[str]:
    if made is None:
        return ["THE DIGEST ITEM\n\nThere is no text to take it from: give your own with --title and --text."]
    item = made.item
    lines = ["THE DIGEST ITEM", "", _wrap(item.title), ""]
    lines += [_wrap(part) for part in item.text.split("\n\n")]
    lines += [
        "",
        f"{item.link_text}: {item.link}",
        "",
        f"Words: {len(item.text.split())}",
        f"Publisher: {item.publisher}",
        f"Topics: {', '.join(sorted(item.topics))}",
        f"Nations: {', '.join(sorted(item.nations)) or 'not said'}",
        f"Phases: {', '.join(sorted(item.phases)) or 'not said'}",
        f"Weight: {made.weight.number:g} ({'; '.join(made.weight.reasons) or 'nothing special'})",
        *(f"Deadline: {in_full(one.day)}: {one.what}" for one in item.deadlines),
    ]
    return ["\n".join(lines)]


def _draft(draft: Draft) -> list[str]:
    if draft.empty_because:
        return [_wrap(f"There is no draft: {draft.empty_because}")]
    numbered = list(enumerate(draft.sentences, 1))
    told = "\n".join(_wrap(f"[{number}] {one.text}") for number, one in numbered)
    passages = "\n".join(
        _wrap(f"[{number}] {cite.passage}" + (f" ({cite.part or cite.url})" if cite.part or cite.url else ""))
        for number, one in numbered
        for cite in one.citations
    )
    return [f"THE DRAFT\n\n{told}", f"WHAT EACH SENTENCE RESTS ON\n\n{passages}"]


def _documents(lines: Sequence[LedgerLine]) -> list[str]:
    urls = dict.fromkeys(f"{line.title}\n  {line.url}" for line in lines)
    return ["\n".join(["THE PAGES", "", *urls])] if urls else []


def _wrap(text: str) -> str:
    return "\n".join(
        textwrap.wrap(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
    )
