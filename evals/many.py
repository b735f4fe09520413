"""Opening a pair's home among 100 and among 100,000 sessions: ``python -m evals.many``.

On SQLite and on PostgreSQL, side by side in one run; nothing is asserted. Among the many, each
opening is another pair's, so that no cache helps. The page's own time is ``python -m evals.load``.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import insert, text

from coach.adapters.records.schema import key_ids
from coach.adapters.records.shapes import shape_of
from coach.adapters.records.store import SqlRecords
from coach.bootstrap import Workspace, open_records
from coach.domain.agreement import Agreement, KeptCard, Share
from coach.domain.identity import Actor
from coach.domain.meeting import Commitment, Session, SessionState
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.receiver import ReceiverCard
from coach.domain.records import Record
from coach.settings import CoachSettings
from evals.postgres import PostgresServer
from evals.show import heading, machine_line
from evals.timing import Task, lines, side_by_side

FEW, MANY = 100, 100_000
_EACH, _HELD, _PROMISES = 8, 4, 5
#: Pairs of one program.
_TOGETHER = 50
_OPENINGS, _SEED, _BATCH = 400, 20260301, 1_000
_NOW = datetime.now(UTC)
_SINCE = _NOW - timedelta(days=120)


def main() -> None:
    """Print the figures of each store as soon as they are known."""
    print(machine_line())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        homes = {count: Path(folder) / f"home-{count}" for count in (FEW, MANY)}
        settings = {count: CoachSettings(home=home) for count, home in homes.items()}
        _compare("SQLite", settings)
        with _server() as server:
            _compare(
                "PostgreSQL",
                {
                    count: one.model_copy(
                        update={
                            "home": homes[count] / "postgresql",
                            "database_url": SecretStr(server.create(f"sessions_{count}")),
                        }
                    )
                    for count, one in settings.items()
                },
            )


def fill(records: SqlRecords, sessions: int) -> list[Pair]:
    """Keep so many sessions, eight for each pair, with all that its two have; gives the pairs."""
    pairs = []
    batch: dict[type[Record], list[Record]] = {}
    for record in _records(sessions):
        same = batch.setdefault(type(record), [])
        same.append(record)
        if isinstance(record, Pair):
            pairs.append(record)
        if isinstance(record, Session) and len(same) == _BATCH:
            _pour(records, batch)
    _pour(records, batch)
    return pairs


def _pour(records: SqlRecords, batch: dict[type[Record], list[Record]]) -> None:
    with records.changing() as connection:
        key = records.keys.get(key_ids(connection)[-1])
        # In the order in which they refer to each other.
        for kind, found in batch.items():
            shape = shape_of(kind)
            rows = [shape.row(one.model_copy(update={"version": 1}), key) for one in found]
            if rows:
                connection.execute(insert(shape.table), rows)
            found.clear()


def _records(sessions: int) -> Iterator[Record]:
    program = Program(name="Among many", starts=_SINCE.date())
    for number in range(-(-sessions // _EACH)):
        if number % _TOGETHER == 0:
            program = Program(name=f"Program {number}", starts=_SINCE.date())
            yield program
        two = [Person(name=f"Person {number}{side}") for side in "ab"]
        yield from two
        for one, role in zip(two, (Role.MENTOR, Role.MENTEE), strict=True):
            yield Membership(
                program_id=program.id, person_id=one.id, role=role, since=program.starts
            )
            card = ReceiverCard(helps="time to think", consented=_NOW.date())
            yield KeptCard(person_id=one.id, number=1, saved=_NOW, card=card)
        mentor, mentee = two
        pair = Pair(
            program_id=program.id, mentor_id=mentor.id, mentee_id=mentee.id, started=program.starts
        )
        yield pair
        yield from _of(pair, min(_EACH, sessions - number * _EACH))


def _of(pair: Pair, sessions: int) -> Iterator[Record]:
    theirs = {"program_id": pair.program_id, "pair_id": pair.id}
    share = Share(learns="what the other knows", gives="what the other asks for")
    signed = {"mentor_signed": _SINCE, "mentee_signed": _SINCE}
    yield Agreement(**theirs, **signed, mentor=share, mentee=share, off_limits="pay")
    for place in range(_PROMISES):
        who = (pair.mentor_id, pair.mentee_id)[place % 2]
        yield Commitment(**theirs, who_id=who, what=f"promise {place}", made=_SINCE)
    for number in range(1, sessions + 1):
        yield Session(
            **theirs,
            number=number,
            state=SessionState.HELD if number <= _HELD else SessionState.PLANNED,
            starts=_NOW + timedelta(days=28 * (number - _HELD) - 14),
            minutes=60,
            topic="safe use of generative AI",
        )


def _compare(store: str, settings: dict[int, CoachSettings]) -> None:
    print(heading(f"Opening a pair's home on {store}"))
    tasks: dict[str, Task] = {}
    opened = []
    for count, one in settings.items():
        records = open_records(one)
        opened.append(records)
        started = time.perf_counter()
        pairs = fill(records, count)
        with records.engine.begin() as connection:
            if store == "PostgreSQL":
                connection.execute(text("ANALYZE"))  # as the server itself does, but now
        spent = time.perf_counter() - started
        print(f"{count:,} sessions of {len(pairs):,} pairs, poured in within {spent:.0f} s")
        tasks[f"{count:,} sessions"] = _opening(Workspace(one, records=records), pairs)
    timings = side_by_side(tasks, _OPENINGS, warm_up=20)
    for line in lines(timings, [f"{FEW:,} sessions"], "the same time"):
        print(line, flush=True)
    for records in opened:
        records.close()


def _opening(workspace: Workspace, pairs: Sequence[Pair]) -> Task:
    drawn = random.Random(_SEED).choices(pairs, k=_OPENINGS)  # noqa: S311 - variety, not secrecy

    def opening(turn: int) -> object:
        pair = drawn[turn % len(drawn)]
        return workspace.home.open(Actor(person_id=pair.mentor_id), pair.id)

    return opening


@contextmanager
def _server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        yield server
    finally:
        server.close()


if __name__ == "__main__":
    main()
