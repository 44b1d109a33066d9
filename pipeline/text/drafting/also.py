"""What else a document covers, from its own headings. Pure.

Never lists a heading that says nothing ("Introduction", "Annex A") and never writes one of its own.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.model.drafts import Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.papers.force_words import Force, heading_force
from pipeline.text.papers.main_text import MainText, Placed
from pipeline.text.papers.passages import cited
from pipeline.text.words.boilerplate import has_contact_details, is_boilerplate
from pipeline.text.words.family_interest import interest
from pipeline.text.words.whole import reads_glued
from pipeline.text.words.wording import Forms, running, tidy, word_count

MOST = 8
_NO_TOPIC = frozenset({Force.DENIED, Force.PAST, Force.EXAMPLE, Force.ELSEWHERE, Force.REPORTED})

_NUMBER = re.compile(
    r"^(?:(?:section|part|chapter|step|theme|priority|principle|question|issue|topic|point)\s+(?:\d+"
    r"|[A-Z]|one|two|three|four|five|six)\b"
    r"\s*[:.)–—-]?\s*|\(?\d{1,3}(?:\.\d{1,3})*[.):]?\s+|\(?[a-zA-Z][.)]\s+|[ivxIVX]{1,5}[.)]\s+|[•●▪*–-]\s+)",
    re.I,
)
_SAYS_NOTHING = re.compile(
    r"^(?:(?:introduction|overview|summary(?: of (?:responses|findings|changes))?|methodology|timetable|money"
    r"|executive summary|background|context|contents?"
    r"|conclusions?|references|bibliography|glossary|definitions?"
    r"|footnotes?|notes?|endnotes|scope|purpose|aims?|aims and objectives|general|other"
    r"|miscellaneous|status|version|date|next steps|what next|feedback|acknowledge?ments?"
    r"|documents?|details?|full text|letter|the letter|the guidance|guidance|advice|index|main text"
    r"|help|updates?|latest|related|links|resources|useful (?:links|resources)"
    r"|main points|key (?:points|messages|findings|themes|facts)|introduction and .{1,24}"
    r"|background and .{1,24}|legal basis|about|sections?|chapters?|parts?|statement|speech)$"
    r"|(?:foreword|preface|ministerial foreword|annex|appendix|appendices|table \w|figure \w|box \d"
    r"|chart \d|list of|dear|yours|about (?:this|these|us|the)\b|who (?:is )?this|what (?:is )?this"
    r"|what happens next"
    r"|further (?:information|reading|guidance|help)|more information|contacts?\b|contact (?:us"
    r"|details)|how to contact|get (?:help|in touch)|expiry|review date|help us|is this page|print "
    r"this|share this|cookies?"
    r"|details? of (?:outcome|feedback)|applies to|consultation (?:description|details)|ways to "
    r"respond|how to respond|respond\b|original consultation|published\b|notes? to editors|media"
    r"|press office"
    r"|additional information|support links|disclaimer|copyright|section \d|chapter \d|part \d|what "
    r"does this guidance|who should read)\b)",
    re.I,
)
_ORDERS = re.compile(
    r"^(?:claim|apply|appeal|check|find|get|ask|complain|report|contact|send|read|download|watch|see"
    r"|visit|register|sign"
    r"|use|make a|submit|tell|write|go to|call|email|challenge|request|respond)\b",
    re.I,
)
_OURS = re.compile(r"\b(?:I|we|our|us|my|me|you|your|here|below|above|this|these)\b", re.I)
_HOW_DO = re.compile(r"^how (?:do|can|should|will) (?:i|you|we|parents|families|schools) (.+)$", re.I)
_WHAT_IS = re.compile(r"^(what|who|where) (is|are) ((?:the|an?) )?(.{3,60})$", re.I)
_CLAIMS = re.compile(  # a heading that says something may say what the text below it denies
    r"^(?!how\b|what\b|when\b|where\b|who\b|why\b|which\b|whether\b|if\b)[\w’' -]{3,60}"
    r" (?:must|can|cannot|will|may|should|shall|no longer)\b",
    re.I,
)
_ASKS = re.compile(r"^(?:is|are|do|does|did|can|could|will|would|should|has|have|am|may|must|why)\b", re.I)


def topics_of(
    text: MainText, forms: Forms, *, without: Sequence[str] = (), wording: Iterable[str] = ()
) -> tuple[Sentence, ...]:
    """Return up to eight topics, in the document's order, each citing the heading it is.

    ``without`` are headings that the draft has dealt with, ``wording`` its title and headline: a heading
    that only says those again is left out.
    """
    dealt = {tidy(w).casefold() for w in without}
    said = {_bare(w) for w in wording}
    fit: list[tuple[float, Placed, str]] = []
    level = _level(text.headings)
    for one in text.headings:
        raw = tidy(one.block.text)
        topic = topic_in(raw, forms)
        if not topic or raw.casefold() in dealt or one.block.level > level or _bare(topic) in said:
            continue
        if heading_force(_NUMBER.sub("", raw)) in _NO_TOPIC:
            continue
        said.add(_bare(topic))
        fit.append((interest(topic), one, topic))
    best = sorted(fit, key=lambda f: (-f[0], f[1].place))[:MOST] if len(fit) > MOST else fit
    made = [
        supported(topic, cited(one.block, one.part))
        for _, one, topic in sorted(best, key=lambda f: f[1].place)
    ]
    return tuple(sentence for sentence in made if sentence)


def topic_in(heading: str, forms: Forms) -> str:
    """The heading as an item of a running list, or "" where it is no topic."""
    plain = _NUMBER.sub("", tidy(heading)).strip(" .:;–—-")
    if not plain or not plain[0].isalpha() or _SAYS_NOTHING.match(plain) or is_boilerplate(plain):
        return ""
    if has_contact_details(plain) or not 1 <= word_count(plain) <= 14 or len(plain) > 110 or len(plain) < 4:
        return ""
    if match := _HOW_DO.match(plain.rstrip("?")):
        plain = f"How to {match.group(1)}"
    elif plain.endswith("?"):
        asked = _WHAT_IS.match(plain.rstrip("?"))
        if asked and not re.search(r"\b(?:by|that|which|for|happening|changing|being)\b|ing$", asked[4]):
            plain = f"{asked[1]} {asked[3] or ''}{asked[4]} {asked[2]}"
        elif _ASKS.match(plain):
            return ""
        plain = plain.rstrip("?")
    if (
        _ORDERS.match(plain)
        or _CLAIMS.match(plain)
        or reads_glued(plain)
        or _OURS.search(plain)
        or re.search(r"[.!?:]\s", plain)
        or "|" in plain
    ):
        return ""
    return running(plain, forms)


def _level(headings: Sequence[Placed]) -> int:
    """The deepest level to list: the highest one that gives three headings with something to say."""
    for level in range(1, 7):
        if sum(1 for h in headings if h.block.level <= level and topic_in(h.block.text, Forms())) >= 3:
            return level
    return 6


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", _NUMBER.sub("", tidy(text)).casefold()))
