"""Opening the records: fresh, by many at once, of an earlier or later version, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from record_samples import keep, keep_in_earlier, sample_records
from sqlalchemy import text

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import HEAD, copy_before_upgrade, revision
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import metadata
from coach.bootstrap import open_records
from coach.bootstrap.records import database_of
from coach.domain.meeting import Draft, Pulse
from coach.domain.program import Person
from coach.errors import KeyFileError, RecordsError, SettingsError
from coach.settings import CoachSettings
from evals.postgres import PostgresServer

_ADD = """
from coach.bootstrap import open_records
from coach.domain.program import Person
records = open_records()
with records.writing() as work:
    work.add(Person(name="Ann"))
"""


def test_the_first_one_makes_everything_for_its_own_eyes(fresh: CoachSettings) -> None:
    open_records(fresh).close()

    made = [path for path in fresh.home.rglob("*") if path.name != "records.sqlite.lock"]
    assert fresh.keys_path in made
    assert {0o600} == {S_IMODE(path.stat().st_mode) for path in made}
    assert 0o700 == S_IMODE(fresh.home.stat().st_mode)


def test_many_processes_open_fresh_records_at_once(fresh: CoachSettings) -> None:
    environment = {**os.environ, "COACH_HOME": str(fresh.home)}
    if fresh.database_url:
        environment["COACH_DATABASE_URL"] = fresh.database_url.get_secret_value()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _ADD], env=environment, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[1] for process in started]

    assert [""] * 4 == said
    assert 1 == len(KeyFile(fresh.keys_path).read())
    records = open_records(fresh)
    with records.reading() as work:
        assert ["Ann"] * 4 == [one.name for one in work.find(Person)]
    records.close()


def test_the_migrations_lead_to_the_tables(records: SqlRecords) -> None:
    with records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert [] == compare_metadata(context, metadata)
        assert HEAD == revision(connection)


def opened_earlier(fresh: CoachSettings) -> SqlRecords:
    return SqlRecords.open(database_of(fresh), fresh.keys_path, upgrade=True)


def test_filled_records_of_an_earlier_version_are_brought_up_to_date(
    fresh: CoachSettings,
) -> None:
    kept = keep_in_earlier(fresh)
    records = opened_earlier(fresh)

    with records.writing() as work:
        assert [one.but(version=1) for one in kept] == [work.get(type(one), one.id) for one in kept]
        assert (0, 0) == (work.count(Pulse), work.count(Draft))
        keep(work, sample_records())
    with records.engine.connect() as connection:
        assert [] == compare_metadata(MigrationContext.configure(connection), metadata)
    records.close()


def test_a_file_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    settings = CoachSettings(home=tmp_path / "home")
    kept = keep_in_earlier(settings)
    open_records(settings).close()

    copy = copy_before_upgrade(settings.records_path)
    assert 0o600 == S_IMODE(copy.stat().st_mode)
    shutil.move(copy, settings.records_path)
    records = open_records(settings)
    with records.reading() as work:
        assert kept[0].but(version=1) == work.get(type(kept[0]), kept[0].id)
    records.close()


def test_a_server_is_brought_up_to_date_only_when_asked(database: str, tmp_path: Path) -> None:
    """Other machines may still run the earlier version on it."""
    settings = CoachSettings(home=tmp_path / "home", database_url=SecretStr(database))
    keep_in_earlier(settings)

    with pytest.raises(RecordsError, match="bring it up to date: coach db upgrade"):
        open_records(settings)


def change(settings: CoachSettings, *statements: str) -> None:
    engine = database_of(settings).engine()
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_records_of_a_newer_version_are_left_alone(fresh: CoachSettings) -> None:
    open_records(fresh).close()
    change(fresh, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(RecordsError, match=r"newer version of the coach \(revision 9999"):
        open_records(fresh)


def test_a_database_of_something_else_is_left_alone(fresh: CoachSettings) -> None:
    fresh.home.mkdir()
    change(fresh, "CREATE TABLE people (name TEXT)")

    with pytest.raises(RecordsError, match="tables that are not the coach's"):
        open_records(fresh)
    assert not fresh.keys_path.exists()


@pytest.mark.parametrize(
    "content", [b"no database at all " * 300, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    settings = CoachSettings(home=tmp_path)
    settings.records_path.write_bytes(content)

    with pytest.raises(RecordsError, match=r"is damaged\. Keep a copy of it"):
        open_records(settings)
    assert content == settings.records_path.read_bytes()


def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    with pytest.raises(RecordsError, match=r"home/records.sqlite', cannot be opened"):
        open_records(CoachSettings(home=tmp_path / "home"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "open sesame"}, "refuses the user or the password"),
        ({"user": "somebody"}, "refuses the user or the password"),
        ({"database": "nowhere"}, "does not exist"),
        ({"host": "127.0.0.2"}, "cannot be reached"),
        ({"host": "no-such-host.invalid"}, "cannot be reached"),
    ],
)
def test_a_server_that_does_not_let_us_in_is_said_without_the_password(
    tmp_path: Path, postgres: PostgresServer, wrong: dict[str, str], says: str
) -> None:
    address = postgres.url(**{"database": "postgres", **wrong})
    settings = CoachSettings(home=tmp_path, database_url=SecretStr(address))

    with pytest.raises(RecordsError, match=says) as raised:
        open_records(settings)

    told = f"{raised.value} {raised.value.__cause__}"
    assert postgres.password not in told
    assert "sesame" not in told
    assert not settings.keys_path.exists()


@pytest.mark.parametrize(
    "address",
    ["mysql://coach:sesame@127.0.0.1/coach", "sesame", "postgresql://coach:sesame@[::1/x", "://"],
)
def test_an_address_of_no_postgresql_is_refused_without_showing_it(
    tmp_path: Path, address: str
) -> None:
    settings = CoachSettings(home=tmp_path, database_url=SecretStr(address))

    with pytest.raises(SettingsError, match="COACH_DATABASE_URL is no address") as raised:
        open_records(settings)
    assert "sesame" not in f"{raised.value} {raised.value.__cause__}"


def test_the_short_name_of_the_scheme_will_do(fresh: CoachSettings) -> None:
    if fresh.database_url is None:
        address = "postgres://coach:secret@127.0.0.1/coach"
    else:
        address = fresh.database_url.get_secret_value().replace("postgresql:", "postgres:")
    database = database_of(fresh.model_copy(update={"database_url": SecretStr(address)}))

    assert "postgresql+psycopg" == database.url.drivername
    assert "secret" not in database.said


def forget_key(settings: CoachSettings) -> None:
    settings.keys_path.unlink()


def other_key(settings: CoachSettings) -> None:
    settings.keys_path.unlink()
    KeyFile(settings.keys_path).new_key()


def broken_file(settings: CoachSettings) -> None:
    text = settings.keys_path.read_text()
    settings.keys_path.write_text(text[: len(text) // 2])


def altered_secret(settings: CoachSettings) -> None:
    held = json.loads(settings.keys_path.read_text())
    held["keys"][0]["seal"], held["keys"][0]["mark"] = (
        held["keys"][0]["mark"],
        held["keys"][0]["seal"],
    )
    settings.keys_path.write_text(json.dumps(held))


def a_folder(settings: CoachSettings) -> None:
    settings.keys_path.unlink()
    settings.keys_path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (forget_key, "is missing, and the records cannot be read without it"),
        (other_key, "does not hold the key"),
        (broken_file, "is damaged"),
        (altered_secret, "is damaged"),
        (a_folder, "cannot be read"),
    ],
)
def test_without_their_key_the_records_stay_closed(
    store: CoachSettings, spoil: Any, says: str
) -> None:
    open_records(store).close()
    secret = json.loads(store.keys_path.read_text())["keys"][0]["seal"]
    spoil(store)

    with pytest.raises(KeyFileError, match=says) as raised:
        open_records(store)
    assert secret not in f"{raised.value} {raised.value.__cause__}"


def test_fresh_records_use_a_key_that_is_there(fresh: CoachSettings) -> None:
    key = KeyFile(fresh.keys_path).new_key()
    open_records(fresh).close()

    assert [key] == list(KeyFile(fresh.keys_path).read())


def test_a_key_file_can_lie_elsewhere(fresh: CoachSettings, tmp_path: Path) -> None:
    settings = fresh.model_copy(update={"key_file": tmp_path / "safe" / "coach.json"})
    open_records(settings).close()

    assert (tmp_path / "safe" / "coach.json").exists()
    assert not (fresh.home / "keys.json").exists()


def test_a_key_file_that_cannot_be_written_leaves_nothing_behind(
    fresh: CoachSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings = fresh.model_copy(update={"key_file": tmp_path / "file" / "keys.json"})

    with pytest.raises(KeyFileError, match="cannot be written"):
        open_records(settings)
    open_records(fresh).close()
