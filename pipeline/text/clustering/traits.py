"""What tells whether two documents belong to one announcement: addresses, files, title words, text. Pure.

Compares nothing; see kinship.py. Of a very long text the first ``MOST_WORDS`` words stand for the whole.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from urllib.parse import urljoin, urlsplit
from zlib import crc32

from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.words.normalise import for_comparison
from pipeline.text.words.wording import word_set

MOST_WORDS = 6_000
SHINGLE = 5  # words in a row
_WORD = re.compile(r"[^\W_]+|[£€$%✓✔✗✘]|(?<!\w)-(?=\d)")  # and signs that are said as a word
_HREF = re.compile(r"""href\s*=\s*\\?["']([^"'\\\s<>]{1,2000})""", re.IGNORECASE)
_URL = re.compile(r"""https?://[^\s"'<>()\[\]{}|\\]{3,2000}""")
_ARTICLE = re.compile(r"<article\b.*?</article>", re.IGNORECASE | re.DOTALL)
_LETTER_TITLE = re.compile(
    r"\bletters? (?:to|from|by|on|about)\b|\bletter$|^letter:|: letter\b", re.IGNORECASE
)
_ANNEX_TITLE = re.compile(r"\b(?:annex(?:es)?|appendix|appendices|enclosures?)\b", re.IGNORECASE)
_FILLER = word_set(  # what half of all titles about SEND, and of all titles of a government, hold
    "a about an and annex annexes appendix are as at authorities authority be by care child children "
    "childrens department dfe disabilities disability document documents education educational ehc ehcp "
    "ehcps enclosure england families family for from further government guidance guide has have health "
    "high how in information into is it its joint letter letters local minister ministerial ministers "
    "need needs new news now of on or our parent parents people plan plans policy press provision "
    "publication published publishes pupil pupils release report schools school secretary sen send "
    "senior special state statement statutory student students support supporting that the their this "
    "to uk update updated updates we what when will with writes written year years you young your "
)


class Standing(IntEnum):
    """How near a document stands to its announcement: the lowest of a Story is its main document."""

    LETTER = 0
    STATEMENT = 1
    CONSULTATION = 2
    GUIDANCE = 3
    PAPER = 4  # policy papers, reports, statistics, and whatever has no better name
    SPEECH = 5
    PRESS_RELEASE = 6
    BLOG_POST = 7
    ANNEX = 8  # by its own title: it goes with something else


_BY_TYPE = {
    "correspondence": Standing.LETTER,
    "letter": Standing.LETTER,
    "written_statement": Standing.STATEMENT,
    "oral_statement": Standing.STATEMENT,
    "statement_to_parliament": Standing.STATEMENT,
    "guidance": Standing.GUIDANCE,
    "statutory_guidance": Standing.GUIDANCE,
    "detailed_guide": Standing.GUIDANCE,
    "detailed_guidance": Standing.GUIDANCE,
    "manual": Standing.GUIDANCE,
    "manual_section": Standing.GUIDANCE,
    "speech": Standing.SPEECH,
    "authored_article": Standing.SPEECH,
    "press_release": Standing.PRESS_RELEASE,
    "news_story": Standing.PRESS_RELEASE,
    "news_article": Standing.PRESS_RELEASE,
    "government_response": Standing.PRESS_RELEASE,
    "world_news_story": Standing.PRESS_RELEASE,
    "blog_post": Standing.BLOG_POST,
    "blog": Standing.BLOG_POST,
}


@dataclass(frozen=True, slots=True)
class Traits:
    """One document as kinship sees it. ``when`` is its publication, ``seen`` the moment of its Change.

    ``own`` are the addresses it lives at and its content id; ``points_to`` those that it links to. ``files``
    maps the bytes of attached files to their size. ``fresh`` says that it is a new document.
    """

    title: str
    standing: Standing
    when: datetime
    seen: datetime
    fresh: bool = True
    content_id: str = ""
    locale: str = "en"
    publishers: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    points_to: frozenset[str] = frozenset()
    files: tuple[tuple[str, int], ...] = ()
    said: str = ""  # the words in lower case, one space between them
    digest: str = ""  # of all the words, however many
    names: frozenset[str] = frozenset()  # words that stand with a capital anywhere, in lower case
    shingles: frozenset[int] = frozenset()
    title_words: frozenset[str] = frozenset()  # those that not every title holds


def traits_of(
    record: Record, parts: Sequence[Part], *, seen: datetime, fresh: bool, hrefs: Collection[str] = ()
) -> Traits:
    """Return the traits of a document; ``hrefs`` are the links that its pages' bytes hold."""
    written = list(_words_of(parts))
    whole = [word.casefold() for word in written]
    words = whole[:MOST_WORDS]
    published = record.first_published if fresh and not record.public_updated else record.public_updated
    return Traits(
        title=record.title,
        standing=standing_of(record),
        when=(published or seen) if fresh else seen,
        seen=seen,
        fresh=fresh,
        content_id=record.content_id,
        locale=record.locale,
        publishers=frozenset(name.casefold() for name in record.publishers),
        people=frozenset(person.name.casefold() for person in record.people),
        own=frozenset(_own(record, parts)),
        points_to=frozenset(_points_to(record, parts, hrefs)),
        files=_files(parts),
        said=" ".join(words),
        digest=sha256(" ".join(whole).encode("utf-8", "replace")).hexdigest(),
        names=frozenset(word.casefold() for word in written[:MOST_WORDS] if word[0].isupper()),
        shingles=shingles(words),
        title_words=distinctive(record.title),
    )


def standing_of(record: Record) -> Standing:
    """Return what a document is, by the publisher's type and by what its title calls it."""
    kind = _BY_TYPE.get(record.document_type.lower())
    if _ANNEX_TITLE.search(record.title) and kind not in (Standing.PRESS_RELEASE, Standing.BLOG_POST):
        return Standing.ANNEX
    if "consultation" in record.document_type or "call_for_evidence" in record.document_type:
        return Standing.CONSULTATION
    if kind in (None, Standing.GUIDANCE) and _LETTER_TITLE.search(record.title):
        return Standing.LETTER
    return Standing.PAPER if kind is None else kind


def hrefs_in(raw: bytes) -> frozenset[str]:
    """Return the links in the bytes of a page: HTML, or JSON that holds HTML; of a page its article alone."""
    text = raw.decode("utf-8", "replace").replace("\\/", "/").replace("\\u0026", "&").replace("&amp;", "&")
    articles = _ARTICLE.findall(text)
    return frozenset(link for piece in articles or [text] for link in _HREF.findall(piece))


def address(url: str, base: str = "") -> str:
    """Return an address as it is compared: host and path, without what only counts visitors; else empty."""
    try:
        split = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host = (split.hostname or "").removeprefix("www.")
        port = f":{split.port}" if split.port else ""
    except ValueError:
        return ""
    path = split.path.rstrip("/.,;:")
    return f"{host}{port}{path}" if split.scheme in ("http", "https") and host and path else ""


def distinctive(title: str) -> frozenset[str]:
    """Return the words of a title that tell it from others: no filler, no years, no plural."""
    words = (word for word in _tokens(title) if word not in _FILLER and not word.isdigit() and len(word) > 2)
    return frozenset(stem(word) for word in words)


def stem(word: str) -> str:
    """Return a word in small letters without its plural."""
    return word.removesuffix("s") if len(word) > 4 else word


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return the marks of all runs of five words, the same in every process."""
    runs = range(len(words) - SHINGLE + 1)
    return frozenset(crc32(" ".join(words[i : i + SHINGLE]).encode("utf-8", "replace")) for i in runs)


def as_said(title: str) -> str:
    """Return a title as it would stand in ``said``."""
    return " ".join(_tokens(title))


def _tokens(text: str) -> list[str]:
    return [word.casefold() for word in _written(text)]


def _written(text: str) -> list[str]:
    return _WORD.findall(for_comparison(text).replace("'", ""))


def _words_of(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        for block in part.blocks:
            yield from _written(block.text)


def _own(record: Record, parts: Sequence[Part]) -> Iterator[str]:
    places = [record.url, record.moved_to, *(part.url for part in parts)]
    yield from (found for place in places if (found := address(place, record.url)))
    if record.content_id:
        yield f"id:{record.content_id}"


def _points_to(record: Record, parts: Sequence[Part], hrefs: Collection[str]) -> Iterator[str]:
    texts = [block.text for part in parts for block in part.blocks if "://" in block.text]
    texts += [value for _, value in record.facts if "://" in value]
    places = [*hrefs, *(url for text in texts for url in _URL.findall(text))]
    yield from (found for place in places if (found := address(place, record.url)))
    for link in record.links:
        kind, _, identity = link.partition(":")
        if kind == "documents" and identity:
            yield f"id:{identity}"


def _files(parts: Sequence[Part]) -> tuple[tuple[str, int], ...]:
    files = {p.sha256: p.size for p in parts if p.kind is PartKind.FILE and p.sha256 and p.size}
    return tuple(sorted(files.items()))
