"""What reads what somebody wrote after a session."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.reflecting.caring import Carer
    from coach.reflecting.grounding import Grounder
    from coach.reflecting.summary import Summariser


class Reflecting:
    """Everything of *Reflect*, each part loaded when it is first used. Keeps no text."""

    def __init__(self, settings: CoachSettings) -> None:
        self._settings = settings

    @cached_property
    def carer(self) -> Carer:
        """Finds signs that people should take up."""
        from coach.reflecting.caring import Carer

        return Carer(self._embedder)

    @cached_property
    def grounder(self) -> Grounder:
        """Says how well a source carries a summary."""
        from coach.reflecting.grounding import Grounder

        return Grounder(self._grammar, self._embedder)

    @cached_property
    def summariser(self) -> Summariser:
        """Says what a reflection comes to."""
        from coach.adapters.languages import Languages
        from coach.reflecting.summary import Summariser
        from coach.screening.screen import Screen

        screen = Screen(self._embedder)
        return Summariser(self._grammar, self._embedder, Languages(), screen)

    @cached_property
    def _embedder(self) -> MiniLMEmbedder:
        # The fitted weights belong to it, whichever embedder the index is built with.
        from coach.adapters.embedders.minilm import MiniLMEmbedder

        return MiniLMEmbedder()

    @cached_property
    def _grammar(self) -> EnglishGrammar:
        from coach.adapters.grammar import EnglishGrammar

        return EnglishGrammar()


def open_reflecting(settings: CoachSettings | None = None) -> Reflecting:
    """Everything of *Reflect*, with these settings or those of the environment."""
    return Reflecting(settings or read_settings())
