"""Plain wording: tidy text, lower-case a first word only where the source itself does, join lists.

Pure string work that the drafter needs everywhere. Never changes a number, a name or a quotation.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is kept as running text."""
    return frozenset(text.split())


_UNUSUAL = re.compile(r"[^ -~\n\t\r£–—‘’“”•…é\u00a0]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_UNSEEN = {"Cc", "Cf", "Co", "Cs"}
_ACRONYMS = word_set(
    "SEND SEN EHC EHCP EHCPS DFE NHS LA LAS MP MPS SENCO SENCOS SENDIASS SENDIST UK GCSE GCSES COVID "
    "PRU PRUS ICB ICBS DSG CAMHS PPE AGP AGPS HMCTS DHSC ESFA AP PDF"
)
_SHORT = (
    (
        re.compile(r"\bspecial educational needs (?:and|and/or|or) disabilit(?:y|ies)(?: \(SEND\))?", re.I),
        "SEND",
    ),
    (re.compile(r"(?<!\ba )\bspecial educational needs(?: \(SEN\))?(?! coord)", re.I), "SEN"),
    (re.compile(r"\beducation,? health and care (plan|needs)(?: \(EHCP?\))?", re.I), r"EHC \1"),
)
_TAKES_THE = re.compile(
    r"^(?:Department|Ministry|Office|Cabinet Office|Home Office|House|Welsh|Scottish|Northern Ireland)\b|"
    r"\b(?:Agency|Authority|Commission|Commissioner|Tribunal|Service|Committee|Board|Panel|Office|"
    r"Inspectorate|Association|Review)$"
)
_PROPER = word_set(
    "england wales scotland ireland britain london ofsted ofqual parliament covid brexit european "
    "british english welsh january february march april june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday christmas easter makaton "
    " braille ehcps i"
)
_ORDINARY = word_set(
    "a about after all also although an and any around as at because before both by children colleges "
    "councils during each every everyone families few for from further governing governors guidance "
    "headteachers help how if in it its local many more most new no not of on once only or other our "
    "parents people permanent pupils some staff schools settings since so special such support "
    "teachers that the their there these they this those to under until what when where which while "
    "who with without young your you employers providers carers around health "
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty hundreds thousands millions almost "
    "nearly up"
)
_STAYS_SMALL = word_set("a an and as at by for from in of on or that the to via with")


def tidy(text: str) -> str:
    """One line without control, zero-width and direction characters, blanks collapsed."""
    if _UNUSUAL.search(text):
        text = "".join(c if c in "\n\t\r" or unicodedata.category(c) not in _UNSEEN else "" for c in text)
    return " ".join(text.split())


def shorten(text: str) -> str:
    """The usual short forms of SEND, SEN and EHC plan, for headlines."""
    for pattern, short in _SHORT:
        text = pattern.sub(short, text)
    return text


@dataclass(frozen=True, slots=True)
class Forms:
    """How the source itself writes its words inside sentences: in lower case, or with a capital (names)."""

    small: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()


def forms_of(sentences: Iterable[str]) -> Forms:
    """Return the forms that words have after the first word of a sentence."""
    small: set[str] = set(_ORDINARY)
    proper: set[str] = set()
    for sentence in sentences:
        for word in _WORD.findall(sentence)[1:]:
            if word.islower():
                small.add(word)
            elif not word.isupper():
                proper.add(word.lower())
    return Forms(frozenset(small), frozenset(proper - small))


def running(text: str, forms: Forms) -> str:
    """A heading or title as it reads in the middle of a sentence.

    Only the first word of a heading in sentence case is lowered; of a heading in capitals or Title Case
    every word, provided (for Title Case) that the source writes each of them in lower case elsewhere.
    Acronyms, and words that the source writes with a capital inside its sentences, keep it.
    """
    words = _WORD.findall(text)
    if not words:
        return text
    later = [w for w in words[1:] if w.lower() not in _STAYS_SMALL]
    shouting = len(words) > 1 and sum(len(w) > 1 and w.isupper() for w in words) > len(words) / 2
    titled = bool(later) and all(w[0].isupper() for w in later) and not all(w.isupper() for w in later)

    def settle(match: re.Match[str]) -> str:
        word = match.group()
        if word.upper() in _ACRONYMS and (word.isupper() or shouting):
            return word.upper() if shouting else word
        if any(c.isupper() for c in word[1:]) and not shouting:
            return word
        if word.lower() in forms.proper or word.lower() in _PROPER:
            return word.capitalize() if shouting else word
        return word.lower()

    if shouting or (titled and all(w.lower() in forms.small or w.isupper() for w in words)):
        return _WORD.sub(settle, text)
    if any(w[0].isupper() and not w.isupper() and w.lower() not in forms.small for w in words[1:2]) or titled:
        return text  # a name, as far as the source shows
    return _WORD.sub(settle, text, count=1) if text[:1].isalpha() else text


def lowered(sentence: str, forms: Forms) -> str:
    """A sentence as it reads after "that"; unchanged where its first word may be a name."""
    words = _WORD.findall(sentence)
    if not words or not sentence[0].isalpha():
        return sentence
    second = " ".join(words[1:2])
    doing = words[0].endswith("ing") and words[0].lower() not in forms.proper and second.islower()
    if words[0].lower() not in forms.small and not doing:
        return sentence
    if len(words[0]) > 1 and any(c.isupper() for c in words[0][1:]):
        return sentence
    if (
        len(words) > 1
        and words[1][0].isupper()
        and not words[1].isupper()
        and words[0].lower() not in _ORDINARY
    ):
        return sentence
    return sentence[0].lower() + sentence[1:]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def joined(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def with_the(body: str) -> str:
    """A public body's name as it reads inside a sentence: ``the Department for Education``, ``Ofsted``."""
    if body.startswith("The "):
        return f"the {body[4:]}"
    return f"the {body}" if _TAKES_THE.search(body) and not body.startswith("HM ") else body


def word_count(text: str) -> int:
    return len(text.split())


def full_stop(text: str) -> str:
    """The text ended as a sentence."""
    text = text.rstrip(" ;,:")
    return text if text.endswith((".", "?", "!", ".”", "?”", "!”", ".’", ".)")) else f"{text}."
