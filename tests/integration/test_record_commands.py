"""``coach db`` and ``coach keys`` at a terminal, on both stores."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import DAY, WORDS, first_of, keep, keep_in_earlier, sample_records
from sqlalchemy import update
from typer.testing import CliRunner, Result

from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES
from coach.bootstrap import open_records
from coach.cli.main import app
from coach.domain.meeting import Session
from coach.domain.program import Person, Program
from coach.domain.records import Record
from coach.errors import RecordsError
from coach.settings import CoachSettings

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """A command in this process; its errors are raised."""

    def command(*arguments: str | Path) -> Result:
        done = CliRunner().invoke(app, [str(one) for one in arguments])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return command


@pytest.fixture
def kept(records: SqlRecords) -> tuple[Record, ...]:
    samples = sample_records()
    with records.writing() as work:
        keep(work, samples)
    return samples


def test_records_that_are_whole_pass_the_check(run: Run, kept: tuple[Record, ...]) -> None:
    done = run("db", "check")

    assert 0 == done.exit_code
    assert f"{len(kept)} records: all in order." in done.stdout


def damage(records: SqlRecords, kind: type[Record], **values: object) -> None:
    with records.changing() as connection:
        connection.execute(update(TABLES[kind]).values(**values))


def test_what_is_not_whole_is_named_without_its_words(
    run: Run, records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    damage(records, Session, topic=b"\x01" + bytes(60))
    damage(records, Person, email_mark=None)

    done = run("db", "check")

    assert 1 == done.exit_code
    assert "5 to mend." in done.stderr
    assert f"session {first_of(Session, kept).id}" not in done.stderr
    assert 3 == done.stdout.count("cannot be found by its email")
    assert 2 == done.stdout.count("does not hold the key 0000000000000000")
    assert WORDS not in done.output


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("kept")
def test_a_reference_to_nothing_is_found(run: Run, store: CoachSettings) -> None:
    with closing(sqlite3.connect(store.records_path)) as connection:
        connection.execute("DELETE FROM programs")
        connection.commit()

    done = run("db", "check")

    assert 1 == done.exit_code
    assert "memberships: row 1 refers to something in programs that is not there" in done.stdout


def overwrite(path: Path, table_or_index: str, old: bytes | None, new: bytes) -> None:
    """Change bytes in a file of SQLite's behind its back: ``old``, or the end of the first page."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        named = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(named, (table_or_index,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        held = file.read(size)
        file.seek((page - 1) * size + (held.index(old) if old else size - len(new)))
        file.write(new)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_index_that_was_altered_is_found(
    run: Run, store: CoachSettings, kept: tuple[Record, ...]
) -> None:
    pair = first_of(Session, kept).pair_id
    overwrite(store.records_path, "ix_sessions_pair_id_number", pair.encode(), b"0" * 32)

    done = run("db", "check")

    assert 1 == done.exit_code
    assert "The file is damaged: " in done.stdout


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("kept")
def test_a_page_that_makes_no_sense_is_found(run: Run, store: CoachSettings) -> None:
    overwrite(store.records_path, "ix_sessions_pair_id_number", None, b"\xff" * 60)

    with pytest.raises(RecordsError, match="is damaged"):
        run("db", "check")


@pytest.mark.usefixtures("kept")
def test_tables_that_somebody_changed_are_found(run: Run, records: SqlRecords) -> None:
    with records.changing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_sessions_pair_id_number")
    try:
        done = run("db", "check")
    finally:
        with records.changing() as connection:
            for index in TABLES[Session].indexes:
                index.create(connection, checkfirst=True)

    assert 1 == done.exit_code
    assert "The tables are not as this version makes them: add_index" in done.stdout


def test_a_backup_is_made_and_put_back(
    run: Run, records: SqlRecords, kept: tuple[Record, ...], tmp_path: Path
) -> None:
    file = tmp_path / "monday.backup"
    made = run("db", "backup", file)
    with records.writing() as work:
        work.save(first_of(Person, kept).but(version=1, name="Changed"))

    with pytest.raises(RecordsError, match="add --replace"):
        run("db", "restore", file)
    back = run("db", "restore", file, "--replace")

    assert f"{len(kept)} records are in {file}" in made.stdout
    assert "The key is not in it. Keep a copy of" in made.stderr
    assert f"{len(kept)} records are back." in back.stdout
    with records.reading() as work:
        assert first_of(Person, kept).but(version=1) in work.find(Person)


def test_what_is_past_its_retention_is_counted_and_then_deleted(
    run: Run, records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    assert "Nothing is past its retention.\n" == run("db", "tidy").stdout
    with records.writing() as work:
        work.save(first_of(Program, kept).but(version=1, ended=DAY, retention_days=1))

    would = run("db", "tidy", "--dry-run").stdout
    done = run("db", "tidy").stdout

    counts = (
        "  versions of agendas: 1\n  promises: 2\n  private preparations: 1\n"
        "  answers to the two questions: 1\n  agreements: 1\n"
        "  reflections: 2\n  versions of what was learned: 1\n"
        "  statements of the themes: 1\n  releases of the themes: 1\n"
        "  subjects and reasons of sessions: 2\n"
    )
    assert f"From 1 program past its retention would be deleted:\n{counts}" == would
    assert f"From 1 program past its retention was deleted:\n{counts}" == done
    assert "Nothing is past its retention.\n" == run("db", "tidy").stdout
    assert WORDS not in would + done


def test_keys_are_rotated_and_listed_without_showing_them(
    run: Run, store: CoachSettings, kept: tuple[Record, ...]
) -> None:
    before = run("keys", "list").stdout
    done = run("keys", "rotate")
    after = run("keys", "list").stdout

    (key,) = json.loads(store.keys_path.read_text())["keys"]
    assert f"encrypted with the new key {key['id']}." in done.stdout
    assert "Make a new backup" in done.stderr
    assert before != after
    assert f"{key['id']}  made {key['made']}  in use\n" == after
    for secret in (key["seal"], key["mark"]):
        assert secret not in done.output + after
    assert 0 == run("db", "check").exit_code
    assert kept


def test_an_earlier_version_s_records_are_brought_up_to_date(
    run: Run, fresh: CoachSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(fresh.home))
    if fresh.database_url:
        monkeypatch.setenv("COACH_DATABASE_URL", fresh.database_url.get_secret_value())
    kept = keep_in_earlier(fresh)

    assert "up to date" in run("db", "upgrade").stdout
    assert "up to date" in run("db", "upgrade").stdout
    assert f"{len(kept)} records: all in order." in run("db", "check").stdout


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_damaged_file_that_was_put_aside_is_named(
    run: Run, store: CoachSettings, kept: tuple[Record, ...], tmp_path: Path
) -> None:
    run("db", "backup", tmp_path / "monday.backup")
    open_records(store).close()
    for part in store.home.glob("records.sqlite*"):
        part.write_bytes(b"no database at all")

    done = run("db", "restore", tmp_path / "monday.backup", "--replace")

    assert f"it is kept as {store.records_path}.damaged" in done.stderr.replace("\n", "")
    assert f"{len(kept)} records are back." in done.stdout
