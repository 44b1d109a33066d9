"""``desk``: the desk and the public pages alone, against the same database."""

import logging
import signal
import sys
import threading

import click

from sendwatch.commands.opening import opened


@click.command()
def desk() -> None:
    """Serve the desk and the public pages on SENDWATCH_LISTEN, and watch nothing.

    `sendwatch run` serves both by itself once SENDWATCH_SITE_URL is set. Put it behind a proxy that speaks
    https: docs/how-to/behind-a-proxy.md.

    \b
    Exit codes: 0 stopped; 78 a setting is wrong, or the port is taken.
    """
    from sendwatch.newsdesk import whole_app
    from sendwatch.serving import serving

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _sign, _frame: stopping.set())
    with opened() as wiring, serving(whole_app(wiring), wiring.settings.mailing.listen) as root:
        click.echo(f"{root}/desk")
        stopping.wait()
