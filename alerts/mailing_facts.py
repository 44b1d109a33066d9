"""What the mails to subscribers and the public pages need to know of the house. Facts alone, no I/O."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.model.plans import Plan


@dataclass(frozen=True, slots=True)
class MailingFacts:
    """``site`` is the root of the public pages without a slash at its end, ``domain`` that of Message-IDs.

    ``allows`` is the allow-list: to an address that it refuses nothing is mailed. ``plans`` are those that
    people can choose, the usual one first. ``named`` are the allow-list's entries one by one: a domain that
    no mail server of the world knows may be mailed where it stands there.
    """

    site: str
    domain: str
    charity: str
    colour: str
    address: str
    privacy: str
    plans: tuple[Plan, ...]
    allows: Callable[[str], bool]
    named: frozenset[str] = frozenset()

    @property
    def consent_words(self) -> str:
        """The sentence beside the button, kept with each consent."""
        return f"Email me news about SEND from {self.charity}. I can leave at any time with one click."

    @property
    def secure(self) -> bool:
        """Whether the public pages are reached by https."""
        return self.site.startswith("https://")
