"""The clarity floor: does a rewrite still say what the message says, no less and no more?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.phrasing import FloorVerdict
from coach.phrasing.floor_features import features
from coach.phrasing.floor_fitted import FAULTS, fitted
from coach.phrasing.floor_harm import certain_harm
from coach.phrasing.floor_pieces import without_blanks
from coach.phrasing.floor_reader import Reader
from coach.phrasing.floor_strays import is_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.phrasing.floor_pieces import Said
    from coach.ports import Embedder, Grammar, LanguageFinder


class Floor:
    """Refuses a rewrite that loses, turns round or adds.

    Figures, names, dates, conditions and other certain harm are compared by rule; the rest by small
    fitted models, one for each way to break a message, over what both texts were found to say.
    """

    def __init__(
        self, grammar: Grammar, embedder: Embedder, languages: LanguageFinder | None = None
    ) -> None:
        self._reader = Reader(grammar, embedder)
        self._languages = languages

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """The verdict, with a reason for people. Raises ``EmbedderError``."""
        if original.split() == rewrite.split():
            return FloorVerdict(kept=True)
        if not any(mark.isalnum() for mark in without_blanks(rewrite)):
            return FloorVerdict(kept=False, reason="it says nothing")
        if any(is_foreign(text, self._languages) for text in (original, rewrite)):
            return FloorVerdict(kept=False, reason="Only English is checked.")
        before, after = self._reader.read(original, rewrite)
        fault = certain_harm(before, after, self._reader.alike)
        if fault:
            return FloorVerdict(kept=False, reason=fault)
        return self._weighed(features(before, after, self._reader.alike), after)

    def measured(self, original: str, rewrite: str) -> tuple[dict[str, float], bool]:
        """The features of a pair, to fit on, and whether a rule refuses it."""
        before, after = self._reader.read(original, rewrite)
        ruled = bool(certain_harm(before, after, self._reader.alike))
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
