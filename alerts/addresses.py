"""Check and normalise an e-mail address that a person has typed. Asks no name server and mails nobody.

The rules are email-validator's (RFC 5321 and 5322, IDNA 2008); the words to people are ours, and they never
repeat what was typed.
"""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

MOST = 254  # RFC 5321, errata 1690
_EDGES = re.compile(r"^(?:mailto:)?\s*|\s*$")

NOTHING = "Enter your email address"
NO_ADDRESS = "Enter an email address in the correct format, like name@example.org"
OTHER_SCRIPT = "Only letters without accents can stand before the @ sign. Enter another address"


@dataclass(frozen=True, slots=True)
class Typed:
    """``address`` is normalised, or empty: then ``fault`` says in plain words what to do."""

    address: str = ""
    fault: str = ""


def read_address(typed: str, named: frozenset[str] = frozenset()) -> Typed:
    """The address in small letters, its domain in the form that mail servers take (``xn--…``).

    Letters before the @ are made small, too: RFC 5321 lets them differ, no provider does, and one person
    must not be two. The domain .test (RFC 6761) and those without a dot are let through where ``named``,
    the addresses and ``@domain`` entries of the allow-list, has them.
    """
    text = _EDGES.sub("", typed[: 2 * MOST]) if len(typed) <= 2 * MOST else "@"
    if not text:
        return Typed(fault=NOTHING)
    plain = text.casefold()
    special = plain in named or f"@{plain.rpartition('@')[2]}" in named
    try:
        found = validate_email(
            text,
            check_deliverability=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            globally_deliverable=not special,
            test_environment=special,
        )
    except EmailNotValidError:
        local, at, domain = text.rpartition("@")
        fault = OTHER_SCRIPT if at and domain and not local.isascii() and "@" not in local else NO_ADDRESS
        return Typed(fault=fault)
    address = f"{found.local_part}@{found.ascii_domain}".lower()
    return Typed(address=address) if len(address) <= MOST else Typed(fault=NO_ADDRESS)
