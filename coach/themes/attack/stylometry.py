"""Whether a label or sentence is written like one pair, more than chance would have it.

One pair of a theme writes in a way of its own. The adversary has what every pair wrote, in full,
and bets on the pair whose writing is nearest to the theme's words, by runs of letters.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

from coach.domain.themes import FLOOR, Statement, Theme

_LETTERS = 3
#: How far above chance the adversary's luck must be to count, in standard deviations.
_LUCK = 3.0
#: Ways of writing: what is replaced, and by what.
_WAYS = (
    (("is ", "be "), ("the ", "da "), ("ing", "in'"), (".", " lol")),
    (("meeting", "mtg"), ("because", "bc"), ("and", "&"), (".", " !!!")),
    (("er", "ah"), ("our", "ar"), ("ough", "uff"), ("ck", "k")),
    (("It ", "Verily it "), ("hard", "arduous"), ("often", "oft"), (".", ", forsooth.")),
)


class Bets:
    """Bets on who wrote a theme's words, and how many chance alone would win."""

    def __init__(self) -> None:
        self.tried = self.won = 0
        self._expected = self._spread = 0.0

    def add(self, chance: float, won: bool) -> None:
        """One bet that chance alone wins with ``chance``."""
        self.tried += 1
        self.won += won
        self._expected += chance
        self._spread += chance * (1 - chance)

    @property
    def beyond_chance(self) -> int:
        """Bets won beyond what chance wins, or 0 where luck explains them."""
        luck = self._expected + _LUCK * math.sqrt(self._spread)
        return round(self.won - self._expected) if self.won > luck else 0


def restyled(
    statements: Sequence[Statement], draw: Random
) -> tuple[list[Statement], frozenset[str]]:
    """K - 1 pairs write all that they say in the same odd way; and which pairs those are."""
    pairs = sorted({one.pair for one in statements})
    odd = frozenset(draw.sample(pairs, FLOOR - 1))
    way = draw.choice(_WAYS)
    written = [
        one.model_copy(update={"text": _in_the_way_of(one.text, way)}) if one.pair in odd else one
        for one in statements
    ]
    return written, odd


def nearest(theme: Theme, statements: Sequence[Statement]) -> str:
    """The pair whose writing is most like a theme's label and sentence."""
    text = _letters(f"{theme.label}. {theme.sentence}")
    by_pair: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in statements:
        by_pair[one.pair].update(_letters(one.text))
    return max(sorted(by_pair), key=lambda pair: _likeness(text, by_pair[pair]))


def _in_the_way_of(text: str, way: Sequence[tuple[str, str]]) -> str:
    for plain, own in way:
        text = text.replace(plain, own)
    return text


def _letters(text: str) -> Counter[str]:
    plain = text.casefold()
    return Counter(plain[at : at + _LETTERS] for at in range(len(plain) - _LETTERS + 1))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The cosine of two texts' runs of letters."""
    shared = sum(count * other[run] for run, count in one.items())
    size = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / size if size else 0.0
