"""What an editor made of a Draft: plain text that can be typed on a phone, and what is said of it."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.model.drafts import Sentence


@dataclass(frozen=True, slots=True)
class EditedText:
    """The website's item and its short forms, as they stand in the form.

    ``body``: paragraphs parted by blank lines; a line that begins with ``- `` is a bullet; a paragraph
    ``[words](https://...)`` is a link. Nothing else is markup.
    """

    title: str
    body: str
    digest_title: str
    digest_text: str
    post: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One saved text of a Story. ``number`` counts from 1, the machine's Draft is 0. ``at`` is aware UTC."""

    story_id: int
    number: int
    revision: int
    at: datetime
    by: str
    text: EditedText


@dataclass(frozen=True, slots=True)
class Backed:
    """A sentence of the edited text with its nearest passages, and the gate's warnings."""

    sentence: Sentence
    warnings: tuple[str, ...]
    own: bool  # the machine's own sentence, unchanged
