"""Who says so: the name that a decision is kept under."""

import getpass


def who(by: str) -> str:
    """The name that was given with --by, on one line; without one that of the account."""
    return " ".join(by.split()) or getpass.getuser()
