"""Open the coach for a command, with messages and progress on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from coach.bootstrap import Coach


def opened(*, long_lived: bool = False) -> Coach:
    """The coach of this environment. Raises ``CoachError``."""
    from coach.bootstrap import open_coach

    return open_coach(long_lived=long_lived, say=say, progress=progress)


def say(message: str) -> None:
    """A message for a person, apart from the answer on stdout."""
    typer.secho(message, err=True, fg=typer.colors.BRIGHT_BLACK)


def progress(done: int, total: int) -> None:
    """One line that counts up, where stderr is a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r  {done} of {total} passages{end}")
        sys.stderr.flush()
