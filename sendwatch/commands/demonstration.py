"""``demo``: a week of watching an invented publisher, through the real spiders, store and mailer."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sendwatch-demo"),
    show_default=True,
    help="Where the database, the mails and the drafts are written. A former demo there is replaced.",
)
@click.option("--desk", is_flag=True, help="Then serve the desk on what was found, until Ctrl-C.")
def demo(folder: Path, desk: bool) -> None:
    """See sendwatch work: a week of watching, in a few seconds and without the internet.

    A replayed publisher on this machine holds invented documents. On the first day they are recorded in
    silence. On the second a minister's letter is published as a PDF, a guidance page changes without a note,
    a page is withdrawn, and a page that only says "send" is published. An editor approves two of the drafts,
    the team gets the proof, and a parent the digest: read what each of them gets.

    Exit codes: 0 done; 1 the demonstration did not go as it should.
    """
    from sendwatch.demo.story import tell

    code = tell(folder.absolute(), say=click.echo)
    if desk:
        from sendwatch.demo.open_desk import open_desk

        open_desk(folder.absolute(), say=click.echo)
    raise click.exceptions.Exit(code)
