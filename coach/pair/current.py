"""What stands now among a pair's records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from coach.domain.agreement import Agreement, KeptCard
from coach.domain.meeting import Session, SessionState
from coach.domain.receiver import ReceiverCard
from coach.ports import Work


def sessions_of(work: Work, pair_id: str) -> tuple[Session, ...]:
    """A pair's sessions by number."""
    return work.find(Session, pair_id=pair_id, order="number")


def next_session(sessions: tuple[Session, ...], now: datetime) -> Session | None:
    """The next planned session: the earliest that is not over; else the last one left open."""
    planned = [one for one in sessions if one.state is SessionState.PLANNED]
    ahead = [one for one in planned if one.starts >= now]
    if ahead:
        return min(ahead, key=lambda one: one.starts)
    return max(planned, key=lambda one: one.starts, default=None)


def cancelled_last(sessions: Iterable[Session]) -> int:
    """How many of these, from the latest back, were cancelled one after the other."""
    latest_first = sorted(sessions, key=lambda one: one.starts, reverse=True)
    in_a_row = takewhile(lambda one: one.state is SessionState.CANCELLED, latest_first)
    return sum(1 for _ in in_a_row)


def newest_agreement(work: Work, pair_id: str) -> Agreement | None:
    """The newest version of a pair's agreement, signed or not."""
    return next(iter(work.find(Agreement, pair_id=pair_id, order="-number", limit=1)), None)


def agreement_in_force(work: Work, pair_id: str) -> Agreement | None:
    """The newest version that both have signed."""
    found = work.find(Agreement, pair_id=pair_id, order="-number", limit=5)
    return next((one for one in found if one.in_force), None)


def newest_card(work: Work, person_id: str) -> ReceiverCard | None:
    """The newest version of a person's receiver's card."""
    found = work.find(KeptCard, person_id=person_id, order="-number", limit=1)
    return found[0].card if found else None
