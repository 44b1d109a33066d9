"""What counts as the same text. Pure. What is normalised away here never alerts.

Raise NORMALISER whenever a change here, or in a reader, could give other blocks for the same bytes: stored
Versions are then read again before they are compared (ARCHITECTURE, section 4: code changes never alert).

Normalised away, because no reader would call it a change: the Unicode form (NFKC: ligatures, wide and
super-script forms), soft hyphens and other unseen characters, the kind of space, curly or straight quotation
marks, the kind of dash, an ellipsis in one character or three, a bullet that was read as text, the size
and page count that a link to a file carries ("(PDF, 248KB, 12 pages)"), and what an address carries only to
count visitors (utm_source and the like).
Never normalised away: letters, digits, capitals, and every other mark. Whether those matter is judged later.
"""

import re
import unicodedata
from functools import lru_cache

NORMALISER: int = 2

_UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xAD,  # soft hyphen
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),  # zero-width space and joiners, marks of direction
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # variation selectors
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
    ]
)
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
        **dict.fromkeys("“”„‟″＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("•‣▪▫◦●○■□∙·", " "),
        "…": "...",
    }
)
_LIST_MARK = re.compile(r"^(?:[-*] )+(?=\S)")
_UNIT = re.compile(r"\d ?(?:[KMG]B|bytes)", re.IGNORECASE)
_TRACKING = re.compile(r"(?P<page>(?:https?://|www\.)[^\s?#<>\"]{1,1000})\?(?P<query>[^\s#<>\"]{1,1000})")
_TRACKED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|cachebust)(?:=|$)", re.IGNORECASE
)
_FILE_SIZE = re.compile(
    r"\b(PDF|ODT|ODS|ODP|RTF|HTML|CSV|ZIP|JPE?G|DOCX?|XLSX?|PPTX?"
    r"|MS Word Document|MS Excel Spreadsheet|MS PowerPoint Presentation)"
    r"(?:, ?\d[\d.,]{0,8} ?(?:[KMG]B|bytes))(?:, ?\d{1,5} pages?)?(?!\w)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return the text as a person sees it: composed (NFC), nothing unseen, single spaces, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


@lru_cache(maxsize=8192)  # one comparison asks for the same blocks five times
def for_comparison(text: str) -> str:
    """Return the text without what no reader would call a change. Idempotent; empty text stays empty."""
    if not text.isascii():
        # Marks before NFKC, which would take a double prime apart; again for what NFKC brings to light.
        text = unicodedata.normalize("NFKC", text.translate(_UNSEEN).translate(_SAME)).translate(_SAME)
        text = unicodedata.normalize("NFKC", text.translate(_UNSEEN))
    text = " ".join(text.translate(_UNSEEN).replace("`", "'").split())
    if text[:1] in ("-", "*"):
        text = _LIST_MARK.sub("", text)
    if "://" in text or "www." in text:
        text = _TRACKING.sub(_without_tracking, text)
    return _FILE_SIZE.sub(r"\1", text) if _UNIT.search(text) else text


def _without_tracking(address: re.Match[str]) -> str:
    kept = [pair for pair in address["query"].split("&") if not _TRACKED.match(pair)]
    return f"{address['page']}?{'&'.join(kept)}" if kept else address["page"]
