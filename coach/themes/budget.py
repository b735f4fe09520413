"""The privacy budget of a program: what its releases have taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def bounded(themes: Mapping[str, frozenset[str]], most: int) -> dict[str, frozenset[str]]:
    """``themes`` with each pair in ``most`` of them at most: the first by their identifiers.

    What is kept of a pair depends on that pair alone.
    """
    left: dict[str, int] = {}
    kept: dict[str, frozenset[str]] = {}
    for theme in sorted(themes):
        kept[theme] = frozenset(pair for pair in themes[theme] if left.get(pair, most) > 0)
        left.update({pair: left.get(pair, most) - 1 for pair in kept[theme]})
    return {theme: kept[theme] for theme in themes}
