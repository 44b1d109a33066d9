"""A real Postfix for the tests: Debian's, with a folder, queue and port of its own, on loopback.

It delivers into Maildirs, so that what arrived can be counted where a subscriber would find it.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DAEMONS = Path("/usr/lib/postfix/sbin")
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {daemons}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.people.example
mydestination =
alias_maps =
alias_database =
virtual_mailbox_domains = people.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/etc/known
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtpd_client_event_limit_exceptions =
smtpd_recipient_restrictions =
    reject_unauth_destination, check_recipient_access regexp:{folder}/etc/full{more}
"""
MASTER = """
{port}      inet  n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
proxymap  unix  - - n - - proxymap
error     unix  - - n - - error
retry     unix  - - n - - error
virtual   unix  - n n - - virtual
anvil     unix  - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
"""


class NoPostfix(Exception):
    """Why there is no Postfix to test with, in words for the skipped test."""


@dataclass
class Postfix:
    """A running Postfix."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def delivered(self) -> Counter[str]:
        """How many mails lie in whose Maildir."""
        return Counter(f"{file.parts[-3]}@people.example" for file in (self.folder / "mail").glob("*/new/*"))

    def messages(self, local: str) -> list[bytes]:
        """What lies in one Maildir."""
        return [file.read_bytes() for file in sorted((self.folder / "mail" / local / "new").glob("*"))]

    def settled(self, count: int, seconds: float = 60) -> Counter[str]:
        """Wait until so many mails are delivered, and give who got how many."""
        ends = time.monotonic() + seconds
        while sum(self.delivered().values()) < count and time.monotonic() < ends:
            time.sleep(0.2)
        time.sleep(0.5)
        return self.delivered()


@contextmanager
def a_postfix(settings: str = "", policy: Callable[[dict[str, str]], str] | None = None) -> Iterator[Postfix]:
    """Start it; ``policy`` answers its policy requests. ``gone…`` is unknown, ``full…`` full."""
    if not (DAEMONS / "master").exists() or shutil.which("postfix") is None:
        raise NoPostfix("Postfix is not installed (Debian: apt-get install postfix)")
    if os.geteuid() != 0:
        raise NoPostfix("Postfix can only be started by root")
    import pwd

    user = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="sendwatch-postfix-", dir="/tmp"))
    folder.chmod(0o755)
    for name in ("etc", "queue", "data", "mail", "log"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    with _a_policy_service(policy) as policy_port:
        more = f", check_policy_service inet:127.0.0.1:{policy_port}" if policy else ""
        port = _free_port()
        main = MAIN.format(folder=folder, daemons=DAEMONS, uid=user.pw_uid, gid=user.pw_gid, more=more)
        (folder / "etc/main.cf").write_text(main + settings, "utf-8")
        (folder / "etc/master.cf").write_text(MASTER.format(port=port), "utf-8")
        names = [f"person{number:06}" for number in range(300)] + ["full1", "full2"]
        known = "".join(f"{name}@people.example {name}/\n" for name in names)
        (folder / "etc/known").write_text(known, "utf-8")
        (folder / "etc/full").write_text(
            "/^full1/ 552 5.2.2 Mailbox full\n/^full2/ 452 4.2.2 Mailbox full\n", "utf-8"
        )
        command = ["postfix", "-c", str(folder / "etc")]
        started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False, timeout=60)
        try:
            _await(port, started.stderr)
            yield Postfix(folder, port)
        finally:
            subprocess.run([*command, "stop"], capture_output=True, check=False, timeout=60)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _a_policy_service(policy: Callable[[dict[str, str]], str] | None) -> Iterator[int]:
    """Postfix's policy protocol (postfix.org/SMTPD_POLICY_README): attributes in, an action out."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(connection: socket.socket) -> None:
            with connection, connection.makefile("rw", encoding="utf-8") as talk:
                asked: dict[str, str] = {}
                for line in talk:
                    name, _, value = line.rstrip("\n").partition("=")
                    if name:
                        asked[name] = value
                    elif policy is not None:
                        talk.write(f"action={policy(asked)}\n\n")
                        talk.flush()
                        asked = {}

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _await(port: int, said: str) -> None:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as connection:
                if connection.recv(100).startswith((b"220", b"421")):
                    return
        except OSError:
            time.sleep(0.1)
    raise NoPostfix(f"Postfix did not come up: {said.strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
