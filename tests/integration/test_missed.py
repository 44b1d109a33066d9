"""Missed something? On both databases: where a page was lost, and a Story of it now."""

from dataclasses import replace

import pytest

from pipeline.model.documents import Entry
from pipeline.model.traces import Made, Site, Stage, Trace
from pipeline.steps.indexing import index_some
from pipeline.steps.story_by_hand import make_story, make_wanted
from pipeline.steps.tracing import trace
from pipeline.store import changes, documents, entries, labels, search
from pipeline.store.changes import Fate
from pipeline.store.database import Database
from tests.support.ledgers import GOVUK, NOW, TEAM, Ledger

SITES = [Site("govuk-send", "SEND on GOV.UK", "www.gov.uk"), Site("feed", "A feed", "www.gov.uk")]
TEXT = "Local authorities must review each EHC plan once a year.\nParents may ask for a review."


@pytest.fixture
def ledger(db: Database) -> Ledger:
    return Ledger(db)


def asked(ledger: Ledger, url: str) -> Trace:
    return trace(ledger.db, url, sites=SITES, here=str, score=lambda _entry: 0.2)


def makes(ledger: Ledger, url: str) -> Made:
    return make_story(ledger.db, url, "Anna", ledger.now, sites=SITES, here=str)


def listed(ledger: Ledger, name: str, *, matters: bool) -> None:
    with ledger.db.begin() as tx:
        entry = Entry(GOVUK + name, "School census")
        entries.record(tx, "feed", [entry], matters=lambda _: matters, baseline=False, now=ledger.now)


def test_what_was_never_seen_is_named_with_who_watches_the_site(ledger: Ledger) -> None:
    never = asked(ledger, f"{GOVUK}letter#contents")
    assert (never.stage, never.can_make) == (Stage.NEVER_LISTED, True)
    assert never.words.endswith("These watch www.gov.uk: SEND on GOV.UK, A feed.")
    other = asked(ledger, "https://www.example.org/send")
    assert (other.stage, other.can_make) == (Stage.NOT_WATCHED, False)
    assert asked(ledger, "SEND letter").stage is Stage.NOT_A_PAGE
    assert not makes(ledger, "https://www.example.org/send").done


def test_what_was_listed_and_not_read_says_why(ledger: Ledger) -> None:
    listed(ledger, "census", matters=False)
    passed = asked(ledger, GOVUK + "census")
    assert passed.stage is Stage.PASSED_OVER
    assert "did not look like SEND (score 0.2)" in passed.words
    listed(ledger, "other", matters=True)
    assert asked(ledger, GOVUK + "other").stage is Stage.NOT_YET_LOOKED
    with ledger.db.begin() as tx:
        entries.fail(tx, GOVUK + "other", ledger.now, "the publisher answered 500")
    failed = asked(ledger, GOVUK + "other")
    assert failed.stage is Stage.LOOK_FAILED
    assert failed.words == (
        "It was listed, and the look at it failed: the publisher answered 500. "
        "It is tried again at 9.05am on 24 November 2026."
    )


def test_a_page_is_followed_from_the_listing_to_the_mail(ledger: Ledger) -> None:
    listed(ledger, "review", matters=True)
    ledger.arrives("review", "Reviews of EHC plans", "guidance", TEXT)
    assert asked(ledger, GOVUK + "review").stage is Stage.WAITING
    ledger.cycle()
    owed = asked(ledger, GOVUK + "review")
    assert owed.stage is Stage.MAIL_OWED
    assert [step.words for step in owed.steps] == [
        "listed by feed: “School census”",
        "seen for the first time: substantive, judged relevant (score 9.0), told",
        "Story 1 opened",
    ]
    with ledger.db.begin() as tx:
        tx.exec_driver_sql(
            "UPDATE deliveries SET state = 'failed', last_error = '550 <team@charity.example> unknown'"
        )
    failed = asked(ledger, GOVUK + "review")
    assert failed.stage is Stage.MAIL_FAILED
    assert TEAM[0] not in repr(failed), "nobody's address is shown"
    with ledger.db.begin() as tx:
        tx.exec_driver_sql("UPDATE deliveries SET state = 'sent', sent_at = '2026-11-24 09:05:00'")
    told = asked(ledger, GOVUK + "review")
    assert told.stage is Stage.TOLD
    assert told.words == (
        "Story 1, “Reviews of EHC plans” was told at 9.05am on 24 November 2026 to 1 address."
    )
    assert not told.can_make
    assert makes(ledger, GOVUK + "review") == Made(False, "Story 1 has told of it already.", 1)


@pytest.mark.parametrize("recorded", ["known before", "comma", "held"])
def test_what_was_kept_back_becomes_a_story_when_an_editor_says_so(ledger: Ledger, recorded: str) -> None:
    ledger.known("review", "Reviews of EHC plans", "guidance", TEXT)
    if recorded != "known before":
        ledger.passes(days=1)
        ledger.changes("review", "Reviews of EHC plans", "guidance", TEXT.replace("once", "twice"))
        with ledger.db.begin() as tx:
            fate = "held" if recorded == "held" else "recorded"
            grade = "substantive" if recorded == "held" else "typographical"
            tx.exec_driver_sql(
                f"UPDATE changes SET fate = '{fate}', significance = '{grade}' WHERE kind <> 'baseline'"
            )
    stages = {"known before": Stage.KNOWN_BEFORE, "comma": Stage.TOO_SLIGHT, "held": Stage.HELD}
    before = asked(ledger, GOVUK + "review")
    assert (before.stage, before.can_make) == (stages[recorded], True)
    ledger.passes(hours=1)
    made = makes(ledger, GOVUK + "review")
    assert made.done
    assert made.words.endswith("It is drafted and mailed to the team in the next cycle.")
    assert not makes(ledger, GOVUK + "review").done, "twice does no harm"
    ledger.cycle()
    (subject,) = ledger.mails()
    assert "Reviews of EHC plans" in subject
    assert subject.startswith("[Quiet change]" if recorded == "held" else "[New guidance]")
    with ledger.db.begin() as tx:
        (label,) = labels.every(tx)
        assert changes.with_fate(tx, [Fate.OWED, Fate.HELD]) == []
    assert (label.why, label.by, label.url) == ("should have been caught", "Anna", GOVUK + "review")


def test_a_page_that_was_never_read_is_looked_at_and_then_told(ledger: Ledger) -> None:
    listed(ledger, "census", matters=False)
    made = makes(ledger, GOVUK + "census")
    assert (made.done, made.owed, made.story_id) == (True, True, None)
    with ledger.db.begin() as tx:
        owed = entries.owed(tx, "feed", now=ledger.now, limit=9)
        assert [one.url for one in owed] == [GOVUK + "census"], "whatever the cheap filter says of it"
    listed(ledger, "census", matters=False)
    assert asked(ledger, GOVUK + "census").stage is Stage.NOT_YET_LOOKED
    assert make_wanted(ledger.db, ledger.now) == 0
    ledger.known("census", "School census", "guidance", TEXT)
    assert make_wanted(ledger.db, ledger.now) == 1
    assert make_wanted(ledger.db, ledger.now) == 0
    ledger.cycle()
    assert len(ledger.mails()) == 1


def test_a_file_or_a_former_address_leads_to_its_page(ledger: Ledger) -> None:
    ledger.known("review", "Reviews of EHC plans", "guidance", TEXT)
    index_some(ledger.db, NOW)
    asset = "https://assets.publishing.service.gov.uk/media/1/reviews.pdf"
    with ledger.db.begin() as tx:
        search.keep_address(tx, asset, ledger.ids["review"], "file")
        row = documents.get(tx, ledger.ids["review"])
        documents.save(tx, replace(row, url=GOVUK + "reviews-of-plans"))
    found = asked(ledger, f"{asset}/preview")
    assert found.words.startswith(
        f"It is a file of {GOVUK}reviews-of-plans. It was there when the watch began"
    )
    assert asked(ledger, f"{GOVUK}review").document_id == ledger.ids["review"]
    assert asked(ledger, f"{GOVUK}reviews-of-plans/annex-a").words.startswith("It is a part of")


def test_a_copy_says_whose_it_is_and_can_have_a_story_of_its_own(ledger: Ledger) -> None:
    ledger.arrives("review", "Reviews of EHC plans", "guidance", TEXT)
    ledger.cycle()
    with ledger.db.begin() as tx:
        tx.exec_driver_sql("UPDATE changes SET is_copy = true")
    assert "says what Story 1, “Reviews of EHC plans” says already" in asked(ledger, GOVUK + "review").words
    assert makes(ledger, GOVUK + "review").story_id == 2
