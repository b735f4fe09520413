"""Who comes, how long they think, and when they leave: left in a folder for their process."""

from __future__ import annotations

from pathlib import Path

from coach.domain.guidance import Frozen
from evals.load.people import Someone

_FILE = "plan.json"


class Plan(Frozen):
    """What the people's process has to know.

    ``think`` are the seconds that somebody takes between two steps, least and most. After so many
    ``visits`` each leaves; without, all stay to the end.
    """

    people: tuple[Someone, ...]
    think: tuple[float, float] = (3.0, 8.0)
    visits: int | None = None


def leave_plan(folder: Path, plan: Plan) -> None:
    """Put ``plan`` into ``folder``."""
    (folder / _FILE).write_text(plan.model_dump_json(), encoding="utf-8")


def read_plan(folder: Path) -> Plan:
    """The plan in ``folder``."""
    return Plan.model_validate_json((folder / _FILE).read_bytes())
