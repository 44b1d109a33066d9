"""The secret that signs links: from the settings, else made once and kept in a file that only we can read."""

import os
import secrets
from pathlib import Path

from pipeline.model.errors import ConfigError

NAME = "secret.key"


def signing_secret(given: str, var: Path) -> str:
    """``given``, or what the file under ``var`` holds; made where there is none. Raises ConfigError."""
    if given:
        return given
    path = var / NAME
    try:
        kept = _kept(path)
        if kept:
            return kept
        made = secrets.token_hex(32)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:  # another process was quicker
        return _kept(path)
    except OSError as error:
        raise ConfigError(f"{path}: the secret for links cannot be kept: {error.strerror}") from None
    return made


def _kept(path: Path) -> str:
    if not path.exists():
        return ""
    kept = path.read_text("ascii").strip()
    if len(kept) < 24:
        raise ConfigError(f"{path}: this is not a secret; delete the file and a new one is made")
    return kept
