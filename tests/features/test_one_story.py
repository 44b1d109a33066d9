"""One announcement is one Story: the letter, then its press release and post; a copy is no news."""

from datetime import timedelta
from pathlib import Path

from sendwatch.demo.demo_documents import DAY_TWO
from sendwatch.demo.items import page
from sendwatch.demo.shelf import Post
from tests.support.stories import tags, the_first_day

LETTER = "/government/publications/letter-to-directors-on-hidden-exclusions"
RELEASE = "/government/news/minister-acts-on-hidden-exclusions"
COPY = "/government/publications/ministers-letter-of-november"
POST = "/2026/11/hidden-exclusions-explained/"
TITLE = "Letter to directors on hidden exclusions and SEND"
TEXT = (
    "<p>Dear directors,</p><p>I am writing about children with special educational needs and disabilities "
    "(SEND) who are sent home from school without being excluded.</p>"
    "<p>Exclusion must be a last resort, and it must be lawful, reasonable and fair.</p>"
    "<p>No family should be pressed to educate a child at home, and no EHC plan ends because a child has "
    "left a school roll.</p>"
    "<p>Local authorities must be told within ten school days when a pupil with an EHC plan leaves a roll. "
    "From 4 January 2027 inspectors will ask to see the record of every pupil who has left.</p>"
)
NEWS = (
    "<p>Schools were told today to stop sending pupils with special educational needs and disabilities "
    '(SEND) home without a record.</p><p>Read the <a href="{}">minister’s letter</a>, which sets out what '
    "schools have to do for children with an EHC plan, and by when.</p>"
)


def test_a_letter_its_press_release_and_its_post_are_two_mails_and_a_copy_is_none(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        shelf.publish(page(LETTER, TITLE, document_type="correspondence", at=DAY_TWO, body=TEXT))
        watch.once()
        assert tags(postbox) == ["New letter"]

        later = DAY_TWO + timedelta(hours=2)
        title = "Minister acts to stop children with SEND being sent home"
        news = NEWS.format(LETTER)
        shelf.publish(
            page(
                RELEASE, title, document_type="press_release", schema_name="news_article", at=later, body=news
            )
        )
        linked = NEWS.format(watch.publisher.govuk_url + LETTER).replace("told today", "asked this week")
        shelf.add_post(Post(POST, 4711, "Sent home without a record: SEND and your rights", linked, later))
        watch.once()
        assert tags(postbox) == ["New letter", "Update: press release and blog post"]
        told = postbox.mails[-1].get_body(("plain",))
        assert told is not None
        words = told.get_content()
        assert TITLE in words
        for path in (LETTER, RELEASE, POST):
            assert path in words, "the mail lists every document of the story"
        assert f"it links to “{TITLE}”" in words, "and says why it belongs there"
        watch.once()
        assert len(postbox.raw) == 3

        body = TEXT + "<p>Thank you for all that you do.</p>"
        again = later + timedelta(hours=2)
        shelf.publish(page(COPY, "The minister’s letter", document_type="guidance", at=again, body=body))
        watch.once()
        assert len(postbox.raw) == 3, "the same text at another address is told to nobody"
        copy = next(line for line in watch.changes() if line["url"].endswith(COPY))
        assert copy["fate"] == "told"
        assert copy["story"] == next(line["story"] for line in watch.changes() if line["title"] == TITLE)
        assert copy["joined"] == f"the same text as “{TITLE}” at another address"
