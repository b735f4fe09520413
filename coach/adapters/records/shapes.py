"""How a record becomes a row and a row a record, with people's words sealed between."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import RowMapping, Table

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.sealing import MARK, Key, UnsealError, key_id_of, place_of
from coach.adapters.records.tables import TABLES
from coach.domain.records import Record, Sealed
from coach.errors import RecordsError


@dataclass(frozen=True)
class Shape:
    """A kind of record, its table, and which of its fields are sealed."""

    kind: type[Record]
    table: Table

    @cached_property
    def sealed(self) -> dict[str, Sealed]:
        """The fields that are encrypted."""
        return {
            name: mark
            for name, field in self.kind.model_fields.items()
            for mark in field.metadata
            if isinstance(mark, Sealed)
        }

    @cached_property
    def found(self) -> tuple[str, ...]:
        """Those of them that can be looked up."""
        return tuple(name for name, mark in self.sealed.items() if mark.lookup)

    @cached_property
    def readers(self) -> dict[str, TypeAdapter[Any]]:
        """What checks a value of each field."""
        fields = self.kind.model_fields
        return {name: TypeAdapter(_annotated(field)) for name, field in fields.items()}

    def row(self, record: Record, key: Key) -> dict[str, Any]:
        """``record`` as its columns, sealed with ``key``. Raises ``RecordsError``."""
        try:
            words = record.model_dump(mode="json", include=set(self.sealed))
        except ValueError as error:
            raise RecordsError(
                f"This {said(self.kind)} holds something that cannot be kept ({error}). Enter "
                "it again as text."
            ) from error
        row = {
            name: plain(getattr(record, name))
            for name in self.kind.model_fields
            if name not in self.sealed
        }
        for name, value in words.items():
            row[name] = key.sealed(self.place(name, record.id), value)
        for name in self.found:
            row[name + MARK] = self.marked(name, words[name], key)
        return row

    def record(self, row: RowMapping, keys: KeyFile) -> Any:
        """The record of a row. Raises ``RecordsError`` and ``KeyFileError``."""
        values = {name: row[name] for name in self.kind.model_fields}
        try:
            for name in self.sealed:
                key = keys.get(key_id_of(values[name]))
                values[name] = key.opened(self.place(name, row["id"]), values[name])
            return self.kind.model_validate(values)
        except UnsealError as error:
            raise altered(said(self.kind), row["id"]) from error
        except ValidationError as error:
            # Not chained: it quotes what the record holds.
            fields = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})
            raise RecordsError(
                f"The {said(self.kind)} {row['id']} cannot be read: {', '.join(fields) or 'it'} "
                "holds something unknown to this version of the coach. Run: coach db check"
            ) from None

    def place(self, field: str, record_id: str) -> str:
        """What a sealed value is bound to."""
        return place_of(self.table.name, field, record_id)

    def marked(self, field: str, value: str, key: Key) -> str | None:
        """The keyed hash by which ``value`` is looked up, or ``None`` if it is empty."""
        return key.marked(f"{self.table.name}.{field}", value)


@cache
def shape_of(kind: type[Record]) -> Shape:
    """The shape of this kind. Raises ``TypeError`` for one that has no table."""
    if kind not in TABLES:
        raise TypeError(f"{kind.__name__} is no kind of record")
    return Shape(kind, TABLES[kind])


def altered(what: str, record_id: str) -> RecordsError:
    """A sealed value is not what was sealed for its place."""
    return RecordsError(
        f"The {what} {record_id} was altered in the database, and cannot be read. Put the last "
        "backup back: coach db restore FILE --replace"
    )


def plain(value: Any) -> Any:
    """``value`` as a driver takes it."""
    return value.value if isinstance(value, Enum) else value


def said(kind: type[Record]) -> str:
    """What messages call this kind, such as ``agenda version``."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__).strip()


def _annotated(field: Any) -> Any:
    return Annotated[field.annotation, field]
