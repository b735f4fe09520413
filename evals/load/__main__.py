"""Let sixty people use the coach at once, on each store, and look whether all of it holds.

``python -m evals.load [--store sqlite|postgresql] [--people 60] [--seconds 60]``; ``make load``
does it on both. Ends with 1 if anything failed, was lost, or was seen by somebody whose it is
not. Times are printed and never judged: a shared machine is no judge.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from coach.settings import CoachSettings
from evals.load.counting import count, report
from evals.load.journal import steps
from evals.load.people import make_people
from evals.load.plan import Plan, leave_plan
from evals.load.running import LOG, let_in, processor, served
from evals.postgres import PostgresServer
from evals.show import heading, machine_line

STORES = ("sqlite", "postgresql")


def main() -> None:
    """Print the figures of each store as soon as they are known."""
    parser = argparse.ArgumentParser(prog="python -m evals.load")
    parser.add_argument("--store", choices=STORES, help="one of them; both without")
    parser.add_argument("--people", type=int, default=60, help="two for each pair")
    parser.add_argument("--seconds", type=int, default=60)
    chosen = parser.parse_args()
    stores = [chosen.store] if chosen.store else STORES
    sound = [_run(store, chosen.people, chosen.seconds) for store in stores]
    sys.exit(not all(sound))


def _run(store: str, people: int, seconds: int) -> bool:
    """Whether a run on ``store`` was sound; all that it needs is made and thrown away."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with _settings(store, folder / "home") as settings:
            cast = make_people(settings, people // 2)
            leave_plan(folder, Plan(people=cast))
            print(heading(f"{people} people at once for {seconds} s, on {store}"))
            print(machine_line(), flush=True)
            before = processor()
            with served(settings) as server:
                let_in(folder, server.address, seconds)
                theirs = processor() - before
            ours = processor() - before - theirs
            counted = count(steps(folder), settings, cast, tracebacks=server.tracebacks)
        for line in report(store, counted):
            print(line)
        print(f"processor: the coach {ours:.0f} s with its start, the people {theirs:.0f} s")
        if not counted.steps:
            print((folder / LOG).read_text(encoding="utf-8"))
    sys.stdout.flush()
    return counted.sound


@contextmanager
def _settings(store: str, home: Path) -> Iterator[CoachSettings]:
    """Empty records on ``store``, for as long as the block takes."""
    if store == "sqlite":
        yield CoachSettings(home=home, database_url=None)
        return
    server = PostgresServer()
    try:
        yield CoachSettings(home=home, database_url=SecretStr(server.create("load")))
    finally:
        server.close()


if __name__ == "__main__":
    main()
