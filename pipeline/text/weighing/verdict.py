"""The three-way verdict on an update: the publisher's note, the page's text, the attachments' text. Pure."""

from collections.abc import Sequence

from pipeline.model.facts import Announcement, ThreeWay
from pipeline.model.redlines import Redline
from pipeline.text.weighing.note_covers import uncovered
from pipeline.text.weighing.significance import Judged


def three_way(
    note: str,
    own: Judged,
    filed: Judged,
    *,
    redline: Redline,
    files: Sequence[str],
    facts: Sequence[str],
    has_files: bool,
    announced: bool,
) -> ThreeWay:
    """Return what each witness says, and whether the publisher said what was done.

    ``own`` is the verdict on the words of the page and its HTML children, ``filed`` on those of files that
    lived on; ``files`` are sentences on files that came, went or were replaced, ``facts`` on facts around the
    text that matter, such as a closing date that moved. ``announced`` says that the
    publisher gave a note, moved the public date on, or moved a consultation to its next stage.
    """
    left = uncovered(note, redline, facts, files=files) if note else ()
    if left:
        judgement = Announcement.NOT_COVERED
    else:
        judgement = Announcement.ANNOUNCED if announced else Announcement.QUIET
    return ThreeWay(
        note=note,
        page=_said(own, "The text of the page is the same."),
        files=_of_files(filed, files, has_files=has_files),
        judgement=judgement,
        uncovered=left,
    )


def _said(judged: Judged, nothing: str) -> str:
    if not judged.why:
        return nothing
    rest = len(judged.why) - 1
    more = f"; and {rest} more difference{'s' if rest > 1 else ''}" if rest else ""
    return f"{judged.significance.value.capitalize()}: {_gist(judged.why[0])}{more}."


def _of_files(filed: Judged, steps: Sequence[str], *, has_files: bool) -> str:
    if not has_files:
        return "There are no files."
    words = _said(filed, "" if steps else "The text of the files is the same.")
    return " ".join([*steps, words]).strip()


def _gist(why: str) -> str:
    """A reason without the sentences that it quotes: they stand elsewhere in full."""
    short = why.partition(". It said: ")[0].partition("; it now says: ")[0].rstrip(".")
    head, _, tail = short.rpartition(": “")
    return head if head and tail.endswith("”") else short
