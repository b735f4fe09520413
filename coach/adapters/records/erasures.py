"""Who asked to be deleted, in a file outside the records; see ``coach.ports.Erasures``."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from coach.adapters.records.durable import sync_folder
from coach.domain.records import is_id
from coach.errors import RecordsError


class ErasureList:
    """One line a person, only ever added to: an identifier and a moment, and nothing else.

    ``copies`` are files that hold the records as they once were; they go with the first line
    that is added. Safe for threads and processes.
    """

    def __init__(self, path: Path, *copies: Path) -> None:
        self._path = path
        self._copies = copies

    def record(self, person_id: str) -> None:
        """Put a person on the list, on disk. Raises ``RecordsError``."""
        line = json.dumps({"person": person_id, "at": datetime.now(UTC).isoformat()})
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The break before it keeps it apart from what a process that died left unfinished.
            _append(self._path, f"\n{line}\n".encode())
            for copy in self._copies:
                copy.unlink(missing_ok=True)
        except OSError as error:
            raise RecordsError(
                f"The list of those who were deleted, {str(self._path)!r}, cannot be written "
                f"({error.strerror}). Nobody was deleted; free the folder, and try again."
            ) from error

    def all(self) -> tuple[str, ...]:
        """Everyone on the list, as identifiers, each once. Raises ``RecordsError``."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise RecordsError(
                f"The list of those who were deleted, {str(self._path)!r}, cannot be read "
                f"({error.strerror}). Let the account that runs the coach read it."
            ) from error
        return tuple(dict.fromkeys(person for line in lines if (person := _person(line))))


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


def _person(line: str) -> str | None:
    try:
        person = json.loads(line)["person"]
    except (ValueError, KeyError, TypeError):
        return None
    return person if isinstance(person, str) and is_id(person) else None
