"""What checks, rewords and answers hard messages; none of it needs the index."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from coach.bootstrap.models import LOCAL, open_journal, open_model
from coach.domain.library import GuidanceLibrary
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.domain.receiving import RepairKit
    from coach.phrasing.ask_well import AskWell
    from coach.phrasing.check import Checker
    from coach.phrasing.floor import Floor
    from coach.phrasing.ladder import LadderBuilder
    from coach.phrasing.proposed import RungProposer
    from coach.phrasing.receive import Receive


class Phrasing:
    """Everything of *Say it well*, each part loaded when it is first used. Keeps no text."""

    def __init__(self, library: GuidanceLibrary, settings: CoachSettings) -> None:
        self._library = library
        self._settings = settings

    @cached_property
    def checker(self) -> Checker:
        """Finds what threatens face."""
        from coach.adapters.languages import Languages
        from coach.phrasing.check import Checker

        return Checker(self._embedder, Languages(), self._library)

    @cached_property
    def floor(self) -> Floor:
        """Says whether a rewrite keeps the point."""
        from coach.adapters.languages import Languages
        from coach.phrasing.floor import Floor

        return Floor(self._grammar, self._embedder, Languages())

    @cached_property
    def ladder(self) -> LadderBuilder:
        """Builds three rungs."""
        from coach.phrasing.ladder import LadderBuilder
        from coach.phrasing.point import point_of

        return LadderBuilder(self.checker, self.floor, self._grammar, self._library, point_of)

    def proposer(
        self, participants: Collection[str] = (), *, person: str = LOCAL
    ) -> RungProposer | None:
        """Asks the model of the settings for rungs; ``None`` without one.

        The daily budget of ``person`` pays for it.
        Outside this machine it never sees the names of ``participants``, or others that are found.
        Raises ``SettingsError``.
        """
        model = open_model(self._settings, person=person, participants=participants)
        if model is None:
            return None
        from coach.adapters.languages import Languages
        from coach.phrasing.proposed import RungProposer
        from coach.screening.screen import Screen

        journal = open_journal(self._settings)
        return RungProposer(
            model, self.ladder, self._grammar, Languages(), Screen(self._embedder), journal
        )

    @cached_property
    def questions(self) -> AskWell:
        """Says what a question does, and better forms."""
        from coach.phrasing.ask_well import AskWell

        return AskWell(self._grammar, self._library)

    @cached_property
    def receiving(self) -> Receive:
        """Advises somebody who was told something hard."""
        from coach.phrasing.receive import Receive

        return Receive(self._grammar, self._library)

    def repair(self, text: str) -> RepairKit:
        """A way back after something landed badly."""
        from coach.phrasing.repair import repair

        return repair(text, self._library)

    @cached_property
    def _embedder(self) -> MiniLMEmbedder:
        # The fitted weights belong to it, whichever embedder the index is built with.
        from coach.adapters.embedders.minilm import MiniLMEmbedder

        return MiniLMEmbedder()

    @cached_property
    def _grammar(self) -> EnglishGrammar:
        from coach.adapters.grammar import EnglishGrammar

        return EnglishGrammar()


def open_phrasing() -> Phrasing:
    """Everything of *Say it well* over the library of the settings."""
    from coach.library.load import load_library

    settings = read_settings()
    return Phrasing(load_library(settings.library), settings)
