"""People and the offices they hold, from a signature block and from a publisher's own list. Pure.

Never guesses: where a line of names cannot be told apart, no one is named.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model.blocks import Block
from pipeline.model.documents import Person
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.wording import tidy

_PREFIX = (
    r"(?:(?:The )?(?:Rt\.?|Right) Hon(?:\.|ourable)? )?(?:(?:Dr|Sir|Dame|Lord|Lady|Baroness|Professor"
    r"|Prof|Mr|Mrs|Ms|Miss)\.? )?"
)
_PART = r"[A-Z](?:[\w’'-]*[a-zé])?\.?"
_LINK = r"(?: (?:de|van|von|der|of|le|la|bin|al)(?= ))?"
_LETTERS = r"(?:MP|CBE|OBE|MBE|KBE|DBE|KCB|CB|QPM|KC|QC|PhD|FRSA)"
_NAME = re.compile(rf"^({_PREFIX}{_PART}(?:{_LINK} {_PART}){{0,3}}(?:,? {_LETTERS}(?![a-z]))*)(?=$|[,;\n]| )")
_HONOURS = re.compile(rf"(?:,? {_LETTERS}\b)+$")
_STYLE = re.compile(r"^(?:The )?(?:Rt\.?|Right) Hon(?:\.|ourable)? ")
_ROLE = re.compile(
    r"\b(?:Parliamentary Under|Secretary of State|Minister|Permanent Secretary|(?:(?:Managing"
    r"|Executive|National|Regional|Deputy|Interim|Acting|Strategic|Corporate|Assistant|Service|Group"
    r"|Programme) )?Director"
    r"|Chief|Chair|Head of"
    r"|Deputy|His Majesty|Her Majesty|HM Chief|National|Interim|Acting|Children(?:’|')s Commissioner"
    r"|Prime Minister"
    r"|Chancellor|President|Regional|Executive|Under[- ]Secretary|Commissioner|Senior|Joint|Lead"
    r"|Exchequer Secretary)\b"
)
_NOT_A_NAME = re.compile(
    r"\b(?:Department|Ministry|Street|Road|Buildings|House|London|Office|England|Education|Care"
    r"|Services|Council|Centre"
    r"|School|Schools|Annex|Page|Copy|Enc|Cc|Needs|Families|Children|Letter|Support|Local|Authority"
    r"|Our|The|And|For)\b"
)
_MP_NAME = re.compile(rf"((?:{_PREFIX})?{_PART}(?: {_PART}){{1,2}} MP)\b")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed: name with post-nominals as printed, the office held, and the lines it was read from."""

    name: str
    role: str = ""
    lines: tuple[Block, ...] = ()

    @property
    def known_as(self) -> str:
        """The name without style and post-nominals other than MP, as a news item prints it first."""
        bare = _HONOURS.sub("", _STYLE.sub("", self.name)).strip(" ,")
        return f"{bare} MP" if re.search(r"\bMP\b", self.name) else bare

    @property
    def short(self) -> str:
        """The name alone."""
        return self.known_as.removesuffix(" MP")

    @property
    def minister(self) -> bool:
        return bool(re.search(r"\bMinister\b|\bSecretary of State\b", self.role))


def signatories_of(lines: Sequence[Block], known: Iterable[str] = ()) -> tuple[Signatory, ...]:
    """Read the lines below "Yours sincerely".

    ``known`` are names seen elsewhere (letterhead, the publisher's list); they decide where several
    people share one line. Empty when the block cannot be read with certainty.
    """
    found: list[Signatory] = []
    sure = {_bare(name) for name in known}
    for block in lines[:14]:
        for text in block.text.split("\n"):
            for piece in text.split(" | "):
                line = tidy(piece).strip(" ,;_")
                if not line or has_contact_details(line):
                    continue
                if len(re.findall(r"\bMP\b", line)) > 1:
                    several = _several(line, block, sure)
                    if not several:
                        return ()
                    found.extend(several)
                    continue
                found = _read_line(line, block, found)
    return tuple(found[:4])


def _read_line(line: str, block: Block, found: list[Signatory]) -> list[Signatory]:
    role = _ROLE.search(line)
    head = line[: role.start()].strip(" ,–-") if role else line
    name = name_in(head)
    if name and name == head:
        office = line[role.start() :] if role else ""
        return [*found, Signatory(name, _office(office), (block,))]
    if found and role and role.start() == 0 and len(line) < 160:
        # two names above two roles cannot be paired for certain: roles go to the first that lacks one
        waiting = next((i for i, s in enumerate(found) if not s.role), None)
        if waiting is not None:
            one = replace(found[waiting], role=_office(line), lines=(*found[waiting].lines, block))
            return [*found[:waiting], one, *found[waiting + 1 :]]
    elif (
        found and found[-1].role and found[-1].role.endswith((" and", " for", " of", ",")) and len(line) < 80
    ):
        last = found[-1]
        return [*found[:-1], replace(last, role=_office(f"{last.role} {line}"), lines=(*last.lines, block))]
    return found


def _several(line: str, block: Block, sure: set[str]) -> list[Signatory]:
    """Names and roles of several MPs in one line, only where every name is known from elsewhere."""
    spots = []
    for match in _MP_NAME.finditer(line):
        words = match.group(1).split()
        options = (" ".join(words[i:]) for i in range(len(words) - 2))
        name = next((o for o in options if _bare(o) in sure), "")
        if not name:
            return []
        spots.append((match.end() - len(name), match.end(), name))
    ends = [start for start, _, _ in spots[1:]] + [len(line)]
    return [
        Signatory(
            name, _office(between) if _ROLE.match(between := line[end:stop].strip(" ,")) else "", (block,)
        )
        for (_, end, name), stop in zip(spots, ends, strict=True)
    ]


def name_in(line: str) -> str:
    """The person's name that ``line`` begins with, else ""."""
    match = _NAME.match(line)
    if not match or len(match.group(1)) > 60:
        return ""
    name = match.group(1).rstrip(" ,")
    plain = _HONOURS.sub("", _STYLE.sub("", name))
    if len(plain.split()) < 2 or _NOT_A_NAME.search(plain) or _ROLE.search(plain):
        return ""
    return name


def signatory_of(person: Person) -> Signatory:
    """A person of the publisher's own list."""
    return Signatory(tidy(person.name), _office(tidy(person.role)))


def same_person(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _office(text: str) -> str:
    """An office without a trailing contact line, stop or name of the department in brackets."""
    return tidy(text).strip(" ,;.–-")[:160]


def _bare(name: str) -> str:
    plain = _HONOURS.sub("", _STYLE.sub("", tidy(name)))
    return re.sub(
        r"^(?:Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Mr|Mrs|Ms|Miss)\.? ", "", plain
    ).casefold()
