"""What ``doctor`` says of each thing that it has looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``state`` is ok, note or wrong; ``advice`` says what to do when it is not ok."""

    what: str
    state: str
    words: str
    advice: str = ""
