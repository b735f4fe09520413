"""What programs that have been over for long enough no longer hold, on both stores."""

from __future__ import annotations

from datetime import timedelta

import pytest
from record_samples import DAY, WORDS, first_of, keep, sample_records

from coach.adapters.records.store import SqlRecords
from coach.adapters.records.tables import TABLES
from coach.domain.agreement import Agreement
from coach.domain.identity import AuditLine
from coach.domain.kept_reflection import Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement, ThemeTerms
from coach.domain.learned import Learned
from coach.domain.meeting import AgendaVersion, Commitment, Preparation, Pulse, Session
from coach.domain.numbers import ShownNumbers
from coach.domain.program import Membership, Pair, Program
from coach.domain.records import Record
from coach.program.retention import delete_expired

_DAYS = 30
_DUE = DAY + timedelta(days=_DAYS)
_CONTENT: set[type[Record]] = {
    AgendaVersion,
    Commitment,
    Preparation,
    Pulse,
    Agreement,
    Reflection,
    Learned,
    KeptStatement,
    KeptRelease,
}
_STAYS: set[type[Record]] = {Membership, Pair, Session, ShownNumbers, ThemeTerms, AuditLine}


@pytest.fixture
def program(records: SqlRecords) -> Program:
    """A program with one record of every kind, that ended on ``DAY``; another one still runs."""
    ending = sample_records()
    with records.writing() as work:
        keep(work, sample_records())
        keep(work, ending)
        program = first_of(Program, ending).but(version=1, ended=DAY, retention_days=_DAYS)
        return work.save(program)


def counts(records: SqlRecords, **equal: object) -> dict[type[Record], int]:
    with records.reading() as work:
        kinds = (kind for kind in TABLES if not equal or equal.keys() <= set(kind.model_fields))
        return {kind: work.count(kind, **equal) for kind in kinds}


def test_whatever_is_kept_for_a_program_either_goes_or_is_known_to_stay() -> None:
    """A new kind of record fails here until somebody has decided."""
    kept = {kind for kind in TABLES if "program_id" in kind.model_fields}

    assert _CONTENT | _STAYS == kept


def test_content_goes_on_the_day_and_the_numbers_of_sessions_stay(
    records: SqlRecords, program: Program
) -> None:
    before, all_before = counts(records, program_id=program.id), counts(records)

    assert 0 == delete_expired(records, _DUE - timedelta(days=1)).programs
    assert all_before == counts(records)
    found = delete_expired(records, _DUE)

    assert 1 == found.programs
    assert {
        "versions of agendas": 1,
        "promises": 2,
        "private preparations": 1,
        "answers to the two questions": 1,
        "agreements": 1,
        "reflections": 2,
        "versions of what was learned": 1,
        "statements of the themes": 1,
        "releases of the themes": 1,
        "subjects and reasons of sessions": 2,
    } == found.counts
    gone = dict.fromkeys(_CONTENT, 0)
    assert {**before, **gone} == counts(records, program_id=program.id)
    assert all_before == {
        kind: count + (before[kind] if kind in gone else 0)
        for kind, count in counts(records).items()
    }
    with records.reading() as work:
        for session in work.find(Session):
            ours = session.program_id == program.id
            assert ("" if ours else WORDS) == session.topic + session.reason


def test_a_second_run_finds_and_changes_nothing(records: SqlRecords, program: Program) -> None:
    delete_expired(records, _DUE)
    with records.reading() as work:
        before = work.find(Session, program_id=program.id)

    again = delete_expired(records, _DUE)

    assert (0, 0) == (again.programs, sum(again.counts.values()))
    with records.reading() as work:
        assert before == work.find(Session, program_id=program.id)


def test_a_dry_run_counts_the_same_and_deletes_nothing(
    records: SqlRecords, program: Program
) -> None:
    before = counts(records)

    would = delete_expired(records, _DUE, dry_run=True)

    assert before == counts(records)
    assert would == delete_expired(records, _DUE)
    assert 0 == counts(records, program_id=program.id)[Agreement]
