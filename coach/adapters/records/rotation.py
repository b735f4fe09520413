"""A new key for all that is sealed, while people work, and however often it is killed.

The order makes every moment safe: the new key is in the file before anything needs it; the
database names it before anything is sealed with it; the old one is struck from the database once
nothing needs it any more, and from the file after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import key_ids, use_key
from coach.adapters.records.sealing import MARK, Key, UnsealError, resealed
from coach.adapters.records.shapes import Shape, altered, said, shape_of
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES, seal_keys
from coach.adapters.records.trouble import told
from coach.errors import KeyFileError, RecordsError

#: Rows sealed anew in one transaction: others wait for as long as these take.
_BATCH = 100
#: What has words of people in it; the rest needs no key.
_SEALED = tuple(shape for kind in TABLES if (shape := shape_of(kind)).sealed)

#: The longest pause between two batches, in seconds.
_PAUSE = 0.2

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rotation:
    """What a rotation did. ``resumed`` says that it ended one that had been interrupted."""

    key_id: str
    resealed: int
    resumed: bool


@dataclass(frozen=True)
class KeyLine:
    """A key of the file: its day, and whether it seals, is needed to read, or neither."""

    id: str
    made: str
    seals: bool
    needed: bool


def rotate(records: SqlRecords, progress: Progress = lambda _done, _all: None) -> Rotation:
    """Seal everything with a new key, and drop the old one; goes on where one was interrupted.

    ``progress`` hears how many rows are done, and of how many. Raises ``RecordsError``.
    """
    with _alone(records.keys), told(records.database):
        with records.looking() as connection:
            in_use = key_ids(connection)
        key = _next_key(records, in_use)
        done = _seal_all(records, key, progress)
        records.keys.write([key])
    return Rotation(key.id, done, resumed=len(in_use) > 1)


def list_keys(records: SqlRecords) -> tuple[KeyLine, ...]:
    """The keys in the file, oldest first. Raises ``RecordsError``."""
    with told(records.database), records.looking() as connection:
        in_use = key_ids(connection)
    return tuple(
        KeyLine(key.id, key.made, seals=key.id == in_use[-1], needed=key.id in in_use)
        for key in records.keys.read()
    )


@contextmanager
def _alone(keys: KeyFile) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{keys.path}.lock", timeout=0):
            yield
    except Timeout as error:
        raise RecordsError("The keys are being rotated already. Wait for that to end.") from error
    except OSError as error:
        raise KeyFileError(
            f"The folder of the key file {str(keys.path)!r} cannot be written ({error.strerror}). "
            "Nothing was changed."
        ) from error


def _next_key(records: SqlRecords, in_use: list[str]) -> Key:
    if len(in_use) > 1:
        return records.keys.get(in_use[-1])
    in_file = [key.id for key in records.keys.read()]
    # One behind the key in use was made by a rotation that came no further.
    waiting = in_file[in_file.index(in_use[0]) + 1 :]
    key = records.keys.get(waiting[-1]) if waiting else records.keys.new_key()
    with records.changing(alone=True) as connection:
        use_key(connection, key.id)
    return key


def _seal_all(records: SqlRecords, key: Key, progress: Progress) -> int:
    with records.looking() as connection:
        total = sum(_count_stale(connection, shape, key) for shape in _SEALED)
    done = 0
    while True:
        for shape in _SEALED:
            after = ""
            while True:
                begun = monotonic()
                with records.changing() as connection:
                    batch = _seal_batch(connection, shape, key, records.keys, after)
                if not batch:
                    break
                after = batch[-1]
                done += len(batch)
                progress(done, max(done, total))
                if records.database.path is not None:
                    # SQLite's lock goes to whoever asks first: half of the time is for others.
                    sleep(min(monotonic() - begun, _PAUSE))
        with records.changing(alone=True) as connection:
            if not any(_count_stale(connection, shape, key) for shape in _SEALED):
                connection.execute(delete(seal_keys).where(seal_keys.c.key_id != key.id))
                return done


def _seal_batch(
    connection: Connection, shape: Shape, key: Key, keys: KeyFile, after: str
) -> list[str]:
    """Seal the next rows behind ``after``; gives their identifiers."""
    table = shape.table
    columns = [table.c.id, *(table.c[name] for name in shape.sealed)]
    columns += [table.c[name + MARK] for name in shape.found]
    rows = connection.execute(
        select(*columns)
        .where(_stale(shape, key), table.c.id > after)
        .order_by(table.c.id)
        .limit(_BATCH)
        # A row that somebody saves just now is sealed with the new key by that; waiting for it
        # here, with locks on others, could be for ever.
        .with_for_update(skip_locked=True)
    ).mappings()
    changes = []
    for row in rows:
        try:
            anew = resealed(table.name, row, keys.get, key)  # type: ignore[arg-type]
        except UnsealError as error:
            raise altered(said(shape.kind), row["id"]) from error
        changes.append({"row_id": row["id"], **anew})
    if changes:
        connection.execute(update(table).where(table.c.id == bindparam("row_id")), changes)
    return [change["row_id"] for change in changes]


def _count_stale(connection: Connection, shape: Shape, key: Key) -> int:
    stale = select(func.count()).select_from(shape.table).where(_stale(shape, key))
    return connection.execute(stale).scalar_one()


def _stale(shape: Shape, key: Key) -> ColumnElement[bool]:
    length = len(key.prefix)
    return or_(
        *(
            func.substr(shape.table.c[name], 1, length, type_=LargeBinary) != key.prefix
            for name in shape.sealed
        )
    )
