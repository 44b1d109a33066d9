"""What kind of publication a draft is about, and the words that go with it. Pure.

Never trusts the publisher's label alone: ministerial letters appear as guidance, notices and news.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from pipeline.model.documents import Part, Record
from pipeline.text.words.wording import tidy


class ItemKind(StrEnum):
    LETTER = "letter"
    GUIDANCE = "guidance"
    STATUTORY_GUIDANCE = "statutory_guidance"
    CONSULTATION = "consultation"
    OUTCOME = "consultation_outcome"
    PRESS_RELEASE = "press_release"
    STATEMENT = "statement"
    SPEECH = "speech"
    STATISTICS = "statistics"
    BLOG_POST = "blog_post"
    ARTICLE = "article"
    REPORT = "report"
    POLICY_PAPER = "policy_paper"
    BULLETIN = "bulletin"
    GUIDE = "guide"
    PAGE = "page"
    DOCUMENT = "document"


_TYPES = {
    "correspondence": ItemKind.LETTER,
    "guidance": ItemKind.GUIDANCE,
    "detailed_guide": ItemKind.GUIDANCE,
    "detailed_guidance": ItemKind.GUIDANCE,
    "manual": ItemKind.GUIDANCE,
    "manual_section": ItemKind.GUIDANCE,
    "service_guidance": ItemKind.GUIDANCE,
    "statutory_guidance": ItemKind.STATUTORY_GUIDANCE,
    "consultation": ItemKind.CONSULTATION,
    "open_consultation": ItemKind.CONSULTATION,
    "closed_consultation": ItemKind.CONSULTATION,
    "call_for_evidence": ItemKind.CONSULTATION,
    "open_call_for_evidence": ItemKind.CONSULTATION,
    "closed_call_for_evidence": ItemKind.CONSULTATION,
    "consultation_outcome": ItemKind.OUTCOME,
    "call_for_evidence_outcome": ItemKind.OUTCOME,
    "press_release": ItemKind.PRESS_RELEASE,
    "news_story": ItemKind.PRESS_RELEASE,
    "news_article": ItemKind.PRESS_RELEASE,
    "government_response": ItemKind.PRESS_RELEASE,
    "world_news_story": ItemKind.PRESS_RELEASE,
    "written_statement": ItemKind.STATEMENT,
    "oral_statement": ItemKind.STATEMENT,
    "statement_to_parliament": ItemKind.STATEMENT,
    "speech": ItemKind.SPEECH,
    "authored_article": ItemKind.ARTICLE,
    "statistics": ItemKind.STATISTICS,
    "official_statistics": ItemKind.STATISTICS,
    "national_statistics": ItemKind.STATISTICS,
    "statistical_data_set": ItemKind.STATISTICS,
    "blog": ItemKind.BLOG_POST,
    "blog_post": ItemKind.BLOG_POST,
    "research": ItemKind.REPORT,
    "independent_report": ItemKind.REPORT,
    "corporate_report": ItemKind.REPORT,
    "policy_paper": ItemKind.POLICY_PAPER,
    "guide": ItemKind.GUIDE,
    "answer": ItemKind.GUIDE,
}

_NOUNS = {
    ItemKind.STATUTORY_GUIDANCE: "guidance",
    ItemKind.OUTCOME: "response",
    ItemKind.PRESS_RELEASE: "announcement",
    ItemKind.BLOG_POST: "blog post",
    ItemKind.POLICY_PAPER: "policy paper",
    ItemKind.STATISTICS: "statistics",
}
_PUBLISHED_AS = {
    ItemKind.GUIDANCE: "guidance",
    ItemKind.STATUTORY_GUIDANCE: "statutory guidance",
    ItemKind.OUTCOME: "the outcome of its consultation",
    ItemKind.PRESS_RELEASE: "an announcement",
    ItemKind.STATISTICS: "statistics",
    ItemKind.ARTICLE: "an article",
}
_LETTER_WORDS = re.compile(r"\bletters?\b|\bwrites? to\b|\bwrote to\b", re.I)
_BULLETIN = re.compile(r"\b(?:e-?)?(?:bulletin|newsletter)\b", re.I)


def kind_of(record: Record, parts: Sequence[Part], *, holds_letter: bool) -> ItemKind:
    """Return the kind, from the publisher's type, the title, and whether the text is a letter."""
    label = re.sub(r"[^a-z]+", "_", record.document_type.lower()).strip("_")
    words = f"{record.title} {record.description}"
    kind = _TYPES.get(
        label,
        ItemKind.DOCUMENT if any(p.format not in {"", "html", "govuk"} for p in parts) else ItemKind.PAGE,
    )
    if kind is ItemKind.LETTER or kind in {ItemKind.DOCUMENT, ItemKind.PAGE}:
        if holds_letter or (_LETTER_WORDS.search(words) and not _BULLETIN.search(words)):
            return ItemKind.LETTER
        if _BULLETIN.search(record.title):
            return ItemKind.BULLETIN
        if kind is ItemKind.LETTER:
            return ItemKind.DOCUMENT
        return _by_title(record.title, kind)
    if holds_letter and kind in {
        ItemKind.GUIDANCE,
        ItemKind.POLICY_PAPER,
        ItemKind.PRESS_RELEASE,
        ItemKind.REPORT,
    }:
        return ItemKind.LETTER
    return kind


def _by_title(title: str, otherwise: ItemKind) -> ItemKind:
    plain = tidy(title).lower()
    for word, kind in (
        ("statutory guidance", ItemKind.STATUTORY_GUIDANCE),
        ("code of practice", ItemKind.STATUTORY_GUIDANCE),
        ("guidance", ItemKind.GUIDANCE),
        ("consultation", ItemKind.CONSULTATION),
        ("written statement", ItemKind.STATEMENT),
        ("written ministerial statement", ItemKind.STATEMENT),
        ("speech", ItemKind.SPEECH),
        ("statistics", ItemKind.STATISTICS),
        ("report", ItemKind.REPORT),
    ):
        if re.search(rf"\b{word}\b", plain):
            return kind
    return otherwise


def noun_of(kind: ItemKind) -> str:
    """The word for it after "the": letter, guidance, announcement."""
    return _NOUNS.get(kind, kind.value.replace("_", " "))


def says(kind: ItemKind, verb: str = "say") -> str:
    """``The letter says``, ``The statistics say``."""
    plural = kind is ItemKind.STATISTICS
    return f"The {noun_of(kind)} {verb if plural else third(verb)}"


def third(verb: str) -> str:
    """The third person singular: says, stresses, clarifies."""
    if verb.endswith(("s", "sh", "ch", "x")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def published_as(kind: ItemKind) -> str:
    """The words after "has published": a letter, guidance, the outcome of its consultation."""
    noun = noun_of(kind)
    return _PUBLISHED_AS.get(kind) or f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
