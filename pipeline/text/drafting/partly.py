"""A document of which only a part is about SEND: the headline and the lead say so. Pure.

Names the section by its own heading. Never says what else the document holds.
"""

from collections.abc import Iterator

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.also import topic_in
from pipeline.text.drafting.material import Material
from pipeline.text.papers.kinds import noun_of, published_as
from pipeline.text.papers.passages import around, cited, titled, typed
from pipeline.text.words.family_interest import about_send
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import joined, shorten, tidy, word_count

_SHORTEST, _LONGEST = 5, 14


def headline_of_part(material: Material, headline: Sentence) -> Sentence:
    """The headline, unless it does not speak of SEND: then one that says there is a section on it."""
    if about_send(headline.text):
        return headline
    shown = _shown(material)
    if shown is None:
        return headline
    for words, cites in _headlines(material):
        if _SHORTEST <= word_count(words) <= _LONGEST and (made := supported(words, *cites, shown)):
            return made
    return headline


def said_of_part(material: Material) -> Sentence | None:
    """The sentence after the lead: which section is about SEND."""
    noun = noun_of(material.kind)
    for one in material.text.placed:
        topic = topic_in(one.block.text, material.forms) if one.block.level else ""
        if topic and about_send(one.block.text):
            return supported(f"One section of the {noun} is about {topic}.", cited(one.block, one.part))
    shown = _shown(material)
    return supported(f"Part of the {noun} is about special educational needs.", shown) if shown else None


def _headlines(material: Material) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    record = material.record
    title = shorten(tidy(record.title))
    for words in (title, title.partition(":")[0], title.partition(" – ")[0]):
        if words:
            yield f"{words} has a section on SEND", (titled(record),)
    if who := joined([tidy(p) for p in record.publishers[:2]]):
        verb = "publish" if material.several_publishers else "publishes"
        thing = published_as(material.kind)
        yield f"{who} {verb} {thing} with a section on SEND", (*material.publisher_cites, typed(record))


def _shown(material: Material) -> Citation | None:
    """The first words of the text that are about SEND."""
    for one in material.text.placed:
        if about_send(one.block.text):
            sentences = split_sentences(one.block.text)
            at = next((n for n, s in enumerate(sentences) if about_send(s)), 0)
            return cited(one.block, one.part, around(sentences, at, at))
    return None
