"""What a lead can do about a theme, from the guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.domain.guidance import Audience, GuidanceCard
from coach.domain.library import GuidanceLibrary
from coach.domain.themes import Advice, Subject
from coach.ports import GuidanceIndex

#: Nearness of a card to a theme in words of its own below which no advice is better.
_NEAR = 0.4
_SENTENCE = re.compile(r"[^.!?]+[.!?]+[\"”’)]*(?:\s+|$)")
#: Of a topic kit.
_EXERCISES = "Hands-on"
_OFFER = "Offer your pairs a session on “{topic}”. An exercise for it is ready: “{exercise}”."
#: Before what is written for the two and not for their lead.
_FOR_PAIRS = "Pass on to your pairs: "


class Advisor:
    """Finds advice: chosen for the library's subjects, by meaning for others. Thread-safe."""

    def __init__(
        self, library: GuidanceLibrary, index: GuidanceIndex, subjects: Sequence[Subject]
    ) -> None:
        self._library = library
        self._index = index
        self._chosen = {one.label: one.guidance for one in subjects}

    def __call__(self, label: str) -> tuple[Advice, ...]:
        """The advice on the theme called ``label``, best first. Raises ``EmbedderError``."""
        keys = self._chosen.get(label) or self._found(label)
        cards = [self._library.by_key[key] for key in keys if key in self._library.by_key]
        return tuple(self._advice(card) for card in cards)

    def _found(self, label: str) -> tuple[str, ...]:
        among = sorted(card.key for card in self._library.cards)
        near = self._index.closeness(label, among)
        best = max(near, key=lambda key: (near[key], key), default="")
        return (best,) if best and near[best] >= _NEAR else ()

    def _advice(self, card: GuidanceCard) -> Advice:
        exercise = next((one for one in card.sections if one.path[0] == _EXERCISES), None)
        if exercise is not None:
            # A topic's sections are for the two; what a lead can do is point to one of them.
            said = _OFFER.format(topic=card.title, exercise=exercise.path[-1])
            return Advice(text=said, citation=self._library.cite(card, exercise))
        section = card.section("What to do") or card.sections[0]
        text = self._library.readable(section.text)
        # Where each is told their part, the lead reads the lead's.
        _, mark, own = text.partition("Lead: ")
        sentences = _SENTENCE.findall(own[:1].upper() + own[1:] if mark else text)[:2]
        said = " ".join(one.strip().removeprefix("- ") for one in sentences)
        before = "" if Audience.LEAD in card.audience else _FOR_PAIRS
        return Advice(text=before + said, citation=self._library.cite(card, section))
