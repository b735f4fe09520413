"""The secret that signs cookies and forms: a file that only the server's own user can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from filelock import FileLock

from coach.adapters.records.durable import written_whole
from coach.errors import SettingsError


def read_cookie_secret(path: Path) -> str:
    """The secret in ``path``; made if there is none. 256 random bits.

    Raises ``SettingsError`` if others could read it, or if it is too short to be one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=10):
            if not path.exists():
                with written_whole(path) as file:
                    file.write(secrets.token_urlsafe(32).encode())
            _must_be_private(path)
            secret = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The secret for cookies in {str(path)!r} cannot be read or made: {error}. See that "
            "the folder belongs to the user who runs the coach."
        ) from error
    if len(secret) < 32:
        raise SettingsError(
            f"The secret for cookies in {str(path)!r} is too short to be safe. Delete the file: "
            "a new one is made at the next start, and everybody signs in again."
        )
    return secret


def _must_be_private(path: Path) -> None:
    if os.name != "posix":  # elsewhere a home folder is private by its own rules
        return
    found = path.stat()
    if found.st_mode & 0o077 or found.st_uid != os.geteuid():
        raise SettingsError(
            f"Others on this machine can read or own {str(path)!r}, which signs everybody's "
            f"cookies. Delete it, or make it yours alone: chmod 600 {path}"
        )
