"""What is news about SEND, what has a strand of it, and what only uses its words."""

from relevance_samples import BUSES, FILLER, LETTER, a_part, a_record, filler, heading, paragraphs

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Verdict
from pipeline.model.documents import Part, PartKind
from pipeline.text.relevance.judge import judge_relevance, judge_text
from pipeline.text.relevance.lexicon import load_lexicon

LEXICON = load_lexicon()
SEND_TOPIC = "Special educational needs and disability (SEND) and high needs"


def test_a_letter_about_send_with_a_bare_title_is_relevant() -> None:
    found = judge_relevance(a_record("Letter to directors"), [a_part(paragraphs(*LETTER))], LEXICON)
    assert found.verdict is Verdict.RELEVANT


def test_a_letter_whose_text_is_in_the_attached_file_is_relevant() -> None:
    page = a_part(paragraphs("A letter from the minister to local authorities."))
    file = a_part(paragraphs(*LETTER), PartKind.FILE, "Letter")
    found = judge_relevance(a_record("Return to school: ministerial letter"), [page, file], LEXICON)
    assert found.verdict is Verdict.RELEVANT
    assert "attachment" in {reason.where for reason in found.evidence}


def test_a_scan_is_judged_by_its_title_and_description() -> None:
    scan = Part(PartKind.FILE, "Letter", "https://example.org/l.pdf", "Letter", ReadStatus.NO_TEXT, "", 9)
    found = judge_relevance(a_record("Letter to parents of children with SEND"), [scan], LEXICON)
    assert found.verdict is Verdict.RELEVANT


def test_a_page_about_buses_is_not_relevant_however_often_it_says_send() -> None:
    found = judge_text(paragraphs(*BUSES), LEXICON)
    assert found.verdict is Verdict.NOT
    assert found.score == 0
    assert found.evidence == ()


def test_an_empty_text_is_not_relevant() -> None:
    assert judge_text((), LEXICON).verdict is Verdict.NOT
    assert judge_relevance(a_record(""), [], LEXICON).verdict is Verdict.NOT


def test_one_section_on_send_in_a_long_guidance_is_partial_and_quoted() -> None:
    section = (
        heading("Pupils with special educational needs"),
        *paragraphs("Schools should record absence in line with the pupil's EHC plan and tell the SENCO."),
    )
    blocks = (*filler(1500), *section, *filler(1500))
    found = judge_relevance(a_record("Keeping registers"), [a_part(blocks)], LEXICON)
    assert found.verdict is Verdict.PARTIAL
    assert any("tell the SENCO" in reason.quote for reason in found.evidence)


def test_one_remark_in_a_long_speech_is_not_relevant() -> None:
    remark = paragraphs("We have also reformed education for children with SEN, as colleagues know.")
    found = judge_text((*filler(2000), *remark, *filler(2000)), LEXICON)
    assert found.verdict is Verdict.NOT
    assert [reason.term for reason in found.evidence] == ["SEN"]


def test_one_line_with_money_in_a_short_statement_is_partial() -> None:
    line = paragraphs("We will also reform the funding of pupils with high-cost special educational needs.")
    assert judge_text((*filler(500), *line), LEXICON).verdict is Verdict.PARTIAL


def test_a_topic_given_by_the_publisher_makes_a_page_partial_without_any_word_of_send() -> None:
    record = a_record("Research papers", taxons=(SEND_TOPIC, "Schools"))
    found = judge_relevance(record, [a_part(filler(300))], LEXICON)
    assert found.verdict is Verdict.PARTIAL
    assert found.evidence[0].where == "taxon"


def test_the_publisher_alone_proves_nothing() -> None:
    assert judge_relevance(a_record("Pay of school caretakers"), [], LEXICON).score == 0


def test_one_attachment_of_many_that_is_about_send_makes_the_page_partial() -> None:
    parts = [a_part(filler(3000), PartKind.FILE, f"Chapter {number}") for number in range(4)]
    parts.append(a_part(paragraphs(*LETTER), PartKind.FILE, "Annex"))
    assert judge_relevance(a_record("School finance manual"), parts, LEXICON).verdict is Verdict.PARTIAL


def test_an_honours_list_is_not_news_even_when_it_is_tagged_send() -> None:
    awards = [
        f"{name}, headteacher of {name} Special School. For services to children with special educational "
        "needs and disabilities. MBE"
        for name in ("Alder", "Birch", "Cedar", "Elm")
    ]
    record = a_record("New Year Honours: education", taxons=(SEND_TOPIC,))
    found = judge_relevance(record, [a_part(paragraphs(*awards))], LEXICON)
    assert found.verdict is Verdict.NOT
    assert any(reason.weight < 0 and "honours" in reason.term for reason in found.evidence)


def test_an_allowance_for_teachers_is_no_help_for_children() -> None:
    text = "Teachers who take on a SEND role may also receive additional payments, known as SEN allowances."
    assert judge_text((*filler(400), *paragraphs(text)), LEXICON).verdict is Verdict.NOT


def test_a_careers_page_for_future_teachers_is_partial_at_most() -> None:
    blocks = (
        heading("Teach pupils with SEND", 1),
        *paragraphs(
            "Initial teacher training covers pupils with special educational needs and disabilities (SEND).",
            "Once you have qualified teacher status you could become a SENCO.",
            "Talk to a teacher training adviser about your teaching career with SEND pupils.",
        ),
    )
    assert judge_text(blocks, LEXICON).verdict is Verdict.PARTIAL


def test_help_for_disabled_children_is_partial_and_a_benefit_for_them_is_not() -> None:
    helped = a_record("Help if you have a disabled child", publishers=())
    paid = a_record("Disability Living Allowance for disabled children", publishers=())
    assert judge_relevance(helped, [], LEXICON).verdict is Verdict.PARTIAL
    assert judge_relevance(paid, [], LEXICON).verdict is Verdict.NOT


def test_an_ehc_plan_beside_a_benefit_still_counts() -> None:
    text = "Places go to children with an education, health and care plan or Disability Living Allowance."
    assert judge_text((*filler(300), *paragraphs(text)), LEXICON).verdict is Verdict.PARTIAL


def test_high_needs_among_other_blocks_of_funding_is_partial() -> None:
    text = [
        f"Paragraph {n}: the schools block and the high needs block rise by {n} per cent." for n in range(9)
    ]
    found = judge_relevance(a_record("School funding settlement"), [a_part(paragraphs(*text))], LEXICON)
    assert found.verdict is Verdict.PARTIAL


def test_wales_scotland_and_northern_ireland_have_their_own_systems() -> None:
    wales = judge_relevance(
        a_record(
            "The additional learning needs (ALN) code",
            publishers=("Welsh Government",),
            description="How the ALN code replaces special educational needs (SEN) law.",
        ),
        [],
        LEXICON,
    )
    scotland = judge_text(
        paragraphs(
            "Scottish ministers report on additional support for learning in schools.",
            "The Scottish Government counts pupils with additional support needs.",
            "What was once called special educational needs is now additional support needs.",
        ),
        LEXICON,
    )
    ulster = judge_relevance(
        a_record("Special educational needs in Northern Ireland", publishers=()), [], LEXICON
    )
    assert {wales.verdict, scotland.verdict, ulster.verdict} == {Verdict.NOT}
    assert any("not England" in reason.term for reason in wales.evidence)


def test_the_publishers_own_list_of_nations_decides() -> None:
    nations = {"Wales": Verdict.NOT, "England, Wales": Verdict.RELEVANT, "": Verdict.RELEVANT}
    for applies, verdict in nations.items():
        record = a_record("SEND transport", facts=(("national_applicability", applies),))
        assert judge_relevance(record, [a_part(paragraphs(*LETTER))], LEXICON).verdict is verdict


def test_autism_in_the_figures_of_a_hospital_for_adults_is_no_strand_and_in_schools_it_is() -> None:
    adults = "Autism referrals rose. Adults wait 300 days for an autism assessment. Autism teams are growing."
    pupils = "Autism in schools. Teachers learn about autism. Parents of autistic pupils are asked."
    assert judge_text((*paragraphs("Waiting times. " * 30, adults),), LEXICON).verdict is Verdict.NOT
    assert judge_text((*paragraphs("Waiting times. " * 30, pupils),), LEXICON).verdict is Verdict.PARTIAL


def test_a_statutory_duty_named_in_a_long_bracket_is_no_aside() -> None:
    notice = (
        "Section 42 of the Children and Families Act 2014 (duty to secure special educational provision and "
        "health care provision in accordance with EHC plan) is changed in England until 30 June."
    )
    assert judge_text(paragraphs(notice), LEXICON).verdict is Verdict.RELEVANT


def test_a_letter_on_england_that_mentions_wales_stays_relevant() -> None:
    text = (*LETTER, "This letter is for England. In Wales the law on additional learning needs differs.")
    assert judge_text(paragraphs(*text), LEXICON).verdict is Verdict.RELEVANT


def test_sen_without_schools_or_children_is_another_sen() -> None:
    text = "One hundred SEN were one yen. The SEN was coined in silver. A SEN bought little in 1950."
    assert judge_text((*paragraphs(text), *paragraphs("Coins. " * 150)), LEXICON).verdict is Verdict.NOT


def test_evidence_is_strongest_first_and_every_quotation_is_in_the_text() -> None:
    found = judge_text(paragraphs(*LETTER), LEXICON)
    weights = [abs(reason.weight) for reason in found.evidence]
    assert weights == sorted(weights, reverse=True)
    whole = " ".join(" ".join(LETTER).split())
    assert all(reason.quote.strip("…") in whole for reason in found.evidence)
    assert all(reason.term in reason.quote for reason in found.evidence)


def test_a_paragraph_that_is_repeated_on_every_page_counts_once() -> None:
    footer = paragraphs("Ask the SENCO about SEND.")
    once = judge_text((*filler(800), *footer), LEXICON)
    often = judge_text((*filler(400), *footer, *footer, *filler(800)[25:], *footer), LEXICON)
    assert once == often


def test_a_passing_mention_between_brackets_weighs_less() -> None:
    plain = judge_text(paragraphs(f"{FILLER} Children with SEN are counted."), LEXICON)
    aside = judge_text(paragraphs(f"{FILLER} Children (and those with SEN too) are counted."), LEXICON)
    assert plain.score > aside.score


def test_a_lone_table_row_is_no_title() -> None:
    row = Block(BlockKind.TABLE_ROW, "SEND | 3 | 4")
    assert judge_text((row, *filler(900)), LEXICON).verdict is not Verdict.RELEVANT
