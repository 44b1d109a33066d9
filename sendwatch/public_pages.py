"""Make the Site of the public pages from the wired-up house, and read the charity's logo."""

from pathlib import Path

from alerts.bounces.keys import Keys
from alerts.desk.public.hooks import HookFacts
from alerts.desk.site import Logo, Site
from alerts.digest_web import Archive
from pipeline.model.errors import ConfigError
from sendwatch.bounce_rounds import BounceRoom, keys_of, suppressed_as
from sendwatch.wiring import Wiring

TYPES = {".png": "image/png", ".svg": "image/svg+xml"}
MOST_BYTES = 300_000


def public_site(wiring: Wiring) -> Site:
    """The Site. Raises ConfigError for a logo that cannot be shown."""
    return Site(
        db=wiring.db,
        tokens=wiring.tokens,
        facts=wiring.mailing_facts,
        clock=wiring.clock,
        archive=Archive(wiring.db, wiring.schedules.plans, wiring.frame),
        logo=read_logo(wiring.house.logo, wiring.settings.house),
    )


def hooks(wiring: Wiring) -> HookFacts:
    """What the webhook works with; without SENDWATCH_BOUNCE_ADDRESS people are found by other marks."""
    mailing = wiring.settings.mailing
    room = BounceRoom(wiring.db, mailing, wiring.tokens, wiring.clock)
    keys = keys_of(room) if mailing.bounce_address else Keys("")
    return HookFacts(wiring.db, mailing.hook_secret, keys, suppressed_as(room), wiring.clock)


def read_logo(named: str, house_file: Path | None) -> Logo | None:
    """The logo that the house file names, from beside it; None when it names none. Raises ConfigError."""
    if not named:
        return None
    path = (house_file.parent if house_file else Path()) / named
    if path.suffix.lower() not in TYPES:
        raise ConfigError(f"house file: charity.logo: {named!r} is neither a .png nor a .svg file")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"house file: charity.logo: {path} cannot be read: {error.strerror}") from None
    if len(body) > MOST_BYTES:
        raise ConfigError(f"house file: charity.logo: {path} is larger than {MOST_BYTES:,} bytes")
    return Logo(body, TYPES[path.suffix.lower()])
