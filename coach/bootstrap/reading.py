"""What reads reflections: the summariser, and signs that need a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from coach.domain.reflection import CareSignal, ReflectionSummary
from coach.pair.reading import Reading, Sign
from coach.settings import CoachSettings

if TYPE_CHECKING:
    from coach.bootstrap.reflecting import Reflecting


def open_reading(settings: CoachSettings) -> Reading:
    """The reading of these settings; what is heavy opens with the first reflection."""

    @cache
    def opened() -> Reflecting:
        from coach.bootstrap.reflecting import open_reflecting

        return open_reflecting(settings)

    def summarise(
        texts: Sequence[str],
        *,
        author: str = "",
        session_date: date | None = None,
        partner: str = "",
    ) -> ReflectionSummary:
        return opened().summariser.summarise(
            texts, author=author, session_date=session_date, partner=partner
        )

    def signs(text: str) -> tuple[Sign, ...]:
        found = opened().carer.care_in(text)
        return tuple(Sign(one.signal, one.start, one.end) for one in found)

    def note(found: CareSignal, contacts: str) -> str:
        from coach.reflecting.caring_notes import care_note

        return care_note(found, contacts)

    return Reading(summarise, signs, note)
