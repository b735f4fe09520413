"""The way to the database: SQLite in a file of the coach's own, or a PostgreSQL server."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from coach.errors import SettingsError

#: Seconds that a transaction waits for another one, and for a connection.
BUSY = 15
_SQLITE = (
    f"PRAGMA busy_timeout={BUSY * 1000}",
    "PRAGMA foreign_keys=ON",
    # Every commit reaches the disk before it is acknowledged.
    "PRAGMA synchronous=FULL",
    # What is deleted is overwritten, and not only forgotten.
    "PRAGMA secure_delete=ON",
)
#: Connections of one process: as many as work at once, and as many as wait briefly.
_POOL, _OVERFLOW = 10, 30
#: Seconds for which a connection that rests is taken to be there, unless it hangs up.
_TRUSTED = 5
#: Since when it rests.
_RESTS = "rests since"


@dataclass(frozen=True)
class Database:
    """Where the records are: a file of SQLite's, or a server's address."""

    url: URL
    path: Path | None = None

    @classmethod
    def in_file(cls, path: Path) -> Database:
        """SQLite in this file."""
        return cls(URL.create("sqlite+pysqlite", database=str(path)), path)

    @classmethod
    def at_address(cls, address: str) -> Database:
        """PostgreSQL at ``postgresql://user:password@host/name``. Raises ``SettingsError``."""
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
            # The address is not shown: it may hold a password.
            raise SettingsError(
                "COACH_DATABASE_URL is no address of a PostgreSQL database. Write it as "
                "postgresql://user:password@host:5432/name, or unset it to use SQLite."
            ) from None
        return cls(url.set(drivername="postgresql+psycopg"))

    @property
    def said(self) -> str:
        """What messages call it, at the start of a sentence; without a password."""
        if self.path is not None:
            return f"The file of the records, {str(self.path)!r},"
        host = self.url.host or "this machine"
        where = f"{host}:{self.url.port}" if self.url.port else host
        return f"The database {self.url.database!r} at {where}"

    def engine(self) -> Engine:
        """An engine with its pool; connects at first use. Raises ``OSError``."""
        if self.path is not None:
            return _sqlite(self.url, self.path)
        return _postgresql(self.url)


def _sqlite(url: URL, path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite gives the files beside it the same rights.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=BUSY,
        # Transactions are begun below: the driver's own would begin too late to hold a lock.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in _SQLITE:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that begins by reading could not become a writer
        # after another one has written.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=BUSY,
        connect_args={
            "connect_timeout": BUSY,
            "application_name": "coach",
            **_waits(url),
        },
    )

    @event.listens_for(engine, "checkin")
    def _rest(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_RESTS] = monotonic()

    @event.listens_for(engine, "checkout")
    def _see(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object) -> None:
        # Asking is one more way to the server and back for every transaction, so it is asked
        # only where it may have gone: after a while, or once it has sent something unasked.
        now = monotonic()
        if now - entry.info.get(_RESTS, now) < _TRUSTED and not _has_news(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            # The pool makes this one anew, and every other that is as old.
            raise InvalidatePoolError from error

    return engine


def _has_news(connection: DBAPIConnection) -> bool:
    """Whether something waits to be read: a server that stops says goodbye, or just hangs up."""
    if connection.closed:
        return True
    with DefaultSelector() as incoming:
        incoming.register(connection.fileno(), EVENT_READ)
        return bool(incoming.select(timeout=0))


def _waits(url: URL) -> dict[str, Any]:
    if "options" in url.query:
        return {}
    return {"options": f"-c lock_timeout={BUSY}s"}


def reading(engine: Engine) -> Connection:
    """A connection whose transaction sees one moment, and may write nothing."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return connection


def writing(engine: Engine) -> Connection:
    """A connection whose transaction writes; of SQLite's there is one at a time."""
    connection = engine.connect()
    return connection.execution_options(writes=True)
