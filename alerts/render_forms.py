"""Show short forms of a Draft, its dates and a letter's facts, as text to copy. Changes no word of them."""

from collections.abc import Iterator, Sequence

from pipeline.model.drafts import Sentence
from pipeline.model.letters import LetterFacts
from pipeline.model.short_forms import ShortForms
from pipeline.text.papers.key_dates import KeyDate
from pipeline.text.words.dates import in_full
from pipeline.text.words.readability import Readability


def forms_text(
    forms: ShortForms, *, dates: Sequence[KeyDate] = (), letter: LetterFacts | None = None, reads: Readability
) -> str:
    """All short forms under headings, ready to copy; then dates, a letter's facts and how hard it reads."""
    return "\n".join(_lines(forms, dates, letter, reads)).rstrip() + "\n"


def _lines(
    forms: ShortForms, dates: Sequence[KeyDate], letter: LetterFacts | None, reads: Readability
) -> Iterator[str]:
    item = forms.digest
    yield from ("MAIL SUBJECT", forms.subject, "")
    yield from (f"DIGEST ({item.words} words)", item.title.text, _joined(item.sentences))
    yield from (f"{item.link_text}: {item.link}" if item.link else item.link_text, "")
    yield from (f"SOCIAL POST ({len(forms.post.text)} characters)", forms.post.text, "")
    if forms.update is not None:
        for title, sentences in (
            ("WHAT HAS CHANGED", forms.update.changed),
            ("WHAT STAYS THE SAME", forms.update.same),
            ("WHAT TO DO", forms.update.to_do),
        ):
            if sentences:
                yield from (title, _joined(sentences), "")
    if dates:
        yield from ("DATES", *(f"- {one.in_words}: {one.what}" for one in dates), "")
    if letter is not None:
        yield from ("THE LETTER", *_letter(letter), "")
    yield from ("HOW IT READS", reads.words)


def _joined(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _letter(letter: LetterFacts) -> Iterator[str]:
    for one in letter.senders:
        yield f"From: {one.name}{f', {one.office}' if one.office else ''}"
    if letter.addressees:
        yield f"To: {'; '.join(letter.addressees)}"
    if letter.dated:
        yield f"Dated: {in_full(letter.dated)}"
    for ask in letter.asks:
        yield f"Asked of {ask.whom}{f', by {ask.by}' if ask.by else ''}: {ask.what}"
    if letter.enclosures:
        yield f"Enclosed: {'; '.join(letter.enclosures)}"
    yield from (f"Link: {link}" for link in letter.links)
