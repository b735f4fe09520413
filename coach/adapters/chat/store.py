"""The file in which a model's budget and report are kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

#: Seconds to wait for another process that writes.
_BUSY = 15.0
_TABLES = """
CREATE TABLE IF NOT EXISTS spent (
  person TEXT NOT NULL, day TEXT NOT NULL, tokens INTEGER NOT NULL, cost REAL NOT NULL,
  PRIMARY KEY (person, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reserved (
  id INTEGER PRIMARY KEY, person TEXT NOT NULL, day TEXT NOT NULL,
  tokens INTEGER NOT NULL, cost REAL NOT NULL, until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS outcomes (
  at REAL NOT NULL, slot TEXT NOT NULL, outcome TEXT NOT NULL,
  prompt TEXT, prompt_hash TEXT, model TEXT,
  prompt_tokens INTEGER, reply_tokens INTEGER, milliseconds INTEGER
);
CREATE INDEX IF NOT EXISTS outcomes_at ON outcomes (at);
"""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file for one transaction, which no other process writes at the same time.

    It is made on first use, for its owner's eyes only. Raises ``sqlite3.Error`` and ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite gives the files beside it the same rights.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(path, timeout=_BUSY, isolation_level=None)) as connection:
        # Two that make the file at once cannot both turn this on, and need not.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(_TABLES)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def trouble(path: Path, error: sqlite3.Error | OSError) -> str:
    """What is wrong with the file, and what to do, in one line."""
    file = f"The file of the model's budget, {str(path)!r},"
    if isinstance(error, OSError):
        return f"{file} cannot be written ({error.strerror}). Nothing was sent."
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return f"{file} is held by another program. Nothing was sent; try again."
    if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
        return f"{file} cannot be used ({error}). Nothing was sent."
    return f"{file} is damaged. Nothing was sent; delete the file to start the budget anew."
