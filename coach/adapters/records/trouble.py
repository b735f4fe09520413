"""What a database's error means, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from coach.adapters.records.engine import Database
from coach.errors import RecordsError

_BUSY = "is busy: others are writing. Nothing was changed; try again in a moment."
_FULL = "is on a disk that is full. Nothing was changed. Free some space, and try again."
_DAMAGED = (
    "is damaged. Keep a copy of it as it is, and put the last backup back: "
    "coach db restore FILE --replace"
)
_UNKNOWN = "does not have the tables that the coach expects. Run: coach db check"
_LOST = (
    "does not answer any more. Whether the last change was kept is not certain: "
    "once it answers again, load the page anew and look."
)
#: SQLite's primary result codes.
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: "cannot be written. Let the account that runs the coach write it.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Let the account that runs the coach write it.",
    sqlite3.SQLITE_PERM: "cannot be opened. Let the account that runs the coach write it.",
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: its disk reports an error. Check the disk, and that it is "
        "not full."
    ),
}
#: PostgreSQL's codes (appendix A of its manual); the longest beginning counts.
_POSTGRESQL = {
    "08": _LOST,
    "22": "cannot keep a value that is too large, or holds characters that it does not know.",
    "25006": "cannot be written now: it only reads. Use the address of the main server.",
    "28": "refuses the user or the password. Check COACH_DATABASE_URL.",
    "3D000": "does not exist. Create it, or check the name in COACH_DATABASE_URL.",
    "40": _BUSY,
    "42501": "does not let this user do that. Make the user the owner of the database.",
    "42P01": _UNKNOWN,
    "42703": _UNKNOWN,
    "53100": _FULL,
    "53300": "has too many connections open. Try again, or raise max_connections on the server.",
    "55P03": _BUSY,
    "57P": _LOST,
    "57014": "took too long and was stopped by the server. Nothing was changed; try again.",
    "58": "cannot be read or written: the server's disk reports an error.",
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
#: libpq gives no code for what goes wrong before there is a connection, only the server's words.
_CONNECTING = {
    "authentication failed": _POSTGRESQL["28"],
    "no pg_hba.conf entry": _POSTGRESQL["28"],
    'fatal:  role "': _POSTGRESQL["28"],
    'fatal:  database "': _POSTGRESQL["3D000"],
    "too many": _POSTGRESQL["53300"],
    "connection slots": _POSTGRESQL["53300"],
    "starting up": "is starting up. Try again in a moment.",
    "recovery": "is starting up. Try again in a moment.",
}
_UNREACHABLE = (
    "cannot be reached. Check that the server runs, and the address in COACH_DATABASE_URL."
)


@contextmanager
def told(database: Database) -> Iterator[None]:
    """Turns what goes wrong with ``database`` into ``RecordsError``, with what to do."""
    try:
        yield
    except (SQLAlchemyError, OSError, UnicodeError, OverflowError) as error:
        raise trouble(database, error) from error


def trouble(database: Database, error: Exception) -> RecordsError:
    """What ``error`` means for ``database``."""
    return RecordsError(f"{database.said} {_what(error)}")


def busy(database: Database) -> RecordsError:
    """Somebody else holds ``database`` for too long."""
    return RecordsError(f"{database.said} {_BUSY}")


def _what(error: Exception) -> str:
    if isinstance(error, NoConnectionError):
        return "is busy: too many people use it at once. Try again in a moment."
    if isinstance(error, OSError):
        return f"cannot be opened ({error.strerror}). Check the folder and its rights."
    if not isinstance(error, DBAPIError):
        # It went wrong before the database heard of it.
        return _POSTGRESQL["22"]
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if error.connection_invalidated:
        return _LOST
    return _of_postgresql(cause)


def _of_sqlite(error: sqlite3.Error) -> str:
    # The code is missing where the driver itself complains.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_ERROR and "no such" in str(error):
        return _UNKNOWN
    return _SQLITE.get(code, f"cannot be used ({type(error).__name__}). Run: coach db check")


def _of_postgresql(error: BaseException | None) -> str:
    code = getattr(error, "sqlstate", None)
    if code:
        found = (_POSTGRESQL.get(code[:length]) for length in (5, 3, 2))
        unknown = f"cannot do this (PostgreSQL's code {code}). Run: coach db check"
        return next(filter(None, found), unknown)
    words = str(error).lower()
    return next((says for mark, says in _CONNECTING.items() if mark in words), _UNREACHABLE)
