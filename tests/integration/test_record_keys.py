"""A new key takes over while people work, and nothing is ever unreadable on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from record_samples import first_of, keep, sample_records
from sqlalchemy import LargeBinary, select

from coach.adapters.records import rotation
from coach.adapters.records.check import check
from coach.adapters.records.rotation import list_keys, rotate
from coach.adapters.records.sealing import Key, key_id_of
from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES
from coach.bootstrap import open_records
from coach.domain.meeting import AgendaVersion
from coach.domain.program import Person
from coach.domain.records import Record, new_id
from coach.errors import ConflictError, KeyFileError, RecordsError
from coach.settings import CoachSettings


@pytest.fixture
def kept(records: SqlRecords, monkeypatch: pytest.MonkeyPatch) -> tuple[Record, ...]:
    """Three sample programs, and batches so small that one kind takes several."""
    monkeypatch.setattr(rotation, "_BATCH", 2)
    samples = sample_records() + sample_records() + sample_records()
    with records.writing() as work:
        keep(work, samples)
    return tuple(one.but(version=1) for one in samples)


@pytest.fixture
def other(store: CoachSettings) -> Iterator[SqlRecords]:
    """The same records as another process has them open."""
    opened = open_records(store)
    yield opened
    opened.close()


def all_of(records: SqlRecords) -> list[Record]:
    with records.reading() as work:
        return [one for kind in TABLES for one in work.find(kind)]


def in_order(records: tuple[Record, ...]) -> list[Record]:
    kinds = list(TABLES)
    return sorted(records, key=lambda one: (kinds.index(type(one)), one.id))


def keys_that_seal(records: SqlRecords) -> set[str]:
    """Which keys any value in the tables was sealed with."""
    with records.looking() as connection:
        return {
            key_id_of(value)
            for table in TABLES.values()
            for column in table.columns
            if isinstance(column.type, LargeBinary)
            for value in connection.execute(select(column)).scalars()
        }


def test_after_a_rotation_all_is_sealed_with_the_new_key_alone(
    records: SqlRecords, kept: tuple[Record, ...], store: CoachSettings
) -> None:
    (old,) = records.keys.read()
    heard: list[tuple[int, int]] = []

    done = rotate(records, lambda *counts: heard.append(counts))

    assert [done.key_id] == [key.id for key in records.keys.read()]
    assert {done.key_id} == keys_that_seal(records)
    assert old.id != done.key_id
    assert not done.resumed
    assert (done.resealed, done.resealed) == heard[-1]
    assert in_order(kept) == all_of(records)
    afresh = open_records(store)
    assert in_order(kept) == all_of(afresh)
    assert () == check(afresh).faults
    afresh.close()


def test_others_work_on_while_keys_are_rotated(
    records: SqlRecords, kept: tuple[Record, ...], other: SqlRecords
) -> None:
    """At each step: everything is read, found by its address, saved, and kept from a second one."""
    people = {one.id: one for one in kept if isinstance(one, Person)}
    first = next(iter(people))

    def work_on(_done: int, _all: int) -> None:
        assert {one.id for one in kept} <= {one.id for one in all_of(other)}
        with other.writing() as work:
            for person in people.values():
                assert (person,) == work.find(Person, email=person.email)
                with pytest.raises(ConflictError) as raised:
                    work.add(Person(name="Another", email=person.email))
                assert person == raised.value.theirs
            people[first] = work.save(people[first].but(name=f"Saved {new_id()}"))
            added = work.add(Person(name="New", email=f"{new_id()}@example.org"))
            people[added.id] = added

    done = rotate(records, work_on)

    assert {done.key_id} == keys_that_seal(records)
    with other.reading() as work:
        assert set(people) == {one.id for one in work.find(Person)}
        assert people[first] == work.get(Person, first)
    assert () == check(other).faults


def test_what_was_made_ready_before_a_rotation_is_sealed_anew(records: SqlRecords) -> None:
    people = [Person(name=name, email=f"{name}@example.org") for name in ("ann", "bob")]
    with records.reading() as work:
        ready = work.made_ready(people)
    done = rotate(records)

    with records.writing() as work:
        work.add_all(ready)
        for one in people:
            assert (one.but(version=1),) == work.find(Person, email=one.email)

    assert {done.key_id} == keys_that_seal(records)


def test_a_save_that_is_under_way_is_not_lost(
    records: SqlRecords, kept: tuple[Record, ...], other: SqlRecords
) -> None:
    agenda, person = first_of(AgendaVersion, kept), first_of(Person, kept)
    with ThreadPoolExecutor(1) as pool:
        with other.writing() as work:
            saved = work.save(person.but(name="Saved meanwhile"))
            kept_agenda = work.save(agenda)
            done = pool.submit(rotate, records)
        key = done.result(timeout=60).key_id

    assert {key} == keys_that_seal(records)
    with records.reading() as work:
        assert saved == work.get(Person, person.id)
        assert kept_agenda == work.get(AgendaVersion, agenda.id)


def test_a_process_that_slept_through_a_rotation_writes_with_the_new_key(
    records: SqlRecords, kept: tuple[Record, ...], other: SqlRecords
) -> None:
    assert in_order(kept) == all_of(other)

    done = rotate(records)
    with other.writing() as work:
        work.add(Person(name="Late"))

    assert {done.key_id} == keys_that_seal(records)


def test_a_machine_with_an_old_copy_of_the_key_file_writes_nothing(
    records: SqlRecords, store: CoachSettings, tmp_path: Path
) -> None:
    copied = store.model_copy(update={"key_file": tmp_path / "copy.json"})
    shutil.copy(store.keys_path, copied.keys_path)
    elsewhere = open_records(copied)
    rotate(records)

    def write() -> None:
        with elsewhere.writing() as work:
            work.add(Person(name="Late"))

    with pytest.raises(KeyFileError, match="does not hold the key"):
        write()
    elsewhere.close()


class Killed(BaseException):
    """What a process that is killed at this point never gets beyond."""


def die(*_: object) -> None:
    raise Killed


def before_the_key_is_in_the_file(patch: pytest.MonkeyPatch, records: SqlRecords) -> None:
    patch.setattr(records.keys, "new_key", die)


def before_the_database_names_it(patch: pytest.MonkeyPatch, _: SqlRecords) -> None:
    patch.setattr(rotation, "use_key", die)


def before_anything_is_sealed(patch: pytest.MonkeyPatch, _: SqlRecords) -> None:
    patch.setattr(rotation, "_seal_batch", die)


def half_way(patch: pytest.MonkeyPatch, _: SqlRecords) -> None:
    seal, left = rotation._seal_batch, iter(range(9))

    def batch(*arguments: object) -> list[str]:
        if next(left, None) is None:
            raise Killed
        return seal(*arguments)  # type: ignore[arg-type]

    patch.setattr(rotation, "_seal_batch", batch)


def in_a_transaction(patch: pytest.MonkeyPatch, _: SqlRecords) -> None:
    patch.setattr(rotation, "bindparam", die)


def before_the_old_key_is_dropped(patch: pytest.MonkeyPatch, records: SqlRecords) -> None:
    write = records.keys.write

    def dropping(keys: list[Key] | tuple[Key, ...]) -> None:
        if len(keys) == 1:
            raise Killed
        write(keys)

    patch.setattr(records.keys, "write", dropping)


@pytest.mark.parametrize(
    "when",
    [
        before_the_key_is_in_the_file,
        before_the_database_names_it,
        before_anything_is_sealed,
        half_way,
        in_a_transaction,
        before_the_old_key_is_dropped,
    ],
)
def test_a_rotation_that_was_killed_leaves_all_readable_and_is_finished_by_the_next(
    records: SqlRecords,
    kept: tuple[Record, ...],
    store: CoachSettings,
    when: Callable[[pytest.MonkeyPatch, SqlRecords], None],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        when(patch, records)
        with pytest.raises(Killed):
            rotate(records)

    afresh = open_records(store)
    assert in_order(kept) == all_of(afresh)
    assert () == check(afresh).faults
    in_file = len(afresh.keys.read())
    done = rotate(afresh)

    assert done.resumed is (when in {before_anything_is_sealed, half_way, in_a_transaction})
    assert in_file <= 2
    assert [done.key_id] == [key.id for key in afresh.keys.read()]
    assert {done.key_id} == keys_that_seal(afresh)
    assert in_order(kept) == all_of(afresh)
    assert () == check(afresh).faults
    afresh.close()


def test_a_key_that_was_made_and_never_used_is_taken_up(records: SqlRecords) -> None:
    waiting = records.keys.new_key()

    assert waiting.id == rotate(records).key_id


@pytest.mark.usefixtures("kept")
def test_two_do_not_rotate_at_once(records: SqlRecords, other: SqlRecords) -> None:
    def again(_done: int, _all: int) -> None:
        with pytest.raises(RecordsError, match="being rotated already"):
            rotate(other)

    assert rotate(records, again).resealed


@pytest.mark.usefixtures("kept")
def test_keys_are_listed_with_what_they_are_for(records: SqlRecords) -> None:
    seen: list[list[tuple[bool, bool]]] = []

    def look(_done: int, _all: int) -> None:
        seen.append([(key.seals, key.needed) for key in list_keys(records)])

    rotate(records, look)

    assert [(False, True), (True, True)] == seen[0]
    assert [(True, True)] == [(key.seals, key.needed) for key in list_keys(records)]


@pytest.mark.usefixtures("kept")
def test_a_value_that_was_altered_stops_a_rotation_and_is_kept_as_it_is(
    records: SqlRecords,
) -> None:
    name = TABLES[Person].c.name
    with records.changing() as connection:
        altered = connection.execute(select(name).limit(1)).scalar_one() + b"!"
        connection.execute(TABLES[Person].update().values(name=altered))

    with pytest.raises(RecordsError, match="was altered in the database"):
        rotate(records)
    with records.looking() as connection:
        assert {altered} == set(connection.execute(select(name)).scalars())
