"""One transaction over the records; see ``coach.ports.Work``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from coach.adapters.records.engine import Database
from coach.adapters.records.finding import (
    Values,
    column_of,
    looking,
    matches,
    standing_under,
    values_of,
    wanted,
)
from coach.adapters.records.keys import KeyFile
from coach.adapters.records.refusals import only_one, refused
from coach.adapters.records.sealing import MARK, Key
from coach.adapters.records.shapes import Shape, said, shape_of
from coach.adapters.records.tables import seal_keys
from coach.adapters.records.trouble import told
from coach.domain.records import Kind, Record
from coach.errors import ConflictError, MissingRecordError, RecordsError
from coach.ports import Ready

#: Each has its own word for an insert that gives way to what stands there.
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class SqlWork:
    """A transaction on one connection. Raises ``RecordsError`` where the database fails."""

    def __init__(
        self, connection: Connection, database: Database, keys: KeyFile, *, writes: bool
    ) -> None:
        self._connection = connection
        self._database = database
        self._keys = keys
        self._writes = writes

    def get(self, kind: type[Kind], id: str) -> Kind:  # noqa: A002 - the port's name
        """The record with this identifier. Raises ``MissingRecordError``."""
        found = self.find(kind, id=id)
        if not found:
            raise MissingRecordError(
                f"There is no such {said(kind)}. It may have been deleted; go back and look again."
            )
        return found[0]

    def find(
        self, kind: type[Kind], /, *, order: str = "id", limit: int | None = None, **equal: Any
    ) -> tuple[Kind, ...]:
        """The records whose fields equal these, by ``order``; ``-field`` is newest first."""
        shape = shape_of(kind)
        asked = wanted(shape, equal, lambda: self._in_use)
        statement = looking(shape, tuple(one.form for one in asked), order, limit)
        return self._records(shape, statement, values_of(asked))

    def count(self, kind: type[Record], /, **equal: Any) -> int:
        """How many there are."""
        shape = shape_of(kind)
        where, values = self._equal(shape, equal)
        counted = select(func.count()).select_from(shape.table).where(*where)
        return int(self._run(counted, values).scalar_one())

    def tally(self, kind: type[Record], /, by: tuple[str, ...], **equal: Any) -> dict[Any, int]:
        """How many there are for each value of the fields ``by``, as a tuple."""
        shape = shape_of(kind)
        columns = [column_of(shape, name) for name in by]
        where, values = self._equal(shape, equal)
        counted = select(*columns, func.count()).where(*where).group_by(*columns)
        readers = [shape.readers[name] for name in by]
        rows = self._run(counted, values).all()
        return {_read(readers, row[:-1]): row[-1] for row in rows}

    def add(self, record: Kind) -> Kind:
        """Keep a new record; gives it back as version 1. Raises ``ConflictError``."""
        shape = self._writable(type(record))
        kept = record.model_copy(update={"version": 1})
        self._refuse_second(shape, kept)
        insert = _INSERT[self._connection.dialect.name](shape.table)
        added = insert.values(shape.row(kept, self._current)).on_conflict_do_nothing()
        if not self._run(added.execution_options(preserve_rowcount=True)).rowcount:
            same = self.find(type(record), id=kept.id)
            raise only_one(shape, same[0] if same else self._standing(shape, kept))
        return kept

    def made_ready(self, records: Sequence[Record]) -> Ready:
        """New records of one kind, sealed for ``add_all`` of this or a later transaction."""
        key = self._current
        kept = [record.model_copy(update={"version": 1}) for record in records]
        return Ready(kept, [shape_of(type(one)).row(one, key) for one in kept], key.id)

    def add_all(self, records: Sequence[Record] | Ready) -> None:
        """Keep new records of one kind at one go. Raises ``ConflictError``."""
        ready = records if isinstance(records, Ready) else self.made_ready(records)
        if not ready.records:
            return
        if ready.key_id != self._current.id:
            # The keys were changed since.
            ready = self.made_ready(ready.records)
        shape = self._writable(type(ready.records[0]))
        for record in ready.records:
            self._refuse_second(shape, record)
        with self._savepoint():
            self._run(shape.table.insert(), ready.rows)

    def save(self, record: Kind) -> Kind:
        """Keep a change; gives the record back with its next version.

        Raises ``ConflictError`` and ``MissingRecordError``.
        """
        shape = self._writable(type(record))
        kept = record.model_copy(update={"version": record.version + 1})
        self._refuse_second(shape, kept)
        table = shape.table
        changed = (
            update(table)
            .where(table.c.id == record.id, table.c.version == record.version)
            .values(shape.row(kept, self._current))
        )
        try:
            with self._savepoint():
                saved = self._run(changed).rowcount
        except ConflictError as error:
            raise only_one(shape, self._standing(shape, kept)) from error
        if not saved:
            raise ConflictError(
                "Somebody else saved this a moment ago. Nothing is lost: look at what they "
                "saved, take over from yours what you want to keep, and save again.",
                self.get(type(record), record.id),
            )
        return kept

    def remove(self, kind: type[Record], /, **equal: Any) -> int:
        """Delete all records whose fields equal these; gives how many there were."""
        shape = self._writable(kind)
        if not equal:
            raise ValueError(f"which {said(kind)} is to be removed?")
        where, values = self._equal(shape, equal)
        return self._run(delete(shape.table).where(*where), values).rowcount

    def _run(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[Any]:
        with told(self._database):
            try:
                return self._connection.execute(statement, values)
            except IntegrityError as error:
                raise refused(error, removing=isinstance(statement, Delete)) from error

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """Without one, PostgreSQL would do nothing more in the transaction after a refusal."""
        with told(self._database):
            savepoint = self._connection.begin_nested()
        try:
            yield
        except RecordsError:
            # A disk that is full has ended the transaction already, and the savepoint with it.
            with suppress(SQLAlchemyError):
                savepoint.rollback()
            raise
        with told(self._database):
            savepoint.commit()

    def _records(self, shape: Shape, statement: Executable, values: Values) -> tuple[Any, ...]:
        rows = self._run(statement, values).mappings()
        return tuple(shape.record(row, self._keys) for row in rows)

    def _writable(self, kind: type[Record]) -> Shape:
        if not self._writes:
            raise TypeError("this transaction only reads; use writing()")
        return shape_of(kind)

    @cached_property
    def _in_use(self) -> tuple[Key, ...]:
        ids = self._run(select(seal_keys.c.key_id).order_by(seal_keys.c.number)).scalars()
        return self._keys.named(ids)

    @property
    def _current(self) -> Key:
        return self._in_use[-1]

    def _equal(
        self, shape: Shape, equal: dict[str, Any]
    ) -> tuple[list[ColumnElement[bool]], Values]:
        asked = wanted(shape, equal, lambda: self._in_use)
        return [matches(shape, one.form) for one in asked], values_of(asked)

    def _refuse_second(self, shape: Shape, record: Record) -> None:
        """Raise ``ConflictError`` for one that stands under an older key's mark.

        Unique indexes cannot see it: the same text has another mark under each key.
        """
        if len(self._in_use) > 1 and shape.found:
            theirs = self._standing(shape, record)
            if theirs is not None:
                raise only_one(shape, theirs)

    def _standing(self, shape: Shape, record: Record) -> Record | None:
        """The other record that stands where ``record`` would, by one of the unique indexes."""
        for index in shape.table.indexes:
            if not index.unique:
                continue
            fields = [column.name.removesuffix(MARK) for column in index.columns]
            if not all(getattr(record, name) for name in fields if name in shape.found):
                continue
            equal = {name: getattr(record, name) for name in fields}
            where, values = self._equal(shape, equal)
            another = (*where, *standing_under(index), shape.table.c.id != record.id)
            standing = select(shape.table).where(*another).limit(1)
            if others := self._records(shape, standing, values):
                return others[0]  # type: ignore[no-any-return]
        return None


def _read(readers: list[TypeAdapter[Any]], values: Sequence[Any]) -> tuple[Any, ...]:
    pairs = zip(readers, values, strict=True)
    return tuple(reader.validate_python(value) for reader, value in pairs)
