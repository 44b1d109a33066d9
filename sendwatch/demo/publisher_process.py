"""The replayed publisher as a child process, so that what is measured shares no interpreter with it.

The child prints where it serves as one line of JSON, then obeys lines of JSON on its input, each with one
line of JSON in return, until the input ends. It ends with its parent.
"""

import json
import subprocess
import sys
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sendwatch.demo.bulk import FIRST, bulk_path, bulk_shelf, edit_bulk
from sendwatch.demo.publisher import Publisher
from sendwatch.demo.shelf import Shelf


class PublisherProcess:
    """A child process that serves ``bulk_shelf(count)`` while the ``with`` block runs."""

    def __init__(self, count: int, *, at: datetime = FIRST) -> None:
        self._command = [sys.executable, "-m", "sendwatch.demo.publisher_process", str(count), at.isoformat()]
        self.govuk_url = self.assets_url = self.blog_url = ""

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        self._child = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        places = self._read()
        self.govuk_url, self.assets_url, self.blog_url = (
            places[name] for name in ("govuk", "assets", "blog")
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for end in (self._child.stdin, self._child.stdout):
            if end is not None:
                end.close()
        try:
            self._child.wait(10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def edit(self, first: int, last: int, *, at: datetime) -> None:
        """Edit the pages ``first`` to ``last - 1`` quietly; see bulk_shelf for their numbers."""
        self._tell({"do": "edit", "first": first, "last": last, "at": at.isoformat()})

    def touch(self, first: int, last: int, *, at: datetime) -> None:
        """Write pages again with nothing changed."""
        self._tell({"do": "touch", "first": first, "last": last, "at": at.isoformat()})

    def counts(self) -> dict[str, int]:
        """Return how many requests were answered since the last ``forget``: total, by site, by status."""
        return {name: int(number) for name, number in self._tell({"do": "counts"}).items()}

    def forget(self) -> None:
        """Set the counts to nothing."""
        self._tell({"do": "forget"})

    def _tell(self, order: dict[str, Any]) -> dict[str, Any]:
        if self._child.stdin is None:
            raise RuntimeError("the publisher's process has no input")
        self._child.stdin.write(json.dumps(order) + "\n")
        self._child.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        line = self._child.stdout.readline() if self._child.stdout else ""
        if not line:
            raise RuntimeError("the publisher's process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _obey(shelf: Shelf, publisher: Publisher, order: dict[str, Any]) -> dict[str, int]:
    if order["do"] == "counts":
        return dict(publisher.counts)
    if order["do"] == "forget":
        publisher.forget_requests()
        return {}
    numbers, at = range(order["first"], order["last"]), datetime.fromisoformat(order["at"])
    if order["do"] == "edit":
        edit_bulk(shelf, numbers, at=at)
    else:
        for number in numbers:
            shelf.touch(bulk_path(number), at=at)
    return {}


def _serve(count: int, at: datetime) -> None:
    shelf = bulk_shelf(count, at=at)
    with Publisher(shelf) as publisher:
        places = {"govuk": publisher.govuk_url, "assets": publisher.assets_url, "blog": publisher.blog_url}
        print(json.dumps(places), flush=True)
        for line in sys.stdin:
            print(json.dumps(_obey(shelf, publisher, json.loads(line))), flush=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
