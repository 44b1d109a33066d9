"""Whether a person holds the office that a sentence gives them. Pure; part of the gate in gate.py.

Names and offices may all stand in the passages and still be paired wrongly, where two people sign. So each
pair must stand together in one passage. Knows no list of ministers: only the passages count.
"""

import re

_CAPITAL = r"[A-Z][\w’'-]*"
_NAME = (
    rf"(?:(?:Dr|Sir|Dame|Lord|Lady|Baroness|Professor) )?{_CAPITAL}(?: (?:de |van |von )?{_CAPITAL}){{1,3}}"
)
_OFFICE_WORD = (
    r"(?:[Mm]inister|[Ss]ecretary|[Dd]irector|[Cc]ommissioner|[Cc]hair|[Cc]hief|[Ii]nspector|[Pp]resident"
    r"|[Cc]hancellor|[Hh]ead of)"
)
_OFFICE = rf"(?:the |our )?((?:{_CAPITAL} |[a-z]+ )?(?:[\w-]+ )?\b{_OFFICE_WORD}\b[^,.;:“”()]*)"
_NAME_FIRST = re.compile(rf"({_NAME}),? \(?{_OFFICE}")
_OFFICE_FIRST = re.compile(
    rf"(?:^|[.:;,] |\b[Tt]he |\band )((?:{_CAPITAL} )?{_OFFICE_WORD}\b[^,.;:“”()]*?),? ({_NAME})"
)
_ENDS = re.compile(r" (?:has|have|had|said|says|wrote|will|is|was|were|and (?=[A-Z]\w+ [A-Z]\w+,))")
_HONOURS = re.compile(r"\b(?:MP|CBE|OBE|MBE|KBE|DBE|KC|QC|The|Rt|Right|Hon|Honourable)\b\.?")
_WRITTEN_TO = re.compile(rf"\b(?:written|wrote|writes?|letter) to ({_NAME})")
_NEAR = 3  # words that may stand between the two


def mispaired_offices(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return ``Name, Office`` for each pair that no passage holds side by side."""
    held = [_plain(passage) for passage in passages]
    found = []
    for person, office in _pairs(text):
        name, post = _plain(person), _plain(office)
        together = [p for p in held if f" {name.strip()} " in p and f" {post.strip()} " in p]
        if any(_side_by_side(name.strip(), post.strip(), passage) for passage in together):
            continue
        named = any(f" {name.strip()} " in passage for passage in held)
        if not together and named and any(passage.startswith(post) for passage in held):
            continue  # a signature over two lines: the office stands at the head of a line of its own
        found.append(f"{person}, {office}")
    return found


def wrong_addressees(text: str, passages: tuple[str, ...]) -> list[str]:
    """Return each name that somebody is said to have written to, where no passage has it after to or Dear."""
    names = [" ".join(match[1].split()) for match in _WRITTEN_TO.finditer(text)]
    return [
        name
        for name in names
        if not any(
            re.search(rf"(?:\bto|\bdear)\W+(?:[\w.]+ ){{0,2}}{re.escape(name)}", p, re.I) for p in passages
        )
    ]


def _pairs(text: str) -> list[tuple[str, str]]:
    found = [(match[1], _ENDS.split(match[2])[0]) for match in _NAME_FIRST.finditer(text)]
    for match in _OFFICE_FIRST.finditer(text):
        if re.search(rf"\b{_OFFICE_WORD}\b", match[2]) or _NAME_FIRST.search(match[0]):
            continue
        found.append((match[2], match[1]))
    return [(person.strip(), office.strip()) for person, office in found]


def _plain(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', _HONOURS.sub('', text.replace('’', '')).casefold()))} "


def _side_by_side(name: str, post: str, passage: str) -> bool:
    gap = rf"(?: \w+){{0,{_NEAR}}} "
    one, other = re.escape(name), re.escape(post)
    return bool(re.search(rf" {one}{gap}{other} | {other}{gap}{one} ", passage))
