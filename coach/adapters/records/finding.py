"""What makes a row match the values that somebody looks for, and the statements that ask so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Index, Select, bindparam, false, or_, select

from coach.adapters.records.sealing import MARK, Key
from coach.adapters.records.shapes import Shape, plain

#: What PostgreSQL's integers hold, and SQLite's all the more.
_LARGEST = 2**31 - 1

Keys = Callable[[], Iterable[Key]]
#: A column, whether it shall hold none, one or several values, and whether it may be empty.
Form = tuple[str, int, bool]
Values = Mapping[str, Any]


def column_of(shape: Shape, name: str) -> ColumnElement[Any]:
    """The column of a field that can be read as it is. Raises ``ValueError`` for another."""
    if name in shape.sealed or name not in shape.kind.model_fields:
        raise ValueError(f"{shape.kind.__name__} cannot be found or ordered by {name!r}")
    return shape.table.c[name]


def in_order(shape: Shape, order: str) -> ColumnElement[Any]:
    """By the field ``order``, or by ``-field`` from the end; what has no value comes last.

    Raises ``ValueError`` for a field that cannot be read as it is.
    """
    name = order.removeprefix("-")
    column = column_of(shape, name)
    ordered = column.desc() if order.startswith("-") else column.asc()
    # Each database has its own place for them; said where it is needed, since indexes serve less.
    return ordered.nulls_last() if shape.table.c[name].nullable else ordered


@dataclass(frozen=True)
class Wanted:
    """What a column shall hold: one of ``values``, or nothing where ``empty`` says so."""

    column: str
    values: tuple[Any, ...]
    empty: bool

    @property
    def form(self) -> Form:
        """All of it but the values."""
        return self.column, min(len(self.values), 2), self.empty


def values_of(asked: Iterable[Wanted]) -> Values:
    """The values that a statement of their forms is run with."""
    several = {one.column: one.values for one in asked if one.values}
    return {name: values[0] if len(values) == 1 else values for name, values in several.items()}


def wanted(shape: Shape, equal: Values, keys: Keys) -> tuple[Wanted, ...]:
    """Each field in ``equal`` shall have its value, or one of several; see ``coach.ports.Work``.

    ``keys`` gives those in use, for a field that is looked up by its mark. Raises ``ValueError``
    for a field that cannot be looked up.
    """
    return tuple(_wanted(shape, name, value, keys) for name, value in equal.items())


def _wanted(shape: Shape, name: str, value: Any, keys: Keys) -> Wanted:
    column = name + MARK if name in shape.found else column_of(shape, name).name
    given = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    kept = [one for each in given for one in _as_kept(shape, name, each, keys)]
    filled = tuple(one for one in kept if one is not None)
    return Wanted(column, filled, empty=len(filled) < len(kept))


def matches(shape: Shape, form: Form) -> ColumnElement[bool]:
    """Whether a row is wanted; its values come when the statement is run."""
    name, count, empty = form
    column = shape.table.c[name]
    conditions: list[ColumnElement[bool]] = [column.is_(None)] if empty else []
    if count == 1:
        conditions.append(column == bindparam(name))
    elif count:
        conditions.append(column.in_(bindparam(name, expanding=True)))
    return or_(*conditions) if conditions else false()


@lru_cache(maxsize=1_000)
def looking(shape: Shape, forms: tuple[Form, ...], order: str, limit: int | None) -> Select[Any]:
    """The statement that finds what is wanted, by ``order``; each is made once.

    Pages ask for the same again and again, and making it takes longer than answering it.
    """
    found = select(shape.table).where(*(matches(shape, form) for form in forms))
    return found.order_by(in_order(shape, order), shape.table.c.id).limit(limit)


def standing_under(index: Index) -> tuple[ColumnElement[bool], ...]:
    """The condition of a unique index that only some rows stand in."""
    where = index.dialect_options["postgresql"]["where"]
    return () if where is None else (where,)


def _as_kept(shape: Shape, name: str, value: Any, keys: Keys) -> Iterable[Any]:
    """``value`` as the column holds it; nothing if the field can never hold it."""
    if value is None:
        return (None,)
    try:
        read = shape.readers[name].validate_python(value)
    except ValidationError:
        return ()
    if isinstance(read, int) and abs(read) > _LARGEST:
        return ()
    if name not in shape.found:
        return (plain(read),)
    # While keys are rotated, the same text may stand under either one's mark.
    return {shape.marked(name, read, key) for key in keys()}
