"""What reads reflections: the summariser, a model that smooths it, and signs that need a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache
from threading import Event
from typing import TYPE_CHECKING

from coach.bootstrap.models import model_is_outside, model_is_set
from coach.domain.kept_reflection import KeptSummary
from coach.domain.refinement import Refinement
from coach.domain.reflection import CareSignal, ReflectionSummary
from coach.pair.reading import Reading, Sign
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.bootstrap.reflecting import Reflecting


def open_reading(settings: CoachSettings | None = None) -> Reading:
    """The reading of these settings; what is heavy opens with the first reflection."""
    settings = settings or read_settings()

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

    def signs(texts: Sequence[str]) -> list[list[Sign]]:
        found = opened().carer.care_in_each(texts)
        return [[Sign(one.signal, one.start, one.end) for one in of_text] for of_text in found]

    def note(found: CareSignal, contacts: str) -> str:
        from coach.reflecting.caring_notes import care_note

        return care_note(found, contacts)

    def rewrite(
        summary: KeptSummary,
        *,
        person: str,
        participants: Collection[str] = (),
        stop: Event | None = None,
    ) -> Iterator[Refinement]:
        rewriter = opened().rewriter(reading.grave, participants, person=person)
        return rewriter.rewritten(summary, stop=stop) if rewriter else iter(())

    reading = Reading(
        summarise,
        signs,
        note,
        rewrite if model_is_set(settings) else None,
        leaves=model_is_set(settings) and model_is_outside(settings),
    )
    return reading
