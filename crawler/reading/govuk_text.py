"""Read the text of a GOV.UK page from its details, whatever its schema. Pure.

Never drops running text: what no known shape holds is read last, in the publisher's order.
Source: alphagov/publishing-api, content_schemas/dist/formats/*/frontend; the source contract, section 2.3.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from crawler.reading.govspeak import govspeak_blocks
from crawler.reading.govuk_facts import unread_texts
from crawler.reading.html import html_blocks
from crawler.reading.json_shape import JsonObject, loose_object, loose_objects, loose_text
from crawler.reading.tidy import moment, tidy
from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import ChangeNote
from pipeline.model.errors import UnexpectedShape

_LEADS = ("introductory_paragraph", "introduction", "explanation", "summary")
_OUTCOMES = (  # the headings are those that GOV.UK itself shows above these texts
    ("Detail of outcome", ("final_outcome_detail", "outcome_detail")),
    ("Detail of feedback received", ("public_feedback_detail",)),
)

_TAGS = re.compile(r"<[a-zA-Z!/]")


def page_blocks(details: JsonObject, links: JsonObject) -> tuple[Block, ...]:
    """Return the page's own blocks: outcomes, body, parts, sections, groups, steps, then anything else."""
    return (
        *_outcomes(details),
        *(block for key in _LEADS for block in _text(details.get(key))),
        *_text(details.get("body")),
        *_parts(details),
        *_groups(details, links),
        *_sections(details),
        *_steps(details),
        *_topics(links),
        *_text(details.get("more_information")),
        *_text(loose_object(details, "about").get("body")),
        *_others(details),
    )


def body_html(details: JsonObject) -> str:
    """Return the HTML (or markdown) of every text of the page, to look for links in."""
    texts = [_markup(value) for key, value in details.items() if isinstance(value, str) and key != "url"]
    texts.append(_markup(details.get("body")))
    texts.extend(_markup(part.get("body")) for part in loose_objects(details, "parts"))
    texts.extend(_markup(group.get("body")) for group in loose_objects(details, "collection_groups"))
    return "\n".join(text for text in texts if text)


def change_notes_of(details: JsonObject) -> tuple[ChangeNote, ...]:
    """Return the change history, newest first, aware UTC. A manual's notes name the section they are on.

    Raises:
        UnexpectedShape: the history is there but is not a list of objects with a date and a note.
    """
    notes = []
    for key, date_key, note_key in (
        ("change_history", "public_timestamp", "note"),
        ("change_notes", "published_at", "change_note"),
    ):
        for item in _history(details, key):
            when = moment(loose_text(item, date_key))
            if when is None or not isinstance(item.get(note_key, ""), str):
                raise UnexpectedShape(f"the GOV.UK content item has {key} without a date or note")
            title, note = loose_text(item, "title"), loose_text(item, note_key)
            notes.append(ChangeNote(when, f"{title}: {note}" if title and key == "change_notes" else note))
    return tuple(sorted(notes, key=lambda note: note.when, reverse=True))


def plain(value: Any) -> str:
    """Return an HTML explanation as one line of plain text; "" where there is none."""
    return " ".join(block.text for block in _text(value))


def _history(details: JsonObject, key: str) -> list[JsonObject]:
    value = details.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnexpectedShape(f"the GOV.UK content item has a {key} that is not a list")
    return value


def _markup(value: Any) -> str:
    """Return the HTML of a text, which may come as [{content_type, content}]; markdown where it is alone."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        kinds = {
            one.get("content_type"): one["content"]
            for one in value
            if isinstance(one, dict) and isinstance(one.get("content"), str)
        }
        return str(kinds.get("text/html") or kinds.get("text/govspeak") or "")
    return ""


def _text(value: Any) -> tuple[Block, ...]:
    markup = _markup(value)
    if not markup.strip():
        return ()
    return html_blocks(markup) if _TAGS.search(markup) else govspeak_blocks(markup)


def _heading(text: str, level: int, anchor: str = "") -> tuple[Block, ...]:
    return (Block(BlockKind.HEADING, tidy(text), level, anchor),) if tidy(text) else ()


def _below(anchor: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks that have no anchor of their own the anchor of the part they stand in."""
    return (block if block.anchor else replace(block, anchor=anchor) for block in blocks)


def _outcomes(details: JsonObject) -> Iterator[Block]:
    for title, keys in _OUTCOMES:
        found = [block for key in keys for block in _text(details.get(key))]
        if found:
            yield from (*_heading(title, 2), *found)


def _parts(details: JsonObject) -> Iterator[Block]:
    for part in loose_objects(details, "parts"):
        slug = loose_text(part, "slug")
        anchor = f"#{slug}" if slug else ""
        yield from _heading(loose_text(part, "title"), 1, anchor)
        yield from _below(anchor, _text(part.get("body")))


def _groups(details: JsonObject, links: JsonObject) -> Iterator[Block]:
    titles = {
        loose_text(one, "content_id"): loose_text(one, "title") for one in loose_objects(links, "documents")
    }
    for group in loose_objects(details, "collection_groups"):
        yield from _heading(loose_text(group, "title"), 2)
        yield from _text(group.get("body"))
        listed = group.get("documents")
        for identity in listed if isinstance(listed, list) else ():
            if isinstance(identity, str) and titles.get(identity):
                yield Block(BlockKind.LIST_ITEM, titles[identity], 1)


def _sections(details: JsonObject) -> Iterator[Block]:
    for group in loose_objects(details, "child_section_groups"):
        yield from _heading(loose_text(group, "title"), 2)
        for section in loose_objects(group, "child_sections"):
            words = [loose_text(section, "title"), loose_text(section, "description")]
            text = ": ".join(word for word in words if word)
            if text:
                yield Block(BlockKind.LIST_ITEM, text, 1)


def _steps(details: JsonObject) -> Iterator[Block]:
    steps = loose_object(details, "step_by_step_nav")
    yield from _text(steps.get("introduction"))
    for step in loose_objects(steps, "steps"):
        yield from _heading(loose_text(step, "title"), 2)
        for content in loose_objects(step, "contents"):
            if text := loose_text(content, "text"):
                yield Block(BlockKind.PARAGRAPH, text)
            for line in loose_objects(content, "contents"):
                words = [loose_text(line, "text"), loose_text(line, "context")]
                if any(words):
                    yield Block(BlockKind.LIST_ITEM, " ".join(word for word in words if word), 1)


def _topics(links: JsonObject) -> Iterator[Block]:
    for topic in loose_objects(links, "child_taxons"):
        if title := loose_text(topic, "title"):
            yield Block(BlockKind.LIST_ITEM, title, 1)


def _others(details: JsonObject) -> Iterator[Block]:
    for text in unread_texts(details):
        yield from _text(text)
