"""Writes the records to one file, while others go on working."""

from __future__ import annotations

import gzip
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, select

from coach.adapters.records.backup_form import FORM, NAME, kind_of, line_of
from coach.adapters.records.durable import written_whole
from coach.adapters.records.schema import NO_CONTENT, key_ids, revision
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.trouble import told
from coach.errors import RecordsError

_AT_ONCE = 200


def back_up(records: SqlRecords, target: Path) -> int:
    """Write the records, as they are at one moment, to ``target``; gives how many there are.

    Others go on working meanwhile. Raises ``RecordsError``; then there is no new file.
    """
    if target.exists():
        raise RecordsError(f"There is a file {str(target)!r} already. Choose another name.")
    seen, count = sha256(), 0
    try:
        with (
            written_whole(target) as file,
            gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
            closing(_contents(records)) as contents,
        ):
            for entry in contents:
                line = line_of(entry)
                seen.update(line)
                count += isinstance(entry, list)
                packed.write(line)
            packed.write(line_of({"rows": count, "sha256": seen.hexdigest()}))
    except OSError as error:
        raise RecordsError(
            f"The backup {str(target)!r} cannot be written ({error.strerror}). There is no new "
            "file. Choose a folder that you may write, on a disk with space."
        ) from error
    return count


def _contents(records: SqlRecords) -> Generator[dict[str, Any] | list[Any], None, None]:
    with told(records.database), records.looking() as connection:
        found = revision(connection)
        if found is None:
            raise RecordsError(f"{records.database.said} holds no records yet.")
        yield {
            "backup": NAME,
            "form": FORM,
            "revision": found,
            "keys": key_ids(connection),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        held = MetaData()
        held.reflect(connection)
        for table in held.sorted_tables:
            if table.name in NO_CONTENT:
                continue
            kinds = [kind_of(column.type) for column in table.columns]
            names = [column.name for column in table.columns]
            columns = [[name, kind.name] for name, kind in zip(names, kinds, strict=True)]
            yield {"table": table.name, "columns": columns}
            every = select(table).order_by(table.c.id)
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(every):
                values = zip(kinds, row, strict=True)
                yield [None if value is None else kind.write(value) for kind, value in values]
