"""Read a YAML file so that every refusal names the file, the line and the key.

This module knows nothing about SEND: it only turns places in a YAML file into plain values, or says
in plain words why it cannot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.model.errors import ConfigError
from pipeline.text.words.terms import Phrase, phrase

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING, _BOOL, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


@dataclass(frozen=True, slots=True)
class Place:
    """One value of the file, with the key that leads to it."""

    file: str
    key: str
    node: yaml.Node

    def wrong(self, why: str) -> ConfigError:
        """The error to raise about this place."""
        return ConfigError(f"{self.file}, line {self.node.start_mark.line + 1}: {self.key or 'file'}: {why}")

    def keys(self, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> dict[str, "Place"]:
        """The places below the keys of a mapping; an unknown, doubled or missing key is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("a list of keys was expected here")
        found: dict[str, Place] = {}
        for key_node, value in self.node.value:
            name = str(key_node.value)
            here = Place(self.file, f"{self.key}.{name}" if self.key else name, value)
            if name not in needed and name not in allowed:
                raise Place(self.file, here.key, key_node).wrong("this key is not known")
            if name in found:
                raise Place(self.file, here.key, key_node).wrong("this key is given twice")
            found[name] = here
        for name in needed:
            if name not in found:
                raise self.wrong(f"the key {name!r} is missing")
        return found

    def entries(self) -> Iterator[tuple[str, "Place"]]:
        """Key and place of each entry of a mapping whose keys are free; a doubled key is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("a list of keys was expected here")
        names = tuple(str(key_node.value) for key_node, _ in self.node.value)
        yield from self.keys((), names).items()

    def items(self) -> Iterator["Place"]:
        """The places of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("a list was expected here")
        for number, value in enumerate(self.node.value, start=1):
            yield Place(self.file, f"{self.key}[{number}]", value)

    def text(self) -> str:
        """A piece of text; never empty."""
        if (
            not isinstance(self.node, yaml.ScalarNode)
            or self.node.tag != _STRING
            or not self.node.value.strip()
        ):
            raise self.wrong("a piece of text was expected here (put it in quotation marks)")
        return str(self.node.value)

    def number(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        node = self.node
        if not isinstance(node, yaml.ScalarNode) or node.tag not in _NUMBERS:
            raise self.wrong("a number was expected here")
        try:
            value = float(node.value)
        except ValueError:  # YAML knows more ways to write a number, such as 0x1F: nobody needs them here
            raise self.wrong("write the number with digits") from None
        if not low <= value <= high:  # also refuses .nan
            raise self.wrong(f"{value:g} is not between {low:g} and {high:g}")
        return value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != _BOOL:
            raise self.wrong("true or false was expected here")
        return str(self.node.value).lower() in {"true", "yes", "on"}

    def texts(self) -> tuple[str, ...]:
        """A list of pieces of text."""
        return tuple(place.text() for place in self.items())

    def phrase(self, *, cased: bool = False) -> Phrase:
        """A phrase of the lexicon's small language."""
        return self._refusing(lambda: phrase(self.text(), cased=cased))

    def phrases(self, *, cased: bool = False) -> tuple[Phrase, ...]:
        """A list of phrases."""
        return tuple(place.phrase(cased=cased) for place in self.items())

    def one_of(self, choices: tuple[str, ...]) -> str:
        """One word out of ``choices``."""
        if (word := self.text()) not in choices:
            raise self.wrong(f"{word!r} is none of {', '.join(choices)}")
        return word

    def _refusing(self, read: Callable[[], Phrase]) -> Phrase:
        try:
            return read()
        except ValueError as error:
            raise self.wrong(str(error)) from None


def read_places(path: Path) -> Place:
    """Open a YAML file at its topmost place.

    Raises:
        ConfigError: the file is not there, not readable as UTF-8, empty, or not YAML.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}, line {line}: file: this is not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}, line 1: file: this cannot be read: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}, line 1: file: cannot be opened: {error.strerror}") from None
    if node is None or node.tag == _NULL:
        raise ConfigError(f"{path}, line 1: file: this file is empty")
    return Place(str(path), "", node)
