"""A real PostgreSQL for the tests: Debian's server, on a port of its own, in a throw-away folder."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# A server that lives for one run of the tests: nothing of it has to outlive a power cut.
QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
)


class NoPostgres(Exception):
    """Why there is no PostgreSQL to test with, in words for the skipped test."""


@contextmanager
def a_postgres_server() -> Iterator[str]:
    """Start a server and give a URL for its maintenance database. Raises NoPostgres when there is none."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="sendwatch-pg-") as folder:
        data = Path(folder) / "data"
        as_user = _unprivileged(Path(folder))
        _run([programs / "initdb", "-D", data, "-U", "sendwatch", "-A", "trust", "-E", "UTF8", "-N"], as_user)
        port = _free_port()
        options = [*QUICK, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
        server = [programs / "postgres", "-D", data, *(part for one in options for part in ("-c", one))]
        process = subprocess.Popen(
            [str(part) for part in server],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **as_user,
        )
        try:
            _await(programs, port)
            yield f"postgresql://sendwatch@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # fast: it does not wait for whoever is still connected
            process.wait(30)


def cut_the_holders(url: str) -> None:
    """End the connections that hold a name, as a restart of the server does."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    named = shutil.which("initdb")
    if not found and not named:
        raise NoPostgres("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    return Path(found[0] if found else str(named)).parent


def _unprivileged(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: use another account of this machine."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, who.pw_uid, who.pw_gid)
        folder.chmod(0o755)
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL will not run as root, and there is no other account")


def _run(command: list[object], as_user: dict[str, object]) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=120, **as_user
    )
    if done.returncode:
        raise NoPostgres(f"PostgreSQL could not be set up: {done.stderr.strip()[-300:]}")


def _await(programs: Path, port: int) -> None:
    for _ in range(200):
        ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
        if subprocess.run(ready, check=False, timeout=10).returncode == 0:
            return
        time.sleep(0.1)
    raise NoPostgres("PostgreSQL did not come up within 20 seconds")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
