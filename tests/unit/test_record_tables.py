"""Every field of every record has its column, and people's words are sealed in theirs."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from pydantic import ValidationError
from sqlalchemy import LargeBinary

import coach.domain
from coach.adapters.records.schema import HEAD, REVISIONS
from coach.adapters.records.sealing import MARK
from coach.adapters.records.shapes import shape_of
from coach.adapters.records.tables import TABLES, metadata, seal_keys
from coach.domain.agenda import Agenda
from coach.domain.records import Record

for _module in pkgutil.iter_modules(coach.domain.__path__):
    import_module(f"coach.domain.{_module.name}")

#: They take any text, and hold none that a person wrote about another.
READABLE = {
    ("Account", "password_hash"),
    ("AuditLine", "action"),
    ("AuditLine", "kind"),
    ("AuditLine", "object_id"),
    ("OutsideIdentity", "issuer"),
}


def kinds(root: type[Record] = Record) -> Iterator[type[Record]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def takes_any_text(kind: type[Record], field: str) -> bool:
    try:
        shape_of(kind).readers[field].validate_python("Ann was late again.")
    except ValidationError:
        return False
    return True


def test_every_kind_of_record_has_a_table() -> None:
    assert set(kinds()) == set(TABLES)


def test_every_table_is_known_to_the_store() -> None:
    assert {*TABLES.values(), seal_keys} == set(metadata.sorted_tables)


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_field_has_its_column_and_no_column_is_left_over(kind: type[Record]) -> None:
    marks = {name + MARK for name in shape_of(kind).found}

    assert {*kind.model_fields, *marks} == set(TABLES[kind].columns.keys())


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_sealed_fields_and_no_others_are_kept_as_bytes(kind: type[Record]) -> None:
    table = TABLES[kind]
    as_bytes = {one.name for one in table.columns if isinstance(one.type, LargeBinary)}

    assert set(shape_of(kind).sealed) == as_bytes


def test_whatever_takes_any_text_is_sealed() -> None:
    unsealed = {
        (kind.__name__, name)
        for kind in TABLES
        for name in kind.model_fields
        if name not in shape_of(kind).sealed and takes_any_text(kind, name)
    }

    assert READABLE == unsealed


def test_every_reference_can_be_followed_without_reading_the_whole_table() -> None:
    """Deleting and finding go by these columns."""
    unindexed = []
    for table in TABLES.values():
        first = {next(iter(index.columns)).name for index in table.indexes}
        unindexed += [
            f"{table.name}.{column.name}"
            for column in table.columns
            if column.foreign_keys and column.name not in first
        ]

    assert [] == unindexed


def test_a_model_that_is_no_record_has_no_shape() -> None:
    with pytest.raises(TypeError, match="Agenda is no kind of record"):
        shape_of(Agenda)


def test_the_newest_revision_known_is_the_last_one_there_is() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "coach.adapters.records:migrations")
    script = ScriptDirectory.from_config(config)

    assert HEAD == script.get_current_head()
    assert list(REVISIONS) == [one.revision for one in script.walk_revisions()][::-1]
