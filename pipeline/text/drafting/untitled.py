"""A paper that nobody has given a title: a title of its own, and what its words show of its speaker. Pure.

Never takes a file's name for a title, and never makes a title up.
"""

import re

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Citation
from pipeline.text.papers.kinds_by_text import ministers_words
from pipeline.text.papers.main_text import MainText
from pipeline.text.papers.passages import around, cited
from pipeline.text.reporting.start import clean
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import word_count

_NEAR_THE_TOP = 3  # blocks within which a heading is the title of the whole
_LONGEST = 18  # words
_ENOUGH = 5  # words of a first line that is a title although a heading follows
_NO_TITLE = re.compile(r"[.:;,!]$|^(?:Dear|To|From|Date|Re|Tel|Yours)\b|@|\d{5}")


def own_title(text: MainText) -> str:
    """The heading at the top, or a first line that stands alone; "" for letters and running text."""
    if text.letter is not None:
        return ""
    top = text.placed[0] if text.placed else None
    if top and top.block.kind is BlockKind.PARAGRAPH and len(text.placed) > 1:
        line = clean(top.block.text)
        if _ENOUGH <= word_count(line) <= _LONGEST and not _NO_TITLE.search(line):
            return line  # pasted text: the title stands first, and sections follow
    for one in text.placed[:_NEAR_THE_TOP]:
        if one.block.kind is BlockKind.HEADING and word_count(one.block.text) > 1:
            return clean(one.block.text)
    first = next((p for p in text.placed if p.block.kind is BlockKind.PARAGRAPH), None)
    if first is None or len(text.placed) < 2:
        return ""
    line = clean(first.block.text)
    return line if 1 < word_count(line) <= _LONGEST and not _NO_TITLE.search(line) else ""


def stated_minister(text: MainText) -> Citation | None:
    """The passage in which a speaker shows to be a minister: then "we" is the government."""
    for one in text.placed:
        if not (words := ministers_words(one.block.text)):
            continue
        sentences = split_sentences(one.block.text)
        at = next((n for n, s in enumerate(sentences) if words in s), 0)
        return cited(one.block, one.part, around(sentences, at, at))
    return None
