"""The clarity floor: does a rewrite still say what the message says, no less and no more?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.phrasing import FloorVerdict
from coach.phrasing.floor_features import features
from coach.phrasing.floor_fitted import FAULTS, fitted
from coach.phrasing.floor_reader import Reader
from coach.phrasing.floor_reasons import changed_fact, flat_turn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.phrasing.floor_pieces import Said
    from coach.ports import Embedder, Grammar


class Floor:
    """Refuses a rewrite that loses, turns round or adds.

    Figures, names, dates and plain swaps of persons are compared by rule; the rest by small
    fitted models, one for each way to break a message, over what both texts were found to say.
    """

    def __init__(self, grammar: Grammar, embedder: Embedder) -> None:
        self._reader = Reader(grammar, embedder)

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """The verdict, with a reason for people. Raises ``EmbedderError``."""
        if original.split() == rewrite.split():
            return FloorVerdict(kept=True)
        if not rewrite.strip():
            return FloorVerdict(kept=False, reason="it says nothing")
        before, after = self._reader.read(original, rewrite)
        fault = changed_fact(before, after) or flat_turn(before, after)
        if fault:
            return FloorVerdict(kept=False, reason=fault)
        return self._weighed(features(before, after, self._reader.alike), after)

    def measured(self, original: str, rewrite: str) -> tuple[dict[str, float], bool]:
        """The features of a pair, to fit on, and whether a rule refuses it."""
        before, after = self._reader.read(original, rewrite)
        ruled = bool(changed_fact(before, after) or flat_turn(before, after))
        return features(before, after, self._reader.alike), ruled

    def _weighed(self, found: Mapping[str, float], after: Said) -> FloorVerdict:
        judge = fitted()
        odds = judge.odds(found)
        worst = max(odds, key=lambda fault: odds[fault])
        if odds[worst] <= judge.limit:
            return FloorVerdict(kept=True)
        said = " ".join(after.text.split())
        shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rsplit(' ', 1)[0]} …"
        return FloorVerdict(kept=False, reason=f"{FAULTS[worst]}: “{shown}”")


#: Characters of a rewrite that a reason quotes.
_SHOWN = 90
