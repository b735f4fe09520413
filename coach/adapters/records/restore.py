"""A backup back into a database: all of it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, func, select, text
from sqlalchemy.exc import DatabaseError

from coach.adapters.records.backup_form import BackupRow, damaged, read_heading, read_rows
from coach.adapters.records.engine import Database
from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import (
    NO_CONTENT,
    SCHEMA_LOCK,
    alone,
    key_ids,
    migrate,
    must_be_empty,
    revision,
    take,
    use_a_key,
)
from coach.adapters.records.sealing import Key, UnsealError, resealed
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.trouble import told
from coach.adapters.records.work import SqlWork
from coach.errors import KeyFileError, RecordsError
from coach.ports import Work

_AT_ONCE = 200
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True)
class Backup:
    """A backup that was read to its end and found whole, and the keys that open it."""

    source: Path
    revision: str
    rows: int
    key: Callable[[str], Key]


def verified(source: Path, keys: KeyFile, spare_keys: Path | None = None) -> Backup:
    """The backup in this file; ``spare_keys`` is the key file of its day.

    Raises ``RecordsError``, and ``KeyFileError`` where a key is missing.
    """
    heading, rows = read_heading(source)
    known = _known(keys, spare_keys)
    for key_id in heading.keys:
        known(key_id)
    return Backup(source, heading.revision, rows, known)


def restore(
    records: SqlRecords, backup: Backup, *, replace: bool, then: Callable[[Work], None]
) -> None:
    """Put a backup into the database, in one transaction.

    What is there is lost if ``replace`` allows it, and stands in the way otherwise. A backup of an
    earlier version is brought up to date, and all of it is sealed anew with the key in use.
    ``then`` does its work before anybody sees what was restored. Raises ``RecordsError``; nothing
    has changed then.
    """
    with (
        told(records.database),
        alone(records.database, records.engine),
        records.changing(alone=True) as connection,
    ):
        if records.database.path is None:
            take(connection, SCHEMA_LOCK)
        _clear(records.database, connection, replace=replace)
        migrate(connection, backup.revision)
        use_a_key(connection, records.keys)
        key = records.keys.get(key_ids(connection)[-1])
        try:
            for rows in _in_parts(read_rows(backup.source)):
                _insert(connection, rows, backup.key, key)
        except UnsealError as error:
            raise damaged(backup.source) from error
        migrate(connection)
        then(SqlWork(connection, records.database, records.keys, writes=True))


def set_aside_if_damaged(database: Database) -> Path | None:
    """Rename a file of SQLite's that cannot be read any more; gives its new name."""
    path = database.path
    if path is None or not path.exists() or _is_sound(database):
        return None
    aside = path.with_name(f"{path.name}.damaged")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def _is_sound(database: Database) -> bool:
    with told(database):
        engine = database.engine()
        try:
            with engine.connect() as connection:
                return connection.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
        except DatabaseError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
                return False
            raise
        finally:
            engine.dispose()


def _known(keys: KeyFile, spare: Path | None) -> Callable[[str], Key]:
    files = [keys] if keys.exists() else []
    files += [KeyFile(spare)] if spare else []
    known = {key.id: key for file in files for key in file.read()}

    def get(key_id: str) -> Key:
        if key_id not in known:
            raise KeyFileError(
                f"The backup was sealed with the key {key_id}, which no key file at hand holds. "
                "Nothing was changed. Name the key file of the backup's day with --keys."
            )
        return known[key_id]

    return get


def _clear(database: Database, connection: Connection, *, replace: bool) -> None:
    if revision(connection) is None:
        must_be_empty(database, connection)
        return
    held = MetaData()
    held.reflect(connection)
    for table in held.sorted_tables:
        if table.name in NO_CONTENT or replace:
            continue
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise RecordsError(
                f"{database.said} holds records already. Nothing was changed. To put the backup "
                "in their place, make one of them first, and add --replace."
            )
    held.drop_all(connection)


def _in_parts(rows: Iterable[BackupRow]) -> Iterator[list[BackupRow]]:
    part: list[BackupRow] = []
    for row in rows:
        if part and (row.table != part[0].table or len(part) == _AT_ONCE):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _insert(
    connection: Connection, rows: list[BackupRow], known: Callable[[str], Key], key: Key
) -> None:
    first = rows[0]
    columns = [Column(name, kind.type) for name, kind in first.kinds.items()]
    table = Table(first.table, MetaData(), *columns)
    anew = [row.values | resealed(row.table, row.values, known, key) for row in rows]
    connection.execute(table.insert(), anew)
