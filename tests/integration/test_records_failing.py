"""What a person hears when the database fails while it is in use, and that nothing is lost."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine.interfaces import DBAPIConnection

from coach.adapters.records import engine
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.work import SqlWork
from coach.bootstrap import open_records
from coach.domain.program import Person
from coach.errors import RecordsError
from coach.settings import CoachSettings


def names(records: SqlRecords) -> list[str]:
    with records.reading() as work:
        return sorted(one.name for one in work.find(Person))


def add(records: SqlRecords, name: str) -> None:
    with records.writing() as work:
        work.add(Person(name=name))


only_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


@only_sqlite
def test_a_full_disk_is_said_and_loses_nothing(records: SqlRecords) -> None:
    add(records, "Ann")

    def fill() -> None:
        with records.changing() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count={pages + 20}"))
            work = SqlWork(connection, records.database, records.keys, writes=True)
            work.add_all([Person(name="Bob" * 100) for _ in range(1000)])

    with pytest.raises(RecordsError, match="on a disk that is full"):
        fill()
    assert ["Ann"] == names(records)


@only_sqlite
def test_a_file_that_another_program_holds_is_said_to_be_busy(
    records: SqlRecords, store: CoachSettings
) -> None:
    other = open_records(store)
    with records.engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout=1"))

    with other.writing() as work:
        work.add(Person(name="Ann"))
        with pytest.raises(RecordsError, match="is busy: others are writing"):
            add(records, "Bob")
    add(records, "Cid")
    other.close()

    assert ["Ann", "Cid"] == names(records)


@only_postgresql
def test_a_lock_that_is_held_for_too_long_is_said_to_be_busy(
    records: SqlRecords, store: CoachSettings
) -> None:
    assert store.database_url is not None

    def wait() -> None:
        with records.changing() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '10ms'"))
            SqlWork(connection, records.database, records.keys, writes=True).add(Person(name="Bob"))

    with psycopg.connect(store.database_url.get_secret_value()) as other:
        other.execute("LOCK TABLE people")
        with pytest.raises(RecordsError, match="is busy: others are writing"):
            wait()
    add(records, "Cid")

    assert ["Cid"] == names(records)


def cut_off(records: SqlRecords) -> None:
    """End every connection to this database but one's own, as a restarted server does."""
    address = records.database.url.set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 60_000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@only_postgresql
@pytest.mark.parametrize("trusted", [0, 600])
def test_connections_that_were_dropped_are_made_anew(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch, trusted: int
) -> None:
    """Whether they rested for longer than they are trusted, or not."""
    monkeypatch.setattr(engine, "_TRUSTED", trusted)
    with records.reading(), records.reading():
        add(records, "Ann")
    cut_off(records)

    with records.reading(), records.reading():
        assert ["Ann"] == names(records)
    add(records, "Bob")


@only_postgresql
def test_only_a_connection_that_rested_for_long_is_asked_whether_it_is_there(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[object]()
    ping = records.engine.dialect.do_ping

    def counted(connection: DBAPIConnection) -> bool:
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(records.engine.dialect, "do_ping", counted)
    add(records, "Ann")
    assert ["Ann"] == names(records)
    assert not asked

    monkeypatch.setattr(engine, "_TRUSTED", 0)
    assert ["Ann"] == names(records)
    assert 1 == len(asked)


@only_postgresql
def test_a_connection_that_drops_midway_is_said_and_keeps_nothing(records: SqlRecords) -> None:
    def write() -> None:
        with records.writing() as work:
            work.add(Person(name="Ann"))
            cut_off(records)

    with pytest.raises(RecordsError, match="is not certain"):
        write()

    assert [] == names(records)
