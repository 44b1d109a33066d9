"""Name England once in a draft, where the document applies to England and says nothing else. Pure.

Rests on the publisher's own list of nations, on the text, or on who publishes: the Department for Education
and Ofsted have to do with England alone. Never says it of a text that speaks of another nation.
"""

import re
from collections.abc import Iterator

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.material import Material
from pipeline.text.papers.kinds import ItemKind, noun_of
from pipeline.text.papers.passages import around, cited, stated
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

_ENGLANDS_OWN = re.compile(
    r"^(?:Department for Education|Ofsted|Education and Skills Funding Agency"
    r"|Office for Standards in Education.*"
    r"|Ofqual|Standards and Testing Agency|Teaching Regulation Agency|Children[’']s Commissioner for England"
    r"|Care Quality Commission|NHS England)$"
)
_ELSEWHERE = re.compile(r"\b(?:Wales|Welsh|Scotland|Scottish|Northern Ireland|United Kingdom|UK)\b")
_IN_ENGLAND = re.compile(r"\b(?:in|across|throughout|of) England\b|\bEngland[’']s\b")
_NOT_FOR = frozenset({ItemKind.SPEECH, ItemKind.ARTICLE, ItemKind.BLOG_POST, ItemKind.GUIDE, ItemKind.PAGE})
_MOST_BLOCKS = 400
_LONGEST = 48  # words of a lead with England in it


def england_shown(material: Material) -> Citation | None:
    """Return what shows that the document applies to England alone, or None."""
    record = material.record
    listed = dict(record.facts).get("national_applicability", "")
    if listed:
        return stated(record, "Applies to", listed) if tidy(listed) == "England" else None
    blocks = [(block, part) for part in material.parts for block in part.blocks[:_MOST_BLOCKS]]
    if any(_ELSEWHERE.search(block.text) for block, _ in blocks) or _ELSEWHERE.search(record.title):
        return None
    for block, part in blocks:
        if _IN_ENGLAND.search(block.text):
            sentences = split_sentences(block.text)
            at = next((n for n, s in enumerate(sentences) if _IN_ENGLAND.search(s)), 0)
            return cited(block, part, around(sentences, at, at))
    own = [tidy(p) for p in record.publishers if _ENGLANDS_OWN.match(tidy(p))]
    if own and material.kind not in _NOT_FOR:
        return stated(record, "Publisher", f"{own[0]}, which has to do with England alone")
    return None


def with_england(material: Material, lead: Sentence, said: str) -> tuple[Sentence, ...]:
    """The lead with England named in it, or with a sentence after it; as it is where ``said`` has it."""
    if "England" in f"{lead.text} {said}" or material.kind in _NOT_FOR:
        return (lead,)
    shown = england_shown(material)
    if shown is None:
        return (lead,)
    for words in _wordings(material, lead.text):
        if word_count(words) <= _LONGEST and (made := supported(words, *lead.citations, shown)):
            return (made,)
    if material.kind is ItemKind.PRESS_RELEASE:
        return (lead,)
    apply = "apply" if material.kind is ItemKind.STATISTICS else "applies"
    after = supported(f"The {noun_of(material.kind)} {apply} to England.", shown)
    return (lead, after) if after else (lead,)


def _wordings(material: Material, lead: str) -> Iterator[str]:
    to = material.subject.to
    if to and f" written to {to} " in lead:
        yield lead.replace(f" written to {to} ", f" written to {to} in England ", 1)
    match = re.match(
        r"(?P<who>.+? (?:has|have) published )(?P<what>(?:statutory )?guidance|a policy paper|a report)"
        r" (?P<rest>(?:on|about) .+)$",
        lead,
    )
    if match:
        yield f"{match['who']}{match['what']} for England {match['rest']}"
    if lead.endswith("’."):
        yield f"{lead[:-1]}, for England."
