"""The records in a database; see ``coach.ports.Records``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from coach.adapters.records.engine import BUSY, Database, reading, writing
from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import KEYS_LOCK, make_ready, take
from coach.adapters.records.trouble import busy, told
from coach.adapters.records.work import SqlWork


class SqlRecords:
    """The records in SQLite or PostgreSQL. Safe for threads and processes."""

    def __init__(self, database: Database, engine: Engine, keys: KeyFile) -> None:
        self.database = database
        self.engine = engine
        self.keys = keys
        self._turn = Lock()

    @classmethod
    def open(cls, database: Database, key_file: Path, *, upgrade: bool = False) -> SqlRecords:
        """The records there, brought up to date where ``make_ready`` may."""
        records = cls.as_they_are(database, key_file)
        try:
            with told(database):
                make_ready(database, records.engine, records.keys, upgrade=upgrade)
        except BaseException:
            records.close()
            raise
        return records

    @classmethod
    def as_they_are(cls, database: Database, key_file: Path) -> SqlRecords:
        """The database of whatever revision, or still empty, and not yet looked at."""
        with told(database):
            return cls(database, database.engine(), KeyFile(key_file))

    @contextmanager
    def reading(self) -> Iterator[SqlWork]:
        """A transaction that sees one moment, and writes nothing."""
        with self.looking() as connection:
            yield SqlWork(connection, self.database, self.keys, writes=False)

    @contextmanager
    def writing(self) -> Iterator[SqlWork]:
        """A transaction that is kept, on disk, once its block ends without an error."""
        with self.changing() as connection:
            yield SqlWork(connection, self.database, self.keys, writes=True)

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """The connection of a reading transaction."""
        with self._transaction(lambda: reading(self.engine)) as connection:
            yield connection

    @contextmanager
    def changing(self, *, alone: bool = False) -> Iterator[Connection]:
        """The connection of a writing transaction; ``alone`` waits until there is no other."""
        # SQLite lets one write at a time, and those who wait ask again in ever longer steps: here
        # they queue instead.
        queues = self.database.path is not None
        if queues and not self._turn.acquire(timeout=BUSY):
            raise busy(self.database)
        try:
            with self._transaction(lambda: writing(self.engine)) as connection:
                if not queues:
                    # Whoever writes holds on to the keys in use until it is done.
                    with told(self.database):
                        take(connection, KEYS_LOCK, shared=not alone)
                yield connection
        finally:
            if queues:
                self._turn.release()

    @contextmanager
    def _transaction(self, connect: Callable[[], Connection]) -> Iterator[Connection]:
        with told(self.database):
            connection = connect()
        try:
            with told(self.database):
                transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                # What went wrong first is what a person should hear of.
                with suppress(SQLAlchemyError):
                    transaction.rollback()
                raise
            with told(self.database):
                transaction.commit()
        finally:
            connection.close()

    def close(self) -> None:
        """Let the connections go."""
        self.engine.dispose()
