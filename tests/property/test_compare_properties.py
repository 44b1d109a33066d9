"""What must hold for any two texts: nothing is lost, nothing is invented, nothing changes by itself."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Significance
from pipeline.model.documents import Part, PartKind, Record, Version
from pipeline.model.redlines import LAYOUT, BlockChangeKind, Redline, RunKind
from pipeline.text.comparing.compare import compare_blocks, word_runs
from pipeline.text.comparing.redline_words import redline_text
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.noticing.notice import notice
from pipeline.text.weighing.significance import judge_significance
from pipeline.text.weighing.typed_words import typed_words
from pipeline.text.words.align import matched
from pipeline.text.words.normalise import NORMALISER, clean, for_comparison

ODD = (
    "’‘“”–—\u00a0\u00ad\u200b\u202e\ufb03e\u0301½²…"
    "•·`´″.,;:!?()[]{}|/@£%0123456789 \n\tABCabc\ud800\U0001f600"
)
WORDS = [
    "the",
    "of",
    "child",
    "must",
    "should",
    "may",
    "not",
    "plan",
    "20 weeks",
    "£500",
    "3 May 2027",
    "school.",
]
texts = st.text(st.sampled_from(ODD), max_size=60) | st.text(max_size=40)
prose = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
words = prose | texts
blocks = st.lists(
    st.builds(
        Block, st.sampled_from(BlockKind), words, st.integers(0, 3), part=st.sampled_from(["", "a", "b"])
    ),
    max_size=9,
).map(lambda found: sorted(found, key=lambda block: block.part))  # as parts follow one another in a Version


def side(redline: Redline, *, new: bool) -> str:
    """All words of one side of a redline, without spaces, in no order."""
    found = [change.new if new else change.old for change in redline.changes]
    return "".join(
        sorted(c for block in found if block for c in for_comparison(block.text) if not c.isspace())
    )


def letters(given: list[Block]) -> str:
    return "".join(sorted(c for block in given for c in for_comparison(block.text) if not c.isspace()))


@given(texts)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert for_comparison(for_comparison(text)) == for_comparison(text)
    assert clean(clean(text)) == clean(text)
    assert for_comparison(clean(text)) == for_comparison(text)


@given(words, words)
def test_runs_of_words_join_to_exactly_both_texts(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(run.text for run in runs if run.kind is not RunKind.ADDED) == old
    assert "".join(run.text for run in runs if run.kind is not RunKind.REMOVED) == new
    assert all(run.text for run in runs)
    assert all(one.kind is not other.kind for one, other in pairwise(runs))


@given(words)
def test_a_text_against_itself_has_one_run(text: str) -> None:
    assert [run.kind for run in word_runs(text, text)] == ([RunKind.SAME] if text else [])


@given(st.lists(st.integers(0, 6), max_size=40), st.lists(st.integers(0, 6), max_size=40), st.integers(1, 60))
def test_alignment_only_pairs_equal_items_in_order(a: list[int], b: list[int], cells: int) -> None:
    pairs = matched(a, b, most_cells=cells)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(pairs))


@given(blocks)
def test_a_document_against_itself_has_no_edits(given: list[Block]) -> None:
    redline = compare_blocks(given, given)
    assert redline.edits == ()
    assert judge_significance(redline).significance is Significance.TYPOGRAPHICAL
    assert redline_text(redline) == ""


@given(blocks)
def test_a_page_against_itself_is_nothing_to_tell(given: list[Block]) -> None:
    record = Record("https://www.gov.uk/offer", "The local offer")
    part = Part(PartKind.PAGE, "", record.url, "page", ReadStatus.READ, "p", 1, tuple(given))
    seen = datetime(2026, 11, 20, tzinfo=UTC)
    known = Version(1, 1, seen, fingerprint(record, [part]), NORMALISER, record, (part,))
    assert notice(known, record, [replace(part, etag="another")]) is None


@given(blocks, blocks)
@settings(max_examples=300)
def test_a_redline_holds_all_of_both_texts_and_nothing_else(old: list[Block], new: list[Block]) -> None:
    redline = compare_blocks(old, new)
    assert side(redline, new=False) == letters(old)
    assert side(redline, new=True) == letters(new)
    for change in redline.changes:
        assert (change.old is None) == (change.kind is BlockChangeKind.ADDED)
        assert (change.new is None) == (change.kind is BlockChangeKind.REMOVED)
        assert bool(change.runs) == (change.kind is BlockChangeKind.CHANGED)
        if change.runs and change.old and change.new:
            assert (
                "".join(run.text for run in change.runs if run.kind is not RunKind.ADDED) == change.old.text
            )
            assert (
                "".join(run.text for run in change.runs if run.kind is not RunKind.REMOVED) == change.new.text
            )


def apply_redline(old: list[Block], redline: Redline) -> list[str]:
    """Make the new texts out of the old blocks as the redline says, by its kinds and its runs of words.

    Of the new side only what was added is read; every old block must be used up exactly once.
    """
    given: list[list[str]] = []  # the old blocks, each in its pieces
    made: list[list[str]] = []  # the new ones
    last: list[str] = []
    for change in redline.changes:
        before = [for_comparison(change.old.text)] if change.old else []
        after = before
        if change.kind is BlockChangeKind.ADDED and change.new:
            after = [for_comparison(change.new.text)]
        elif change.kind is BlockChangeKind.CHANGED:
            was, now = (
                for_comparison("".join(run.text for run in change.runs if run.kind is not without))
                for without in (RunKind.ADDED, RunKind.REMOVED)
            )
            assert before == [was]
            after = [now]
        elif change.kind is BlockChangeKind.REMOVED:
            after = []
        if change.kind is BlockChangeKind.SPLIT:
            last += before
        elif before:
            given.append(list(before))
            last = given[-1] if change.kind in LAYOUT else last
        if change.kind is BlockChangeKind.JOINED:
            made[-1] += after
        elif after:
            made.append(list(after))
    assert Counter(map(" ".join, given)) == Counter(for_comparison(block.text) for block in old)
    return [" ".join(pieces) for pieces in made]


@given(blocks, blocks)
@settings(max_examples=400)
def test_applying_a_redline_to_the_old_text_gives_the_new_text(old: list[Block], new: list[Block]) -> None:
    assert apply_redline(old, compare_blocks(old, new)) == [for_comparison(block.text) for block in new]


sentences = st.lists(prose, min_size=1, max_size=8).map(
    lambda found: [f"Sentence{n} {text} ends." for n, text in enumerate(found)]
)


@st.composite
def cut_otherwise(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """The same sentences in paragraphs that one side or the other has in one piece."""
    old: list[str] = []
    new: list[str] = []
    said = draw(sentences)
    while said:
        count = draw(st.integers(1, len(said)))
        whole, pieces = (old, new) if draw(st.booleans()) else (new, old)
        whole.append(" ".join(said[:count]))
        pieces += said[:count]
        said = said[count:]
    before, after = ([Block(BlockKind.PARAGRAPH, text) for text in side] for side in (old, new))
    return before, after


@given(cut_otherwise())
def test_splitting_and_joining_is_never_losing_and_gaining(sides: tuple[list[Block], list[Block]]) -> None:
    old, new = sides
    redline = compare_blocks(old, new)
    kinds = Counter(change.kind for change in redline.changes)
    assert set(kinds) <= LAYOUT
    assert kinds[BlockChangeKind.SPLIT] - kinds[BlockChangeKind.JOINED] == len(new) - len(old)
    assert apply_redline(old, redline) == [for_comparison(block.text) for block in new]
    assert judge_significance(redline).why == ()


@given(blocks, blocks)
def test_the_new_text_stands_in_its_own_order(old: list[Block], new: list[Block]) -> None:
    told = [change.new for change in compare_blocks(old, new).changes if change.new]
    joined = "".join(for_comparison(block.text) for block in told).replace(" ", "")
    assert joined == "".join(for_comparison(block.text) for block in new).replace(" ", "")


@given(blocks, blocks)
def test_any_redline_can_be_judged_and_told(old: list[Block], new: list[Block]) -> None:
    redline = compare_blocks(old, new)
    judged = judge_significance(redline)
    assert all(judged.why)
    assert bool(redline_text(redline)) == bool(redline.edits)
    assert judge_significance(redline) == judged


@given(
    st.lists(prose.filter(lambda text: text.count(" ") > 3), min_size=2, max_size=7, unique=True),
    st.randoms(),
)
def test_moving_paragraphs_is_never_losing_and_gaining_them(given: list[str], order: object) -> None:
    old = [Block(BlockKind.PARAGRAPH, text) for text in dict.fromkeys(map(for_comparison, given))]
    new = list(old)
    order.shuffle(new)  # type: ignore[attr-defined]
    kinds = {change.kind for change in compare_blocks(old, new).changes}
    assert kinds <= {BlockChangeKind.SAME, BlockChangeKind.MOVED}


@given(blocks)
def test_how_a_text_is_set_is_no_edit(given: list[Block]) -> None:
    other = [replace(block, kind=BlockKind.PARAGRAPH, level=0, anchor="page=2") for block in given]
    assert compare_blocks(given, other).edits == ()


@given(texts)
def test_weighty_words_stand_where_they_are_said_to(text: str) -> None:
    found = typed_words(for_comparison(text))
    assert all(for_comparison(text)[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
