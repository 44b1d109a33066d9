"""Word one Draft anew for an editor at the screen, and say on the error output what became of it."""

import os
from pathlib import Path

import click

from pipeline.model.drafts import Draft
from pipeline.model.errors import ConfigError
from sendwatch.rewriter import Rewriter
from sendwatch.settings import read_settings
from sendwatch.wiring import now


def reword_now(draft: Draft) -> Draft:
    """The Draft with what the language model was allowed to word. Raises ConfigError when none is set."""
    settings = read_settings(os.environ, cwd=Path.cwd()).model
    if settings is None:
        raise ConfigError("environment: SENDWATCH_MODEL_URL: set it to an endpoint to use --model")
    rewriter = Rewriter(settings, now)
    worded = rewriter.reword(draft)
    for one in rewriter.refused:
        click.echo(f"refused: {one.proposal.text!r:.300}: {'; '.join(one.reasons)}", err=True)
    if rewriter.failure:
        click.echo(f"the language model was of no use: {rewriter.failure}", err=True)
    else:
        taken, refused = len(worded.by_model), len(rewriter.refused)
        click.echo(f"{taken} sentences worded by the language model, {refused} refused", err=True)
    return worded
