"""What counts as the same text. Pure. What is normalised away here never alerts.

Raise NORMALISER whenever a change here, or in a reader, could give other blocks for the same bytes: stored
Versions are then read again before they are compared (ARCHITECTURE, section 4: code changes never alert).

Normalised away, because no reader would call it a change: the Unicode form (NFKC: ligatures, wide and the
like), the marks of footnotes, soft hyphens and other unseen characters, the kind of space, curly or straight
quotation marks, the kind of dash, an ellipsis in one character or three, a bullet before a text, the size and
page count that a link to a file carries ("(PDF, 248KB, 12 pages)"), that it opens in a new tab, and what an
address carries only to count visitors (utm_source and the like).
Never normalised away: letters, digits, capitals, and every other mark. Whether those matter is judged later.
"""

import re
import unicodedata
from functools import lru_cache

NORMALISER: int = 3

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
        "…": "...",
        "\u2044": "/",  # the stroke of a fraction
        "\ufdfa": " \u0635 ",  # one sign that NFKC makes eighteen letters of, and its usual short form
        "\ufdfb": " \u062c ",
    }
)
_LIST_MARK = re.compile(r"^(?:[-*] |[•‣▪▫◦●○■□∙·] ?)+(?=[^\s|])")  # a sign alone in a cell says something
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "1230456789")
_EXPONENT = re.compile(rf"\b(10)([{_RAISED}]+)")
_NOTE_MARK = re.compile(rf"(?<=[^\W\d_]{{3}})[{_RAISED}]+|(?<=[\d.,;:!?)\]\"'])[{_RAISED}]+")
_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞↉])")
_UNIT = re.compile(r"\d ?(?:[KMG]B|(?:kilo|mega)?bytes)", re.IGNORECASE)
_NEW_TAB = re.compile(r" ?\((?:this )?(?:link )?opens? in (?:a )?new (?:tab|window)\)", re.IGNORECASE)
_LIST_MARKS = frozenset("-*•‣▪▫◦●○■□∙·")
_TRACKING = re.compile(r"(?P<page>(?:https?://|www\.)[^\s?#<>\"]{1,1000})\?(?P<query>[^\s#<>\"]{1,1000})")
_TRACKED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|cachebust)(?:=|$)", re.IGNORECASE
)
_SIZE = r"\d[\d.,]{0,8} ?(?:[KMG]B|(?:kilo|mega)?bytes)(?:, ?\d{1,5} pages?)?"
_FORMAT = (
    r"(?:PDF|ODT|ODS|ODP|RTF|HTML|CSV|ZIP|JPE?G|DOCX?|XLSX?|PPTX?"
    r"|MS Word Document|MS Excel Spreadsheet|MS PowerPoint Presentation)"
)
# Only where it describes a link: in brackets, or at the very end of what is no rule.
_FILE_SIZE = re.compile(
    rf"(?<=[(\[])(?:({_FORMAT})(?:,| -)? ?{_SIZE}|{_SIZE},? ({_FORMAT}))(?=[)\]])"
    rf"|\b({_FORMAT})(?:,| -) ?{_SIZE}$",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:must|should|may|can|cannot|than|most|maximum|limit|up to|under|over)\b", re.IGNORECASE
)


def clean(text: str) -> str:
    """Return the text as a person sees it: composed (NFC), nothing unseen, single spaces, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


@lru_cache(maxsize=8192)  # one comparison asks for the same blocks five times
def for_comparison(text: str) -> str:
    """Return the text without what no reader would call a change. Idempotent; empty text stays empty."""
    if not text.isascii():
        # Marks before NFKC, which would take a double prime apart; again for what NFKC brings to light.
        text = _without_raised(text.translate(_UNSEEN).translate(_SAME))
        text = unicodedata.normalize("NFKC", text).translate(_SAME)
        text = unicodedata.normalize("NFKC", text.translate(_UNSEEN))
    text = " ".join(text.translate(_UNSEEN).replace("`", "'").split())
    if text[:1] in _LIST_MARKS:
        text = _LIST_MARK.sub("", text)
    if "new " in text:
        text = _NEW_TAB.sub("", text)
    if "://" in text or "www." in text:
        text = _TRACKING.sub(_without_tracking, text)
    return _FILE_SIZE.sub(_without_size, text) if _UNIT.search(text) else text


def _without_raised(text: str) -> str:
    """Take out the marks of footnotes, and keep raised and broken numbers apart from plain ones.

    "10¹ pupils" is not "101 pupils", "5½" not "51/2"; "m²" is "m2".
    """
    if any(mark in text for mark in _RAISED):
        text = unicodedata.normalize("NFC", text)
        text = _EXPONENT.sub(lambda found: f"{found[1]}^{found[2].translate(_LOWERED)}", text)
        text = _NOTE_MARK.sub("", text)
    return _FRACTION.sub(" ", text)


def _without_size(found: re.Match[str]) -> str:
    if found[3] and _RULE.search(found.string):
        return found.group()
    return found[1] or found[2] or found[3]


def _without_tracking(address: re.Match[str]) -> str:
    kept = [pair for pair in address["query"].split("&") if not _TRACKED.match(pair)]
    return f"{address['page']}?{'&'.join(kept)}" if kept else address["page"]
