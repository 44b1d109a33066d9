"""Turn "we" into the body that speaks, and "I" into the person. Pure; part of reported.py.

Refuses (None) wherever the verb is not known, "we" may include the reader, or "us" is left over.
"""

import re

from pipeline.text.words.wording import word_set

_INCLUSIVE = re.compile(
    r"\bwe all\b|\ball of us\b|\bwe (?:can|must) all\b|\btogether\b|\bwe as\b|\blet us\b|\beach of "
    r"us\b|\bmany of us\b"
    r"|\bour (?:children|young people|schools?|teachers?|society|country|nation|communit|economy"
    r"|future|lives|own|most|system"
    r"|education system|public services|classrooms?|NHS|streets?|world|time|families|collective"
    r"|shared|joint|thoughts|colleges)",
    re.I,
)
_WE = re.compile(r"\b(We|we)(?:(?P<short>[’'](?:re|ve|ll|d))| )(?P<next>\s*[\w’']+)(?P<after>\s+[\w’']+)?")
_BE = {
    "am": "is",
    "are": "is",
    "have": "has",
    "were": "was",
    "do": "does",
    "don't": "does not",
    "don’t": "does not",
}
_SHORT = {"m": "is", "re": "is", "ve": "has", "ll": "will"}
_SAME = word_set("will would can could must should may might cannot had did")
_ADVERBS = word_set(
    "also strongly fully now still already always further only actively firmly clearly currently "
    "therefore recently then have both"
)
_PRESENT = word_set(
    "expect want know recognise ask encourage believe intend plan need continue hope support propose "
    "recommend remain welcome urge understand consider provide publish advise require aim agree "
    "acknowledge appreciate work think say set see take make give offer invite promise pledge commit "
    "accept estimate anticipate hear thank hold owe value care trust train fund extend"
)
_PAST = word_set("made gave set took said began wrote held put met heard saw found brought sought spent")
_OF_OUR = re.compile(r"^(?: [\w-]+){1,7} (?:of|to|alongside|with) $")
_US = re.compile(r"\b(tells?|told|asks?|asked|wr(?:ite|ote|itten) to|said to) us\b")
_OUR = re.compile(r"\b([Oo])ur\b")
_LEFT = re.compile(r"\b(?:we|us|our|ours|ourselves)\b", re.I)
_I = re.compile(r"\b(?P<who>I)(?:(?P<short>[’'](?:m|ve|ll|d))| )(?P<next>\s*[\w’']+)(?P<after>\s+[\w’']+)?")
_ME = re.compile(r"\b(?:tell|told|tells|gave|give|asked|ask|with|to|by|from) (?P<me>me)\b")
_MY_OWN = re.compile(r"\bmy (?:own|son|daughter|wife|husband|mother|father|parents|family|life|job|friend)\b")
_SELF_LEFT = re.compile(r"\b(?:I|me|my|mine|myself)\b")


def we_reported(text: str, we: str) -> str | None:
    """Return ``text`` with "we" and "our" told of ``we`` (``the government``), or None."""
    if not we or _INCLUSIVE.search(text) or len(re.findall(r"\bwe\b", text, re.I)) > 1:
        return None
    pieces: list[str] = []
    at = 0
    for match in _WE.finditer(text):
        verb = _verb(match)
        if verb is None:
            return None
        subject = we[:1].upper() + we[1:] if match.start() == 0 else we
        pieces += [text[at : match.start()], subject, " ", verb]
        at = match.end()
    told = _US.sub(rf"\1 {we}", "".join(pieces) + text[at:])
    told = _owned(told, we)
    return None if _LEFT.search(told) else told


def i_reported(text: str, who: str, office: str = "") -> str | None:
    """Return ``text`` with its one "I", "me" or "my" told of ``who`` by name, or None.

    ``office``: what "me" is where people write to it or tell it something ("the minister").
    """
    if not who or len(_SELF_LEFT.findall(text)) != 1 or _MY_OWN.search(text):
        return None
    if match := _I.search(text):
        verb = _verb(match)
        if verb is None:
            return None
        told = f"{text[: match.start()]}{who} {verb}{text[match.end() :]}"
    elif match := _ME.search(text):
        told = f"{text[: match.start('me')]}{office or who}{text[match.end('me') :]}"
    else:
        told = re.sub(r"\b[Mm]y\b", f"{who}’" if who.endswith("s") else f"{who}’s", text)
    return None if _SELF_LEFT.search(told) else told[:1].upper() + told[1:]


def _verb(match: re.Match[str]) -> str | None:
    word, after = match["next"].strip(), match["after"] or ""
    if match["short"]:
        auxiliary = _SHORT.get(match["short"][1:])
        return f"{auxiliary} {word}{after}" if auxiliary else None
    if word in _SAME or word in _PAST or (word.endswith("ed") and word != "need"):
        return f"{word}{after}"
    if word in _BE:
        return f"{_BE[word]}{after}"
    if word in _PRESENT:
        return f"{_third(word)}{after}"
    if word in _ADVERBS and after:
        verb = after.strip()
        if verb in _PRESENT:
            return f"{word} {_third(verb)}"
        if verb in _BE:
            return f"{word} {_BE[verb]}"
        if verb in _SAME or verb in _PAST or verb.endswith("ed"):
            return f"{word} {verb}"
    return None


def _third(verb: str) -> str:
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"


def _owned(text: str, we: str) -> str:
    """ "our" is "its" right after the body's own verb, else the body's own name: "its" might mean another."""
    owner = f"{we}’" if we.endswith("s") else f"{we}’s"

    def own(match: re.Match[str]) -> str:
        before = text[: match.start()].lower().rpartition(we.lower())
        words = before[2].split()
        joined = len(words) <= 9 and bool(re.search(r"\band (?:will|has|is|would)\b", before[2]))
        near = bool(before[1]) and (len(words) <= 3 or joined or _OF_OUR.search(before[2]) is not None)
        near = near and not re.search(r"\b(?:that|who|which|where|when|if)\b|,", before[2])
        word = "its" if near else owner
        return word[:1].upper() + word[1:] if match.group(1) == "O" else word

    return _OUR.sub(own, text)
