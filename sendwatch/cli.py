"""The command line: names the commands, loads only the one that is called, turns errors into exit codes.

Exit codes: 0 done; 1 something was not as asked for (``--strict``, ``--exit-code``, ``doctor``);
2 the command was used wrongly; 66 an input cannot be read; 75 try again later (another sendwatch is at
work); 78 a setting is wrong (sysexits.h).
"""

import importlib
import os
import sys

import click

from pipeline.model.errors import ConfigError, SendwatchError

EX_NOINPUT, EX_TEMPFAIL, EX_CONFIG = 66, 75, 78

COMMANDS = {
    "run": "sendwatch.commands.watching:run",
    "crawl": "sendwatch.commands.watching:crawl",
    "changes": "sendwatch.commands.ledger:changes",
    "show": "sendwatch.commands.ledger:show",
    "history": "sendwatch.commands.past:history",
    "search": "sendwatch.commands.finding:search",
    "verify": "sendwatch.commands.past:verify",
    "read": "sendwatch.commands.papers:read",
    "classify": "sendwatch.commands.papers:classify",
    "compare": "sendwatch.commands.comparing:compare",
    "draft": "sendwatch.commands.drafting:draft",
    "labels": "sendwatch.commands.labelling:label_group",
    "stories": "sendwatch.commands.reviewing:story_group",
    "digest": "sendwatch.commands.digesting:digest_group",
    "replay": "sendwatch.commands.replaying:replay",
    "bounces": "sendwatch.commands.bouncing:bounces",
    "sources": "sendwatch.commands.sourcing:source_group",
    "receipt": "sendwatch.commands.sourcing:receipt",
    "missed": "sendwatch.commands.missing:missed",
    "subscribers": "sendwatch.commands.subscribing:subscriber_group",
    "desk": "sendwatch.commands.desk:desk",
    "doctor": "sendwatch.commands.checkup:doctor",
    "demo": "sendwatch.commands.demonstration:demo",
}

SHORT = {
    "run": "Watch the sources: as a daemon, or every source once.",
    "crawl": "Crawl one source now.",
    "changes": "List what changed, one line a change.",
    "show": "Show a document as it stands, or as it stood on a date.",
    "history": "List every version of a document, and what changed on the way.",
    "search": "Find words in all that was ever captured.",
    "verify": "Recompute every stored digest: find tampering and rot.",
    "read": "Read a file or a page into blocks (JSON).",
    "classify": "Say whether files are about SEND, and why.",
    "compare": "Show what changed between two files, or one page at two dates.",
    "draft": "Draft a news item from a file or a page.",
    "labels": "Keep what editors say of a verdict, and hand it out.",
    "stories": "Decide which Stories subscribers get: approve, reject, hold.",
    "digest": "See and steer the digest that subscribers get.",
    "replay": "Try other rules on what was seen: alerts gained and lost.",
    "bounces": "Read what came back of digests: suspend, rest, unsubscribe.",
    "sources": "How each source is; pause, resume or run one now.",
    "receipt": "What was checked in a week, so that silence can be trusted.",
    "missed": "Say at which stage a page was lost, and make a Story of it.",
    "subscribers": "Look after the people who get the digest.",
    "desk": "Serve the desk and the public pages, without watching.",
    "doctor": "Check settings, database, mail and sources; say what to do.",
    "demo": "See it work: a week of watching an invented publisher.",
}


class _Lazy(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(SHORT.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sendwatch")
def cli() -> None:
    """Watch GOV.UK and the Department for Education for news about SEND.

    sendwatch notices new letters and guidance, sees what changed, drafts a news item and mails it to the
    content team. Start with `sendwatch demo`; set it up with `sendwatch doctor`.

    Exit codes: 0 done, 1 not as asked for, 2 used wrongly, 66 an input cannot be read, 75 try again later,
    78 a setting is wrong.
    """


def command_line() -> int:
    """Run one command and return its exit code. Errors that a person can act on are one plain line."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        return 130
    except ConfigError as error:
        click.echo(f"sendwatch: {error}", err=True)
        return EX_CONFIG
    except SendwatchError as error:
        click.echo(f"sendwatch: {error}", err=True)
        return EX_NOINPUT
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0
