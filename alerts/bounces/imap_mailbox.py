"""The bounces in a folder of an IMAP server: the only place that speaks IMAP.

What was read is marked as seen and moved to the folder ``handled``; any other mail is left as it lies.
RFC 9051 and, for older servers, RFC 3501, RFC 4315 (UIDPLUS) and RFC 6851 (MOVE).
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, unquote, urlsplit

from alerts.bounces.parts import LARGEST
from alerts.bounces.reading import one_line
from alerts.this_machine import LOOPBACK
from pipeline.model.errors import TransientError

HANDLED = "handled"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class ImapMailbox:
    """One folder. A mail's name is ``UIDVALIDITY:UID``, which stands for it for ever (RFC 9051, 2.3.1.1)."""

    def __init__(self, url: str, seconds: float = 30) -> None:
        """Connect, log in and open the folder of ``imaps://user:password@host/INBOX``.

        ``imap://`` asks for STARTTLS; a password never goes to another machine without TLS. ``?ca=file``
        names the certificates to trust. Raises TransientError, which never holds the password.
        """
        parts = urlsplit(url)
        self._where = f"{parts.hostname}:{parts.port or (993 if parts.scheme == 'imaps' else 143)}"
        self._folder = unquote(parts.path.lstrip("/")) or "INBOX"
        self._server: imaplib.IMAP4 | None = None
        with self._plainly():
            self._server = _connect(url, seconds)
            self._server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            _, able = self._server.capability()  # many servers tell of them all only after the login
            self._able = frozenset(
                b" ".join(one for one in able if one).upper().decode("ascii", "replace").split()
            )
            said, _ = self._server.select(_quoted(self._folder))
            if said != "OK":
                raise TransientError(f"{self._where} has no folder {self._folder!r}")
            self._validity = _number(self._server.response("UIDVALIDITY")[1])

    def waiting(
        self, known: Callable[[Iterable[str]], set[str]], *, most: int
    ) -> Iterator[tuple[str, bytes]]:
        """(name, first megabyte) of mails whose names are not ``known``; fetching marks nothing as seen."""
        names = self._found()
        read_before = known(names)
        fresh = [(name, number) for name, number in names.items() if name not in read_before]
        for name, number in fresh[:most]:
            with self._plainly():
                _, answer = self._server_open.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)")
            raw = next((one[1] for one in answer if isinstance(one, tuple)), None)
            if raw is not None:  # else somebody has deleted it meanwhile
                yield name, raw

    def names(self) -> list[str]:
        """The names of all mails in the folder."""
        return list(self._found())

    def settle(self, name: str, *, ours: bool) -> None:
        """Mark a report as seen and move it to ``handled``; leave any other mail as it is."""
        if not ours:
            return
        number = name.partition(":")[2]
        with self._plainly():
            self._server_open.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
            if "MOVE" not in self._able and "UIDPLUS" not in self._able:
                return  # an EXPUNGE without a UID would take other people's deleted mail along
            if "MOVE" in self._able:
                self._into_handled("MOVE", number)
            elif self._into_handled("COPY", number):
                self._server_open.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)")
                self._server_open.uid("EXPUNGE", number)

    def close(self) -> None:
        """Log out. Nothing is expunged."""
        if self._server is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._server.logout()
            self._server = None

    def _found(self) -> dict[str, int]:
        with self._plainly():
            _, found = self._server_open.uid("SEARCH", "UNDELETED")
        numbers = [int(number) for number in (found[0] or b"").split() if number.isdigit()]
        return {f"{self._validity}:{number}": number for number in sorted(numbers)}

    def _into_handled(self, verb: str, number: str) -> bool:
        said, _ = self._server_open.uid(verb, number, _quoted(HANDLED))
        if said != "OK":  # a first time: the folder is not there
            self._server_open.create(_quoted(HANDLED))
            said, _ = self._server_open.uid(verb, number, _quoted(HANDLED))
        return said == "OK"  # where it cannot be moved it stays, as seen: its name is known

    @property
    def _server_open(self) -> imaplib.IMAP4:
        if self._server is None:
            raise TransientError(f"{self._where}: the connection is closed")
        return self._server

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what imaplib and the network raise into one plain TransientError, and hang up."""
        try:
            yield
        except TransientError:
            self.close()
            raise
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            self.close()
            words = error.args[0] if error.args else ""
            said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(error)
            told = one_line(said) or type(error).__name__  # without the address of the mailbox
            raise TransientError(f"{self._where}: {told}") from None


def _connect(url: str, seconds: float) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host = parts.hostname or ""
    context = ssl.create_default_context(cafile=parse_qs(parts.query).get("ca", [""])[0] or None)
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=seconds)
    server = imaplib.IMAP4(host, parts.port or 143, timeout=seconds)
    if "STARTTLS" in server.capabilities:
        server.starttls(context)
    elif host not in LOOPBACK:
        server.shutdown()
        raise TransientError(f"{host} offers no TLS: the password is not sent in the open")
    return server


def _quoted(folder: str) -> str:
    return '"' + _CONTROL.sub("", folder).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _number(answer: list[object] | list[None]) -> int:
    first = answer[0] if answer else None
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0
