"""The sentences in which publishers sum a document up: its description, and how its text opens. Pure."""

from collections.abc import Iterator

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Citation
from pipeline.text.drafting.material import Material
from pipeline.text.papers.force_openings import heard_from_others, retold
from pipeline.text.papers.passages import around, cited, described
from pipeline.text.reporting.reported import Reported, reported
from pipeline.text.reporting.start import clean
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import full_stop, tidy


def first_sentences(material: Material, *, of_each: int = 1) -> Iterator[tuple[str, Citation]]:
    """Yield the description's first sentence and the first ``of_each`` of the first two paragraphs."""
    record = material.record
    if first := next(iter(split_sentences(record.description)), ""):
        yield first, described(record)
    for one in [p for p in material.text.placed if p.block.kind is BlockKind.PARAGRAPH][:2]:
        sentences = split_sentences(one.block.text)
        for index, sentence in enumerate(sentences[:of_each]):
            if (first := clean(sentence)) and first != tidy(record.title):
                yield first, cited(one.block, one.part, around(sentences, index, index))


def told_as_news(sentence: str, material: Material) -> Reported | None:
    """The sentence fit to print, unless somebody else speaks in it: that is not what was announced."""
    if not sentence or heard_from_others(sentence) or retold(sentence):
        return None
    return reported(full_stop(sentence), material.voice)
