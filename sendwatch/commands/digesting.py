"""``digest``: the group of commands about the weekly digest."""

import click

from sendwatch.commands.sending_digests import SENDING


@click.group("digest")
def digest_group() -> None:
    """The weekly digest: send it, see how far it is, go on, or stop it for good."""


for _command in SENDING:
    digest_group.add_command(_command)
