"""Find the house file, the lexicon and the glossary: the operator's own, or those that come along."""

import os
from importlib.resources import files
from pathlib import Path

from pipeline.model.errors import ConfigError
from pipeline.text.drafting.glossary import Glossary, load_glossary
from pipeline.text.drafting.house import House, parse_house
from pipeline.text.relevance.lexicon import Lexicon, load_lexicon


def read_house(path: Path | None) -> House:
    """The charity's standing words. Raises ConfigError with file, line and key."""
    if path is None:
        return parse_house((files("sendwatch") / "house.yaml").read_text("utf-8"), name="house.yaml")
    try:
        return parse_house(path.read_text("utf-8"), name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"SENDWATCH_HOUSE: {path} cannot be read: {error}") from None


def read_house_from_environment() -> House:
    """The house file that SENDWATCH_HOUSE names, else the one that comes with sendwatch."""
    named = os.environ.get("SENDWATCH_HOUSE", "").strip()
    return read_house(Path(named) if named else None)


def read_glossary() -> Glossary:
    """The glossary that SENDWATCH_GLOSSARY names, else the one that comes with sendwatch."""
    named = os.environ.get("SENDWATCH_GLOSSARY", "").strip()
    return load_glossary(Path(named) if named else None)


def read_lexicon() -> Lexicon:
    """The lexicon that SENDWATCH_LEXICON names, else the one that comes with sendwatch."""
    named = os.environ.get("SENDWATCH_LEXICON", "").strip()
    return load_lexicon(Path(named) if named else None)
