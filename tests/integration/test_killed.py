"""Killed at 200 random moments on each store, and every acknowledged write is still there.

``pytest -s`` shows the seed, and what was killed how often; KILL_SEED repeats the choices, though
not the moments to the microsecond.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO

import killable
import pytest
from pydantic import SecretStr
from record_samples import NOON, keep, keep_in_earlier, sample_records

from coach.adapters.records.check import check
from coach.adapters.records.keys import KeyFile
from coach.adapters.records.restore import verified
from coach.adapters.records.tables import TABLES
from coach.bootstrap import open_records, rotate_keys
from coach.domain.identity import AuditLine
from coach.domain.program import Person
from coach.domain.records import Record
from coach.errors import RecordsError
from coach.settings import CoachSettings
from evals.postgres import PostgresServer

#: How often each kind of work is killed: 200 in all.
SHARES = {"write": 90, "rotate": 50, "back_up": 30, "migrate": 30}
#: How often a server is killed instead of the work that uses it.
OF_THE_SERVER = 10

#: It takes about a minute a store on two cores, and longer where others use them.
pytestmark = pytest.mark.timeout(900)


class Worker:
    """The script that forks a process for each job, and kills it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, killable.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.until("ready")

    def ask(self, job: str, settings: CoachSettings, target: Path, seconds: float | None) -> None:
        """Begin a job, to be killed after so many seconds."""
        url = settings.database_url
        asked = {
            "job": job,
            "home": str(settings.home),
            "url": url.get_secret_value() if url else None,
            "target": str(target),
            "seconds": seconds,
        }
        self._pipe(self._process.stdin).write(json.dumps(asked) + "\n")
        self._pipe(self._process.stdin).flush()

    def until(self, *ends: str) -> tuple[list[str], str]:
        """What was acknowledged, and which of ``ends`` came then."""
        heard: list[str] = []
        for line in self._pipe(self._process.stdout):
            if line.strip() in ends:
                return heard, line.strip()
            heard.append(line.strip())
        raise AssertionError(f"the worker has ended: {heard}")

    def close(self) -> None:
        """End it, and wait."""
        self._pipe(self._process.stdin).close()
        assert 0 == self._process.wait(timeout=60)
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@dataclass
class Ground:
    """What is worked on: records that live through every kill, and earlier ones to migrate."""

    settings: CoachSettings
    earlier: CoachSettings
    kept: tuple[Record, ...]
    kept_earlier: tuple[Record, ...]
    server: PostgresServer | None = None
    number: int = 0
    acknowledged: int = 0
    server_kills: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    def fresh_earlier(self, name: str) -> CoachSettings:
        """A copy of the earlier records."""
        home = self.earlier.home.with_name(name)
        shutil.copytree(self.earlier.home, home)
        url = None
        if self.server:
            url = SecretStr(self.server.create(name, template="earlier"))
        return CoachSettings(home=home, database_url=url)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    server = PostgresServer() if request.param == "postgresql" else None
    made = CoachSettings(
        home=tmp_path / "home", database_url=SecretStr(server.create("main")) if server else None
    )
    earlier = CoachSettings(
        home=tmp_path / "earlier",
        database_url=SecretStr(server.create("earlier")) if server else None,
    )
    kept = tuple(one for _ in range(3) for one in sample_records())
    with closing(open_records(made)) as records, records.writing() as work:
        keep(work, kept)
        keep(work, tuple(Person(name="0", zone=killable.ZONE) for _ in range(2)))
        work.add(
            AuditLine(id="0" * 32, at=NOON, actor_id="", action="x", allowed=True, kind="count")
        )
    yield Ground(made, earlier, kept, keep_in_earlier(earlier), server)
    if server:
        server.close()


def verify(ground: Ground, settings: CoachSettings, kept: tuple[Record, ...]) -> None:
    """The records open, all of them can be read, and nothing that was there is gone."""
    with closing(open_records(settings, upgrade=True)) as records:
        # Comparing the tables takes longer than all the rest, and only migrations change them.
        if settings is not ground.settings or ground.number % 10 == 0:
            assert () == check(records).faults
        with records.reading() as work:
            there = {one.id: one for kind in TABLES for one in work.find(kind)}
    assert all(one.but(version=1) == there.get(one.id) for one in kept)
    counters = {
        int(one.name)
        for one in there.values()
        if isinstance(one, Person) and one.zone == killable.ZONE
    }
    if settings is ground.settings:
        # What was under way when it was killed is there, all of it, or nothing.
        assert counters <= {ground.acknowledged, ground.acknowledged + 1}
        (ground.acknowledged,) = counters
        (line,) = (
            one for one in there.values() if isinstance(one, AuditLine) and one.kind == "count"
        )
        assert ground.acknowledged == int(line.id, 16)


def verify_backups(ground: Ground, made: int) -> None:
    """What bears a backup's name is a whole one; half of one is refused by any name."""
    rows = len(ground.kept) + 3
    keys = KeyFile(ground.settings.keys_path)
    backups = list(ground.settings.home.glob("*.backup"))
    assert made <= len(backups)
    for backup in backups:
        assert rows == verified(backup, keys).rows
        backup.unlink()
    for partial in ground.settings.home.glob("*.partial"):
        with suppress(RecordsError):
            assert rows == verified(partial, keys).rows
        partial.unlink()


def work_once(
    worker: Worker, ground: Ground, job: str, seconds: float | None, *, kill_server: bool = False
) -> float:
    """One job, killed after so many seconds, and a look at what is left; gives how long it took."""
    settings, kept = ground.settings, ground.kept
    ground.number += 1
    if job == "migrate":
        settings, kept = ground.fresh_earlier(f"moment_{ground.number}"), ground.kept_earlier
    begun = monotonic()
    target = settings.home / f"{ground.number}.backup"
    worker.ask(job, settings, target, None if kill_server else seconds)
    if kill_server:
        assert ground.server is not None
        assert seconds is not None
        sleep(seconds)
        ground.server.kill()
        ground.server.start()
    heard, end = worker.until("killed", "ended")
    took = monotonic() - begun
    if ground.server:
        # What the killed one had sent may be kept a moment later, under the next one's hands.
        ground.server.wait_until_alone()
    done = [line for line in heard if not line.startswith("refused")]
    refused = len(heard) > len(done)
    assert not refused or kill_server, heard
    (ground.killed if refused or end == "killed" else ground.ended)[job] += 1
    ground.server_kills += refused
    if job == "write" and done:
        ground.acknowledged = int(done[-1])
    if job == "rotate" and done:
        assert 1 == len(KeyFile(settings.keys_path).read())
    verify(ground, settings, kept)
    verify_backups(ground, made=len(done) if job == "back_up" else 0)
    return took


def test_whatever_is_killed_every_acknowledged_write_is_there(
    worker: Worker, ground: Ground
) -> None:
    seed = int(os.environ.get("KILL_SEED") or secrets.randbelow(2**32))
    print(f"KILL_SEED={seed}")  # noqa: T201 - pytest shows it where something fails
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    spans = {job: work_once(worker, ground, job, None) for job in ("rotate", "back_up", "migrate")}
    spans["write"] = 0.3
    while missing := [job for job, share in SHARES.items() if ground.killed[job] < share]:
        job = chance.choice(missing)
        kill_server = ground.server is not None and ground.server_kills < OF_THE_SERVER
        moment = chance.uniform(0, spans[job])
        ended = ground.ended[job]
        took = work_once(worker, ground, job, moment, kill_server=kill_server)
        if ground.ended[job] > ended and not kill_server:
            spans[job] = took

    print(f"killed: {dict(ground.killed)}, the server {ground.server_kills} times")  # noqa: T201
    print(f"ended before: {dict(ground.ended)}; {ground.acknowledged} writes")  # noqa: T201
    assert SHARES == dict(ground.killed)
    assert bool(ground.server) * OF_THE_SERVER == ground.server_kills
    rotate_keys(ground.settings)
    verify(ground, ground.settings, ground.kept)
