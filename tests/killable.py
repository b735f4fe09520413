"""Work on the records that can be killed: a script that forks a process for each job.

Everything is loaded before the first fork, so that a job begins at once. A line of JSON on
standard input is a job, with the seconds after which it is killed; what the job acknowledges, and
then how it ended, comes back as lines.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from sqlalchemy import create_engine

from coach.adapters.records import rotation
from coach.bootstrap import back_up_records, open_records, rotate_keys
from coach.domain.identity import AuditLine
from coach.domain.program import Person
from coach.errors import RecordsError
from coach.settings import CoachSettings

#: Marks the two people that ``write`` counts in.
ZONE = "Etc/GMT+12"


def acknowledge(what: object) -> None:
    """Tell the test; once this returns, no kill can take it back."""
    os.write(1, f"{what}\n".encode())


def write(settings: CoachSettings, _: Path) -> None:
    """Count up in four places at once, for ever, and acknowledge each number that is kept."""
    with closing(open_records(settings)) as records:
        while True:
            with records.writing() as work:
                people = work.find(Person, zone=ZONE)
                number = int(people[0].name) + 1
                for person in people:
                    work.save(person.but(name=str(number)))
                (line,) = work.find(AuditLine, kind="count")
                work.remove(AuditLine, id=line.id)
                work.add(line.but(id=f"{number:032x}"))
            acknowledge(number)


def migrate(settings: CoachSettings, _: Path) -> None:
    """Bring records of an earlier version up to date."""
    open_records(settings, upgrade=True).close()
    acknowledge("done")


def rotate(settings: CoachSettings, _: Path) -> None:
    """Take a new key for all records."""
    rotate_keys(settings)
    acknowledge("done")


def back_up(settings: CoachSettings, target: Path) -> None:
    """Make a backup."""
    back_up_records(target, settings)
    acknowledge("done")


JOBS: dict[str, Callable[[CoachSettings, Path], None]] = {
    job.__name__: job for job in (write, migrate, rotate, back_up)
}


def _load_everything() -> None:
    create_engine("postgresql+psycopg://")
    with TemporaryDirectory() as folder:
        settings = CoachSettings(home=Path(folder), database_url=None)
        migrate(settings, Path())
        rotate(settings, Path())
        back_up(settings, Path(folder) / "backup")


def _do(job: str, home: str, url: str | None, target: str) -> None:
    settings = CoachSettings(home=Path(home), database_url=SecretStr(url) if url else None)
    try:
        JOBS[job](settings, Path(target))
    except RecordsError as error:
        acknowledge(f"refused: {error}")


def _serve() -> None:
    # Several batches a rotation, and so more moments that differ.
    rotation._BATCH = 5
    _load_everything()
    acknowledge("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        seconds = asked.pop("seconds")
        child = os.fork()
        if child == 0:
            try:
                _do(**asked)
            finally:
                os._exit(0)
        if seconds is not None:
            # Not to wait for something: the moment itself is what is random.
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        acknowledge("killed" if os.WIFSIGNALED(status) else "ended")


if __name__ == "__main__":
    _serve()
