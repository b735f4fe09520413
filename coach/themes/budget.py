"""The privacy budget of a program: what its releases have taken together."""

from __future__ import annotations

from collections.abc import Iterable

from coach.domain.themes import ThemeReport
from coach.errors import ProgramError


def spent(reports: Iterable[ThemeReport]) -> float:
    """What was taken so far. A pair may be in every release, so budgets add up."""
    return sum(report.epsilon or 0.0 for report in reports)


def within(budget: float, before: Iterable[ThemeReport], epsilon: float) -> float:
    """What is left after another release that takes ``epsilon``.

    Raises ``ProgramError`` where it is more than is left, and where an earlier release was counted
    without noise: then no budget holds.
    """
    reports = tuple(before)
    if any(report.epsilon is None and report.themes for report in reports):
        raise ProgramError(
            "An earlier release of this program shows counts without noise, so no privacy budget "
            "holds for it any more. Release without one."
        )
    left = budget - spent(reports)
    if epsilon > left:
        raise ProgramError(
            f"This release would take {epsilon:g} of the privacy budget, and {max(left, 0):g} of "
            f"{budget:g} is left. Take less, or release no more."
        )
    return left - epsilon
