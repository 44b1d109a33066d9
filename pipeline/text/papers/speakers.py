"""Tell a publisher's own words from those of the people it quotes, in news. Pure.

Never gives one speaker's words to another: a quotation keeps the publisher's own "X said:".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.papers.main_text import Placed
from pipeline.text.papers.passages import cited
from pipeline.text.words.boilerplate import is_boilerplate
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

_HARD = re.compile(
    r"\b(?:The|the) (?:Department for|SEND code|[\w ]{0,30}Act \d{4})|\bIn England\b|\bcode of "
    r"practice\b|[£%]"
    r"|\b(?:from|by|until) (?:\d{1,2} )?(?:January|February|March|April|May|June|July|August"
    r"|September|October"
    r"|November|December)\b"
)
_OPINION = re.compile(
    r"\b(?:welcome|vital|delighted|important|believe|hope|great|proud|pleased|crucial|fantastic"
    r"|thrilled|excited)\b"
)
_SAID = re.compile(
    r"[^.]{0,120}\b(?:said|says|added|commented)(?: that)?:"
    r"|^(?=[^.:]*\b[A-Z]\w+ [A-Z]\w+)[^.:]{0,60}\b(?:[Cc]ommenting|[Rr]esponding|[Rr]eacting"
    r"|[Ww]elcoming)\b[^.:]{3,160}:$"
)
_INTRODUCES = re.compile(r"^(?=.*[A-Z]\w+ [A-Z]\w+)[^.:]{8,180} (?:said|says|added):$")
_NAME = re.compile(r"\b[A-Z][a-z’'-]+ [A-Z][a-z’'A-Z-]+\b(?=,| said| says| added| commented)")
_SPEAKS = re.compile(r"\b(?:I|we|our|us|my|me)\b", re.I)
_SIGNAL = re.compile(r"\b(?:Department for|government|Ofsted|Government|published|announced|figures)\b")


def outside_speech(placed: Sequence[Placed]) -> list[Placed]:
    """Return the blocks, or the sentences of them, that are the publisher's own words.

    Quoted paragraphs carry no marks on GOV.UK: speech is taken to last until a heading, or until a block
    without a first person that names a body, an announcement or figures.
    """
    kept: list[Placed] = []
    speaking = False
    for one in placed:
        text = tidy(one.block.text)
        if one.block.kind is BlockKind.HEADING or (speaking and _is_narrative(text)):
            speaking = False
        if not _SAID.search(text):
            if not speaking:
                kept.append(one)
            continue
        own = _own_sentences(split_sentences(text), speaking)
        if own:
            kept.append(replace(one, own=own))
        speaking = True
    return kept


def _own_sentences(sentences: Sequence[str], speaking: bool) -> tuple[str, ...]:
    """Of a block with speech in it: what comes before, and hard facts that follow some way after."""
    own: list[str] = []
    since = 0 if speaking else None  # sentences since someone began to speak
    speaker = ""
    for sentence, following in zip(sentences, (*sentences[1:], ""), strict=True):
        if _SAID.search(sentence):
            since, speaker = 0, _speaker(sentence)
        elif speaker and speaker in sentence and not _SPEAKS.search(sentence):
            own.append(sentence)  # no minister speaks so of himself
        elif since is None:
            own.append(sentence)
        else:
            since += 1
            quiet = not _SPEAKS.search(sentence) and not _SPEAKS.search(following)
            if since > 1 and quiet and _HARD.search(sentence) and not _OPINION.search(sentence):
                own.append(sentence)
    return tuple(own)


def _speaker(sentence: str) -> str:
    """The full name of the minister before "said:", or ""; what others do is no news of the publisher's."""
    match = _SAID.search(sentence)
    if not match or not re.search(r"\b(?:Minister|Secretary)\b", match[0]):
        return ""
    names = _NAME.findall(match[0])
    return names[-1] if names else ""


def first_speaker(placed: Sequence[Placed]) -> Iterator[tuple[Placed, int, Sentence, str]]:
    """Yield what the first quoted speaker says, a sentence at a time: block, place, sentence, bare words."""
    for one, following in pairwise(placed):
        opening = tidy(one.block.text)
        if not _INTRODUCES.match(opening) or word_count(opening) > 30:
            continue
        intro, words = cited(one.block, one.part), cited(following.block, following.part)
        for index, plain in enumerate(split_sentences(following.block.text.strip('“”" '))[:6]):
            if not 8 <= word_count(plain) <= 40 or re.search(r"[“”\"]", plain) or is_boilerplate(plain):
                continue
            if made := supported(f"{opening} “{plain}”", intro, words):
                yield following, index, made, plain
        return


def _is_narrative(text: str) -> bool:
    return not text.startswith("“") and not _SPEAKS.search(text) and bool(_SIGNAL.search(text))
