"""What makes a row match the values that somebody looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Index, false, or_

from coach.adapters.records.sealing import MARK, Key
from coach.adapters.records.shapes import Shape, plain

#: What PostgreSQL's integers hold, and SQLite's all the more.
_LARGEST = 2**31 - 1

Keys = Callable[[], Iterable[Key]]


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


def matches(shape: Shape, name: str, value: Any, keys: Keys) -> ColumnElement[bool]:
    """Whether the field ``name`` equals ``value``, or one of several; see ``coach.ports.Work``.

    ``keys`` gives those in use, for a field that is looked up by its mark. Raises ``ValueError``
    for a field that cannot be looked up.
    """
    column = shape.table.c[name + MARK] if name in shape.found else column_of(shape, name)
    given = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    wanted = [one for each in given for one in _as_kept(shape, name, each, keys)]
    filled = [one for one in wanted if one is not None]
    conditions = [column.is_(None)] if len(filled) < len(wanted) else []
    if filled:
        conditions.append(column == filled[0] if len(filled) == 1 else column.in_(filled))
    return or_(*conditions) if conditions else false()


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
