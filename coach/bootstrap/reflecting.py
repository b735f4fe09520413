"""What reads what somebody wrote after a session."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING

from coach.bootstrap.models import LOCAL, open_journal, open_model
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.domain.kept_reflection import KeptSummary
    from coach.reflecting.caring import Carer
    from coach.reflecting.grounding import Grounder
    from coach.reflecting.rewriting import SummaryRewriter
    from coach.reflecting.rewriting_judge import SentenceJudge
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
    def sentence_judge(self) -> SentenceJudge:
        """Says whether a model's sentence may stand in a summary."""
        from coach.adapters.languages import Languages
        from coach.phrasing.floor import Floor
        from coach.reflecting.rewriting_judge import SentenceJudge
        from coach.screening.screen import Screen

        languages = Languages()
        return SentenceJudge(
            self.grounder.ground,
            Floor(self._grammar, self._embedder, languages),
            self._grammar,
            languages,
            Screen(self._embedder),
            lambda text: self.carer.signal_of(text) is not None,
        )

    def rewriter(
        self,
        grave: Callable[[KeptSummary], Collection[str]],
        participants: Collection[str] = (),
        *,
        person: str = LOCAL,
    ) -> SummaryRewriter | None:
        """Asks the model of the settings to smooth a summary; ``None`` without one.

        The daily budget of ``person`` pays for it. Lines that are ``grave`` are never sent, and
        outside this machine it never sees the names of ``participants``, or others that are found.
        Raises ``SettingsError``.
        """
        model = open_model(self._settings, person=person, participants=participants)
        if model is None:
            return None
        from coach.reflecting.rewriting import SummaryRewriter

        return SummaryRewriter(
            model,
            self.sentence_judge,
            grave,
            open_journal(self._settings),
            parallel=self._settings.llm_parallel,
        )

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
