"""The attacks on the words of releases: what is planted in them, and whose style they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from coach.domain.themes import FLOOR, Statement, ThemeReport
from coach.themes.attack.attacks import Tally
from coach.themes.attack.auditor import roots
from coach.themes.attack.canaries import Planting, recovered
from coach.themes.attack.stylometry import Bets, nearest, restyled

STYLE = "style of writing"
#: Makes a report of statements with a threshold: the code that serves the lead.
Tell = Callable[[Sequence[Statement], int], ThemeReport]


class OnWords:
    """Attacks what ``tell`` makes of statements that nothing has stripped.

    ``library`` are texts whose words are nobody's; ``names`` are people's names to plant, else a
    short list from all world regions.
    """

    def __init__(
        self, tell: Tell, library: Iterable[str], names: Sequence[str] = (), seed: int = 1
    ) -> None:
        self._tell = tell
        self._shared = frozenset[str]().union(*map(roots, library))
        self._planting = Planting(names)
        self._seed = seed
        self._bets = Bets()

    def plant(self, number: int, tally: Tally) -> None:
        """Look for what was planted in program ``number`` in the report on it."""
        statements, canaries = self._planting.planted(number, self._seed)
        report = self._tell(statements, FLOOR)
        for canary in canaries:
            kind = f"planted: {canary.kind.replace('_', ' ')}"
            lost = recovered(canary, [report], self._shared)
            tally.add(kind, f"{self._seed}/{number}", (1, int(lost)))

    def bet(self, number: int) -> None:
        """Bet on who wrote the words of each theme of program ``number``."""
        draw = Random(f"style/{self._seed}/{number}")  # noqa: S311 - a repeatable case
        statements, _ = self._planting.planted(2 * number, self._seed)
        written, odd = restyled(statements, draw)
        chance = len(odd) / len({one.pair for one in written})
        for theme in self._tell(written, FLOOR).themes:
            self._bets.add(chance, nearest(theme, written) in odd)

    def settle(self, tally: Tally) -> None:
        """Count the bets: those won beyond chance are recovered."""
        tally.add(STYLE, STYLE, (self._bets.tried, self._bets.beyond_chance))
