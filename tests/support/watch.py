"""A sendwatch of one's own: the real program in its own process, a real mail server, a replayed publisher."""

import email
import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from sendwatch.demo.publisher import Publisher
from tests.support.program import run_program

ROOT = Path(__file__).resolve().parents[2]
TEAM = "team@charity.example"


class Postbox:
    """Takes whatever the mail server is given. ``answers`` are refusals to give first, e.g. "451 later"."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.raw.append(envelope.content)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for raw in self.raw]

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]


@contextmanager
def a_mail_server() -> Iterator[tuple[Postbox, str]]:
    """A real SMTP server on loopback, with what it was given, and its URL."""
    postbox = Postbox()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield postbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@dataclass
class Watch:
    """One installation: its folder, its publisher and its mail server."""

    folder: Path
    publisher: Publisher
    smtp_url: str
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The settings as a shell would hand them over."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SENDWATCH_")}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "SENDWATCH_VAR": str(self.folder / "var"),
            "SENDWATCH_TEAM": TEAM,
            "SENDWATCH_SMTP_URL": self.smtp_url,
            "SENDWATCH_FROM": "sendwatch@charity.example",
            "SENDWATCH_CONTACT": "https://charity.example/sendwatch",
            "SENDWATCH_GOVUK_URL": self.publisher.govuk_url,
            "SENDWATCH_ASSETS_URL": self.publisher.assets_url,
            "SENDWATCH_EDUCATIONHUB_URL": self.publisher.blog_url,
            "SENDWATCH_SETTLE": "0",
            "SENDWATCH_DELAY": "0",
            "SENDWATCH_TIMEOUT": "5",
            **self.settings,
        }

    def command(
        self, *words: str, check: bool = True, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run one command of sendwatch to its end."""
        done = run_program(words, env=self.environment(), cwd=self.folder, seconds=seconds)
        if check:
            assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def once(self, *words: str) -> dict[str, Any]:
        """``run --once`` and its summary."""
        done = self.command("run", "--once", "--json", *words)
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def changes(self, *words: str) -> list[dict[str, Any]]:
        """``changes --json`` without what it says of faults."""
        return [line for line in self.ledger(*words) if line["kind"] not in ("problem", "degraded")]

    def worries(self) -> list[dict[str, Any]]:
        """The faults that ``changes --json`` names."""
        return [line for line in self.ledger() if line["kind"] in ("problem", "degraded")]

    def ledger(self, *words: str) -> list[dict[str, Any]]:
        """Every line of ``changes --json``."""
        return [json.loads(line) for line in self.command("changes", "--json", *words).stdout.splitlines()]
