"""Find what frames a letter: the lines up to the salutation, and those from the farewell on.

A draft about one section of a letter still says who wrote it to whom. This module never judges.
"""

import re
from collections.abc import Sequence

from pipeline.model.blocks import Block

_SALUTATION = re.compile(r"^\s*dear\b", re.IGNORECASE)
_FAREWELL = re.compile(r"^\s*(?:yours\b|(?:with )?(?:best|kind|warm) (?:wishes|regards)\b)", re.IGNORECASE)
_EDGE = 25  # blocks from either end among which they are looked for


def frame_of(blocks: Sequence[Block]) -> set[int]:
    """The numbers of those blocks; empty for a text that is no letter."""
    count = len(blocks)
    opens = next((n for n in range(min(_EDGE, count)) if _SALUTATION.match(blocks[n].text)), None)
    closes = next((n for n in range(max(0, count - _EDGE), count) if _FAREWELL.match(blocks[n].text)), None)
    if opens is None or closes is None or closes <= opens:
        return set()
    return {*range(opens + 1), *range(closes, count)}
