"""Blocks are aligned, moved blocks are found, words are marked; nothing takes for ever."""

import random
import time
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from comparing_samples import paragraphs

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.redlines import BlockChangeKind, Redline, RunKind
from pipeline.text.comparing.compare import compare_blocks, word_runs
from pipeline.text.weighing.significance import judge_significance
from pipeline.text.words.align import matched, rising


def kinds(redline: Redline) -> list[str]:
    return [change.kind.value for change in redline.changes]


def counted(redline: Redline) -> dict[str, int]:
    return dict(Counter(kinds(redline)))


def marked(old: str, new: str) -> str:
    marks = {RunKind.SAME: "{}", RunKind.REMOVED: "[-{}-]", RunKind.ADDED: "[+{}+]"}
    return "".join(marks[run.kind].format(run.text) for run in word_runs(old, new))


LETTER = paragraphs(
    "# Meals",
    "Every school offers a hot meal at noon.",
    "Families pay for it by the month.",
    "# Transport",
    "The bus leaves from the church at eight.",
    "A place on the bus is free for pupils with a plan.",
    "# Contact",
    "Write to the office in Northshire.",
)


def test_equal_texts_have_no_edits() -> None:
    assert compare_blocks(LETTER, LETTER).edits == ()


def test_nothing_against_nothing_is_an_empty_redline() -> None:
    assert compare_blocks((), ()).changes == ()


def test_a_reworded_paragraph_is_shown_in_its_place() -> None:
    new = (*LETTER[:1], replace(LETTER[1], text="Every school offers a cold meal at noon."), *LETTER[2:])
    redline = compare_blocks(LETTER, new)
    assert kinds(redline) == ["same", "changed", *["same"] * 6]
    assert [run.text for run in redline.edits[0].runs] == [
        "Every school offers a ",
        "hot",
        "cold",
        " meal at noon.",
    ]


def test_a_removed_paragraph_stays_in_its_old_place() -> None:
    redline = compare_blocks(LETTER, LETTER[:2] + LETTER[3:])
    assert kinds(redline) == ["same", "same", "removed", *["same"] * 5]


def test_a_moved_section_is_a_move_with_its_heading() -> None:
    new = LETTER[3:6] + LETTER[:3] + LETTER[6:]
    redline = compare_blocks(LETTER, new)
    assert counted(redline) == {"same": 5, "moved": 3}
    assert [change.new for change in redline.changes] == list(new)


def test_a_paragraph_that_moved_and_was_reworded_is_still_itself() -> None:
    edited = replace(LETTER[5], text="A seat on the bus is free for pupils with a plan.")
    redline = compare_blocks(LETTER, (edited, *LETTER[:5], *LETTER[6:]))
    assert counted(redline) == {"changed": 1, "same": 7}


def test_yes_in_another_list_is_no_move() -> None:
    meals, buses = (
        paragraphs("# Meals", "We cook for all of you."),
        paragraphs("# Buses", "We drive all of you."),
    )
    yes = paragraphs("* Yes")
    redline = compare_blocks(meals + yes + buses, meals + buses + yes)
    assert counted(redline) == {"same": 4, "removed": 1, "added": 1}


def test_a_paragraph_that_was_cut_by_a_page_break_is_the_same() -> None:
    old = paragraphs("A page begins here. It goes on ‘over’ the page. It ends.", "Another.")
    new = paragraphs("A page begins here.", "It goes on 'over' the page. It ends.", "Another.")
    assert compare_blocks(old, new).edits == ()
    assert compare_blocks(new, old).edits == ()


def test_a_heading_that_became_bold_text_says_the_same() -> None:
    new = (Block(BlockKind.PARAGRAPH, "Meals"), *LETTER[1:])
    assert compare_blocks(LETTER, new).edits == ()


def test_each_file_is_compared_with_itself() -> None:
    page = paragraphs("The same words stand here twice.")
    file = paragraphs("The same words stand here twice.", part="Annex")
    redline = compare_blocks(page + file, page + paragraphs("The same words stand here once.", part="Annex"))
    assert kinds(redline) == ["same", "changed"]
    assert redline.edits[0].new is not None
    assert redline.edits[0].new.part == "Annex"


def test_a_file_that_became_a_web_page_is_laid_beside_it() -> None:
    old = paragraphs("Summary.") + tuple(replace(block, part="Letter (PDF)") for block in LETTER)
    new = paragraphs("Summary.") + tuple(replace(block, part="/letter/html") for block in LETTER)
    assert compare_blocks(old, new).edits == ()


def test_a_file_that_went_stands_where_it_stood() -> None:
    old = paragraphs("Summary.") + paragraphs("Annex A words.", part="a") + paragraphs("Other.", part="b")
    redline = compare_blocks(old, paragraphs("Summary.") + paragraphs("Other.", part="b"))
    assert kinds(redline) == ["same", "removed", "same"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "[+new+]"),
        ("old", "", "[-old-]"),
        ("Reply by 3 May.", "Reply by 4 June.", "Reply by [-3 May-][+4 June+]."),
        ("You should go.", "You must go.", "You [-should-][+must+] go."),
        ("One. Three.", "One. Two. Three.", "One. [+Two. +]Three."),
        ("We met. We ate.", "We met. We met again. We ate.", "We met. [+We met again. +]We ate."),
        ("for the child", "to the family", "[-for the child-][+to the family+]"),
        ("It costs £5.50 now", "It costs £5.60 now", "It costs [-£5.50-][+£5.60+] now"),
        ("a\u00a0b", "a b", "a[-\u00a0-][+ +]b"),
        ("the child’s plan", "the child's plan", "the [-child’s-][+child's+] plan"),
    ],
)
def test_words_are_marked_as_a_person_would(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_alignment_falls_back_to_rare_words_and_windows_when_it_must() -> None:
    shuffle = random.Random(5)
    a = [shuffle.randrange(60) for _ in range(400)] + list(range(1000, 1100))
    b = list(range(1000, 1100)) + [shuffle.randrange(60) for _ in range(400)]
    for cells in (1, 50, 5_000, 10**9):
        pairs = matched(a, b, most_cells=cells)
        assert all(a[i] == b[j] for i, j in pairs)
        assert all(p[0] < q[0] and p[1] < q[1] for p, q in pairwise(pairs))
    assert len(matched(a, b)) >= 100


def test_the_longest_rising_choice_is_found() -> None:
    assert rising([(0, 4), (1, 1), (2, 2), (3, 0), (4, 3)]) == [(1, 1), (2, 2), (4, 3)]


def long_texts() -> dict[str, tuple[list[str], list[str]]]:
    pick = random.Random(11)
    words = [f"word{n}" for n in range(900)] + ["the", "of", "and", "a", "to"] * 60
    sentences = [" ".join(pick.choices(words, k=40)) + "." for _ in range(5_000)]
    big = pick.choices(words, k=160_000)
    other = [pick.choice(words) if pick.random() < 0.01 else word for word in big]
    return {
        "5,000 paragraphs, one in twenty edited": (
            sentences,
            [f"{text} More." if n % 20 == 0 else text for n, text in enumerate(sentences)],
        ),
        "5,000 paragraphs, all edited": (sentences, [f"{text} More." for text in sentences]),
        "5,000 paragraphs, backwards": (sentences, sentences[::-1]),
        "10,000 times the same paragraph": (["The same again."] * 10_000, ["The same again."] * 9_000),
        "10,000 times another paragraph": (["The same again."] * 10_000, ["Another one."] * 10_000),
        "one paragraph of 1 MB": ([" ".join(big)], [" ".join(other)]),
        "one word of 1 MB": (["a" * 1_000_000], ["a" * 999_999 + "b"]),
        "one word 150,000 times": (["word " * 150_000], ["word " * 120_000 + "end"]),
    }


@pytest.mark.parametrize("name", list(long_texts()))
def test_no_text_takes_for_ever(name: str) -> None:
    old, new = (paragraphs(*texts) for texts in long_texts()[name])
    start = time.process_time()
    redline = compare_blocks(old, new)
    compared = time.process_time() - start
    judge_significance(redline)
    assert redline.edits
    assert compared < 6  # a tenth to two seconds on an idle machine; a quadratic search would take minutes
    assert time.process_time() - start < 14


def test_all_edited_paragraphs_are_paired_however_many() -> None:
    old, new = long_texts()["5,000 paragraphs, all edited"]
    found = counted(compare_blocks(paragraphs(*old[:1500]), paragraphs(*new[:1500])))
    assert found == {BlockChangeKind.CHANGED.value: 1500}
