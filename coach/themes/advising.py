"""What a lead can do about a theme, from the guidance for leads."""

from __future__ import annotations

import re

from coach.domain.guidance import Audience
from coach.domain.library import GuidanceLibrary
from coach.domain.themes import Advice
from coach.ports import GuidanceIndex

#: Pieces of advice for one theme; more would not be read.
_MOST = 2
_SENTENCE = re.compile(r"[^.!?]+[.!?]+[\"”’)]*(?:\s+|$)")


class Advisor:
    """Finds advice by meaning; safe to share between threads."""

    def __init__(self, library: GuidanceLibrary, index: GuidanceIndex) -> None:
        self._library = library
        self._index = index
        self._cards = {card.key: card for card in library.cards if Audience.LEAD in card.audience}

    def __call__(self, label: str, sentence: str) -> tuple[Advice, ...]:
        """The advice nearest to a theme, best first. Raises ``EmbedderError``."""
        found = self._index.search(f"{label}. {sentence}", k=_MOST, among=sorted(self._cards))
        cards = [self._cards[hit.passage.doc_id] for hit in found.hits]
        sections = [(card, card.section("What to do")) for card in cards]
        return tuple(
            Advice(
                text="".join(_SENTENCE.findall(section.text)[:2]).strip(),
                citation=self._library.cite(card, section),
            )
            for card, section in sections
            if section is not None
        )
