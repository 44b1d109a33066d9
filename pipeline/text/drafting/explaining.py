"""Explain a draft's words to its readers: short forms spelled out once, jargon where it first stands. Pure.

The explanation is the charity's own and says so in the citation ("Glossary: ..."); the sentence with it
passes the gate again, or stays as it was. Never touches a quotation, nor explains what the source explains.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model.drafts import Citation, Piece, PieceKind, Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.glossary import Glossary, ShortForm, Term
from pipeline.text.papers.main_text import MainText
from pipeline.text.words.wording import word_count

MOST_TERMS = 2
_LONGEST = 52  # words of a sentence with its explanation
_CLINGS = re.compile(r"[,;)]| (?:with|of|for|to|on|in|between|and|or)\b")  # dashes would tear it off
_GOES_ON = re.compile(  # words after which a sentence bears an insertion
    r" (?:must|should|can|cannot|may|will|would|is|are|was|were|has|have|had|do|does|that|which"
    r"|who|when|where|if"
    r"|before|after|by|within|from|until|at|as|so|because|but|than|remains?|appl(?:y|ies)|rises?|needs?)\b"
)
_NAMES_FOLLOW = r"(?! (?:[A-Z]|code of practice|regulations))"


def explained(pieces: Sequence[Piece], text: MainText, glossary: Glossary, *, room: int) -> tuple[Piece, ...]:
    """Return the pieces with at most ``room`` words of explanation added to lead, changes and points."""
    told = tuple(pieces)
    for short in glossary.short_forms:
        told, used = _spelled(told, short, room)
        room -= used
    count = 0
    whole = " ".join(one.block.text for one in text.placed)
    for term in glossary.terms:
        if count == MOST_TERMS:
            break
        if room > word_count(term.means) and not _explains_itself(whole, term):
            told, used = _with_term(told, term)
            room -= used
            count += bool(used)
    return told


def _spelled(pieces: tuple[Piece, ...], short: ShortForm, room: int) -> tuple[tuple[Piece, ...], int]:
    """The first use in full with the short form in brackets, every later one short."""
    after = rf"(?= (?:{'|'.join(short.before)})\b)" if short.before else _NAMES_FOLLOW
    full = rf"{re.escape(short.full)}(?: \({short.short}\))?"
    either = re.compile(rf"\b(?:{full}|{short.short}\b){after}", re.I if short.before else 0)
    proof = Citation(f"Glossary: {short.short} stands for {short.full}")
    seen = False
    added = 0
    told = list(pieces)
    for at, number, sentence in _plain_sentences(pieces):
        head = _office(pieces[at], sentence)
        words = sentence.text[:head] + _with_forms(sentence.text[head:], either, short, seen=seen)
        if words == sentence.text:
            seen = seen or bool(either.search(sentence.text, head))
            continue
        more = word_count(words) - word_count(sentence.text)
        made = supported(words, *sentence.citations, proof) if more <= room - added else None
        if made is not None:
            seen = True
            added += more
            told[at] = _replaced(told[at], number, made)
    return tuple(told), added


def _with_forms(text: str, either: re.Pattern[str], short: ShortForm, *, seen: bool) -> str:
    """The text with its first form in full, unless that was ``seen`` before, and the others short."""
    pieces: list[str] = []
    at = 0
    for match in either.finditer(text):
        if _bracketed(text, match.start(), match.end()):
            seen = True
            continue
        written = short.short if seen else f"{short.full} ({short.short})"
        seen = True
        opens = not text[: match.start()].strip()
        pieces += [text[at : match.start()], written[0].upper() + written[1:] if opens else written]
        at = match.end()
    return "".join(pieces) + text[at:]


def _with_term(pieces: tuple[Piece, ...], term: Term) -> tuple[tuple[Piece, ...], int]:
    """The first sentence that uses the term and can take the explanation."""
    forms = "|".join(f"[{form[0].upper()}{form[0].lower()}]{re.escape(form[1:])}" for form in term.forms)
    pattern = re.compile(rf"(?<![\w’-])(?:{forms})(?![\w’-])")
    for at, number, sentence in _plain_sentences(pieces):
        match = pattern.search(sentence.text, _office(pieces[at], sentence))
        if not match:
            continue
        if _bracketed(sentence.text, match.start(), match.end()):
            return pieces, 0
        words = _placed(sentence.text, match.end(), term.meaning(match.group()))
        if not words or word_count(words) > _LONGEST:
            return pieces, 0
        proof = Citation(f"Glossary: {term.term}: {term.meaning(match.group())}")
        if made := supported(words, *sentence.citations, proof):
            told = list(pieces)
            told[at] = _replaced(pieces[at], number, made)
            return tuple(told), word_count(words) - word_count(sentence.text)
        return pieces, 0
    return pieces, 0


def _placed(text: str, end: int, means: str) -> str:
    """The text with the explanation at ``end``; "" where the term is a part of a longer one there."""
    rest = text[end:]
    if rest.startswith("."):
        return f"{text[:end]} – {means}{rest}"
    if (
        rest.startswith(" (")
        or re.match(r" of the [A-Z]", rest)
        or not (_CLINGS.match(rest) or _GOES_ON.match(rest))
    ):
        return ""
    if "–" in text or _CLINGS.match(rest):
        return f"{text[:end]} ({means}){rest}"
    return f"{text[:end]} – {means} –{rest}"


def _bracketed(text: str, start: int, end: int) -> bool:
    """Whether the words stand in brackets, or right before them: their own meaning stands beside them."""
    inside = text.count("(", 0, start) > text.count(")", 0, start)
    return inside or bool(re.match(r"[’']?s? \(", text[end:]))


def _explains_itself(whole: str, term: Term) -> bool:
    forms = "|".join(map(re.escape, term.forms))
    return bool(
        re.search(
            rf"(?:{forms})\s*(?:\(|–|—|- |, (?:the|which|that|an?)\b"
            r"|[^.]{0,60}\. [^.]{0,30}\b(?:describes?|defines?|means?|calls?)\b"
            r"|(?:is|are|means?|pays?) (?:an?|the|for|when|where|funding|education|support)\b)",
            whole,
            re.I,
        )
    )


def _plain_sentences(pieces: Sequence[Piece]) -> Iterator[tuple[int, int, Sentence]]:
    """Piece, place and sentence of what is told in plain words, without quotations."""
    for at, piece in enumerate(pieces):
        if piece.kind not in {PieceKind.LEAD, PieceKind.POINT, PieceKind.CHANGE}:
            continue
        for number, sentence in enumerate(piece.sentences):
            if not re.search(r"[“‘\"]", sentence.text):
                yield at, number, sentence


def _office(piece: Piece, sentence: Sentence) -> int:
    """Where the name and office of who wrote end: an office is never explained, nor spelled out."""
    if piece.kind is not PieceKind.LEAD:
        return 0
    match = re.search(r" (?:has|have|is|are) ", sentence.text)
    return match.start() if match else 0


def _replaced(piece: Piece, number: int, sentence: Sentence) -> Piece:
    sentences = (*piece.sentences[:number], sentence, *piece.sentences[number + 1 :])
    return replace(piece, sentences=sentences)
