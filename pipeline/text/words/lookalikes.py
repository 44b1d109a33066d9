"""Fold letters that only look different to plain ones, so that a word is found however it was typed.

Full-width and styled letters, and Cyrillic and Greek letters within a Latin word, come from copied text and
bad OCR. Other marks are left alone, so that a quotation stays as it was printed. This module never judges.

Source: Unicode Standard Annex 15 (NFKC) and Technical Standard 39 (confusables, the letters of our acronyms).
"""

import re
import unicodedata

# Ligatures, full-width forms, circled and mathematical letters; not fractions, superscripts or an ellipsis.
_STYLED = re.compile("[\ufb00-\ufb06\uff01-\uff5e\u24b6-\u24e9\U0001d400-\U0001d7ff]+")
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁ", "ABESIJKMHOPCTYXaesijopcyxd", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_ALIKE = str.maketrans(_CYRILLIC | _GREEK)
_FOREIGN = re.compile("[\u0370-\u052f]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z]")
_MARKS = {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"}
_PLAIN = _MARKS | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")  # what cannot be seen goes


def plain_letters(text: str) -> str:
    """The text with plain letters, apostrophes and hyphens, and without what cannot be seen."""
    if text.isascii():
        return text
    for odd, plain in _PLAIN.items():  # far faster than translate
        text = text.replace(odd, plain)
    if text.isascii():
        return text
    text = _STYLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _WORD.sub(_folded, text) if _FOREIGN.search(text) else text


def _folded(found: re.Match[str]) -> str:
    """A word of another alphabet stays; one that mixes two was never meant to."""
    word = found[0]
    return word.translate(_ALIKE) if not word.isascii() and _LATIN.search(word) else word
