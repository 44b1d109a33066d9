"""What holds for any text: no crash, no order, no verb, no runaway time."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relevance_samples import BUSES, FILLER, LETTER, a_part, a_record, paragraphs

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import Entry, PartKind
from pipeline.text.relevance.company import whole_company
from pipeline.text.relevance.judge import entry_may_matter, judge_relevance, judge_text
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.relevance.mentions import read_passage
from pipeline.text.relevance.sections import blocks_about_send

LEXICON = load_lexicon()
SENTENCES = (
    *LETTER,
    *BUSES,
    FILLER,
    "Pupils with SEN.",
    "Special schools",
    "High needs funding rises.",
    "SEND",
)
kinds = st.sampled_from(BlockKind)
odd = st.text(max_size=60) | st.sampled_from(
    ["SEND (", "\u0130 SEND", "special\u00adeducational needs", "\n", "("]
)
some_blocks = st.lists(st.builds(Block, kinds, odd | st.sampled_from(SENTENCES)), max_size=12)
english = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=10)
the_verb = st.sampled_from(["send", "Send", "sent", "sends", "sending", "send send", "Send sent"])


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(some_blocks, st.text(max_size=40))
def test_any_text_gets_a_verdict_whose_reasons_are_quoted(blocks: list[Block], title: str) -> None:
    found = judge_text(blocks, LEXICON, title=title)
    assert found == judge_text(blocks, LEXICON, title=title)
    assert all(reason.term in reason.quote for reason in found.evidence if reason.weight > 0)
    assert entry_may_matter(Entry(url=title, title=title, text=title), LEXICON) in (True, False)


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(st.lists(english, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_neither_verdict_nor_score(texts: list[list[str]], random) -> None:  # type: ignore[no-untyped-def]
    parts = [a_part(paragraphs(*text), PartKind.FILE, f"File {n}") for n, text in enumerate(texts)]
    before = judge_relevance(a_record("Schools"), parts, LEXICON)
    random.shuffle(parts)
    after = judge_relevance(a_record("Schools"), parts, LEXICON)
    assert (before.verdict, before.score) == (after.verdict, after.score)


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(english, st.lists(the_verb, min_size=1, max_size=6), st.integers(0, 10))
def test_adding_the_verb_changes_nothing(texts: list[str], verbs: list[str], place: int) -> None:
    with_verbs = [*texts[:place], *verbs, *texts[place:]]
    before = judge_relevance(a_record("Schools"), [a_part(paragraphs(*texts))], LEXICON)
    after = judge_relevance(a_record("Schools"), [a_part(paragraphs(*with_verbs))], LEXICON)
    assert (before.verdict, before.score) == (after.verdict, after.score)


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(english, st.integers(1, 5))
def test_a_shouted_request_never_raises_the_score(texts: list[str], times: int) -> None:
    shouted = [f"PLEASE SEND US FORM {'I' * n}" for n in range(1, times + 1)]
    before = judge_relevance(a_record("Schools"), [a_part(paragraphs(*texts))], LEXICON)
    after = judge_relevance(a_record("Schools"), [a_part(paragraphs(*texts, *shouted))], LEXICON)
    assert after.score <= before.score


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(some_blocks)
def test_the_passages_about_send_are_blocks_of_the_text_in_order(blocks: list[Block]) -> None:
    kept = blocks_about_send(blocks, LEXICON)
    rest = iter(blocks)
    assert all(any(block is other for other in rest) for block in kept)


@pytest.mark.parametrize(
    "piece", ["SEND ", "education", "special educational ", "( SEND ", "autis", "SEN\n", "send ", "(", " * "]
)
def test_hostile_repetition_costs_time_in_proportion(piece: str) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, piece * (400_000 // len(piece)))]
    started = process_time()
    read_passage(blocks, LEXICON, company=whole_company(LEXICON))
    assert (
        process_time() - started < 4
    )  # 0.1 to 0.9 s where this was measured; a quadratic search takes minutes


def test_five_megabytes_are_judged_in_seconds() -> None:
    text = paragraphs(*(f"{number} {sentence}" for number in range(5_500) for sentence in SENTENCES))
    assert sum(len(block.text) for block in text) > 5_000_000
    started = process_time()
    judge_text(text, LEXICON)
    assert process_time() - started < 12


def test_four_times_the_rows_of_a_table_without_a_heading_cost_about_four_times_as_much() -> None:
    def seconds(count: int) -> float:
        rows = [Block(BlockKind.TABLE_ROW, f"Pupils with SEND {number} | autumn") for number in range(count)]
        started = process_time()
        assert len(blocks_about_send(rows, LEXICON)) == count
        return process_time() - started

    assert seconds(48_000) < 9 * seconds(12_000)  # a search of all rows for each row takes sixteen times
