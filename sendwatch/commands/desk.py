"""``desk``: the desk and the public pages alone, in a process of their own."""

import logging
import signal
import sys
import threading

import click

from sendwatch.commands.opening import opened
from sendwatch.mailing_settings import listen as host_and_port
from sendwatch.secret_mark import warn_of_another_secret


@click.command()
@click.option("--listen", default="", help="host:port; without it SENDWATCH_LISTEN.")
def desk(listen: str) -> None:
    """Serve the desk for the team, and the pages on which people sign up, choose, leave, and read digests.

    `sendwatch run` serves them too, as soon as SENDWATCH_SITE_URL is set; use this command to serve them from
    another process (then give `run` the option --no-desk). It sends no mail: `sendwatch run` does. Put Caddy
    or nginx with a certificate in front of it.
    """
    from sendwatch.newsdesk import serving_pages

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopping.set())
    try:
        place = host_and_port(listen) if listen else ""
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with opened() as wiring, serving_pages(wiring, place or wiring.settings.mailing.listen) as root:
        warn_of_another_secret(wiring.db, wiring.tokens.secret, wiring.clock())
        site = wiring.settings.mailing.site
        click.echo(f"serving {root} until you stop it; people reach it at {site}, the team at {site}/desk")
        stopping.wait()
