"""What came of it: how long steps took, what went wrong, and whether every write is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from coach.bootstrap import open_records
from coach.domain.guidance import Frozen
from coach.domain.meeting import Commitment, Draft
from coach.settings import CoachSettings
from evals.load.journal import HOME, Kind, Step, Wrote
from evals.load.marks import foreign
from evals.load.people import People
from evals.show import table

#: Signing in is slow on purpose: sixty within ten seconds are a rush of its own.
_CALM = "… once all are in"


class Count(Frozen):
    """One run.

    ``astray`` counts records that hold a mark of somebody whose they are not, ``tracebacks`` those
    in the coach's log.
    """

    steps: tuple[Step, ...]
    acknowledged: int
    found: int
    astray: int
    tracebacks: int = 0

    @property
    def times(self) -> dict[str, list[float]]:
        """The milliseconds of every step, by its name; that which is asked to be quick first."""
        times: dict[str, list[float]] = {HOME: [], _CALM: []}
        for step in self.steps:
            times.setdefault(step.name, []).append(step.ms)
            if step.name == HOME and not step.rush:
                times[_CALM].append(step.ms)
        return times

    @property
    def faults(self) -> Counter[str]:
        """What went wrong, and how often."""
        return Counter(f"{step.name}: {step.fault}" for step in self.steps if step.fault)

    @property
    def foreign(self) -> int:
        """How many marks of others were seen."""
        return sum(step.foreign for step in self.steps)

    @property
    def sound(self) -> bool:
        """Something was done, nothing failed or was lost, nobody saw or has what is another's."""
        done = bool(self.times[HOME]) and self.found == self.acknowledged > 0
        return done and not (self.faults or self.foreign or self.astray or self.tracebacks)


def count(
    steps: Sequence[Step], settings: CoachSettings, people: People, *, tracebacks: int = 0
) -> Count:
    """Look for every acknowledged write in the records, and for what stands there astray."""
    records = open_records(settings)
    with records.reading() as work:
        promises, drafts = work.find(Commitment), work.find(Draft)
    records.close()
    wrote = _last([step.wrote for step in steps if step.wrote])
    times_kept = Counter((one.pair_id, one.what) for one in promises)
    worries = {one.name: str(one.content.get("worry")) for one in drafts}
    return Count(
        steps=tuple(steps),
        acknowledged=len(wrote),
        found=sum(
            times_kept[one.of, one.text] == 1
            if one.kind is Kind.PROMISE
            # Edits are numbered: one that nobody waited for any more may have come after it.
            else worries.get(one.of, "") >= one.text
            for one in wrote
        ),
        astray=sum(_astray(people, promises, drafts)),
        tracebacks=tracebacks,
    )


def report(store: str, counted: Count) -> Iterator[str]:
    """The figures for people, line by line."""
    rows = [
        (name, str(len(times)), *(f"{value:,.0f}" for value in _summary(times)))
        for name, times in counted.times.items()
        if times
    ]
    yield table((f"{store}, ms", "times", "median", "p95", "max"), rows)
    yield (
        f"faults: {counted.faults.total()}; marks of others seen: {counted.foreign}; records that "
        f"hold marks of others: {counted.astray}; tracebacks in the log: {counted.tracebacks}"
    )
    yield f"writes acknowledged: {counted.acknowledged}; found: {counted.found}"
    for fault, times in counted.faults.items():
        yield f"  - {fault} ({times} times)"


def _last(wrote: Sequence[Wrote]) -> list[Wrote]:
    """Of a draft, each change takes the place of the one before."""
    promises = [one for one in wrote if one.kind is Kind.PROMISE]
    return promises + list({one.of: one for one in wrote if one.kind is Kind.DRAFT}.values())


def _summary(times: Sequence[float]) -> tuple[float, float, float]:
    return float(np.median(times)), float(np.quantile(times, 0.95)), max(times)


def _astray(
    people: People, promises: Iterable[Commitment], drafts: Iterable[Draft]
) -> Iterator[bool]:
    pairs = {one.pair_id: {one.pair_mark} for one in people}
    owners = {one.person_id: {one.pair_mark, one.own_mark} for one in people}
    for promise in promises:
        yield bool(foreign(promise.what.encode(), pairs[promise.pair_id]))
    for draft in drafts:
        yield bool(foreign(json.dumps(draft.content).encode(), owners[draft.person_id]))
