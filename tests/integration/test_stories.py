"""From what was noticed to one mail an announcement, on both databases."""

import pytest

from pipeline.store import changes, stories
from pipeline.store.changes import Fate
from pipeline.store.database import Database
from tests.support.ledgers import GOVUK, Ledger
from tests.unit.clustering.kin_samples import LETTER as SENTENCES
from tests.unit.clustering.kin_samples import OTHER as OTHER_SENTENCES
from tests.unit.clustering.kin_samples import RELEASE as RELEASE_SENTENCES

LETTER, OTHER, RELEASE = (
    text.replace(". ", ".\n") for text in (SENTENCES, OTHER_SENTENCES, RELEASE_SENTENCES)
)
THE_LETTER = ("letter", "Letter to head teachers on off-rolling", "correspondence", LETTER)
THE_RELEASE = ("release", "Minister acts to stop hidden exclusions", "press_release", RELEASE)
POST = "https://educationhub.blog.gov.uk/2026/11/leaving-a-school-roll/"
TO_THE_LETTER = [GOVUK + "letter"]


@pytest.fixture
def ledger(db: Database) -> Ledger:
    return Ledger(db)


def test_what_is_found_together_is_one_mail_on_the_letter_whatever_was_seen_first(ledger: Ledger) -> None:
    ledger.arrives(POST, "What leaving a school roll means", "blog_post", OTHER, TO_THE_LETTER)
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    ledger.arrives(*THE_LETTER)
    ledger.arrives("annex", "Annex A: the record of leavers", "guidance", "See the letter.", TO_THE_LETTER)
    ledger.cycle()
    assert ledger.mails() == ["[New letter] Letter to head teachers on off-rolling, and 3 more documents"]
    (mail,) = ledger.whole_mails()
    for words in ("Press release: Minister acts", f"Blog post: What leaving a school roll means {POST}"):
        assert words in mail.text, "each with what it is"
    assert "It belongs here: it links to “Letter to head teachers on off-rolling”." in mail.text
    assert "The draft rests on this one." in mail.text
    draft = mail.text.partition("READY TO COPY")[2].partition("CHECK EACH SENTENCE")[0]
    assert f"Minister acts to stop hidden exclusions: {GOVUK}release" in draft, "the draft links to them"
    ledger.cycle()
    assert len(ledger.mails()) == 1


def test_a_later_document_joins_and_the_mail_says_update(ledger: Ledger) -> None:
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    ledger.passes(days=1)
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    ledger.cycle()
    assert ledger.mails()[1:] == ["[Update: press release] Minister acts to stop hidden exclusions"]
    update = ledger.whole_mails()[1]
    assert "An earlier mail told of it on 24 November 2026." in update.text
    assert "Letter to head teachers on off-rolling" in update.text
    assert "It is new since the last mail." in update.text
    ledger.cycle()
    assert len(ledger.mails()) == 2


def test_a_letter_that_comes_after_its_press_release_is_what_the_draft_rests_on(ledger: Ledger) -> None:
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    ledger.cycle()
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    assert ledger.mails()[1] == "[Update: letter] Letter to head teachers on off-rolling"
    assert "Letter: Letter to head teachers on off-rolling" in ledger.whole_mails()[1].text
    with ledger.db.begin() as tx:
        assert stories.get(tx, 1).main_document_id == ledger.ids["letter"]
        assert "head teachers" in stories.draft_of(tx, 1, 2).headline.text.lower() + str(
            stories.draft_of(tx, 1, 2).pieces
        )


def test_a_copy_is_never_told_and_is_listed_in_the_next_mail(ledger: Ledger) -> None:
    copy = "https://www.council.example/news/off-rolling"
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    ledger.arrives(copy, "Ministerial letter", "page", LETTER)
    ledger.cycle()
    assert len(ledger.mails()) == 1
    with ledger.db.begin() as tx:
        line = changes.of_document(tx, ledger.ids[copy])[0]
    assert (line.fate, line.story_id, line.is_copy) == (Fate.TOLD, 1, True)
    assert line.joined == "the same text as “Letter to head teachers on off-rolling” at another address"
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    ledger.cycle()
    assert ledger.mails()[1:] == ["[Update: press release] Minister acts to stop hidden exclusions"]
    assert copy in ledger.whole_mails()[1].text


@pytest.mark.parametrize("together", [True, False], ids=["in one cycle", "one after the other"])
@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("Improvement notice: {}", "Herefordshire"), ("Improvement notice: {}", "Hertfordshire")),
        (("Letter to schools in {}", "Southampton"), ("Letter to schools in {}", "Northampton")),
        (("SEND: leaving a roll", "England"), ("SEND: leaving a roll", "England, and need not do so")),
    ],
    ids=["two counties", "two cities", "one denies"],
)
def test_nearly_the_same_words_on_another_place_or_with_a_denial_are_a_second_mail(
    ledger: Ledger, first: tuple[str, str], then: tuple[str, str], together: bool
) -> None:
    titles = []
    for name, (title, place) in (("one", first), ("two", then)):
        titles.append(title.format(place))
        text = LETTER.replace("all head teachers", f"all head teachers in {place}")
        ledger.arrives(name, titles[-1], "correspondence", text)
        if not together:
            ledger.cycle()
    ledger.cycle()
    assert ledger.mails() == [f"[New letter] {title}" for title in titles]


def test_letter_and_copy_in_one_cycle_are_one_mail_without_a_second_document(ledger: Ledger) -> None:
    ledger.arrives("https://www.council.example/off-rolling", "Our news", "page", LETTER)
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    assert ledger.mails() == ["[New letter] Letter to head teachers on off-rolling"]


def test_two_letters_of_one_day_are_two_mails_and_a_round_up_of_both_is_a_third(ledger: Ledger) -> None:
    ledger.arrives(*THE_LETTER)
    ledger.arrives("rates", "Letter to directors on short breaks", "correspondence", OTHER)
    both = [GOVUK + "letter", GOVUK + "rates"]
    ledger.arrives("round-up", "This week at the department", "press_release", RELEASE, both)
    ledger.cycle()
    tags = sorted(subject.partition("]")[0] for subject in ledger.mails())
    assert tags == ["[New letter", "[New letter", "[New press release"]


def test_an_edit_within_two_weeks_belongs_to_the_story_and_a_later_one_does_not(ledger: Ledger) -> None:
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    ledger.passes(days=5)
    ledger.changes(*THE_LETTER[:3], LETTER.replace("ten school days", "five school days"))
    ledger.cycle()
    ledger.passes(days=60)
    ledger.changes(*THE_LETTER[:3], LETTER.replace("ten school days", "two school days"))
    ledger.cycle()
    assert [subject.partition("]")[0] for subject in ledger.mails()] == [
        "[New letter",
        "[Quiet change",
        "[Quiet change",
    ]
    with ledger.db.begin() as tx:
        lines = changes.of_document(tx, ledger.ids["letter"])
    assert [(line.story_id, line.told_in) for line in lines] == [(1, 1), (1, 2), (2, 1)]
    assert "ten" in ledger.whole_mails()[1].text, "it shows what stood there before"


def test_the_same_edit_to_two_copies_is_told_once(ledger: Ledger) -> None:
    copy = ("https://www.council.example/off-rolling", "Our letter", "page")
    ledger.known(*THE_LETTER)
    ledger.known(*copy, LETTER)
    ledger.passes(days=1)
    edited = LETTER.replace("ten school days", "five school days")
    ledger.changes(*THE_LETTER[:3], edited, "e1")
    ledger.cycle()
    ledger.changes(*copy, edited, "e1")
    ledger.cycle()
    assert len(ledger.mails()) == 1


def test_a_withdrawal_is_no_copy_of_the_page_whose_words_it_has(ledger: Ledger) -> None:
    from pipeline.model.changes import ChangeKind

    copy = ("https://www.council.example/off-rolling", "Our letter", "page")
    ledger.known(*copy, LETTER)
    ledger.arrives(*THE_LETTER)
    ledger.cycle()
    ledger._noticed(*copy, LETTER + " ", (), ChangeKind.WITHDRAWN)
    ledger.cycle()
    assert len(ledger.mails()) == 2


def test_fourteen_pages_of_a_storm_in_two_batches_are_two_mails(ledger: Ledger) -> None:
    _storm(ledger, range(12))
    ledger.cycle()
    assert len(ledger.mails()) == 1
    _storm(ledger, range(12, 14))
    ledger.cycle()
    ledger.passes(minutes=30)
    ledger.cycle()
    assert len(ledger.mails()) == 1, "not a mail for every page that comes late"
    ledger.passes(minutes=30)
    ledger.cycle()
    ledger.cycle()
    ledger.passes(hours=3)
    ledger.cycle()
    assert len(ledger.mails()) == 2, "but they are told within the hour, once"
    late = ledger.whole_mails()[1]
    assert late.subject.startswith("[Update: 2 more pages] ")
    assert all(f"{GOVUK}page-{n} " in f"{late.text} ".replace("\n", " ") for n in range(14))


def test_a_storm_that_doubles_is_told_again_at_once(ledger: Ledger) -> None:
    _storm(ledger, range(10))
    ledger.cycle()
    _storm(ledger, range(10, 20))
    ledger.cycle()
    assert [subject.partition("]")[0] for subject in ledger.mails()][1:] == ["[Update: 10 more pages"]


def test_a_process_that_dies_between_the_hops_loses_nothing_and_doubles_nothing(ledger: Ledger) -> None:
    from alerts.steps.alerting import alert_stories
    from pipeline.steps.cluster import cluster
    from pipeline.steps.draft import draft_stories
    from tests.support.ledgers import TEAM, a_drafter

    ledger.arrives(*THE_LETTER)
    cluster(ledger.db, ledger.now)
    cluster(ledger.db, ledger.now)
    draft_stories(ledger.db, a_drafter(), ledger.now)
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    cluster(ledger.db, ledger.now)
    alert_stories(ledger.db, team=TEAM, source_title=str, domain="x.example", now=ledger.now)
    assert ledger.mails() == ["[New letter] Letter to head teachers on off-rolling"]
    ledger.cycle()
    ledger.cycle()
    assert ledger.mails()[1:] == ["[Update: press release] Minister acts to stop hidden exclusions"]


def test_what_joins_before_anybody_was_told_is_one_first_mail(ledger: Ledger) -> None:
    from pipeline.steps.cluster import cluster

    ledger.arrives(*THE_LETTER)
    cluster(ledger.db, ledger.now)
    ledger.arrives(*THE_RELEASE, TO_THE_LETTER)
    ledger.cycle()
    assert ledger.mails() == ["[New letter] Letter to head teachers on off-rolling, and 1 more document"]


def _storm(ledger: Ledger, pages: range) -> None:
    words = "Local authorities publish their plan once a year."
    for n in pages:
        page = (f"page-{n}", f"Guidance {n}", "guidance")
        ledger.known(*page, f"{words}\nThis page is about area {n}.")
        ledger.changes(*page, f"{words}\nThis page is about area {n}.\nYou must send the form.", "storm")
