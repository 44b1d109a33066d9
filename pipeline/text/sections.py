"""Name the passages of a wider document that concern SEND, so that a draft can be about those.

A section whose heading names SEND is taken whole; elsewhere a block is taken for its own words. This
module gives no verdict: see pipeline/text/relevance.py.
"""

from collections.abc import Sequence

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.company import whole_company
from pipeline.text.lexicon import Lexicon
from pipeline.text.mentions import read_passage

_PLAIN = 0.5  # weight from which a mention speaks of SEND, and not of a salary or in passing


def blocks_about_send(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The blocks that concern SEND, in reading order, each with the heading that stands over it."""
    kept: list[Block] = []
    over: Block | None = None  # the nearest heading, until it is kept
    inside = 0  # level of the SEND heading whose section is being read; 0 outside one
    for block in blocks:
        speaks = _speaks(block, lexicon)
        if block.kind is BlockKind.HEADING:
            if inside and max(1, block.level) <= inside:
                inside = 0
            over = block
            if speaks and not inside:
                inside = max(1, block.level)
            if inside:
                kept.append(block)
                over = None
        elif speaks or inside:
            kept += [block] if over is None else [over, block]
            over = None
    return tuple(kept)


def _speaks(block: Block, lexicon: Lexicon) -> bool:
    passage = read_passage([block], lexicon, company=whole_company(lexicon))
    return any(mention.term.strong and mention.weight >= _PLAIN for mention in passage.mentions)
