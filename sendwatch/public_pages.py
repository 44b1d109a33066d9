"""Make the Site of the public pages from the wired-up house, and read the charity's logo."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alerts.desk.app import build_app
from alerts.desk.site import Logo, NoArchive, Site
from pipeline.model.errors import ConfigError
from sendwatch.serving import serving
from sendwatch.wiring import Wiring

TYPES = {".png": "image/png", ".svg": "image/svg+xml"}
MOST_BYTES = 300_000


def public_site(wiring: Wiring) -> Site:
    """The Site. Raises ConfigError for a logo that cannot be shown, or where no digest is declared."""
    if not wiring.schedules.plans:
        raise ConfigError("schedules.yaml: it declares no digest (`digests:`) that people could sign up for")
    return Site(
        db=wiring.db,
        tokens=wiring.tokens,
        facts=wiring.mailing_facts,
        clock=wiring.clock,
        archive=NoArchive(),
        logo=read_logo(wiring.house.logo, wiring.settings.house),
    )


@contextmanager
def serving_pages(wiring: Wiring, listen: str) -> Iterator[str]:
    """Serve the public pages on ``host:port`` while the block runs; gives their root. Raises ConfigError."""
    app = build_app(public_site(wiring))
    with wiring.db.kept_open(), serving(app, listen) as root:
        yield root


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
