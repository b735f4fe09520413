"""What the people's process tells the one that counts: a line for each step that somebody took."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from coach.domain.guidance import Frozen

#: The step that is asked to be quick.
HOME = "open our pair"
_FILE = "journal.jsonl"


class Kind(StrEnum):
    """What can be written down."""

    PROMISE = "promise"
    DRAFT = "draft"


class Wrote(Frozen):
    """Something that the coach acknowledged: ``of`` names the pair, or the draft."""

    kind: Kind
    of: str
    text: str


class Step(Frozen):
    """One step: how many milliseconds it took, and what was wrong with it, if anything.

    ``rush`` says that not all had come yet, and signed in; ``foreign`` counts the marks of others
    that were seen.
    """

    name: str
    ms: float
    rush: bool = False
    fault: str = ""
    foreign: int = 0
    wrote: Wrote | None = None


def note(folder: Path, step: Step) -> None:
    """Add one to the journal in ``folder``."""
    with (folder / _FILE).open("a", encoding="utf-8") as file:
        file.write(step.model_dump_json() + "\n")


def steps(folder: Path) -> tuple[Step, ...]:
    """All of them, in their order; none if nobody came."""
    if not (folder / _FILE).exists():
        return ()
    lines = (folder / _FILE).read_text(encoding="utf-8").splitlines()
    return tuple(Step.model_validate_json(line) for line in lines)
