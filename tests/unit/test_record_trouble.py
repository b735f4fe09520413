"""Each way in which a database fails is said in words that help."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from coach.adapters.records.engine import Database
from coach.adapters.records.trouble import told
from coach.errors import RecordsError

FILE = Database.in_file(Path("records.sqlite"))
SERVER = Database.at_address("postgresql://coach:sesame@db.example.org:5433/coach")


def of_sqlite(code: int, words: str = "") -> OperationalError:
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 'Ann was late'", None, cause)


def of_server(code: str) -> DBAPIError:
    return DBAPIError("SELECT 'Ann was late'", None, errors.lookup(code)("Ann was late"))


def before_connecting(words: str) -> OperationalError:
    return OperationalError("", None, psycopg.OperationalError(words))


def heard(database: Database, error: Exception) -> str:
    with pytest.raises(RecordsError) as raised, told(database):
        raise error
    return str(raised.value)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), "is busy"),
        (of_sqlite(sqlite3.SQLITE_BUSY | 2 << 8), "is busy"),
        (of_sqlite(sqlite3.SQLITE_FULL), "is on a disk that is full"),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), "is damaged"),
        (of_sqlite(sqlite3.SQLITE_NOTADB), "is damaged"),
        (of_sqlite(sqlite3.SQLITE_READONLY), "cannot be written"),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), "cannot be opened"),
        (of_sqlite(sqlite3.SQLITE_IOERR), "its disk reports an error"),
        (of_sqlite(sqlite3.SQLITE_ERROR, "no such table: people"), "does not have the tables"),
        (of_sqlite(sqlite3.SQLITE_ERROR, "near"), "cannot be used"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), "characters that it does not"),
        (OverflowError("int too large"), "too large"),
        (StatementError("no zone", "INSERT", None, ValueError("no zone")), "cannot keep a value"),
        (NoConnectionError("pool"), "too many people use it at once"),
    ],
)
def test_what_goes_wrong_with_a_file_is_said(error: Exception, says: str) -> None:
    said = heard(FILE, error)

    assert said.startswith("The file of the records, 'records.sqlite', ")
    assert says in said
    assert "Ann" not in said


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (of_server("53100"), "is on a disk that is full"),
        (of_server("53300"), "too many connections"),
        (of_server("40P01"), "is busy"),
        (of_server("40001"), "is busy"),
        (of_server("55P03"), "is busy"),
        (of_server("57P01"), "is not certain"),
        (of_server("57014"), "took too long"),
        (of_server("08006"), "is not certain"),
        (of_server("22021"), "characters that it does not know"),
        (of_server("22003"), "too large"),
        (of_server("25006"), "only reads"),
        (of_server("42501"), "does not let this user do that"),
        (of_server("42P01"), "does not have the tables"),
        (of_server("58030"), "disk reports an error"),
        (of_server("XX001"), "is damaged"),
        (of_server("54000"), "PostgreSQL's code 54000"),
        (before_connecting("FATAL:  password authentication failed"), "refuses the user"),
        (before_connecting('FATAL:  role "coach" does not exist'), "refuses the user"),
        (before_connecting("FATAL:  no pg_hba.conf entry for host"), "refuses the user"),
        (before_connecting('FATAL:  database "password" does not exist'), "does not exist"),
        (before_connecting("FATAL:  the database system is starting up"), "is starting up"),
        (before_connecting("FATAL:  sorry, too many clients already"), "too many connections"),
        (before_connecting("Connection refused"), "cannot be reached"),
        (before_connecting("connection timeout expired"), "cannot be reached"),
    ],
)
def test_what_goes_wrong_with_a_server_is_said(error: Exception, says: str) -> None:
    said = heard(SERVER, error)

    assert said.startswith("The database 'coach' at db.example.org:5433 ")
    assert says in said
    assert "sesame" not in said
    assert "Ann" not in said


def test_a_connection_that_is_known_to_be_gone_is_said() -> None:
    error = OperationalError(
        "", None, psycopg.OperationalError("gone"), connection_invalidated=True
    )

    assert "is not certain" in heard(SERVER, error)


def test_what_is_no_fault_of_the_database_is_left_as_it_is() -> None:
    with pytest.raises(KeyError), told(FILE):
        raise KeyError
