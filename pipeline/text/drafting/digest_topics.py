"""Say what a Story is about, in the six topics that subscribers choose among. Pure.

The kind of publication decides first, then what title, description and the approved words say. Every Story
has one topic at least, so that nothing falls between them. Never reads the whole paper: a passing mention of
money on page 40 does not make an item one about funding.
"""

import re
from collections.abc import Collection

from pipeline.model.changes import ChangeKind
from pipeline.model.digests import Topic
from pipeline.model.documents import Record
from pipeline.text.papers.kinds import ItemKind

_BY_KIND = {
    ItemKind.LETTER: Topic.LETTERS,
    ItemKind.GUIDANCE: Topic.GUIDANCE,
    ItemKind.STATUTORY_GUIDANCE: Topic.GUIDANCE,
    ItemKind.GUIDE: Topic.GUIDANCE,
    ItemKind.CONSULTATION: Topic.CONSULTATIONS,
    ItemKind.OUTCOME: Topic.CONSULTATIONS,
    ItemKind.STATEMENT: Topic.LAW,
    ItemKind.STATISTICS: Topic.STATISTICS,
}
_CONSULTATION_KINDS = frozenset(
    {
        ChangeKind.CONSULTATION_OPENED,
        ChangeKind.CONSULTATION_CLOSED,
        ChangeKind.DEADLINE_MOVED,
        ChangeKind.OUTCOME_PUBLISHED,
    }
)
_LAW = re.compile(
    r"\b(?:Acts? (?:of Parliament|20\d\d|19\d\d)|(?:[A-Z]\w+ )Bill\b|White Paper|Green Paper|Royal Assent"
    r"|(?i:legislation|statutory instruments?|Parliament(?:ary)?|House of (?:Commons|Lords)|Select Committee)"
    r"|(?i:regulations) 20\d\d|(?i:draft regulations|new regulations|amend\w* regulations|judicial review)"
    r"|(?i:written statement|upper tribunal|court of appeal|supreme court|high court))"
)
_STATISTICS = re.compile(
    r"\b(?:statistics?|statistical|data (?:on|show)|figures (?:on|show|for)|census"
    r"|Ofsted|CQC|Care Quality Commission"
    r"|inspections?|inspect(?:ed|orate|ors?)|area SEND|improvement notice)\b",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\b(?:funding|funded|grants?\b(?! (?:permission|access))|high needs (?:block|budget|allocation|national)"
    r"|dedicated schools grant|DSG|(?<!personal )budgets?|deficits?|safety valve"
    r"|allocations?|invest(?:ed|ment|ing)?)\b"
    r"|£ ?\d[\d.,]* ?(?:m|bn|k|million|billion|thousand)\b",
    re.IGNORECASE,
)
_CONSULTATION = re.compile(
    r"\b(?:consultations?|consulting on|call for evidence|have your say"
    r"|(?:send|give) (?:us )?your (?:views|answers?))\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\bletters? (?:to|from)\b|\bwrites to\b|\bwrote to\b", re.IGNORECASE)


def topics_of(
    kind: ItemKind, record: Record, text: str, *, changes: Collection[ChangeKind] = (), deadlines: int = 0
) -> frozenset[Topic]:
    """The topics of a Story; never empty. ``text`` is the item's own title and words.

    ``changes`` are the kinds of what happened to the page, ``deadlines`` how many days to act by it names.
    """
    said = f"{record.title}. {record.description} {text}"
    head = f"{record.title}. {text}"
    found = {_BY_KIND[kind]} if kind in _BY_KIND else set()
    rules = (
        (Topic.LETTERS, bool(_LETTER.search(record.title))),
        (
            Topic.CONSULTATIONS,
            deadlines > 0 or bool(_CONSULTATION_KINDS & set(changes)) or bool(_CONSULTATION.search(head)),
        ),
        (Topic.LAW, bool(_LAW.search(head)) or "Parliament" in " ".join(record.publishers)),
        (Topic.STATISTICS, bool(_STATISTICS.search(head)) or "Ofsted" in " ".join(record.publishers)),
        (Topic.FUNDING, bool(_FUNDING.search(said))),
    )
    found |= {topic for topic, holds in rules if holds}
    return frozenset(found) or frozenset({Topic.GUIDANCE})


def first_topic(topics: Collection[Topic]) -> Topic:
    """The one topic under which an item is printed: the first, in the order of the Topic enum."""
    return next((topic for topic in Topic if topic in topics), Topic.GUIDANCE)
