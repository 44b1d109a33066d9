"""Fridays: what is approved goes to those who want it, once, and nothing else does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from alerts.digest_web import Archive
from pipeline.model.digests import DigestState, Topic
from pipeline.model.documents import DocumentState
from pipeline.model.plans import Quiet, Unreviewed
from pipeline.steps.review import Wording, approve, hold_back, reject
from pipeline.steps.stopping import release_plan, stop_plan
from pipeline.store import digests
from pipeline.store.database import Database, open_database
from pipeline.store.tables import documents
from tests.support.newsroom import AT_ONCE, FRAME, FRIDAY, MONTHLY, WEEKLY, WORDS, Newsroom
from tests.support.postgres import cut_the_holders


@pytest.fixture
def room(db: Database) -> Newsroom:
    made = Newsroom(db)
    made.gathers(WEEKLY, MONTHLY, AT_ONCE)  # the plans are seen for the first time
    return made


def test_on_friday_what_is_approved_goes_out_and_nothing_else(room: Newsroom) -> None:
    room.subscriber("pat")
    for what in ("short breaks", "transport", "exclusions", "football"):
        room.page(what)
    room.approves("short breaks")
    room.approves("transport")
    hold_back(room.db, room.stories["exclusions"], by="Anna", why="", now=room.now)
    reject(room.db, room.stories["football"], by="Anna", why="not SEND", now=room.now)
    room.travel(FRIDAY - timedelta(seconds=1))
    assert room.gathers().made == ()
    room.travel(FRIDAY)
    assert room.gathers().made == ("weekly:2026-11-27",)
    assert room.gathers().made == ()
    assert room.had("pat") == ["weekly:2026-11-27: News about short breaks, News about transport"]
    assert room.digests() == [("weekly:2026-11-27", "sending")]
    mail = room.mail_of("pat")
    assert mail.subject == "News about short breaks, and 1 more"
    for part in (mail.text, mail.html):
        assert "News about transport" in part
        assert "exclusions" not in part
        assert "https://news.charity.example/archive/weekly/2026-11-27" in part
        assert "SwSlotLeave9d41c6a07f3b4e58" in part


def test_what_was_in_a_digest_is_in_no_later_one_and_what_came_late_is_in_the_next(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.approves("short breaks")
    room.page("transport")
    room.travel(FRIDAY)
    room.gathers()
    room.travel(FRIDAY + timedelta(minutes=1))
    room.approves("transport")
    room.approves("short breaks", "The same Story, approved again, was told already.")
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers()
    assert room.had("pat") == [
        "weekly:2026-11-27: News about short breaks",
        "weekly:2026-12-04: News about transport",
    ]


def test_a_missed_friday_is_made_good_once_and_three_missed_ones_are_made_good_once(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY + timedelta(days=17))
    assert room.gathers().made == ("weekly:2026-12-11",)
    assert room.gathers().made == ()
    assert room.had("pat") == ["weekly:2026-12-11: News about short breaks"]


@pytest.mark.parametrize("ahead", [timedelta(days=7), timedelta(days=364)], ids=["a week", "a year"])
def test_a_clock_that_ran_ahead_and_was_set_right_silences_no_friday_and_repeats_nothing(
    room: Newsroom, ahead: timedelta
) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.approves("short breaks")
    right = room.now
    room.travel(FRIDAY + ahead)
    assert len(room.gathers().made) == 1
    room.ledger.now = right + timedelta(hours=1)
    room.page("transport")
    room.approves("transport")
    room.travel(FRIDAY)
    assert room.gathers().made == ("weekly:2026-11-27",)
    assert [one.partition(": ")[2] for one in room.had("pat")] == [
        "News about short breaks",
        "News about transport",
    ]
    room.ledger.now = FRIDAY - timedelta(days=1)
    assert room.gathers().made == ()
    room.travel(FRIDAY + timedelta(hours=1))
    assert room.gathers().made == ()


@pytest.mark.parametrize(
    ("before", "noon"),
    [
        (datetime(2027, 3, 20, 9, tzinfo=UTC), datetime(2027, 3, 26, 12, tzinfo=UTC)),
        (datetime(2027, 3, 27, 9, tzinfo=UTC), datetime(2027, 4, 2, 11, tzinfo=UTC)),
        (datetime(2027, 10, 30, 9, tzinfo=UTC), datetime(2027, 11, 5, 12, tzinfo=UTC)),
    ],
    ids=["the Friday before they go forward", "the Friday after", "the Friday after they go back"],
)
def test_the_clock_changes_and_noon_is_noon(room: Newsroom, before: datetime, noon: datetime) -> None:
    room.travel(before)
    room.gathers()
    room.subscriber("pat")
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(noon - timedelta(seconds=1))
    room.gathers()
    assert room.had("pat") == []
    room.travel(noon)
    room.gathers()
    assert len(room.had("pat")) == 1


def test_nobody_gets_the_same_story_twice_by_two_subscriptions(room: Newsroom) -> None:
    everything = (WEEKLY, MONTHLY, AT_ONCE)
    room.subscriber("both", "weekly", "at-once")
    room.subscriber("all", "weekly", "monthly", "at-once")
    room.subscriber("monthly", "monthly")
    room.page("short breaks")
    room.approves("short breaks")
    room.ledger.passes(minutes=4)
    room.gathers(*everything)
    assert room.had("both") == []
    room.ledger.passes(minutes=2)
    room.gathers(*everything)
    room.page("transport")
    room.travel(FRIDAY - timedelta(minutes=1))
    room.approves("transport")
    room.travel(FRIDAY)
    room.gathers(*everything)
    expected = [
        "at-once:story:1:1: News about short breaks",
        "weekly:2026-11-27: News about transport",
    ]
    assert room.had("both") == room.had("all") == expected
    room.travel(datetime(2026, 12, 4, 12, 6, tzinfo=UTC))
    room.gathers(*everything)
    assert room.had("both") == room.had("all") == expected, "at once they have had it on paper already"
    assert room.had("monthly") == ["monthly:2026-12-04: News about short breaks, News about transport"]


def test_an_approval_taken_back_within_five_minutes_leaves_no_mail(room: Newsroom) -> None:
    room.subscriber("eve", "at-once")
    story = room.page("short breaks")
    room.approves("short breaks")
    room.ledger.passes(minutes=4)
    reject(room.db, story, by="Anna", why="a slip", now=room.now)
    room.ledger.passes(minutes=9)
    room.gathers(AT_ONCE)
    assert room.had("eve") == []


def test_an_edit_after_approval_holds_the_item_and_the_team_hears_of_it_once(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.page("transport")
    room.approves("short breaks")
    room.approves("transport")
    room.travel(FRIDAY - timedelta(minutes=1))
    room.edits("short breaks")
    room.travel(FRIDAY)
    room.gathers()
    room.gathers()
    assert room.had("pat") == ["weekly:2026-11-27: News about transport"]
    told = [one for one in room.team_mails() if "Held back" in one]
    assert told == ["[Held back] News about short breaks: the page has changed since it was approved"]
    mail = next(one for one in room.ledger.whole_mails() if "[Held back]" in one.subject)
    assert "Something else is said." in mail.text
    assert "sendwatch stories approve 1 --by NAME --as-it-is-now" in mail.text
    room.ledger.passes(minutes=1)
    room.edits_back("short breaks")
    room.gathers()
    room.gathers()
    assert [one for one in room.team_mails() if "Back again" in one] == [
        "[Back again] News about short breaks: the page says again what was approved"
    ]
    room.approves("short breaks", as_it_is_now=True)
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers()
    assert room.had("pat")[1:] == ["weekly:2026-12-04: News about short breaks"]


def test_each_gets_what_they_chose_and_nobody_an_empty_mail(room: Newsroom) -> None:
    room.subscriber("letters", topics='["LETTERS"]')
    room.subscriber("law", topics='["LAW"]')
    room.subscriber("wales", nations='["Wales"]')
    room.subscriber("early", phases='["early years"]')
    room.subscriber("text", plain=True)
    room.page("short breaks", "correspondence")
    room.page("transport", text="Schools must tell parents of children with SEND about {what}.\nThey should.")
    room.approves("short breaks")
    room.approves("transport", "The Children and Families Act 2014 is to be amended by Parliament.")
    scopes = {1: {"nations": '["England"]'}, 2: {"nations": '["UK"]', "phases": '["post-16"]'}}
    for story, scope in scopes.items():
        with room.db.begin() as tx:
            mine = f"WHERE story_id = {story}"
            for name, value in scope.items():
                content = tx.exec_driver_sql(f"SELECT content FROM approvals {mine}").scalar()
                new = str(content).replace(f'"{name}":[]', f'"{name}":{value}')
                assert new != content
                tx.exec_driver_sql(f"UPDATE approvals SET content = '{new}' {mine}")
    room.travel(FRIDAY)
    room.gathers()
    both = ["weekly:2026-11-27: News about transport, News about short breaks"]
    assert room.had("letters") == ["weekly:2026-11-27: News about short breaks"]
    assert room.had("law") == ["weekly:2026-11-27: News about transport"]
    assert room.had("wales") == ["weekly:2026-11-27: News about transport"]
    assert room.had("early") == ["weekly:2026-11-27: News about short breaks"]
    assert room.had("text") == both
    assert room.mail_of("text").html == ""


def test_who_is_paused_suspended_gone_or_unconfirmed_is_owed_nothing_and_who_rests_is_owed_it_later(
    room: Newsroom,
) -> None:
    room.subscriber("paused", paused_until=date(2026, 11, 28))
    room.subscriber("back today", paused_until=date(2026, 11, 27))
    room.subscriber("suspended", state="suspended")
    room.subscriber("left", state="left")
    room.subscriber("pending", state="pending", confirmed_at=None)
    room.subscriber("rests", rest_until=FRIDAY + timedelta(hours=8))
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY)
    room.gathers()
    assert {name for name in room.people if room.had(name)} == {"back today", "rests"}
    with room.db.begin() as tx:
        rows = tx.exec_driver_sql("SELECT due_at FROM digest_deliveries ORDER BY subscriber_id").scalars()
        assert [str(row)[11:16] for row in rows] == ["12:00", "20:00"]


def test_an_empty_week_sends_nothing_and_the_team_is_told(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.travel(FRIDAY)
    room.gathers()
    room.gathers()
    assert room.had("pat") == []
    assert room.digests() == [("weekly:2026-11-27", "quiet")]
    quiet = "[Quiet] Every week, on Friday: nothing to send on Friday 27 November 2026"
    assert room.team_mails().count(quiet) == 1
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers(replace(WEEKLY, quiet=Quiet.LINE))
    assert room.had("pat") == ["weekly:2026-12-04:"]
    assert "It has been a quiet week" in room.mail_of("pat").text


def test_what_nobody_has_dealt_with_is_left_out_or_a_bare_link(room: Newsroom) -> None:
    room.subscriber("pat")
    linked = replace(WEEKLY, unreviewed=Unreviewed.LINK)
    room.page("short breaks")
    room.page("transport")
    reject(room.db, room.stories["transport"], by="Anna", why="", now=room.now)
    room.travel(FRIDAY)
    room.gathers(linked)
    assert room.had("pat") == ["weekly:2026-11-27: All about short breaks"]
    text = room.mail_of("pat").text
    assert "All about short breaks (Department for Education):" in text
    assert "ten school days" not in text, "not a word of the draft"
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers(linked)
    assert len(room.had("pat")) == 1


def test_a_page_that_was_taken_down_is_no_bare_link(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.page("transport")
    with room.db.begin() as tx:
        gone = room.ledger.ids["transport"]
        tx.execute(update(documents).where(documents.c.id == gone).values(state=DocumentState.GONE.value))
    room.travel(FRIDAY)
    room.gathers(replace(WEEKLY, unreviewed=Unreviewed.LINK))
    assert room.had("pat") == ["weekly:2026-11-27: All about short breaks"]


def test_closing_soon_names_deadlines_of_earlier_digests_until_they_pass_or_lapse(room: Newsroom) -> None:
    room.subscriber("pat")
    due = "Parents of children with SEND can apply for a grant for {what} by 9 December 2026.\n"
    for what in ("short breaks", "transport"):
        room.page(what, text=due + "Schools must tell parents about it within ten days. It is a right.")
        room.approves(what)
    room.travel(FRIDAY)
    room.gathers()
    text = room.mail_of("pat").text
    assert "CLOSING SOON" in text
    assert "- Wednesday 9 December 2026: Parents of children with SEND can apply" in text
    room.page("exclusions")
    room.approves("exclusions")
    room.edits("transport")
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers()
    closing = room.mail_of("pat").text.partition("CLOSING SOON")[2]
    assert "/short-breaks" in closing
    assert "/transport" not in closing, "its page has changed: the day may be another"
    room.page("appeals")
    room.approves("appeals")
    room.travel(FRIDAY + timedelta(days=14))
    room.gathers()
    assert "CLOSING SOON" not in room.mail_of("pat").text


def test_the_web_version_of_last_week_says_nothing_that_is_for_the_next_one(room: Newsroom) -> None:
    room.subscriber("pat")
    due = "Parents of children with SEND can apply for a grant for {what} by 9 December 2026.\n"
    room.page("short breaks", text=due + "Schools must tell parents about it within ten days.")
    room.approves("short breaks")
    room.travel(FRIDAY)
    room.gathers()
    archive = Archive(room.db, (WEEKLY,), FRAME)
    before = archive.page("weekly", FRIDAY.date())
    assert before is not None
    assert "Closing soon" in before.html
    room.ledger.passes(hours=3)
    wording = Wording("A title that is for next Friday", WORDS.format(what="it"))
    approved = approve(
        room.db, room.stories["short breaks"], by="Ben", now=room.now, wording=wording, as_it_is_now=True
    )
    assert approved.approval is not None
    assert approved.approval.item.title == "A title that is for next Friday"
    after = archive.page("weekly", FRIDAY.date())
    assert after is not None
    assert "A title that is for next Friday" not in after.html
    assert "News about short breaks" in after.html


def test_the_team_gets_one_proof_the_day_before_with_what_is_in_waits_and_is_left_out(room: Newsroom) -> None:
    for what in ("short breaks", "transport", "exclusions", "football"):
        room.page(what)
    room.approves("short breaks")
    room.approves("exclusions")
    reject(room.db, room.stories["football"], by="Ben", why="not SEND", now=room.now)
    room.edits("exclusions")
    with room.db.begin() as tx:
        digests.set_opening(tx, plan="weekly", day=date(2026, 11, 27), words="Hello.", by="A", now=room.now)
    room.travel(FRIDAY - timedelta(hours=21))
    assert room.gathers().proofs == 1
    assert room.gathers().proofs == 0
    proof = next(one for one in room.ledger.whole_mails() if one.subject.startswith("[Proof]"))
    assert proof.subject == "[Proof] Friday 27 November: 1 item, 1 waiting (Every week, on Friday)"
    text = " ".join(proof.text.split())
    assert "put together at 12pm on 27 November 2026" in text
    assert "- News about short breaks Story 1, approved by Anna: 31 words" in text
    assert "sendwatch stories approve 2 --revision 1 --by NAME" in text
    assert "approved, but the page has changed since" in text
    assert "rejected by Ben: not SEND" in text
    assert "The opening line is set" in text
    assert "Subject: News about short breaks" in text
    assert "SwSlot" not in proof.html + proof.text
    assert Topic.LETTERS.value in proof.html


def test_a_stopped_digest_is_put_together_when_it_is_released_and_misses_nobody(room: Newsroom) -> None:
    room.subscriber("pat")
    room.page("short breaks")
    room.approves("short breaks")
    with room.db.begin() as tx:
        stop_plan(tx, "weekly", "Ben", room.now)
    room.travel(FRIDAY)
    assert room.gathers().made == ()
    room.gathers()
    assert [one for one in room.team_mails() if "Stopped" in one] == [
        "[Stopped] Every week, on Friday: Friday 27 November 2026"
    ]
    room.travel(FRIDAY + timedelta(hours=3))
    with room.db.begin() as tx:
        release_plan(tx, "weekly")
    assert room.gathers().made == ("weekly:2026-11-27",)
    assert room.had("pat") == ["weekly:2026-11-27: News about short breaks"]


def test_a_digest_that_is_stopped_while_it_is_owed_goes_on_from_there(room: Newsroom) -> None:
    room.subscriber("pat")
    room.crowd(9)
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY)
    looks = iter([False, False, True, True, True, True, True])
    room.gathers(stop=lambda: next(looks), chunk=3)
    with room.db.begin() as tx:
        (digest,) = digests.with_state(tx, DigestState.GATHERED)
        digests.move(tx, digest.id, was=[DigestState.GATHERED], to=DigestState.HELD)
    room.gathers()
    assert _owed(room) == 6
    with room.db.begin() as tx:
        digests.move(tx, digest.id, was=[DigestState.HELD], to=DigestState.GATHERED)
    room.gathers()
    assert _owed(room) == 10


def test_whoever_loses_the_lock_while_a_digest_is_owed_leaves_the_rest_to_the_next(postgres_url: str) -> None:
    room = Newsroom(open_database(postgres_url))
    room.gathers()  # the plan is first seen before the approval
    room.crowd(9)
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY)
    calls = iter(range(1000))

    def look() -> bool:
        if next(calls) == 2:
            cut_the_holders(postgres_url)
        return False

    room.gathers(stop=look, chunk=3)
    assert _owed(room) == 6, "two chunks were owed before the connection was cut"
    room.gathers(chunk=3)
    assert _owed(room) == 9
    room.db.close()


def test_what_a_cancelled_digest_held_goes_into_the_next_one_for_those_who_had_not_had_it(
    room: Newsroom,
) -> None:
    room.subscriber("pat")
    room.subscriber("sam")
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY)
    room.gathers()
    with room.db.begin() as tx:
        (made,) = digests.with_state(tx, DigestState.SENDING)
        pat = room.people["pat"]
        tx.exec_driver_sql("UPDATE digest_deliveries SET state = 'dropped'")
        tx.exec_driver_sql(f"UPDATE digest_deliveries SET state = 'sent' WHERE subscriber_id = {pat}")
        digests.move(tx, made.id, was=[DigestState.SENDING], to=DigestState.CANCELLED)
        assert digests.free_items(tx, made.id) == 1
    room.gathers()
    room.travel(FRIDAY + timedelta(days=7))
    room.page("transport")
    room.approves("transport")
    room.gathers()
    assert room.had("sam") == ["weekly:2026-12-04: News about short breaks, News about transport"]
    assert room.had("pat") == [
        "weekly:2026-11-27: News about short breaks",
        "weekly:2026-12-04: News about transport",
    ]


def test_the_archive_shows_what_was_sent_and_nothing_that_is_stopped_or_quiet(room: Newsroom) -> None:
    room.subscriber("pat", "weekly", "at-once")
    archive = Archive(room.db, (WEEKLY, MONTHLY, AT_ONCE), FRAME)
    assert archive.plans() == []
    room.page("short breaks")
    room.approves("short breaks")
    room.travel(FRIDAY)
    room.gathers(WEEKLY, AT_ONCE)
    room.travel(FRIDAY + timedelta(days=7))
    room.gathers(WEEKLY, AT_ONCE)
    assert [(one.key, one.title) for one in archive.plans()] == [
        ("weekly", "Every week, on Friday"),
        ("at-once", "As soon as there is news"),
    ]
    assert [(one.day, one.titles) for one in archive.days("weekly")] == [
        (date(2026, 11, 27), ("News about short breaks",))
    ]
    page = archive.page("weekly", date(2026, 11, 27))
    assert page is not None
    assert "News about short breaks" in page.html
    assert page.title == "SEND news, Friday 27 November 2026"
    assert archive.page("weekly", date(2026, 12, 4)) is None, "it was a quiet week"
    assert archive.page("yearly", date(2026, 11, 27)) is None
    with room.db.begin() as tx:
        made = digests.shown(tx, "weekly")[0]
        digests.move(tx, made.id, was=[DigestState.SENDING], to=DigestState.HELD)
    assert archive.page("weekly", date(2026, 11, 27)) is None


def test_a_plan_that_nobody_reads_bothers_nobody(room: Newsroom) -> None:
    room.travel(FRIDAY - timedelta(hours=3))
    room.gathers()
    room.travel(FRIDAY)
    room.gathers()
    assert room.team_mails() == []


def _owed(room: Newsroom) -> int:
    with room.db.begin() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM digest_deliveries").scalar_one())
