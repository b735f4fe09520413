"""Advice on what worries a person before a session; for their eyes only."""

from __future__ import annotations

from coach.domain.agenda import WorryAdvice
from coach.domain.guidance import Audience, GuidanceCard, Use
from coach.domain.library import GuidanceLibrary
from coach.ports import GuidanceIndex

_NO_ADVICE = (
    "The guidance has nothing that fits this worry. "
    "Your program lead may know someone who has met it."
)
#: A second card on a worry is worth reading if it is nearly as close as the first.
_ALSO_NEAR = 0.85
#: Where each of the two finds advice, and who speaks in it.
_USES = {
    Audience.MENTOR: ({Use.WORRY, Use.PHRASE}, "Mentor"),
    Audience.MENTEE: ({Use.WORRY, Use.RECEIVE, Use.ASK, Use.AGREE}, "Mentee"),
}


def advise(
    worry: str, audience: Audience, library: GuidanceLibrary, index: GuidanceIndex
) -> WorryAdvice | None:
    """What the library says to this worry, or that it says nothing; ``None`` without a worry."""
    if not worry:
        return None
    uses, speaker = _USES[audience]
    cards = {
        card.key: card
        for card in library.cards
        if uses & set(card.uses) and audience in card.audience and card.words(speaker)
    }
    found = index.search(worry, k=2, among=sorted(cards))
    # Among few cards even a worry that one of them answers may look uncovered.
    covered = found.covered or index.search(worry, k=1).covered
    if not found.hits or not covered:
        return WorryAdvice(worry=worry, advice=_NO_ADVICE)
    near = [hit for hit in found.hits if hit.score >= _ALSO_NEAR * found.hits[0].score]
    nearest = [cards[hit.passage.doc_id] for hit in near]
    return WorryAdvice(
        worry=worry,
        advice=_what_to_do(nearest[0], library),
        words=nearest[0].words(speaker),
        citations=tuple(
            library.cite(card, section)
            for card in nearest
            if (section := card.section("What to do"))
        ),
    )


def _what_to_do(card: GuidanceCard, library: GuidanceLibrary) -> str:
    section = card.section("What to do")
    return library.readable(section.text) if section else ""
