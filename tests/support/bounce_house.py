"""A sendwatch that reads bounces: the real program in its own process, with a database that a test fills."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from pipeline.store.database import open_database
from tests.support.program import run_program
from tests.support.watch import ROOT

BOUNCE_ADDRESS = "bounces@charity.example"
EXAMPLES = ROOT / "tests" / "examples" / "bounces"


@dataclass
class BounceHouse:
    """One installation: its folder and its settings. ``maildir`` is there from the beginning."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in ("new", "cur", "tmp"):
            (self.maildir / place).mkdir(parents=True, exist_ok=True)
        self.settings = {
            "SENDWATCH_VAR": str(self.folder / "var"),
            "SENDWATCH_BOUNCE_ADDRESS": BOUNCE_ADDRESS,
            "SENDWATCH_BOUNCES": f"maildir:{self.maildir}",
            **self.settings,
        }

    @property
    def maildir(self) -> Path:
        return self.folder / "Maildir"

    def environment(self) -> dict[str, str]:
        """The settings as a shell would hand them over."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SENDWATCH_")}
        return {**kept, "PYTHONPATH": str(ROOT), **self.settings}

    def command(self, *words: str, code: int = 0) -> str:
        """Run ``sendwatch bounces`` and give what it said on both outputs."""
        done = run_program(["bounces", *words], env=self.environment(), cwd=self.folder)
        assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    @contextmanager
    def ledger(self) -> Iterator[Connection]:
        """One transaction on its database."""
        url = self.settings.get("SENDWATCH_DATABASE_URL", f"sqlite:///{self.folder / 'var' / 'sendwatch.db'}")
        db = open_database(url)
        try:
            with db.begin() as tx:
                yield tx
        finally:
            db.close()

    def arrives(self, example: str, *, name: str = "", key: tuple[str, str] | None = None) -> None:
        """Put an example into new/, as a mail server does; ``key``: (that of the example, another)."""
        raw = (EXAMPLES / f"{example}.eml").read_bytes()
        if key:
            raw = raw.replace(key[0].encode(), key[1].encode())
        waiting = self.maildir / "tmp" / (name or example)
        waiting.write_bytes(raw)
        waiting.rename(self.maildir / "new" / waiting.name)

    def lying(self) -> Sequence[str]:
        """What lies in the Maildir: ``new/name`` and ``cur/name:2,S``."""
        found = [*(self.maildir / "new").iterdir(), *(self.maildir / "cur").iterdir()]
        return sorted(f"{path.parent.name}/{path.name}" for path in found)
