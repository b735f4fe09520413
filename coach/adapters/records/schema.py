"""Brings a database to the tables of this version, once, whoever else opens it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

from coach.adapters.records.durable import written_whole
from coach.adapters.records.engine import Database, reading, writing
from coach.adapters.records.keys import KeyFile
from coach.adapters.records.tables import seal_keys
from coach.errors import RecordsError

#: The revisions of ``migrations/``, oldest first. Alembic itself is loaded only to go further.
REVISIONS = ("0001", "0002", "0003", "0004")
HEAD = REVISIONS[-1]
#: The tables that hold no records.
NO_CONTENT = {"alembic_version", seal_keys.name}
#: Names PostgreSQL's advisory locks; any number does that nobody else uses.
SCHEMA_LOCK, KEYS_LOCK = 0x636F6163680001, 0x636F6163680002
#: Seconds to wait for another process that brings the same file up to date.
_PATIENCE = 120


def make_ready(
    database: Database, engine: Engine, keys: KeyFile, *, upgrade: bool = False
) -> str | None:
    """Bring the database to ``HEAD`` and see that its keys are at hand; gives where it was.

    A new one is filled. An older file of SQLite's is copied beside itself first; an older
    database of PostgreSQL's is changed only if ``upgrade`` allows it, since other machines may
    still use it. Raises ``RecordsError`` and ``KeyFileError``.
    """
    with alone(database, engine):
        with reading(engine) as connection, connection.begin():
            found = revision(connection)
            if found == HEAD and (ids := key_ids(connection)):
                keys.named(ids)
                return found
        _must_be_known(database, found)
        if found not in {None, HEAD} and database.path is None and not upgrade:
            raise RecordsError(
                f"{database.said} is of an earlier version of the "
                "coach. Make a backup, and then bring it up to date: coach db upgrade"
            )
        with writing(engine) as connection, connection.begin():
            if database.path is None:
                take(connection, SCHEMA_LOCK)
                found = revision(connection)
            elif found not in {None, HEAD}:
                _copy(database.path)
            if found is None:
                must_be_empty(database, connection)
            if found != HEAD:
                migrate(connection)
            use_a_key(connection, keys)
        return found


def revision(connection: Connection) -> str | None:
    """Which revision the tables are of; ``None`` for a database that holds none of the coach's."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(connection: Connection, to: str = HEAD) -> None:
    """Bring the tables to the revision ``to``, in the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    place = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", place.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def key_ids(connection: Connection) -> list[str]:
    """The keys that the sealed values may need, the newest last."""
    return list(
        connection.execute(select(seal_keys.c.key_id).order_by(seal_keys.c.number)).scalars()
    )


def use_a_key(connection: Connection, keys: KeyFile) -> None:
    """See that the keys in use are at hand; give a database without one its first.

    Only a database that was never used gets a new key file.
    """
    if ids := key_ids(connection):
        keys.named(ids)
        return
    key = keys.read()[-1] if keys.exists() else keys.new_key()
    use_key(connection, key.id)


def use_key(connection: Connection, key_id: str) -> None:
    """Seal with this key from now on."""
    number = select(func.coalesce(func.max(seal_keys.c.number), 0) + 1).scalar_subquery()
    connection.execute(seal_keys.insert().values(number=number, key_id=key_id))


def take(connection: Connection, lock: int, *, shared: bool = False) -> None:
    """Hold one of PostgreSQL's advisory locks until the transaction ends."""
    name = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    connection.execute(text(f"SELECT {name}(:lock)"), {"lock": lock})


@contextmanager
def alone(database: Database, engine: Engine) -> Iterator[None]:
    """While this lasts, no other process opens the same file; a server sees to that itself."""
    if database.path is None:
        yield
        return
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{database.path}.lock", timeout=_PATIENCE):
            with engine.connect() as connection:
                # Readers and a writer do not wait for each other; the file remembers it.
                connection.connection.execute("PRAGMA journal_mode=WAL")
            yield
    except Timeout as error:
        raise RecordsError(
            f"{database.said} is being brought up to date by another process. Wait for it to end."
        ) from error


def _must_be_known(database: Database, found: str | None) -> None:
    if found is not None and found not in REVISIONS:
        raise RecordsError(
            f"{database.said} is of a newer version of the coach "
            f"(revision {found}, where this one knows {HEAD}). Update the coach."
        )


def must_be_empty(database: Database, connection: Connection) -> None:
    """Raise ``RecordsError`` for a database that something else lives in."""
    if inspect(connection).get_table_names():
        raise RecordsError(
            f"{database.said} holds tables that are not the coach's. "
            "Give the coach a database of its own."
        )


def copy_before_upgrade(path: Path) -> Path:
    """Where a file of SQLite's is copied to before its tables are changed."""
    return path.with_name(f"{path.name}.before-upgrade")


def _copy(path: Path) -> None:
    with (
        closing(sqlite3.connect(path)) as source,
        written_whole(copy_before_upgrade(path)) as file,
        closing(sqlite3.connect(file.name)) as copy,
    ):
        source.backup(copy)
