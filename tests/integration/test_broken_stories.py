"""What is broken keeps nothing else from people: a rotten Version, a rotten mail, a rotten Draft."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from alerts.mailers import EmlMailer
from alerts.steps.delivering import deliver_owed
from pipeline.model.mails import Mail
from pipeline.steps.cluster import cluster
from pipeline.steps.draft import draft_stories
from pipeline.store import deliveries, runs
from pipeline.store.database import Database
from tests.support.ledgers import NOW, Ledger, a_drafter

ROT = {"rot": b"no longer what it was"}
OLD = "Schools tell parent carers within 15 working days.\nThis guidance is for schools in England."
NEW = OLD.replace("15", "25")


def test_a_rotten_version_is_told_without_a_draft_and_the_other_stories_with_theirs(db: Database) -> None:
    ledger = Ledger(db)
    rotten = ledger.arrives("a", "Guidance that rots", "guidance", OLD)
    ledger.arrives("b", "Guidance on EHC plans and annual reviews", "guidance", OLD.replace("15", "20"))
    _rot(db, f"UPDATE versions SET packed = :rot WHERE id = {rotten}")
    ledger.cycle()
    assert sorted(ledger.mails()) == [
        "[New guidance] Guidance on EHC plans and annual reviews",
        "[New page] Guidance that rots",
    ]
    bare = next(mail for mail in ledger.whole_mails() if "rots" in mail.subject)
    assert "There is no draft: What is kept of this page cannot be read any more" in bare.text
    with db.begin() as tx:
        (problem,) = runs.standing_problems(tx)
    assert "Guidance that rots" in problem.words, "and the operator can see it"


def test_a_change_whose_earlier_text_is_rotten_is_told_and_says_that_it_cannot_be_compared(
    db: Database,
) -> None:
    ledger = Ledger(db)
    before = ledger.known("a", "Guidance for schools", "guidance", OLD)
    ledger.changes("a", "Guidance for schools", "guidance", NEW)
    _rot(db, f"UPDATE versions SET packed = :rot WHERE id = {before}")
    ledger.cycle()
    (mail,) = ledger.whole_mails()
    assert mail.subject.startswith("[Quiet change]")
    assert "please compare the page by hand" in mail.text


def test_a_story_that_cannot_be_put_together_at_all_stands_alone(db: Database) -> None:
    ledger = Ledger(db)
    ledger.arrives("a", "Guidance for schools", "guidance", OLD)
    cluster(db, NOW)
    with db.begin() as tx:
        tx.execute(text("UPDATE changes SET story_id = NULL, told_in = 0"))
    ledger.arrives("b", "Guidance on EHC plans and annual reviews", "guidance", OLD.replace("15", "20"))
    ledger.cycle()
    ledger.cycle()
    assert ledger.mails() == ["[New guidance] Guidance on EHC plans and annual reviews"]
    with db.begin() as tx:
        (problem,) = runs.standing_problems(tx)
        tx.execute(text("UPDATE changes SET story_id = 1, told_in = 1 WHERE story_id IS NULL"))
    assert "Guidance for schools" in problem.words
    ledger.cycle()
    assert len(ledger.mails()) == 2, "once it is mended it is told"
    with db.begin() as tx:
        assert runs.standing_problems(tx) == []


def test_a_rotten_draft_is_told_without_it(db: Database) -> None:
    ledger = Ledger(db)
    ledger.arrives("a", "Guidance for schools", "guidance", OLD)
    cluster(db, NOW)
    draft_stories(db, a_drafter(), NOW)
    with db.begin() as tx:
        tx.execute(text("UPDATE drafts SET content = 'rot'"))
    ledger.cycle()
    (mail,) = ledger.whole_mails()
    assert "There is no draft: It was made, but" in mail.text


def test_a_rotten_mail_waits_its_turn_and_the_mails_behind_it_are_sent(db: Database, tmp_path: Path) -> None:
    mails = [Mail(f"subject {n}", "text", "<p>html</p>") for n in range(3)]
    with db.begin() as tx:
        for n, mail in enumerate(mails):
            deliveries.owe(tx, f"k{n}", mail, [("a@b.example", f"<{n}@x>")], NOW)
    _rot(db, "UPDATE alerts SET packed = :rot WHERE key = 'k0'")
    mailer = EmlMailer(tmp_path / "mail", "s@b.example")
    done = deliver_owed(db, mailer, clock=lambda: NOW)
    assert (done.sent, done.again, done.failed) == (2, 1, 0)
    with db.begin() as tx:
        assert deliveries.next_due(tx) == NOW + timedelta(minutes=1), "a failed try, with its wait"
        ((state, _, words),) = deliveries.troubled(tx)
    assert state == "owed"
    assert "cannot be sent as it is kept" in words
    assert deliver_owed(db, mailer, clock=lambda: NOW + timedelta(minutes=2)).again == 1


def _rot(db: Database, statement: str) -> None:
    with db.begin() as tx:
        assert tx.execute(text(statement), ROT).rowcount == 1
