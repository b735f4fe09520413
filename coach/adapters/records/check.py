"""Whether the records are whole: the database, its tables, and every sealed value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select, text

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import key_ids
from coach.adapters.records.sealing import MARK, key_id_of
from coach.adapters.records.shapes import Shape, said, shape_of
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES, metadata
from coach.adapters.records.trouble import told
from coach.errors import RecordsError

#: Rows that are held at once.
_AT_ONCE = 200


@dataclass(frozen=True)
class Checked:
    """How many records were read, and what is wrong, a line each; nothing if all is well."""

    records: int
    faults: tuple[str, ...]


def check(records: SqlRecords) -> Checked:
    """Read everything once, as it is at one moment. Raises ``RecordsError``."""
    count, faults = 0, list[str]()
    with told(records.database), records.looking() as connection:
        faults += _of_the_file(connection)
        faults += _of_the_tables(connection)
        in_use = set(key_ids(connection))
        for kind in TABLES:
            shape = shape_of(kind)
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(shape.table))
            for row in rows.mappings():
                count += 1
                faults += _of_a_row(shape, row, records.keys, in_use)
    return Checked(count, tuple(faults))


def _of_the_file(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds; PostgreSQL compares its checksums as the rows are read."""
    if connection.dialect.name != "sqlite":
        return
    for (found,) in connection.execute(text("PRAGMA integrity_check")):
        if found != "ok":
            yield f"The file is damaged: {found}"
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{table}: row {row} refers to something in {parent} that is not there"


def _of_the_tables(connection: Connection) -> Iterator[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    for difference in compare_metadata(MigrationContext.configure(connection), metadata):
        yield f"The tables are not as this version makes them: {difference[0]}"


def _of_a_row(shape: Shape, row: RowMapping, keys: KeyFile, in_use: set[str]) -> Iterator[str]:
    try:
        record = shape.record(row, keys)
    except RecordsError as error:
        yield str(error)
        return
    name = f"{said(shape.kind)} {row['id']}"
    if {key_id_of(row[field]) for field in shape.sealed} - in_use:
        yield f"The {name} is sealed with a key that the database does not name"
    for field in shape.found:
        key = keys.get(key_id_of(row[field]))
        if row[field + MARK] != shape.marked(field, getattr(record, field), key):
            yield f"The {name} cannot be found by its {field}"
