"""One connection to the mail server that digests go over, used again and again; or a folder of .eml files.

Hands over one finished message at a time and says what became of it; decides nothing about another try,
except that a connection which had served before, and is then refused or gone, is opened afresh once.
"""

import os
import re
import smtplib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from alerts.smtp_answers import Answer, Fate, Stage, clean, read_answer
from alerts.smtp_opening import SmtpPlace, open_smtp
from pipeline.model.errors import TransientError

MAILS_A_CONNECTION = 100
_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends, to whom, and under which Message-ID."""

    sender: str
    recipient: str
    message_id: str


class Line(Protocol):
    """Takes finished messages, one after the other. Belongs to one thread."""

    def hand(self, envelope: Envelope, message: bytes) -> Answer:
        """Hand one message over. Raises nothing that a server or a disk can cause."""

    def close(self) -> None:
        """Take leave."""


class SmtpLine:
    """SMTP (RFC 5321). ``seconds`` is the patience for each answer but the last.

    For the answer to the end of the data RFC 5321 (4.5.3.2.6) wants ten minutes, ``last_seconds``: who
    hangs up earlier gets what the server has taken all the same sent twice (RFC 1047).
    """

    def __init__(self, place: SmtpPlace, *, seconds: float = 60, last_seconds: float = 600) -> None:
        self._place = place
        self._seconds = seconds
        self._last_seconds = last_seconds
        self._server: smtplib.SMTP | None = None
        self._served = 0
        self._unclean = False  # a mail was begun and not taken: RSET before the next

    def hand(self, envelope: Envelope, message: bytes) -> Answer:
        """Hand one message over, on a new connection if the old one does not serve any more."""
        served = self._served if self._server is not None else 0
        answer = self._try(envelope, message)
        if served and answer.fate in (Fate.BUSY, Fate.BROKEN) and not answer.unsure:
            # It served before: the server has had enough of this connection, or was started afresh.
            self.close()
            answer = self._try(envelope, message)
        if answer.fate in (Fate.BUSY, Fate.BROKEN, Fate.OURS) or self._served >= MAILS_A_CONNECTION:
            self.close()
        return answer

    def close(self) -> None:
        """QUIT, if the server still listens."""
        server, self._server, self._served = self._server, None, 0
        if server is None:
            return
        try:
            if server.sock is not None:
                server.sock.settimeout(min(5.0, self._seconds))
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()

    def _try(self, envelope: Envelope, message: bytes) -> Answer:
        opened = self._open()
        if isinstance(opened, Answer):
            return opened
        handed = False
        try:
            options: list[str] = []
            if not envelope.recipient.isascii():
                if not opened.has_extn("smtputf8"):  # RFC 6531
                    words = "the address has letters beyond ASCII; the mail server does not offer SMTPUTF8"
                    return Answer(Fate.UNSUITABLE, words)
                options.append("SMTPUTF8")
            opened.command_encoding = "utf-8" if options else "ascii"
            if self._unclean:
                code, said = opened.rset()
                if code != 250:
                    return read_answer(Stage.SENDER, code, said)
            self._unclean = True
            if opened.has_extn("size"):
                options.append(f"SIZE={len(message)}")
            code, said = opened.mail(envelope.sender, options)
            if code != 250:
                return read_answer(Stage.SENDER, code, said)
            code, said = opened.rcpt(envelope.recipient)
            if code not in (250, 251):
                return read_answer(Stage.RECIPIENT, code, said)
            code, said = opened.docmd("DATA")
            if code != 354:
                return read_answer(Stage.DATA, code, said)
            self._wait(self._last_seconds)
            # In one piece: were the dot sent by itself, it would wait for the other side's delayed
            # acknowledgement, 40 ms for each mail.
            opened.send(_DOT.sub(b"..", message) + b".\r\n")
            handed = True
            code, said = opened.getreply()
            self._wait(self._seconds)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Answer(Fate.BROKEN, f"the connection broke: {_told(error)}", unsure=handed)
        self._served += 1
        self._unclean = code != 250
        return Answer(Fate.SENT) if code == 250 else read_answer(Stage.DATA, code, said)

    def _open(self) -> smtplib.SMTP | Answer:
        if self._server is not None:
            return self._server
        try:
            self._server = open_smtp(self._place, self._seconds)
            self._served, self._unclean = 0, False
        except smtplib.SMTPAuthenticationError as error:
            return read_answer(Stage.LOGIN, error.smtp_code, error.smtp_error)
        except smtplib.SMTPResponseException as error:
            return read_answer(Stage.OPENING, error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Answer(Fate.OURS, f"{self._place}: {_told(error)}")
        except TransientError as error:  # a login that would go in the open
            return Answer(Fate.OURS, str(error))
        except (smtplib.SMTPException, OSError) as error:
            return Answer(Fate.BUSY, f"{self._place} cannot be reached: {_told(error)}")
        return self._server

    def _wait(self, seconds: float) -> None:
        if self._server is not None and self._server.sock is not None:
            self._server.sock.settimeout(seconds)

    def _drop(self) -> None:
        server, self._server, self._served = self._server, None, 0
        if server is not None:
            server.close()


class EmlLine:
    """Writes each message to a folder, whole or not at all. The same Message-ID is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand(self, envelope: Envelope, message: bytes) -> Answer:
        """Write the message under its Message-ID: nobody's address stands in a file's name."""
        name = re.sub(r"[^A-Za-z0-9]", "", envelope.message_id.partition("@")[0])
        target = self._folder / f"digest-{name}.eml"
        unfinished = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except OSError as error:
            return Answer(Fate.BUSY, f"{self._folder}: {error.strerror or type(error).__name__}")
        return Answer(Fate.SENT)

    def close(self) -> None:
        """Nothing to take leave of."""


def _told(error: Exception) -> str:
    return clean(str(error) or type(error).__name__)
