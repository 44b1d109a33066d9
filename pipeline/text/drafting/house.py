"""Read the house file: the charity's name, standing blocks, related pages and link texts.

Pure but for reading the one file it is given. Never fills in for a wrong value: it is refused with file,
line and key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.model.drafts import StandingBlock
from pipeline.model.errors import ConfigError
from pipeline.text.papers.kinds import ItemKind

_LINK = re.compile(r"^(?:https?://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:\+?[\d ]+)$")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BYTES = 200_000
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
USUAL_COLOUR = "#12395b"
LEAST_CONTRAST = 4.5  # to white: WCAG 2.2, 1.4.3
LINK_KEYS = frozenset({*(kind.value for kind in ItemKind), "moved", "removed", "withdrawn"})


@dataclass(frozen=True, slots=True)
class RelatedPage:
    """One of the charity's own pages; ``topics`` are words or phrases that make it fit a draft."""

    title: str
    url: str
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """The charity's own words. ``link_texts`` is keyed by kind of publication (letter, guidance, ...)."""

    charity: str
    standing: tuple[StandingBlock, ...]
    related_title: str
    related: tuple[RelatedPage, ...]
    related_most: int
    link_texts: Mapping[str, str]
    colour: str = USUAL_COLOUR  # ``#rrggbb``, dark enough for white text on it
    logo: str = ""  # a PNG or SVG file, as the house file names it
    address: str = ""  # where the charity is, and its number in the register
    privacy: str = ""  # the page that says what becomes of people's data


LINK_TEXTS: Mapping[str, str] = {
    ItemKind.LETTER: "Read the letter in full",
    ItemKind.GUIDANCE: "Read the guidance in full",
    ItemKind.STATUTORY_GUIDANCE: "Read the statutory guidance in full",
    ItemKind.CONSULTATION: "Read the consultation in full",
    ItemKind.OUTCOME: "Read the response in full",
    ItemKind.PRESS_RELEASE: "Read the announcement in full",
    ItemKind.STATEMENT: "Read the statement in full",
    ItemKind.SPEECH: "Read the speech in full",
    ItemKind.STATISTICS: "See the statistics in full",
    ItemKind.BLOG_POST: "Read the blog post in full",
    ItemKind.ARTICLE: "Read the article in full",
    ItemKind.REPORT: "Read the report in full",
    ItemKind.POLICY_PAPER: "Read the policy paper in full",
    ItemKind.BULLETIN: "Read the bulletin in full",
    ItemKind.GUIDE: "Read the guide in full",
    ItemKind.PAGE: "Read the page in full",
    ItemKind.DOCUMENT: "Read the document in full",
    "moved": "Visit the page at the new address",
    "removed": "See the page where it stood",
    "withdrawn": "See the withdrawn page",
}
_INVENTED = House(
    charity="Open Lanes",
    standing=(
        StandingBlock(
            "Talk to us",
            "If you are worried about your child’s education, our helpline team are here to listen "
            "and to explain"
            " your options.",
        ),
    ),
    related_title="Related information",
    related=(),
    related_most=3,
    link_texts=LINK_TEXTS,
)


def load_house(path: Path | None = None) -> House:
    """Return the house of the file at ``path`` (YAML, UTF-8); without one, a bare invented charity's.

    The full default file is the front door's ``house.yaml``; it is handed in from there.

    Raises:
        ConfigError: the file cannot be read or a value is wrong; the message has file, line and key.
    """
    if path is None:
        return _INVENTED
    try:
        body = path.read_bytes()
    except OSError as problem:
        raise ConfigError(f"{path}: cannot be read: {problem.strerror}") from problem
    if len(body) > _MOST_BYTES:
        raise ConfigError(f"{path}: larger than {_MOST_BYTES:,} bytes; this is not a house file")
    try:
        return parse_house(body.decode("utf-8-sig"), name=str(path))
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {problem.start})") from problem


def parse_house(text: str, *, name: str) -> House:
    """Return the house that ``text`` (YAML) describes; ``name`` is the file's name for messages.

    Raises:
        ConfigError: with ``name``, line and key.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(
            f"{name}{line}: not valid YAML: {getattr(problem, 'problem', problem)}"
        ) from problem
    top = _Map(name, "", root, {"charity", "standing", "related", "link_texts"})
    related = top.map("related", {"title", "most", "pages"})
    texts = top.map("link_texts", LINK_KEYS)
    charity = top.map("charity", {"name", "colour", "logo", "address", "privacy"})
    return House(
        charity=charity.text("name"),
        standing=tuple(_standing(one) for one in top.maps("standing", {"title", "text", "links"})),
        related_title=related.text("title", "Related information"),
        related=tuple(_page(one) for one in related.maps("pages", {"title", "url", "text", "topics"})),
        related_most=related.count("most", 3),
        link_texts={**LINK_TEXTS, **{key: texts.text(key) for key in texts.keys}},
        colour=_colour(charity),
        logo=charity.text("logo", ""),
        address=charity.text("address", ""),
        privacy=charity.link("privacy") if "privacy" in charity.keys else "",
    )


class _Map:
    """A YAML mapping with its place, so that a refusal can say file, line and key."""

    def __init__(
        self, name: str, path: str, node: yaml.Node | None, known: frozenset[str] | set[str]
    ) -> None:
        self.name, self.path, self.node = name, path, node
        self.values: dict[str, yaml.Node] = {}
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, "", "must be a mapping of keys to values")
        for key, value in node.value:
            word = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if word not in known:
                raise self.wrong(key, word, f"unknown key; known are {', '.join(sorted(known))}")
            if word in self.values:
                raise self.wrong(key, word, "stands twice")
            self.values[word] = value

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.values)

    def wrong(self, node: yaml.Node | None, key: str, why: str) -> ConfigError:
        node = node or self.node
        line = node.start_mark.line + 1 if node is not None else 1
        place = ".".join(filter(None, (self.path, key))) or "(top)"
        return ConfigError(f"{self.name}:{line}: {place}: {why}")

    def text(self, key: str, default: str | None = None) -> str:
        node = self.values.get(key)
        if node is None and default is not None:
            return default
        if not isinstance(node, yaml.ScalarNode) or node.tag.endswith(":null") or not str(node.value).strip():
            raise self.wrong(node, key, "must be given, as text")
        return " ".join(str(node.value).split())

    def link(self, key: str) -> str:
        value = self.text(key)
        if not _LINK.match(value):
            raise self.wrong(self.values[key], key, f"{value!r} is not an http, mailto or tel address")
        return value

    def count(self, key: str, default: int) -> int:
        value = self.text(key, str(default))
        if not value.isdecimal() or int(value) > 10:
            raise self.wrong(self.values.get(key), key, f"{value!r} is not a whole number from 0 to 10")
        return int(value)

    def words(self, key: str) -> tuple[str, ...]:
        node = self.values.get(key)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.wrong(node, key, "must be a list of words")
        for one in node.value:
            if not isinstance(one, yaml.ScalarNode) or not str(one.value).strip():
                raise self.wrong(one, key, "must be a list of words")
        return tuple(" ".join(str(one.value).split()) for one in node.value)

    def map(self, key: str, known: frozenset[str] | set[str]) -> "_Map":
        return _Map(
            self.name, ".".join(filter(None, (self.path, key))), self.values.get(key, None), known
        ).at(self.node)

    def at(self, node: yaml.Node | None) -> "_Map":
        """Where the mapping itself is missing, the line of what should hold it."""
        self.node = self.node or node
        return self

    def maps(self, key: str, known: frozenset[str] | set[str]) -> tuple["_Map", ...]:
        node = self.values.get(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(node, key, "must be a list")
        path = ".".join(filter(None, (self.path, key)))
        return tuple(_Map(self.name, f"{path}.{i}", one, known) for i, one in enumerate(node.value, 1))


def _standing(one: _Map) -> StandingBlock:
    links = tuple((link.text("text"), link.link("url")) for link in one.maps("links", {"text", "url"}))
    return StandingBlock(one.text("title"), one.text("text"), links)


def _page(one: _Map) -> RelatedPage:
    return RelatedPage(one.text("title"), one.link("url"), one.text("text", ""), one.words("topics"))


def _colour(one: _Map) -> str:
    colour = one.text("colour", USUAL_COLOUR)
    if not _COLOUR.fullmatch(colour):
        raise one.wrong(one.values.get("colour"), "colour", f'{colour!r} is no colour; write "#12395b"')
    if contrast_to_white(colour) < LEAST_CONTRAST:
        words = f"white letters on {colour} cannot be read by everybody: choose a darker colour"
        raise one.wrong(one.values.get("colour"), "colour", words)
    return colour.lower()


def contrast_to_white(colour: str) -> float:
    """The contrast of white on ``#rrggbb``: 1 to 21. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
