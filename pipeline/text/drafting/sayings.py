"""Say whose words a paragraph gives: "The letter says that", once, and "also says", once. Pure.

Every saying passes the gate with the passages of its sentence; a sentence that cannot take one stays.
"""

import re
from collections.abc import Sequence

from pipeline.model.drafts import Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.material import Material
from pipeline.text.drafting.units import Unit
from pipeline.text.papers.kinds import says
from pipeline.text.words.wording import capital, lowered, word_count

_LONGEST = 34  # words of a sentence that still takes an opening
_SAYING = re.compile(
    r"(?:says?|tells?|asks?|adds?|stress(?:es)?|confirms?|explains?|clarif(?:y|ies)|warns?|recognises?|announces?"
    r"|sets? out|makes? clear|urges?|reminds?|notes?|expects?|promises?|thanks?|points? out)\b"
)
_BODIES = ("Ofsted ", "NHS ", "Department for Education ")


class Sayings:
    """The openings of one draft, so that none is used twice."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._noun = f"The {material.voice.noun} "
        self._used: set[str] = set()

    def feeling(self, felt: Sequence[Unit]) -> tuple[Sentence, ...]:
        """What families carry, and thanks: the second of two says "It also"."""
        first = felt[0].sentences[0]
        told = [self.opened(first, new=not felt[0].attributed)]
        for unit in felt[1:]:
            sentence = unit.sentences[0]
            bare = sentence.text.removeprefix(self._noun)
            joined = told[0].text.startswith(self._noun) and bare != sentence.text
            again = supported(f"It also {bare}", *sentence.citations) if joined else None
            told.append(again or sentence)
            self._used.add(says(self._material.kind))
        return tuple(told)

    def opened(self, sentence: Sentence, *, new: bool) -> Sentence:
        """The sentence with the opening that is still free; with ``new`` one is added where there is none."""
        text = sentence.text
        kind = self._material.kind
        plain, again, adds = says(kind), says(kind, "also say"), says(kind, "add")
        if text.startswith(f"{plain} that "):
            rest = text.removeprefix(f"{plain} that ")
            options = [f"{plain} that {rest}", f"{again} that {rest}", capital(rest)]
        elif text.startswith(f"{plain}: “"):
            options = [text, text.replace(plain, again, 1), text.replace(plain, adds, 1)]
        elif text.startswith(self._noun):  # what the document does itself is not also what it says
            bare = text.removeprefix(self._noun)
            if not self._used or again in self._used or not _SAYING.match(bare):
                return sentence  # "also" twice in one item reads as a list
            self._used.add(again)
            return supported(f"{self._noun}also {bare}", *sentence.citations) or sentence
        elif new and (told := self._lowered(text)):
            options = [f"{plain} that {told}", f"{again} that {told}", text]
            if " also " in told[:70]:
                options.pop(1)
        else:
            return sentence
        for option in options:
            opening = next((o for o in (again, plain, adds) if option.startswith(o)), "")
            if opening and (opening in self._used or (opening == again and plain not in self._used)):
                continue
            if made := supported(option, *sentence.citations):
                self._used.add(opening)
                return made
        return sentence

    def _lowered(self, text: str) -> str:
        """The sentence as it reads after "that", or "" where it cannot stand there."""
        author = self._material.voice.author
        if author and text.startswith(capital(author)):
            return ""
        if word_count(text) > _LONGEST or text.endswith((":", "?")) or self._material.voice.reader_is_parent:
            return ""
        told = lowered(text, self._material.forms)
        return "" if told == text and not text.startswith((*_BODIES, "SEND ", "EHC ")) else told
