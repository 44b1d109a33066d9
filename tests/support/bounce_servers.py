"""Debian's own Postfix and Dovecot on loopback ports, each in a throw-away folder: real bounces, real IMAP.

Small ones: the Postfix takes mail for two invented domains, knows nobody at one of them, and keeps what comes
back at the other in a Maildir. Both need root and Debian's packages; NoServer says why there is none.
"""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "bounces", "a pass/word%1"


class NoServer(Exception):
    """Why there is no such server to test with, in words for the skipped test."""


@dataclass(frozen=True)
class Relay:
    """A running Postfix: its port, where it keeps what comes back, and its log."""

    port: int
    maildir: Path
    log: Path


@contextmanager
def a_postfix() -> Iterator[Relay]:
    """Takes mail for anybody at mail.example, where only ``full`` and ``known`` live; answers in bounces."""
    _needs("/usr/sbin/postfix", "postfix")
    with _folder("sendwatch-postfix-") as folder:
        port, owner, keeper = _free_port(), pwd.getpwnam("postfix"), pwd.getpwnam("mail")
        for name in ("etc", "queue", "data", "mail"):
            (folder / name).mkdir()
        os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
        os.chown(folder / "mail", keeper.pw_uid, keeper.pw_gid)
        (folder / "etc" / "main.cf").write_text(_main_cf(folder, keeper), "utf-8")
        (folder / "etc" / "master.cf").write_text(_MASTER.replace("PORT", str(port)), "utf-8")
        command = ["/usr/sbin/postfix", "-c", str(folder / "etc")]
        started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False, timeout=60)
        if started.returncode:
            raise NoServer(f"Postfix could not be started: {started.stderr.strip()[-300:]}")
        try:
            _await(lambda: _answers(port), "Postfix")
            yield Relay(port, folder / "mail" / "bounces", folder / "log")
        finally:
            subprocess.run([*command, "stop"], capture_output=True, check=False, timeout=60)


@contextmanager
def a_dovecot() -> Iterator[tuple[str, Path]]:
    """Its URL, with TLS and the certificate to trust, and the Maildir that it serves."""
    _needs("/usr/sbin/dovecot", "dovecot-imapd")
    with _folder("sendwatch-dovecot-") as folder:
        port, keeper = _free_port(), pwd.getpwnam("mail")
        maildir = folder / "Maildir"
        for place in ("", "new", "cur", "tmp"):
            (maildir / place).mkdir(exist_ok=True)
            os.chown(maildir / place, keeper.pw_uid, keeper.pw_gid)
        certificate = _certificate(folder)
        config = folder / "dovecot.conf"
        config.write_text(_dovecot_conf(folder, port, keeper), "utf-8")
        process = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(lambda: _answers(port), "Dovecot")
            yield f"imaps://{USER}:a%20pass%2Fword%251@127.0.0.1:{port}/INBOX?ca={certificate}", maildir
        finally:
            process.terminate()
            process.wait(30)


def _main_cf(folder: Path, keeper: pwd.struct_passwd) -> str:
    return f"""
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.charity.example
mydestination =
inet_protocols = ipv4
smtp_bind_address = 127.0.0.1
mynetworks = 127.0.0.0/8
recipient_delimiter = +
virtual_mailbox_domains = charity.example, mail.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ bounces@charity.example=bounces/, known@mail.example=known/ }}
virtual_uid_maps = static:{keeper.pw_uid}
virtual_gid_maps = static:{keeper.pw_gid}
virtual_minimum_uid = 1
transport_maps = inline:{{ {{ full@mail.example = error:5.2.2 mailbox full }} }}
smtpd_reject_unlisted_recipient = no
smtpd_tls_security_level = none
"""


_MASTER = """
127.0.0.1:PORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


def _dovecot_conf(folder: Path, port: int, keeper: pwd.struct_passwd) -> str:
    users = folder / "users"
    users.write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
    users.chmod(0o644)
    return f"""
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
first_valid_uid = 1
mail_location = maildir:{folder}/Maildir
passdb {{
  driver = passwd-file
  args = {users}
}}
userdb {{
  driver = static
  args = uid={keeper.pw_uid} gid={keeper.pw_gid} home={folder}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
"""


def _certificate(folder: Path) -> Path:
    made = folder / "certificate.pem"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(made)]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise NoServer("openssl could not make a certificate for the mail server")
    ssl.create_default_context(cafile=str(made))
    return made


def _needs(program: str, package: str) -> None:
    if not shutil.which(program):
        raise NoServer(f"{package} is not installed (Debian: apt-get install {package})")
    if os.geteuid() != 0:
        raise NoServer(f"{package} runs under several accounts: its test needs root")


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)  # the servers' own accounts look into it
        yield Path(made)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _await(ready: Callable[[], bool], name: str) -> None:
    for _ in range(300):
        if ready():
            return
        time.sleep(0.1)
    raise NoServer(f"{name} did not come up within 30 seconds")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
