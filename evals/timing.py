"""Times side by side: every task runs once in each round, so that a busy machine slows all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from coach.domain.guidance import Frozen
from evals.show import table

#: Called with the number of the round, so that each round can have another input.
Task = Callable[[int], object]


class Timing(Frozen):
    """One task's times, in milliseconds. With fewer than 20 runs, the p95 is close to the worst."""

    name: str
    runs: int
    median: float
    p95: float


def side_by_side(tasks: Mapping[str, Task], rounds: int, *, warm_up: int = 1) -> list[Timing]:
    """Run all tasks ``rounds`` times in turn, the order reversed each round.

    ``warm_up`` rounds before that are not counted.
    """
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(warm_up + rounds):
        for name in sorted(tasks, reverse=turn % 2 == 1):
            started = time.perf_counter()
            tasks[name](turn)
            if turn >= warm_up:
                spent[name].append((time.perf_counter() - started) * 1_000)
    return [
        Timing(
            name=name,
            runs=len(times),
            median=float(np.median(times)),
            p95=float(np.quantile(times, 0.95)),
        )
        for name, times in spent.items()
    ]


def command(arguments: Sequence[str], home: Path) -> Task:
    """A task that runs ``arguments`` as a whole process, with its data in ``home``.

    Raises:
        subprocess.CalledProcessError: when run, if the process fails.
    """
    environment = {**os.environ, "COACH_HOME": str(home)}

    def run(_: int) -> None:
        subprocess.run(  # noqa: S603 - our own commands
            arguments, check=True, capture_output=True, env=environment
        )

    return run


def python(code: str) -> tuple[str, str, str]:
    """The arguments that run ``code`` in this Python."""
    return (sys.executable, "-c", code)


def lines(timings: Sequence[Timing], peers: Iterable[str], asked: str = "") -> Iterator[str]:
    """A table: ours beside each peer, and the ratio of the medians. ``asked`` is the target."""
    peers = list(peers)
    against = [timing for timing in timings if timing.name in peers]
    header = ("ms", "runs", "median", "p95", *(f"against {peer.name}" for peer in against))
    rows = [
        (
            timing.name,
            str(timing.runs),
            f"{timing.median:,.2f}",
            f"{timing.p95:,.2f}",
            *(
                "peer" if timing.name in peers else f"{timing.median / peer.median:.2f} x"
                for peer in against
            ),
        )
        for timing in timings
    ]
    yield table(header, rows)
    if asked:
        yield f"asked: {asked}"
