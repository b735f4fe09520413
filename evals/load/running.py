"""The coach and the people, each in a process of its own, and both gone afterwards."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

from coach.errors import CoachError
from coach.settings import CoachSettings
from evals.load.plan import read_plan

#: What Locust says, in the folder of a run.
LOG = "locust.log"
_HERE = Path(__file__).parent
#: Within so many seconds all have come.
_ARRIVE = 10
#: Seconds for what is under way at the end, and after which a process hangs.
_LINGER, _HANGS = 20, 60


class Server:
    """A running coach: its address, and what it said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: list[str] = []
        self.address = self._read_address()
        self._must_answer()
        # Nobody else reads the rest, and a full pipe would hold it up.
        self._rest = Thread(target=self._read_rest)
        self._rest.start()

    @property
    def tracebacks(self) -> int:
        """How many it has written; complete once it has ended."""
        return sum("Traceback" in line for line in self._said)

    def end(self) -> None:
        """End it, and wait until it has gone."""
        self._process.terminate()
        try:
            self._process.wait(_HANGS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._rest.join()

    def _read_address(self) -> str:
        for line in self._process.stdout or ():
            self._said.append(line)
            if found := re.search(r"The coach is at (http://\S+)", line):
                return found[1]
        raise CoachError(f"The coach did not start: {''.join(self._said)}")

    def _must_answer(self) -> None:
        """Wait until it listens: it gives its address a moment before."""
        until = time.monotonic() + _HANGS
        while True:
            try:
                with urlopen(f"{self.address}/_stcore/health", timeout=_HANGS):  # noqa: S310
                    return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def _read_rest(self) -> None:
        self._said.extend(self._process.stdout or ())


@contextmanager
def served(settings: CoachSettings) -> Iterator[Server]:
    """``coach start`` with these settings, on this machine, until the block ends."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [str(Path(sysconfig.get_path("scripts")) / "coach"), "start", "--no-browser"],
        env=_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            server = Server(process)
        except BaseException:
            process.kill()
            raise
        try:
            yield server
        finally:
            server.end()


def let_in(folder: Path, address: str, seconds: int) -> None:
    """Let people use the coach by the plan in ``folder``, for so long at most.

    They keep a journal there. Raises ``subprocess.TimeoutExpired`` if they never leave.
    """
    people = len(read_plan(folder).people)
    command = [
        sys.executable, "-m", "locust", "--locustfile", str(_HERE / "locustfile.py"), "--headless",
        "--host", address, "--users", str(people), "--spawn-rate", str(max(1, people / _ARRIVE)),
        "--run-time", f"{seconds}s", "--stop-timeout", str(_LINGER), "--loglevel", "WARNING",
    ]  # fmt: skip
    environment = {
        **os.environ, "COACH_LOAD_FOLDER": str(folder), "PYTHONPATH": str(_HERE.parents[1])
    }  # fmt: skip
    with (folder / LOG).open("w", encoding="utf-8") as log:
        subprocess.run(  # noqa: S603 - our own command
            command,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=seconds + _LINGER + _HANGS,
        )


def processor() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    used = os.times()
    return used.children_user + used.children_system


def _environment(settings: CoachSettings) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COACH_")}
    if settings.database_url:
        kept["COACH_DATABASE_URL"] = settings.database_url.get_secret_value()
    return {**kept, "COACH_HOME": str(settings.home), "COACH_SIGN_IN": "accounts"}
