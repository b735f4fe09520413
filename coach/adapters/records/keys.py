"""The file that holds the keys, apart from the database that they open."""

from __future__ import annotations

import base64
import binascii
import glob
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from coach.adapters.records.durable import written_whole
from coach.adapters.records.sealing import SECRET_BYTES, Key
from coach.errors import KeyFileError

_FORMAT = 1


class KeyFile:
    """The keys of the records, oldest first, in one file for its owner's eyes.

    Safe for threads. A running process reads the file again when it meets a key that it does not
    know, and forgets none that it knew. Raises ``KeyFileError``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, Key] = {}
        self._reading = Lock()

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    def named(self, ids: Iterable[str]) -> tuple[Key, ...]:
        """The keys with these identifiers, in their order."""
        return tuple(self.get(one) for one in ids)

    def get(self, key_id: str) -> Key:
        """The key with this identifier."""
        if key_id not in self._known:
            with self._reading:
                self._known |= {key.id: key for key in self.read()}
        if key_id not in self._known:
            raise KeyFileError(
                f"The key file {str(self.path)!r} does not hold the key {key_id}, which the "
                "records were encrypted with. Put the right key file there, or name it in "
                "COACH_KEY_FILE; a copy belongs with every backup."
            )
        return self._known[key_id]

    def read(self) -> tuple[Key, ...]:
        """All keys that the file holds now."""
        try:
            held = json.loads(self.path.read_text(encoding="utf-8"))
            return tuple(_key_of(entry) for entry in _entries(held))
        except FileNotFoundError as error:
            raise KeyFileError(
                f"The key file {str(self.path)!r} is missing, and the records cannot be read "
                "without it. Put its copy back, or name it in COACH_KEY_FILE. Nothing was changed."
            ) from error
        except OSError as error:
            raise KeyFileError(
                f"The key file {str(self.path)!r} cannot be read ({error.strerror}). Let the "
                "account that runs the coach read it."
            ) from error
        except (ValueError, KeyError, TypeError, binascii.Error):
            # Not chained: what is in the file must not come into a log.
            raise KeyFileError(
                f"The key file {str(self.path)!r} is damaged. Put its copy back; do not delete "
                "it, as the records cannot be read without their key."
            ) from None

    def write(self, keys: Iterable[Key]) -> None:
        """Put these keys in the file's place, whole and on the disk."""
        held = {
            "format": _FORMAT,
            "keys": [
                {"id": key.id, "made": key.made, "seal": _text(key.seal), "mark": _text(key.mark)}
                for key in keys
            ],
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            for remains in self.path.parent.glob(f"{glob.escape(self.path.name)}.*.partial"):
                # A process that was killed left it, with keys in it.
                remains.unlink(missing_ok=True)
            with written_whole(self.path) as file:
                file.write(json.dumps(held, indent=1).encode() + b"\n")
        except OSError as error:
            raise KeyFileError(
                f"The key file {str(self.path)!r} cannot be written ({error.strerror}). Nothing "
                "was changed. Let the account that runs the coach write in that folder."
            ) from error

    def new_key(self) -> Key:
        """A key added to the file as its newest."""
        key = Key.new(datetime.now(UTC).date().isoformat())
        self.write((*(self.read() if self.exists() else ()), key))
        return key


def _entries(held: Any) -> list[dict[str, Any]]:
    if held["format"] != _FORMAT or not held["keys"]:
        raise ValueError
    return list(held["keys"])


def _key_of(entry: dict[str, Any]) -> Key:
    seal, mark = (base64.b64decode(entry[name], validate=True) for name in ("seal", "mark"))
    key = Key(seal, mark, str(entry["made"]))
    if len(seal) != SECRET_BYTES or len(mark) != SECRET_BYTES or key.id != entry["id"]:
        raise ValueError
    return key


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()
