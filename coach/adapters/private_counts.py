"""Noise for counts of pairs by OpenDP: the discrete Laplace mechanism."""

from __future__ import annotations

import math
from typing import Any

from coach.errors import SettingsError

#: The chance, for one pair and release, that noise reaches further than it is allowed for.
DELTA = 1e-5


class LaplaceCounts:
    """Counts that hide one pair's part in a release.

    What is promised: had one contributing pair said anything else, every band and every theme
    that is or is not shown would be as likely but for a factor of e to the ``epsilon``, and a
    chance of ``DELTA``. Which pairs contribute, how themes are found, and their words are not in
    the promise. A pair is counted in ``most_themes`` themes at most (``budget.bounded``), in one
    cell of each, so other statements of a pair move the counts by twice as many in all.

    A theme is shown when K pairs are in it in truth *and* when its noisy count is above K by
    ``margin``; the truth decides otherwise than the noisy count with a chance of ``DELTA`` only.

    Raises ``SettingsError`` without OpenDP, and for an ``epsilon`` that is not above 0.
    """

    def __init__(self, epsilon: float, most_themes: int) -> None:
        if not (math.isfinite(epsilon) and epsilon > 0 and most_themes >= 1):
            raise SettingsError(
                f"A privacy budget of {epsilon} is unusable. Give a number above 0, such as 1."
            )
        self.most_themes = most_themes
        self._scale = 2 * most_themes / epsilon
        self._laplace: Any = _laplace(self._scale)

    def noisy(self, counts: tuple[int, ...]) -> tuple[int, ...]:
        """Each count with noise of its own; fresh at each call, and never to be drawn again."""
        return tuple(self._laplace(list(counts)))

    def margin(self, counts: int) -> int:
        """How far the sum of so many noisy counts may be off, but for the chance of ``DELTA``.

        Shared among the themes that one pair moves, both sides of each, and the counts.
        """
        from opendp.accuracy import discrete_laplacian_scale_to_accuracy

        chance = DELTA / (4 * self.most_themes * counts)
        reach: float = discrete_laplacian_scale_to_accuracy(self._scale, chance)
        return counts * math.ceil(reach)


def _laplace(scale: float) -> Any:
    try:
        import opendp.prelude as dp
    except ImportError as error:
        raise SettingsError(
            "Counts with a privacy budget need OpenDP, which is not installed. Install it with "
            "pip install 'reverse-mentoring-coach[private-counts]', or leave the budget out."
        ) from error
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i32")), dp.l1_distance(T="i32")
    return dp.m.make_laplace(*space, scale=scale)
