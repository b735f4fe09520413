"""What the parts of a session differ in; ``coach.prepare.items`` fills in the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from coach.domain.guidance import Citation, GuidanceCard

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One part as its writer leaves it, ready to show: what is empty is taken from ``card``."""

    title: str
    purpose: str
    card: GuidanceCard
    mentor_gives: str
    mentee_gives: str
    steps: tuple[str, ...] = ()
    open_with: str = ""
    questions: tuple[str, ...] = ()
    plan_b: str = ""
    citations: tuple[Citation | None, ...] = ()


def chosen(options: tuple[T, ...], choice: int) -> T:
    """The option of this number, counting round."""
    return options[choice % len(options)]
