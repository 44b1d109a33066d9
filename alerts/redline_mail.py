"""A redline as a mail shows it: short enough to read, and the whole of it in a file when it was cut. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from alerts.redline_html import redline_fragment, sentence_pair
from pipeline.model.blocks import Block
from pipeline.model.documents import Part, PartKind
from pipeline.model.redlines import Redline, Run
from pipeline.text.comparing.redline_places import places
from pipeline.text.comparing.redline_words import redline_text, sentence_text

LONGEST = 120  # words of a passage that came or went
MOST_FILED = 1_000_000  # characters of the file
FILENAME = "what-changed.txt"
NOTHING = Markup("")
_REST = "[… cut here; to see the rest: sendwatch compare URL@DATE URL@DATE --html …]"


@dataclass(frozen=True, slots=True)
class Shown:
    """The same edits as ``text`` and as ``html``; empty without edits.

    ``note`` says in plain words what is not in the mail; ``whole`` is all of it, as text to attach.
    """

    text: str = ""
    html: Markup = NOTHING
    note: str = ""
    whole: str = ""
    filename: str = FILENAME


def with_titles(redline: Redline | None, parts: Sequence[Part]) -> Redline | None:
    """The same redline with the titles that people know in place of the paths of a page's HTML children."""
    titles = {part.key: part.title for part in parts if part.kind is PartKind.CHILD and part.title}
    if redline is None or not titles:
        return redline

    def named(block: Block | None) -> Block | None:
        return replace(block, part=titles[block.part]) if block and block.part in titles else block

    changes = [replace(one, old=named(one.old), new=named(one.new)) for one in redline.changes]
    return Redline(tuple(changes))


def shown_redline(redline: Redline | None, most: int, weighty: Sequence[str]) -> Shown:
    """Return up to ``most`` edits, those with a ``weighty`` sentence first, and a file if some are cut."""
    if redline is None or not redline.edits:
        return Shown()
    text = redline_text(redline, most=most, weighty=weighty, longest=LONGEST)
    html = redline_fragment(redline, most=most, weighty=weighty, longest=LONGEST)
    whole = redline_text(redline)
    if text == whole:
        return Shown(text, Markup(html))  # noqa: S704 - escaped where it was made
    told = sum(place.edits for place in places(redline, most=most, weighty=weighty))
    total = len(redline.edits)
    if told < total:
        note = f"This mail shows {told or 'none'} of {total} changes: {{}} in the attached file {FILENAME}."
    else:
        note = f"Long passages are cut in this mail: {{}} in the attached file {FILENAME}."
    there = "all of it is"
    if len(whole) > MOST_FILED:
        whole = f"{whole[:MOST_FILED]}\n{_REST}"
        there = "more of it is"
    return Shown(text, Markup(html), note.format(there), whole + "\n")  # noqa: S704 - escaped where it was made


def shown_sentence(runs: Sequence[Run]) -> tuple[str, str]:
    """Return one sentence before and now, as HTML and as text."""
    return sentence_pair(runs), sentence_text(runs)
