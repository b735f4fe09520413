"""What weighs and screens words: embedder, verifier, screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.library import GuidanceLibrary
from coach.ports import Embedder, Judge
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.screening.screen import Screen


def choose_embedder(settings: CoachSettings) -> Embedder:
    """The endpoint's embedder if one is set, the built-in one otherwise."""
    if settings.embeddings_base_url and settings.embeddings_model:
        from coach.adapters.embedders.endpoint import EndpointEmbedder

        key = settings.embeddings_api_key
        return EndpointEmbedder(
            settings.embeddings_base_url,
            settings.embeddings_model,
            key.get_secret_value() if key else None,
        )
    from coach.adapters.embedders.minilm import MiniLMEmbedder

    return MiniLMEmbedder()


def open_verifier() -> Judge:
    """The judge of a model's words, without the index."""
    from coach.library.load import load_library

    settings = read_settings()
    return judge_of(choose_embedder(settings), load_library(settings.library))


def judge_of(embedder: Embedder, library: GuidanceLibrary) -> Judge:
    """The judge of a model's words, over the words that ``library`` uses."""
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.adapters.languages import Languages
    from coach.phrasing.check import Checker
    from coach.verification.verify import Verifier

    # Its weights belong to the built-in embedder, whichever one the index is built with.
    built_in = embedder if isinstance(embedder, MiniLMEmbedder) else MiniLMEmbedder()
    tact = Checker(built_in, Languages(), library).score
    return Verifier(built_in, EnglishGrammar(), Languages(), library.vocabulary, tact=tact)


def open_screen() -> Screen:
    """What scores texts for instructions aimed at a model, without the library or the index."""
    from coach.screening.screen import Screen

    return Screen(choose_embedder(read_settings()))
