"""How a backup looks inside, and how one is read and found to be whole.

It is gzip over lines of JSON, the same from SQLite and from PostgreSQL. The first says what it
is, of which revision, and which keys it needs; an object with ``table`` and ``columns`` begins
each table, and each list is a row of it; the last line counts the rows and holds the SHA-256 of
all lines before. What is sealed stays sealed, and no key is in it.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine

from coach.adapters.records.schema import REVISIONS
from coach.adapters.records.tables import Instant
from coach.errors import RecordsError

#: What the first line calls it, and how lines are made: raised when older ones cannot be read.
NAME, FORM = "reverse-mentoring-coach", 1


@dataclass(frozen=True)
class ColumnKind:
    """What columns of one type are called in a backup, and their values as JSON and back."""

    name: str
    type: TypeEngine[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Heading:
    """The start of a backup: its revision, and the keys that it was sealed with."""

    revision: str
    keys: tuple[str, ...]
    made: str


@dataclass(frozen=True)
class BackupRow:
    """A row of a backup, as the database takes it; ``kinds`` are of its columns."""

    table: str
    kinds: dict[str, ColumnKind]
    values: dict[str, Any]


def _moment(value: datetime) -> str:
    # SQLite's own type knows no zones; what it holds is in UTC.
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()


def _as_it_is(value: Any) -> Any:
    return value


_KINDS = {
    LargeBinary: ColumnKind(
        "sealed", LargeBinary(), lambda sealed: base64.b64encode(sealed).decode(), base64.b64decode
    ),
    DateTime: ColumnKind("moment", Instant(), _moment, datetime.fromisoformat),
    Date: ColumnKind("day", Date(), date.isoformat, date.fromisoformat),
    Boolean: ColumnKind("flag", Boolean(), _as_it_is, _as_it_is),
    Integer: ColumnKind("number", Integer(), _as_it_is, _as_it_is),
    String: ColumnKind("text", String(), _as_it_is, _as_it_is),
}
_BY_NAME = {kind.name: kind for kind in _KINDS.values()}


def read_heading(source: Path) -> tuple[Heading, int]:
    """A backup's heading and how many rows it has, once all of it was read and found whole.

    Raises ``RecordsError`` for what is damaged, no backup, or of a newer version.
    """
    # First all of it: what is damaged may look like anything else.
    rows = sum(isinstance(entry, list) for entry in _entries(source))
    with closing(_entries(source)) as entries:
        return _heading(source, next(entries, None)), rows


def read_rows(source: Path) -> Iterator[BackupRow]:
    """The rows of a backup, those that others refer to first.

    Raises ``RecordsError``, at the end at the latest, for one that is not whole.
    """
    entries = _entries(source)
    _heading(source, next(entries, None))
    table, kinds = "", dict[str, ColumnKind]()
    try:
        for entry in entries:
            if isinstance(entry, dict):
                table = str(entry["table"])
                kinds = {str(name): _BY_NAME[kind] for name, kind in entry["columns"]}
            else:
                values = zip(kinds.items(), entry, strict=True)
                yield BackupRow(
                    table,
                    kinds,
                    {name: None if v is None else kind.read(v) for (name, kind), v in values},
                )
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(source) from error


def kind_of(type_: TypeEngine[Any]) -> ColumnKind:
    """What a backup calls columns of this type."""
    return next(kind for base, kind in _KINDS.items() if isinstance(type_, base))


def line_of(entry: object) -> bytes:
    """``entry`` as a line of a backup."""
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def _entries(source: Path) -> Generator[Any, None, None]:
    """The lines of a backup but the last, which must be right about them."""
    seen, rows = sha256(), 0
    try:
        with gzip.open(source) as file:
            line = file.readline()
            while following := file.readline():
                seen.update(line)
                entry = json.loads(line)
                rows += isinstance(entry, list)
                yield entry
                line = following
        if json.loads(line) != {"rows": rows, "sha256": seen.hexdigest()}:
            raise damaged(source)
    except (EOFError, gzip.BadGzipFile, zlib.error, ValueError) as error:
        raise damaged(source) from error
    except OSError as error:
        raise RecordsError(
            f"The backup {str(source)!r} cannot be read ({error.strerror}). Check its name."
        ) from error


def _heading(source: Path, first: Any) -> Heading:
    if not isinstance(first, dict) or first.get("backup") != NAME:
        raise damaged(source)
    if first.get("form") != FORM or first.get("revision") not in REVISIONS:
        raise RecordsError(
            f"The backup {str(source)!r} is of a newer version of the coach (revision "
            f"{first.get('revision')!r}). Update the coach, and restore it then."
        )
    return Heading(first["revision"], tuple(first["keys"]), str(first["made"]))


def damaged(source: Path) -> RecordsError:
    """The file is not what was written."""
    return RecordsError(
        f"The file {str(source)!r} is damaged, or is no backup of the coach's. Nothing was "
        "changed. Use another copy of it."
    )
