"""What ends with a pair."""

from __future__ import annotations

from datetime import date

from coach.domain.meeting import Session, SessionState
from coach.domain.program import Pair
from coach.ports import Work

_REASON = "This pair ended."


def end_pair(work: Work, pair: Pair, today: date) -> Pair:
    """End ``pair`` and cancel its open sessions, so that calendars let go of them."""
    for session in work.find(Session, pair_id=pair.id, state=SessionState.PLANNED):
        work.save(
            session.but(state=SessionState.CANCELLED, reason=_REASON, sequence=session.sequence + 1)
        )
    return work.save(pair.but(ended=today))
