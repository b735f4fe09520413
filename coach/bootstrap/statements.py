"""What makes a statement of what somebody wrote; nothing heavy loads before the first."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coach.ports import Embedder, LanguageFinder, Screen
from coach.themes.contributing import Preparing

if TYPE_CHECKING:
    from coach.themes.stripping import Stripper


def open_preparing(embedder: Embedder) -> Preparing:
    """The parts that strip and check statements."""

    @cache
    def languages() -> LanguageFinder:
        from coach.adapters.languages import Languages

        return Languages()

    @cache
    def screen() -> Screen:
        from coach.screening.screen import Screen as FittedScreen

        return FittedScreen(embedder)

    return Preparing(cache(open_stripper), languages, screen)


def open_stripper() -> Stripper:
    """What takes out of a statement what tells who."""
    from coach.adapters.common_words import is_common
    from coach.bootstrap.models import open_identifiers
    from coach.themes.stripping import Stripper

    return Stripper(open_identifiers(), is_common)
