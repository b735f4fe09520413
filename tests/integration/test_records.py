"""What the records promise, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from record_samples import DAY, NOON, WORDS, first_of, keep, sample_records
from sqlalchemy import select, update

from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES
from coach.domain.agreement import Agreement, KeptCard
from coach.domain.identity import Account, AuditLine, Invitation, OutsideIdentity, SignIn
from coach.domain.meeting import (
    AgendaVersion,
    Commitment,
    CommitmentState,
    Draft,
    Preparation,
    Pulse,
    Session,
    SessionState,
)
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.records import MAX_PERSON_NAME, Record, new_id
from coach.errors import ConflictError, MissingRecordError, RecordsError
from coach.ports import Records

#: As they may come from a form or an address.
HOSTILE = (
    "'; DROP TABLE people; --",
    '" OR 1=1 --',
    "<script>alert('x')</script>",
    "%s %(name)s {name} :name ? $1 \\",
    '=HYPERLINK("http://example.org")',
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u4f60\u597d",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \U0001f469\u200d\U0001f4bb",
    "n" * MAX_PERSON_NAME,
    "\u0928\u093f" * (MAX_PERSON_NAME // 2),
)


@pytest.fixture
def kept(records: SqlRecords) -> tuple[Record, ...]:
    """The sample program, kept."""
    samples = sample_records()
    with records.writing() as work:
        keep(work, samples)
    return samples


def person(**fields: str) -> Person:
    return Person(**{"name": "Ann", **fields})


def test_the_store_is_what_capabilities_ask_for(records: SqlRecords) -> None:
    promised: Records = records

    with promised.reading() as work:
        assert 0 == work.count(Person)


def test_the_samples_hold_every_kind() -> None:
    assert set(TABLES) == {type(record) for record in sample_records()}


def test_every_record_comes_back_as_it_was(records: SqlRecords, kept: tuple[Record, ...]) -> None:
    with records.reading() as work:
        for record in kept:
            assert record.but(version=1) == work.get(type(record), record.id)


def test_moments_come_back_in_utc(records: SqlRecords, kept: tuple[Record, ...]) -> None:
    with records.reading() as work:
        session = work.get(Session, first_of(Session, kept).id)

    assert NOON == session.starts
    assert UTC is session.starts.tzinfo


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(records: SqlRecords, text: str) -> None:
    ann = person(name=text)
    with records.writing() as work:
        work.add(ann)

    with records.reading() as work:
        assert Person(id=ann.id, version=1, name=text) == work.get(Person, ann.id)


@pytest.mark.parametrize(
    "forged", [*HOSTILE, "", "0" * 31, "0" * 33, "G" * 32, "\0", "0" * 32 + "\n", "\ud800"]
)
def test_a_forged_identifier_names_nothing(records: SqlRecords, forged: str) -> None:
    with records.writing() as work:
        work.add(person())

    with records.writing() as work:
        with pytest.raises(MissingRecordError, match="There is no such person"):
            work.get(Person, forged)
        assert () == work.find(Person, id=forged)
        assert 0 == work.count(Membership, person_id=forged)
        assert 0 == work.remove(Person, id=forged)
        assert 1 == work.count(Person)


def test_an_identifier_with_more_behind_it_names_nothing(records: SqlRecords) -> None:
    """A cast to the column's length would cut it down to one that is there."""
    ann = person()
    with records.writing() as work:
        work.add(ann)

        assert () == work.find(Person, id=ann.id + "0")
        assert () == work.find(Person, id=ann.id + " ")


def test_records_are_found_by_their_fields(records: SqlRecords, kept: tuple[Record, ...]) -> None:
    pair = first_of(Pair, kept)
    with records.reading() as work:
        numbers = [one.number for one in work.find(Session, pair_id=pair.id, order="-number")]
        planned = work.find(Session, state=SessionState.PLANNED)
        either = work.find(Session, state=list(SessionState), order="number", limit=1)
        current = work.find(Membership, until=None, role={Role.MENTOR, Role.MENTEE})
        apart = work.find(Commitment, session_id=None)
        both = work.find(Commitment, session_id=(None, first_of(Session, kept).id))

        assert [2, 1] == numbers
        assert [1] == [one.number for one in planned]
        assert [1] == [one.number for one in either]
        assert {Role.MENTOR, Role.MENTEE} == {one.role for one in current}
        assert [CommitmentState.DROPPED] == [one.state for one in apart]
        assert 2 == len(both)
        assert ["session.plan"] == [one.action for one in work.find(AuditLine, kind="session")]
        assert () == work.find(Session, pair_id=())
        assert () == work.find(Session, number="many")
        assert () == work.find(Membership, role=None)


def test_what_stands_equal_is_ordered_all_the_same(records: SqlRecords) -> None:
    people = [person(zone="UTC") for _ in range(20)]
    with records.writing() as work:
        keep(work, tuple(people))
        found = work.find(Person, order="-zone")

    assert sorted(one.id for one in people) == [one.id for one in found]


def test_what_has_no_value_comes_last_in_either_order(
    records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    later = first_of(Commitment, kept).but(id=new_id(), due=DAY + timedelta(days=1))
    with records.writing() as work:
        work.add(later)
        onwards = [one.due for one in work.find(Commitment, order="due")]
        backwards = [one.due for one in work.find(Commitment, order="-due")]

    assert [DAY, later.due, None] == onwards
    assert [later.due, DAY, None] == backwards


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30, -(10**30)])
def test_a_number_that_no_column_holds_is_found_nowhere_and_not_kept(
    records: SqlRecords, kept: tuple[Record, ...], number: int
) -> None:
    with records.reading() as work:
        assert () == work.find(AgendaVersion, number=number)
        assert () == work.find(AgendaVersion, number=[number, 0])

    with pytest.raises((RecordsError, ValueError)), records.writing() as work:
        work.add(first_of(AgendaVersion, kept).but(id=new_id(), number=number * 2**40))


@pytest.mark.parametrize("field", ["name", "nickname", "email_mark", "email"])
def test_order_by_what_is_sealed_or_unknown_is_a_mistake(records: SqlRecords, field: str) -> None:
    with records.reading() as work, pytest.raises(ValueError, match=field):
        work.find(Person, order=field)


@pytest.mark.parametrize("field", ["name", "nickname", "email_mark"])
def test_finding_by_what_is_sealed_or_unknown_is_a_mistake(records: SqlRecords, field: str) -> None:
    equal: dict[str, Any] = {field: "x"}
    with records.reading() as work, pytest.raises(ValueError, match=field):
        work.find(Person, **equal)


def test_a_sealed_field_that_can_be_looked_up_is_found_by_its_value(records: SqlRecords) -> None:
    ann, bob, nobody = (
        person(email="ann@example.org"),
        person(email="bob@example.org"),
        person(),
    )
    with records.writing() as work:
        keep(work, (ann, bob, nobody))

        assert [ann.id] == [one.id for one in work.find(Person, email="Ann@Example.ORG ")]
        assert 2 == work.count(Person, email=["ann@example.org", "bob@example.org", "no@x.y"])
        assert [nobody.id] == [one.id for one in work.find(Person, email="")]
        assert [nobody.id] == [one.id for one in work.find(Person, email=None)]
        assert () == work.find(Person, email="ann@example")
        assert () == work.find(Person, email="no address at all")


def test_counts_are_by_the_values_of_fields(records: SqlRecords, kept: tuple[Record, ...]) -> None:
    pair = first_of(Pair, kept)
    with records.reading() as work:
        assert {
            (pair.id, SessionState.PLANNED): 1,
            (pair.id, SessionState.CANCELLED): 1,
        } == work.tally(Session, ("pair_id", "state"), program_id=pair.program_id)
        assert {(False,): 1, (True,): 1} == work.tally(AuditLine, ("allowed",))
        assert {(DAY,): 1, (None,): 1} == work.tally(Commitment, ("due",))
        assert {} == work.tally(Session, ("state",), pair_id=new_id())


def test_a_save_counts_versions(records: SqlRecords) -> None:
    with records.writing() as work:
        first = work.add(person())
        second = work.save(first.but(name="Anna"))
        third = work.save(second.but(email="anna@example.org"))

        assert (1, 2, 3) == (first.version, second.version, third.version)
        assert third == work.get(Person, first.id)
        assert [third] == list(work.find(Person, email="anna@example.org"))


def test_a_save_of_what_changed_meanwhile_shows_theirs_and_keeps_it(records: SqlRecords) -> None:
    with records.writing() as work:
        seen = work.add(person())
    with records.writing() as work:
        theirs = work.save(seen.but(name="Theirs"))

    with records.writing() as work:
        with pytest.raises(ConflictError, match="Somebody else saved this") as raised:
            work.save(seen.but(name="Mine"))
        merged = work.save(theirs.but(name="Theirs and mine"))

    assert theirs == raised.value.theirs
    with records.reading() as work:
        assert merged == work.get(Person, seen.id)


def test_a_save_of_what_was_deleted_says_so(records: SqlRecords) -> None:
    with records.writing() as work:
        ann = work.add(person())
        work.remove(Person, id=ann.id)
        with pytest.raises(MissingRecordError, match="no such person"):
            work.save(ann)


def test_of_many_who_save_at_once_one_wins_and_the_others_hear_of_it(records: SqlRecords) -> None:
    with records.writing() as work:
        seen = work.add(person())
    together = Barrier(8)

    def save(number: int) -> object:
        together.wait()
        try:
            with records.writing() as work:
                return work.save(seen.but(name=f"Number {number}"))
        except ConflictError as error:
            return error.theirs

    with ThreadPoolExecutor(8) as pool:
        known = list(pool.map(save, range(8)))

    with records.reading() as work:
        now = work.get(Person, seen.id)
    assert [now] * 8 == known
    assert 2 == now.version


def test_nothing_is_lost_when_many_write_at_once(records: SqlRecords) -> None:
    """Each thread counts one up twenty times, and tries again when another came first."""
    with records.writing() as work:
        counter = work.add(person(name="0"))

    def count(_: int) -> None:
        for _ in range(20):
            while True:
                with records.reading() as work:
                    now = work.get(Person, counter.id)
                try:
                    with records.writing() as work:
                        work.save(now.but(name=str(int(now.name) + 1)))
                        work.add(AuditLine(at=NOON, actor_id="", action="count", allowed=True))
                    break
                except ConflictError:
                    continue

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))

    with records.reading() as work:
        assert "160" == work.get(Person, counter.id).name
        assert 160 == work.count(AuditLine)


def again(record: Record, **changes: object) -> Record:
    return record.but(id=new_id(), **changes)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Person, {"name": "Another"}),
        (Membership, {"since": DAY + timedelta(days=1)}),
        (Pair, {"mentor_role": "Another"}),
        (Session, {"minutes": 30}),
        (AgendaVersion, {}),
        (Preparation, {"ready": False}),
        (Pulse, {"worthwhile": 1}),
        (Draft, {"content": {}}),
        (Agreement, {"mentor_signed": None}),
        (KeptCard, {}),
        (Account, {"failures": 0}),
        (OutsideIdentity, {}),
        (Invitation, {}),
        (SignIn, {}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_second_one_is_refused_where_only_one_may_stand(
    records: SqlRecords, kept: tuple[Record, ...], kind: type[Record], changes: dict[str, object]
) -> None:
    first = first_of(kind, kept)
    with records.writing() as work:
        before = work.count(kind)
        with pytest.raises(ConflictError, match="already, and only one may stand") as raised:
            work.add(again(first, **changes))

        assert first.but(version=1) == raised.value.theirs
        assert before == work.count(kind)


def test_a_record_is_added_once(records: SqlRecords) -> None:
    ann = person()
    with records.writing() as work:
        work.add(ann)
        with pytest.raises(ConflictError) as raised:
            work.add(ann.but(name="Other"))

    assert ann.but(version=1) == raised.value.theirs


def test_many_are_added_at_one_go(records: SqlRecords) -> None:
    people = [person(email=f"{number}@example.org") for number in range(500)]
    with records.writing() as work:
        work.add_all(people)
        work.add_all([])

        assert 500 == work.count(Person, version=1)
        assert people[7].but(version=1) == work.get(Person, people[7].id)


def test_of_many_where_one_may_not_stand_none_is_added(records: SqlRecords) -> None:
    people = [person(email=f"{number}@example.org") for number in range(10)]
    with records.writing() as work:
        work.add(people[4])
        with pytest.raises(ConflictError):
            work.add_all([one.but(id=new_id()) for one in people])

        assert 1 == work.count(Person)


def test_a_save_may_not_take_another_one_s_place(records: SqlRecords) -> None:
    ann, bob = person(email="ann@example.org"), person(email="bob@example.org")
    with records.writing() as work:
        ann, bob = work.add(ann), work.add(bob)
        with pytest.raises(ConflictError) as raised:
            work.save(bob.but(email="ann@example.org"))

        assert ann == raised.value.theirs
        assert bob == work.get(Person, bob.id)
        assert 2 == work.save(bob.but(name="Bobby")).version


def test_what_has_ended_makes_room(records: SqlRecords, kept: tuple[Record, ...]) -> None:
    pair, membership = first_of(Pair, kept), first_of(Membership, kept)
    with records.writing() as work:
        work.save(pair.but(version=1, ended=DAY))
        work.save(membership.but(version=1, until=DAY))
        work.add(again(pair))
        work.add(again(membership))

        assert 2 == work.count(Pair, mentor_id=pair.mentor_id)


def test_people_without_an_address_do_not_stand_in_each_other_s_way(records: SqlRecords) -> None:
    with records.writing() as work:
        keep(work, (person(), person()))

        assert 2 == work.count(Person, email="")


def test_what_refers_to_nothing_is_refused(records: SqlRecords) -> None:
    with pytest.raises(MissingRecordError, match="no longer there"), records.writing() as work:
        work.add(Membership(program_id=new_id(), person_id=new_id(), role=Role.LEAD, since=DAY))


def test_a_program_goes_with_all_that_it_holds(
    records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    with records.writing() as work:
        assert 1 == work.remove(Program, id=first_of(Program, kept).id)

        of_program = [kind for kind in TABLES if "program_id" in kind.model_fields]
        left = {kind.__name__: work.count(kind) for kind in of_program if kind is not AuditLine}
        assert set(left.values()) == {0}
        assert 3 == work.count(Person)
        assert 2 == work.count(AuditLine)


def test_nobody_in_a_pair_is_deleted_by_the_way(
    records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    pair = first_of(Pair, kept)
    with pytest.raises(RecordsError, match="other records refer to it"), records.writing() as work:
        work.remove(Person, id=pair.mentor_id)

    with records.writing() as work:
        work.remove(Pair, id=pair.id)
        assert 1 == work.remove(Person, id=pair.mentor_id)
        assert 0 == work.count(Account)


def test_everything_of_a_kind_is_never_removed_at_once(records: SqlRecords) -> None:
    with records.writing() as work, pytest.raises(ValueError, match="which person"):
        work.remove(Person)


def test_a_block_that_fails_keeps_nothing(records: SqlRecords) -> None:
    def fail() -> None:
        with records.writing() as work:
            work.add(person())
            raise KeyError("of the caller")

    with pytest.raises(KeyError, match="of the caller"):
        fail()

    with records.reading() as work:
        assert 0 == work.count(Person)


def test_a_reader_sees_one_moment_while_others_write(records: SqlRecords) -> None:
    read, written = Event(), Event()

    def write() -> None:
        assert read.wait(30)
        with records.writing() as work:
            work.add(person())
        written.set()

    with ThreadPoolExecutor(1) as pool, records.reading() as work:
        before = work.count(Person)
        writer = pool.submit(write)
        read.set()
        assert written.wait(30)
        after = work.count(Person)
        writer.result()

    assert (0, 0) == (before, after)
    with records.reading() as work:
        assert 1 == work.count(Person)


@pytest.mark.parametrize("name", ["add", "save"])
def test_who_only_reads_writes_nothing(records: SqlRecords, name: str) -> None:
    with records.reading() as work, pytest.raises(TypeError, match="only reads"):
        getattr(work, name)(person())


def test_only_records_are_kept(records: SqlRecords) -> None:
    with records.writing() as work, pytest.raises(TypeError, match="Agenda is no kind of record"):
        work.add(first_of(AgendaVersion, sample_records()).agenda)  # type: ignore[type-var]


def rows(records: SqlRecords) -> str:
    """All that the tables hold, as text: bytes both as they are and as digits."""
    with records.changing() as connection:
        held = [
            value
            for table in TABLES.values()
            for row in connection.execute(select(table))
            for value in row
        ]
    as_text = [one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in held]
    return "\n".join(as_text)


def test_nobody_reads_people_s_words_in_the_tables(
    records: SqlRecords, kept: tuple[Record, ...]
) -> None:
    held = rows(records)
    addresses = [record.email for record in kept if isinstance(record, Person)]

    assert first_of(Session, kept).id in held
    for words in (WORDS, WORDS[:5], "Quittungen", 'example.org"', "Patience", "age", *addresses):
        assert words.encode().decode("latin-1") not in held


def test_a_value_that_was_moved_is_refused(records: SqlRecords) -> None:
    ann, bob = person(name="Ann"), person(name="Bob")
    table = TABLES[Person]
    with records.writing() as work:
        keep(work, (ann, bob))
    with records.changing() as connection:
        name = connection.execute(select(table.c.name).where(table.c.id == bob.id)).scalar_one()
        connection.execute(update(table).where(table.c.id == ann.id).values(name=name))

    with records.reading() as work:
        assert "Bob" == work.get(Person, bob.id).name
        with pytest.raises(RecordsError, match=f"The person {ann.id} was altered"):
            work.get(Person, ann.id)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"plain", b"\x02" + bytes(40)])
def test_a_value_that_was_never_sealed_is_refused(records: SqlRecords, sealed: bytes) -> None:
    ann = person()
    with records.writing() as work:
        work.add(ann)
    with records.changing() as connection:
        connection.execute(update(TABLES[Person]).values(name=sealed))

    with records.reading() as work, pytest.raises(RecordsError, match="was altered"):
        work.get(Person, ann.id)


def test_a_single_changed_bit_is_noticed(records: SqlRecords) -> None:
    ann = person()
    table = TABLES[Person]
    with records.writing() as work:
        work.add(ann)
    with records.changing() as connection:
        name = bytearray(connection.execute(select(table.c.name)).scalar_one())
        name[-1] ^= 1
        connection.execute(update(table).values(name=bytes(name)))

    with records.reading() as work, pytest.raises(RecordsError, match="was altered"):
        work.get(Person, ann.id)


def test_the_same_words_are_sealed_differently_each_time(records: SqlRecords) -> None:
    with records.writing() as work:
        keep(work, tuple(person() for _ in range(50)))
    with records.changing() as connection:
        names = connection.execute(select(TABLES[Person].c.name)).scalars().all()

    assert 50 == len(set(names))


def test_what_this_version_cannot_read_says_so_without_quoting_it(records: SqlRecords) -> None:
    ann = person(name="Ann Secret")
    with records.writing() as work:
        work.add(ann)
    with records.changing() as connection:
        connection.execute(update(TABLES[Person]).values(zone="Europe/Atlantis"))

    with records.reading() as work, pytest.raises(RecordsError, match="zone holds") as raised:
        work.get(Person, ann.id)

    assert "Secret" not in f"{raised.value!r} {raised.value.__cause__!r}"
