"""``subscribers new-secret``: from now on the present secret for links counts."""

import click

from sendwatch.commands.opening import opened
from sendwatch.secret_mark import accept_secret, is_the_same


@click.command("new-secret")
@click.option("--yes", is_flag=True, help="Do not ask back.")
def new_secret(*, yes: bool) -> None:
    """Say that the secret for links (var/secret.key, or SENDWATCH_SECRET) is another one on purpose.

    Links in mails that were sent before have ended, and the suppression list matches nobody: an import could
    bring back people who were forgotten, have left or complained. Where the old secret can still be had, put
    it back instead.
    """
    with opened() as wiring:
        if is_the_same(wiring.db, wiring.tokens.secret):
            click.echo("the secret for links is the same as before; there is nothing to do")
            return
        if not yes:
            words = "Links in old mails have ended, and the suppression list matches nobody. Keep it so"
            click.confirm(words, abort=True)
        accept_secret(wiring.db, wiring.tokens.secret, wiring.clock())
    click.echo("from now on this secret counts; keep a copy of it with your backups")
