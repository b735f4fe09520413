"""A backup holds everything, opens on either store, and is whole or refused."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE
from threading import Event
from typing import Any

import pytest
from pydantic import SecretStr
from record_samples import NOON, WORDS, first_of, keep, keep_in_earlier, sample_records

from coach.adapters.records import backup as backup_module
from coach.adapters.records.backup import back_up
from coach.adapters.records.backup_form import BackupRow, line_of, read_heading, read_rows
from coach.adapters.records.check import check
from coach.adapters.records.schema import revision
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES
from coach.bootstrap import (
    back_up_records,
    open_erasures,
    open_records,
    restore_records,
    rotate_keys,
)
from coach.bootstrap.records import database_of
from coach.domain.agreement import KeptCard
from coach.domain.identity import AuditLine
from coach.domain.meeting import Pulse
from coach.domain.program import Pair, Person
from coach.domain.records import Record
from coach.errors import KeyFileError, RecordsError
from coach.settings import CoachSettings
from evals.postgres import PostgresServer


@pytest.fixture
def kept(records: SqlRecords) -> tuple[Record, ...]:
    samples = sample_records()
    with records.writing() as work:
        keep(work, samples)
    return tuple(one.but(version=1) for one in samples)


@pytest.fixture
def backup(kept: tuple[Record, ...], store: CoachSettings, tmp_path: Path) -> Path:
    """A backup of the sample program."""
    target = tmp_path / "monday.backup"
    assert len(kept) == back_up_records(target, store)
    return target


def all_of(settings: CoachSettings) -> list[Record]:
    with closing(open_records(settings)) as records, records.reading() as work:
        return [one for kind in TABLES for one in work.find(kind)]


def in_order(records: tuple[Record, ...]) -> list[Record]:
    kinds = list(TABLES)
    return sorted(records, key=lambda one: (kinds.index(type(one)), one.id))


def test_a_backup_of_either_store_is_restored_into_either(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings, fresh: CoachSettings
) -> None:
    assert (len(kept), None) == restore_records(backup, fresh, spare_keys=store.keys_path)

    assert in_order(kept) == all_of(fresh)
    ann = first_of(Person, kept)
    with closing(open_records(fresh)) as records, records.writing() as work:
        assert (ann,) == work.find(Person, email=ann.email)
        keep(work, sample_records())
    with closing(open_records(fresh)) as records:
        assert () == check(records).faults


def test_a_backup_shows_no_words_and_holds_no_key(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings
) -> None:
    held = gzip.decompress(backup.read_bytes()).decode()
    (key,) = json.loads(store.keys_path.read_text())["keys"]

    assert first_of(Pair, kept).id in held
    assert key["id"] in held
    for secret in (key["seal"], key["mark"], WORDS, "Quittungen", "@example.org", "Patience"):
        assert secret not in held
    assert 0o600 == S_IMODE(backup.stat().st_mode)


def test_a_backup_is_of_one_moment_while_others_write(
    records: SqlRecords, store: CoachSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person and a line of the trail are always written together, and so they are restored."""
    begun, enough = Event(), Event()
    write = line_of

    def slowly(entry: object) -> bytes:
        if begun.is_set():
            assert enough.wait(60)
        begun.set()
        return write(entry)

    def go_on() -> None:
        assert begun.wait(60)
        for number in range(20):
            add_both(number)
        enough.set()

    def add_both(number: int) -> None:
        with records.writing() as work:
            person = work.add(Person(name=f"Number {number}"))
            work.add(AuditLine(at=NOON, actor_id=person.id, action="join", allowed=True))

    add_both(0)
    monkeypatch.setattr(backup_module, "line_of", slowly)
    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(go_on)
        assert 2 == back_up(records, tmp_path / "moment.backup")
        writer.result()

    restore_records(tmp_path / "moment.backup", store, replace=True)
    (person,) = (one for one in all_of(store) if isinstance(one, Person))
    (line,) = (one for one in all_of(store) if isinstance(one, AuditLine))
    assert person.id == line.actor_id


def test_a_backup_takes_no_file_s_place(backup: Path, store: CoachSettings) -> None:
    before = backup.read_bytes()

    with pytest.raises(RecordsError, match="Choose another name"):
        back_up_records(backup, store)
    assert before == backup.read_bytes()


@pytest.mark.usefixtures("kept")
def test_a_backup_that_cannot_be_written_leaves_no_file(
    store: CoachSettings, tmp_path: Path
) -> None:
    with pytest.raises(RecordsError, match="cannot be written"):
        back_up_records(tmp_path / "nowhere" / "monday.backup", store)
    assert not (tmp_path / "nowhere").exists()


def test_there_is_nothing_to_back_up_before_anything_was_kept(
    tmp_path: Path, database: str
) -> None:
    home = tmp_path / "home"
    with pytest.raises(RecordsError, match="nothing was kept yet"):
        back_up_records(tmp_path / "x", CoachSettings(home=home))
    with pytest.raises(RecordsError, match="holds no records yet"):
        back_up_records(tmp_path / "x", CoachSettings(home=home, database_url=SecretStr(database)))
    assert not home.exists()
    assert not (tmp_path / "x").exists()


def test_records_in_use_are_not_overwritten_by_a_slip(backup: Path, store: CoachSettings) -> None:
    with closing(open_records(store)) as records, records.writing() as work:
        work.add(Person(name="New"))
    before = all_of(store)

    with pytest.raises(RecordsError, match="holds records already"):
        restore_records(backup, store)
    assert before == all_of(store)


def test_a_restore_takes_the_place_of_everything(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings
) -> None:
    with closing(open_records(store)) as records, records.writing() as work:
        work.add(Person(name="New"))
        work.remove(KeptCard, person_id=first_of(KeptCard, kept).person_id)

    restore_records(backup, store, replace=True)

    assert in_order(kept) == all_of(store)


def test_pages_that_run_on_see_what_was_restored(
    records: SqlRecords, backup: Path, kept: tuple[Record, ...], store: CoachSettings
) -> None:
    with records.writing() as work:
        work.add(Person(name="New"))
    restore_records(backup, store, replace=True)

    with records.reading() as work:
        assert first_of(Pair, kept) == work.get(Pair, first_of(Pair, kept).id)
        assert 0 == sum(one.name == "New" for one in work.find(Person))
    with records.writing() as work:
        work.add(Person(name="Newer"))


def test_a_restore_that_fails_changes_nothing(
    backup: Path, store: CoachSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_of(store)

    def fail(*_: object) -> None:
        raise RecordsError("at the very end")

    monkeypatch.setattr("coach.program.own_data.erase", fail)
    open_erasures(store).record(first_of(Person, tuple(before)).id)
    with pytest.raises(RecordsError, match="at the very end"):
        restore_records(backup, store, replace=True)
    assert before == all_of(store)


def test_whoever_asked_to_be_deleted_stays_deleted(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings, fresh: CoachSettings
) -> None:
    pulse = first_of(Pulse, kept)
    bob = next(one for one in kept if one.id == pulse.person_id)
    assert isinstance(bob, Person)
    erasures = open_erasures(fresh)
    erasures.record(bob.id)
    erasures.record("0" * 32)

    restore_records(backup, fresh, spare_keys=store.keys_path)

    left = all_of(fresh)
    assert not [one for one in left if isinstance(one, Pulse | KeptCard)]
    assert {one.name for one in kept if isinstance(one, Person)} - {bob.name} < {
        one.name for one in left if isinstance(one, Person)
    }
    with closing(open_records(fresh)) as records, records.reading() as work:
        assert () == work.find(Person, email=bob.email)


@pytest.fixture(params=["sqlite", "postgresql"])
def earlier(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> Iterator[CoachSettings]:
    """Settings whose records nobody has opened yet."""
    settings = CoachSettings(home=tmp_path / "earlier")
    if request.param == "sqlite":
        yield settings
        return
    url = SecretStr(postgres.create("earlier"))
    yield settings.model_copy(update={"database_url": url})
    postgres.drop("earlier")


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    earlier: CoachSettings, fresh: CoachSettings, tmp_path: Path
) -> None:
    """It can be made before the records themselves are brought up to date, and changes nothing."""
    kept = keep_in_earlier(earlier)
    back_up_records(tmp_path / "earlier.backup", earlier)
    as_they_are = SqlRecords.as_they_are(database_of(earlier), earlier.keys_path)
    with closing(as_they_are) as records, records.looking() as connection:
        assert "0001" == revision(connection)

    restore_records(tmp_path / "earlier.backup", fresh, spare_keys=earlier.keys_path)

    assert in_order(tuple(one.but(version=1) for one in kept)) == all_of(fresh)
    with closing(open_records(fresh)) as records:
        assert () == check(records).faults


def test_a_backup_of_former_keys_needs_their_file(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings, tmp_path: Path
) -> None:
    former = tmp_path / "former.json"
    shutil.copy(store.keys_path, former)
    rotate_keys(store)
    before = all_of(store)

    with pytest.raises(KeyFileError, match="Name the key file of the backup's day with --keys"):
        restore_records(backup, store, replace=True)
    assert before == all_of(store)

    restore_records(backup, store, replace=True, spare_keys=former)
    assert in_order(kept) == all_of(store)
    with closing(open_records(store)) as records:
        assert () == check(records).faults


def test_a_machine_that_lost_everything_but_the_backup_and_its_key_is_set_up_again(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.json"
    shutil.move(store.keys_path, copy)

    restore_records(backup, store, replace=True, spare_keys=copy)

    assert in_order(kept) == all_of(store)
    assert store.keys_path.read_text() != copy.read_text()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("garbage", [b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_is_kept_and_the_backup_takes_its_place(
    backup: Path, kept: tuple[Record, ...], store: CoachSettings, garbage: bytes
) -> None:
    store.records_path.write_bytes(garbage)

    with pytest.raises(RecordsError, match="is damaged"):
        restore_records(backup, store)
    _, aside = restore_records(backup, store, replace=True)

    assert aside is not None
    assert garbage == aside.read_bytes()
    assert in_order(kept) == all_of(store)


def refused(source: Path, store: CoachSettings) -> str:
    before = all_of(store)
    with pytest.raises(RecordsError) as raised:
        restore_records(source, store, replace=True)
    assert before == all_of(store)
    return str(raised.value)


only_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def found_whole(backup: Path, content: bytes) -> list[BackupRow] | None:
    """What a backup of this content holds, or ``None`` where it is refused."""
    backup.write_bytes(content)
    try:
        read_heading(backup)
        return list(read_rows(backup))
    except RecordsError as error:
        assert "is damaged, or is no backup" in str(error)  # noqa: PT017 - one of two outcomes
        return None


@only_sqlite
def test_a_backup_that_was_cut_off_anywhere_is_refused(backup: Path) -> None:
    whole = backup.read_bytes()

    assert found_whole(backup, whole)
    assert not any(found_whole(backup, whole[:length]) for length in range(0, len(whole), 31))


@only_sqlite
def test_a_backup_with_any_bit_changed_is_refused_or_holds_the_same(backup: Path) -> None:
    """Some bits of gzip's mean nothing: there is no difference to see."""
    whole = backup.read_bytes()
    rows = found_whole(backup, whole)
    found = []
    for position in range(10, len(whole), 31):
        changed = bytearray(whole)
        changed[position] ^= 0x10
        found.append(found_whole(backup, bytes(changed)))

    assert all(held is None or held == rows for held in found)
    assert found.count(None) > 0.95 * len(found)


Lines = list[Any]


def without_the_end(lines: Lines) -> Lines:
    return lines[:-1]


def without_a_row(lines: Lines) -> Lines:
    row = next(number for number, line in enumerate(lines) if isinstance(line, list))
    return lines[:row] + lines[row + 1 :]


def with_a_row_twice(lines: Lines) -> Lines:
    row = next(number for number, line in enumerate(lines) if isinstance(line, list))
    return [*lines[:row], lines[row], *lines[row:]]


def with_more_behind(lines: Lines) -> Lines:
    return [*lines, lines[-1]]


def without_the_start(lines: Lines) -> Lines:
    return lines[1:]


def of_something_else(lines: Lines) -> Lines:
    return [{"backup": "of something else"}, *lines[1:]]


def of_only_numbers(_: Lines) -> Lines:
    return [1, 2, 3]


@only_sqlite
@pytest.mark.parametrize(
    "change",
    [
        without_the_end,
        without_a_row,
        with_a_row_twice,
        with_more_behind,
        without_the_start,
        of_something_else,
        of_only_numbers,
    ],
)
def test_a_backup_that_does_not_add_up_is_refused(
    backup: Path, store: CoachSettings, change: Callable[[Lines], Lines]
) -> None:
    rewrite(backup, change)

    assert "is damaged, or is no backup" in refused(backup, store)


def of_a_newer_revision(lines: Lines) -> Lines:
    return [{**lines[0], "revision": "9999"}, *lines[1:]]


def of_a_newer_form(lines: Lines) -> Lines:
    return [{**lines[0], "form": 2}, *lines[1:]]


@only_sqlite
@pytest.mark.parametrize("change", [of_a_newer_revision, of_a_newer_form])
def test_a_backup_of_a_newer_version_is_refused(
    backup: Path, store: CoachSettings, change: Callable[[Lines], Lines]
) -> None:
    rewrite(backup, change, signed=True)

    assert "newer version of the coach" in refused(backup, store)


def with_a_value_moved(lines: Lines) -> Lines:
    table = next(
        n
        for n, line in enumerate(lines)
        if isinstance(line, dict) and line.get("table") == "people"
    )
    name = [column for column, _ in lines[table]["columns"]].index("name")
    lines[table + 1][name] = lines[table + 2][name]
    return lines


def with_an_unknown_table(lines: Lines) -> Lines:
    return [*lines[:-1], {"table": 'x"; DROP TABLE people', "columns": [["id", "text"]]}, ["1"], {}]


def with_an_unknown_column(lines: Lines) -> Lines:
    lines[1]["columns"][0] = ["id", "blob"]
    return lines


def with_a_row_too_short(lines: Lines) -> Lines:
    row = next(line for line in lines if isinstance(line, list))
    row.pop()
    return lines


def without_what_others_refer_to(lines: Lines) -> Lines:
    people = next(
        n
        for n, line in enumerate(lines)
        if isinstance(line, dict) and line.get("table") == "people"
    )
    return lines[: people + 1] + lines[people + 4 :]


@only_sqlite
@pytest.mark.parametrize(
    "change",
    [
        with_a_value_moved,
        with_an_unknown_table,
        with_an_unknown_column,
        with_a_row_too_short,
        without_what_others_refer_to,
    ],
)
def test_a_backup_that_somebody_rewrote_changes_nothing(
    backup: Path, store: CoachSettings, change: Callable[[Lines], Lines]
) -> None:
    """Its sums are right, so that only what it holds tells."""
    rewrite(backup, change, signed=True)

    assert refused(backup, store)


@only_sqlite
@pytest.mark.usefixtures("kept")
def test_no_file_and_a_folder_are_no_backup(store: CoachSettings, tmp_path: Path) -> None:
    assert "cannot be read (No such file" in refused(tmp_path / "nowhere", store)
    assert "cannot be read (Is a directory" in refused(tmp_path, store)


def rewrite(backup: Path, change: Callable[[Lines], Lines], *, signed: bool = False) -> None:
    """Change the lines of a backup; ``signed`` makes its last line right again."""
    lines = [json.loads(line) for line in gzip.decompress(backup.read_bytes()).splitlines()]
    changed = [json.dumps(line).encode() + b"\n" for line in change(lines)]
    if signed:
        rows = sum(line.startswith(b"[") for line in changed)
        end = {"rows": rows, "sha256": sha256(b"".join(changed[:-1])).hexdigest()}
        changed[-1] = json.dumps(end).encode() + b"\n"
    backup.write_bytes(gzip.compress(b"".join(changed)))
