"""What counts as the same text. Pure. What is normalised away here never alerts.

Raise NORMALISER whenever a change here, or in a reader, could give other blocks for the same bytes: stored
Versions are then read again before they are compared (ARCHITECTURE, section 4: code changes never alert).
"""

import re
import unicodedata

NORMALISER = 1

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACE = re.compile(r"\s+")
_SAME = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "•": "", "\u00b7": "",
    }
)  # fmt: skip


def clean(text: str) -> str:
    """The text as a person sees it: composed (NFC), nothing invisible, single spaces, trimmed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def for_comparison(text: str) -> str:
    """The text with what no reader would call a change taken away: quote marks, dashes, ligatures, spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_SAME)
    return _SPACE.sub(" ", folded).strip()
