"""The blocks below a draft: the charity's own standing words and the pages of its own that fit.

Pure. Never proposes a page without a topic of it in the draft's title, headings or sentences.
"""

import re
from collections.abc import Sequence

from pipeline.model.drafts import StandingBlock
from pipeline.text.drafting.house import House, RelatedPage


def standing_blocks(
    house: House, title: str, sentences: Sequence[str], headings: Sequence[str]
) -> tuple[StandingBlock, ...]:
    """Return the house's blocks and, where pages fit, one block of related pages, best first."""
    scored = []
    for place, page in enumerate(house.related):
        score = _fit(page, title) * 4 + _fit(page, " ".join(sentences)) * 2 + _fit(page, " ".join(headings))
        if score:
            scored.append((-score, place, page))
    fitting = [page for _, _, page in sorted(scored, key=lambda s: (s[0], s[1]))[: house.related_most]]
    if not fitting:
        return house.standing
    text = " ".join(page.text for page in fitting if page.text)
    links = tuple((page.title, page.url) for page in fitting)
    return (*house.standing, StandingBlock(house.related_title, text, links))


def _fit(page: RelatedPage, words: str) -> int:
    """How often the page's topics occur; each topic counts three times at most."""
    return sum(
        min(3, len(re.findall(rf"(?<!\w){re.escape(topic)}(?!\w)", words, re.I))) for topic in page.topics
    )
