"""A Draft as text that a person can edit, and the edited text as a Draft again. Pure; invents no passage.

The text goes through a form and comes back as it was, so that saving without a change changes nothing.
"""

import re
from collections.abc import Sequence

from pipeline.model.documents import Part
from pipeline.model.drafts import Draft, Piece, PieceKind, Sentence
from pipeline.model.edits import Backed, EditedText
from pipeline.model.short_forms import ShortForms
from pipeline.text.citing.gate import reasons
from pipeline.text.editing.backing import Backing
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy

MOST_CHARACTERS = 40_000
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+|mailto:[^\s()]+|tel:\+?[\d]+)\)")
_BULLET = re.compile(r"^\s*[-*•] +")
_WORDS_BULLET = re.compile(  # as Word and web pages put them into the clipboard
    r"^\s*(?:[•·∙●○◦▪▫■□‣⁃➢✓✔\uf0b7\uf0a7][ \t\u00a0]*|[o§–—](?:\t|\u00a0{2})[ \t\u00a0]*)(?=\S)"
)
_NUMBERED = re.compile(r"^\d{1,2}[.)] \S")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, spaces without width


def as_text(draft: Draft, forms: ShortForms | None) -> EditedText:
    """The Draft as it stands in the form. Without ``forms`` (an empty Draft) the short ones are empty."""
    paragraphs = []
    for piece in draft.pieces:
        words = " ".join(sentence.text for sentence in piece.sentences)
        if piece.kind is PieceKind.LINK and piece.link:
            words = f"[{words}]({piece.link})"
        lines = [words, *(f"- {item.text}" for item in piece.items)]
        paragraphs.append("\n".join(line for line in lines if line))
    return EditedText(
        title=draft.headline.text,
        body="\n\n".join(paragraph for paragraph in paragraphs if paragraph),
        digest_title=forms.digest.title.text if forms else draft.headline.text,
        digest_text=" ".join(sentence.text for sentence in forms.digest.sentences) if forms else "",
        post=forms.post.text if forms else "",
    )


def as_typed(text: EditedText) -> EditedText:
    """The text with line ends and blanks as this house writes them. Raises ValueError when it is too long."""
    whole = (text.title, text.body, text.digest_title, text.digest_text, text.post)
    if sum(map(len, whole)) > MOST_CHARACTERS:
        raise ValueError(f"the text has more than {MOST_CHARACTERS:,} characters")
    title, _, digest_title, digest_text, post = (" ".join(_UNSEEN.sub("", field).split()) for field in whole)
    return EditedText(title, _body(text.body), digest_title, digest_text, post)


def _body(body: str) -> str:
    """Bullets as ``- ``, each numbered line a paragraph of its own, one blank line between paragraphs."""
    lines: list[str] = []
    for given in _lines(_UNSEEN.sub("", body)):
        line = " ".join(_WORDS_BULLET.sub("- ", given).split())
        if _NUMBERED.match(line) and lines and lines[-1]:
            lines.append("")
        lines.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_draft(text: EditedText, draft: Draft, parts: Sequence[Part], backing: Backing | None = None) -> Draft:
    """The edited text as a Draft: each sentence with the passages it rests on, if any.

    ``backing`` is the source made ready, for who looks at several texts of one Draft.
    """
    backing = backing or Backing(draft, parts)
    pieces = tuple(_piece(paragraph, backing) for paragraph in _paragraphs(text.body))
    return Draft(backing.backed(text.title), pieces, draft.standing, draft.url, draft.empty_because)


def proofs(text: EditedText, draft: Draft, parts: Sequence[Part]) -> tuple[Backed, ...]:
    """Headline and sentences in reading order, each with the gate's warnings. Links are not looked at."""
    return tuple(one for paragraph in proofs_by_paragraph(text, draft, parts) for one in paragraph)


def proofs_by_paragraph(
    text: EditedText, draft: Draft, parts: Sequence[Part]
) -> tuple[tuple[Backed, ...], ...]:
    """The same, one group for the headline and one for each paragraph; that of a link is empty."""
    return proofs_of(as_draft(text, draft, parts), draft)


def proofs_of(edited: Draft, draft: Draft) -> tuple[tuple[Backed, ...], ...]:
    """The same of an edited text that ``as_draft`` has read already."""
    own = {sentence.text for sentence in draft.sentences}
    groups: list[tuple[Sentence, ...]] = [(edited.headline,)]
    groups += [() if p.kind is PieceKind.LINK else (*p.sentences, *p.items) for p in edited.pieces]
    return tuple(tuple(_proof(sentence, own) for sentence in group) for group in groups)


def _proof(sentence: Sentence, own: set[str]) -> Backed:
    if sentence.text in own:
        return Backed(sentence, (), own=True)
    if not sentence.citations:
        return Backed(sentence, ("no passage of the source says this",), own=False)
    return Backed(sentence, reasons(sentence), own=False)


def _piece(paragraph: Sequence[str], backing: Backing) -> Piece:
    words = [line for line in paragraph if not _BULLET.match(line)]
    items = tuple(backing.backed(_BULLET.sub("", line)) for line in paragraph if _BULLET.match(line))
    link = _LINK.fullmatch(" ".join(words)) if words else None
    if link:
        return Piece(PieceKind.LINK, (backing.backed(link[1]),), items, link[2])
    sentences = tuple(backing.backed(sentence) for sentence in split_sentences(tidy(" ".join(words))))
    return Piece(PieceKind.POINT, sentences, items)


def _paragraphs(body: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in _lines(body):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
