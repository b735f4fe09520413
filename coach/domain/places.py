"""The place of a session among those of its pair: the number that people read."""

from __future__ import annotations

from collections.abc import Iterable

from coach.domain.meeting import Session, SessionState


def places(sessions: Iterable[Session]) -> dict[str, int]:
    """The place of each session by identifier, from 1 and in order of time.

    A cancelled one has none: whoever met twice and cancelled once in between has their third
    session next. ``Session.number`` only tells records apart, and is for nobody to read.
    """
    alive = (one for one in sessions if one.state is not SessionState.CANCELLED)
    ordered = sorted(alive, key=lambda one: (one.starts, one.number))
    return {one.id: place for place, one in enumerate(ordered, start=1)}
