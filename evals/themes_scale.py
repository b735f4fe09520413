"""What a release costs, through the records: ``python -m evals.themes_scale [COUNT …]``.

For each count one process fills the records of a program on SQLite, and another one, whose largest
memory is printed, proposes a release and locks it as a lead's click does. The statements are made
up: sentences about one of 60 subjects, in vectors around 60 directions, from one pair in twelve
statements. First comes what one statement costs when it is written: the reflections of tuning
writers, stripped, checked, embedded and kept one by one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap import Workspace, open_coach, open_records
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, Written
from coach.domain.kept_themes import KeptStatement, StatementContent
from coach.domain.meeting import Session
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.reflection import ItemKind
from coach.pair.pseudonyms import pair_key, source_key, terms_of
from coach.pair.reflections import Consent
from coach.ports import Work
from coach.settings import read_settings
from coach.themes.contributing import KINDS, packed
from evals.cases import Part
from evals.reflection_cases import labelled_reflections
from evals.show import heading, machine_line

_COUNTS = (1_000, 10_000, 100_000)
_SUBJECTS, _WIDTH, _SPREAD, _EACH, _SEED = 60, 384, 1.0, 12, 20260301
_BATCH, _WRITTEN = 5_000, 20
_BEGAN = date(2026, 1, 5)
#: Days after the proposal on which it is locked.
_NOTICE = 8
_FILL, _RELEASE, _WRITE = "--fill", "--release", "--write"
_SPEECH = tuple(
    re.findall(
        r"\w+",
        """
    calendar meeting notice cancelled prompt answer privacy customer video phone
    slide question silence feedback trust promise budget story picture button
    channel message summary review practice agenda lunch language screen team
    deadline report camera market culture example
""",
    )
)


def main() -> None:
    """Print what writing costs, then seconds and memory of each count."""
    if step := next((one for one in (_FILL, _RELEASE, _WRITE) if one in sys.argv), ""):
        {_FILL: _fill, _RELEASE: _release, _WRITE: _write}[step](int(sys.argv[-1]))
        return
    print(machine_line())
    print(heading("A new statement: stripped, checked, embedded, kept"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        _run(_WRITE, home, _WRITTEN)
    print(heading("A release through the records: opened, clustered, named, audited, signed"))
    for count in map(int, sys.argv[1:] or _COUNTS):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            _run(_FILL, home, count)
            _run(_RELEASE, home, count)


def _run(step: str, home: str, count: int) -> None:
    code = [sys.executable, "-m", "evals.themes_scale", step, str(count)]
    subprocess.run(code, check=True, env={**os.environ, "COACH_HOME": home})  # noqa: S603 - this very file


def _write(count: int) -> None:
    at, records = Workspace(read_settings()), open_records()
    spent: list[float] = []
    texts = [one.text for one in labelled_reflections() if one.part is Part.TUNE][: count + 1]
    with records.writing() as work:
        program, _ = _begun(work)
        (pair,) = _pairs(work, program, 1)
        mentor = work.find(Person, id=pair.mentor_id)[0]
        work.add(_member(program, mentor, Role.MENTOR))
    actor = Actor(person_id=mentor.id)
    for number, text in enumerate(texts):
        with records.writing() as work:
            session = work.add(
                Session(
                    program_id=program.id,
                    pair_id=pair.id,
                    number=number + 1,
                    starts=datetime.now(UTC) - timedelta(days=1),
                    minutes=60,
                )
            )
        mine = at.reflections.keep(
            actor,
            session.id,
            0,
            form=Form.FREE,
            written=(Written(prompt="free", text=text),),
            before=None,
            after=None,
        )
        mine = at.reflections.summarise(actor, session.id, mine.version)
        at.reflections.consent(actor, session.id, mine.version, Consent.THEMES, given=True)
        started = time.perf_counter()
        at.contributing.renew(actor, session.id)
        took = time.perf_counter() - started
        if number and mine.summary and mine.summary.items:  # the first one loads what all need
            spent.append(1000 * took / len(mine.summary.items))
    print(
        f"{len(spent)} reflections: {np.median(spent):.0f} ms a point of a summary in the median, "
        f"{np.quantile(spent, 0.95):.0f} ms at the 95th percentile",
        flush=True,
    )


def _fill(count: int) -> None:
    open_coach(read_settings())  # a coach that is in use has its index
    records = open_records()
    drawn = np.random.default_rng(_SEED)
    directions = drawn.normal(size=(_SUBJECTS, _WIDTH))
    kinds = sorted(KINDS)
    with records.writing() as work:
        program, _ = _begun(work)
        pairs = _pairs(work, program, count // _EACH + 1)
        terms = terms_of(work, program.id)
    keys = [pair_key(terms, pair.id) for pair in pairs]
    for start in range(0, count, _BATCH):
        made = []
        for number in range(start, min(count, start + _BATCH)):
            subject = int(drawn.integers(0, _SUBJECTS))
            vector = directions[subject] + _SPREAD * drawn.normal(size=_WIDTH)
            made.append(
                KeptStatement(
                    program_id=program.id,
                    pair_key=keys[number // _EACH],
                    source_key=source_key(terms, str(number // 4)),
                    origin_key=source_key(terms, f"item {number}"),
                    content=StatementContent(
                        kind=ItemKind(kinds[subject % len(kinds)]),
                        text=_text(subject, drawn),
                        vector=packed((vector / np.linalg.norm(vector)).astype(np.float32)),
                        embedder=MiniLMEmbedder.identity,
                    ),
                )
            )
        with records.writing() as work:
            work.add_all(made)


def _release(count: int) -> None:
    now = [datetime.now(UTC)]
    at = Workspace(read_settings(), now=lambda: now[0])
    with open_records().reading() as work:
        (lead,) = work.find(Membership, role=Role.LEAD)
    actor = Actor(person_id=lead.person_id)
    started = time.perf_counter()
    at.theme_releases.propose(actor, lead.program_id)
    proposed = time.perf_counter()
    now[0] += timedelta(days=_NOTICE)
    locking = time.perf_counter()
    at.theme_releases.release(actor, lead.program_id)
    locked = time.perf_counter()
    (made,) = at.theme_releases.see(actor, lead.program_id).released
    print(
        f"{count:>9,} statements: proposed in {proposed - started:5.1f} s, "
        f"locked in {locked - locking:5.1f} s, {_megabytes():,} MB at most, "
        f"{len(made.report.themes)} themes shown",
        flush=True,
    )


def _begun(work: Work) -> tuple[Program, Actor]:
    program = work.add(Program(name="Large", starts=_BEGAN))
    lead = work.add(Person(name="Lead"))
    work.add(_member(program, lead, Role.LEAD))
    return program, Actor(person_id=lead.id)


def _member(program: Program, person: Person, role: Role) -> Membership:
    return Membership(program_id=program.id, person_id=person.id, role=role, since=_BEGAN)


def _pairs(work: Work, program: Program, count: int) -> list[Pair]:
    people = [Person(name=f"Person {number}") for number in range(2 * count)]
    work.add_all(people)
    pairs = [
        Pair(
            program_id=program.id,
            mentor_id=people[2 * number].id,
            mentee_id=people[2 * number + 1].id,
            started=_BEGAN,
        )
        for number in range(count)
    ]
    work.add_all(pairs)
    return pairs


def _text(subject: int, drawn: np.random.Generator) -> str:
    own = [_SPEECH[(subject * 5 + step) % len(_SPEECH)] for step in range(4)]
    words = [*drawn.permutation(own), *drawn.choice(_SPEECH, 8)]
    return f"We spoke about the {' and '.join(words)}."


def _megabytes() -> int:
    import resource

    # Kilobytes on Linux.
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


if __name__ == "__main__":
    main()
