"""Two states of one invented page, and what is noticed between them."""

from typing import Any

from comparing_samples import LATER, version

from pipeline.model.documents import ChangeNote, Part, Record
from pipeline.model.redlines import Noticed
from pipeline.text.noticing.notice import notice

TEXT = ("Every school offers a hot meal.", "Families should reply by 31 January 2027.")
NEW_TEXT = ("Every school offers a hot meal.", "Families should reply by 28 February 2027.")
NOTE = ChangeNote(LATER, "The deadline for replies changed.")
QUIET = "The publisher gave no note, and the public date did not move."


def told(old: tuple[Record, list[Part]], new: tuple[Record, list[Part]], **given: Any) -> Noticed:
    found = notice(version(old[0], *old[1], **given), *new)
    assert found is not None
    return found
