"""The records on both stores: fixtures for every test that keeps something."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr

from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import metadata
from coach.bootstrap import open_records
from coach.settings import CoachSettings
from evals.postgres import PostgresServer

STORES = ("sqlite", "postgresql")
_SHARED = "shared"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started when the first test asks for it."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, postgres: PostgresServer) -> Iterator[str]:
    """The address of a new database of PostgreSQL's, without any table."""
    name = f"own_{abs(hash(request.node.nodeid)):x}"
    yield postgres.create(name)
    postgres.drop(name)


@pytest.fixture(params=STORES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> CoachSettings:
    """Settings whose records nobody has opened yet, on SQLite and on PostgreSQL."""
    own = request.param == "postgresql"
    url = SecretStr(request.getfixturevalue("database")) if own else None
    return CoachSettings(home=tmp_path / "fresh", database_url=url)


@pytest.fixture(params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> CoachSettings:
    """Settings with empty records, on SQLite and on PostgreSQL; the environment has them too."""
    made: CoachSettings = request.getfixturevalue(f"_{request.param}")
    home = tmp_path / "home"
    shutil.copytree(made.home, home, dirs_exist_ok=True)
    if made.database_url is not None:
        address = made.database_url.get_secret_value()
        monkeypatch.setenv("COACH_DATABASE_URL", address)
        _empty(address)
    return made.model_copy(update={"home": home})


@pytest.fixture
def records(store: CoachSettings) -> Iterator[SqlRecords]:
    """Empty records, on SQLite and on PostgreSQL."""
    opened = open_records(store)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> CoachSettings:
    settings = CoachSettings(home=tmp_path_factory.mktemp("sqlite") / "home", database_url=None)
    open_records(settings).close()
    return settings


@pytest.fixture(scope="session")
def _postgresql(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> CoachSettings:
    settings = CoachSettings(
        home=tmp_path_factory.mktemp("postgresql") / "home",
        database_url=SecretStr(postgres.create(_SHARED)),
    )
    open_records(settings).close()
    return settings


def _empty(address: str) -> None:
    """Delete all rows: a new database for each test would take twenty times as long."""
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    tables = [sql.Identifier(table.name) for table in reversed(metadata.sorted_tables)]
    with psycopg.connect(address) as connection:
        connection.execute(others)
        for table in tables:
            connection.execute(sql.SQL("DELETE FROM {}").format(table))
