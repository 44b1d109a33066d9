"""YAML with places: every value knows its line, so that a wrong one can be named by file, line and key."""

from dataclasses import dataclass
from typing import Any

import yaml

from pipeline.model.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Placed:
    """A YAML value with where it stands. ``value`` is a dict of Placed, a list of Placed, or a scalar."""

    value: Any
    file: str
    line: int
    key: str

    def refuse(self, words: str) -> ConfigError:
        """The error for a wrong value: file, line, key and what to write instead."""
        return ConfigError(f"{self.file}:{self.line}: {self.key or 'the file'}: {words}")

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {name: placed.plain() for name, placed in self.value.items()}
        if isinstance(self.value, list):
            return [placed.plain() for placed in self.value]
        return self.value

    def mapping(self, allowed: frozenset[str], required: frozenset[str] = frozenset()) -> dict[str, "Placed"]:
        """The value as a mapping with known keys. Raises ConfigError."""
        if not isinstance(self.value, dict):
            raise self.refuse("this must be a mapping of keys to values")
        for name, placed in self.value.items():
            if name not in allowed:
                raise placed.refuse(f"there is no such key here; known are {', '.join(sorted(allowed))}")
        for name in sorted(required - set(self.value)):
            raise self.refuse(f"the key {name!r} is missing")
        return self.value


def read_placed(text: str, *, name: str) -> Placed:
    """Parse one YAML document. Raises ConfigError for broken YAML, duplicate keys and odd tags."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{name}:{line}: this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{name}: this is not YAML: {error}") from None
    if node is None:
        raise ConfigError(f"{name}:1: the file is empty")
    return _place(node, name, "")


def _place(node: yaml.Node, name: str, key: str) -> Placed:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Placed] = {}
        for key_node, value_node in node.value:
            label = str(key_node.value)
            path = f"{key}.{label}" if key else label
            if label in found:
                raise ConfigError(
                    f"{name}:{key_node.start_mark.line + 1}: {path}: this key stands here twice"
                )
            found[label] = _place(value_node, name, path)
        return Placed(found, name, line, key)
    if isinstance(node, yaml.SequenceNode):
        items = [_place(item, name, f"{key}[{i}]") for i, item in enumerate(node.value)]
        return Placed(items, name, line, key)
    return Placed(_scalar(node), name, line, key)


def _scalar(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    finally:
        loader.dispose()
