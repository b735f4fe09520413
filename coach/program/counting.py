"""Each pair's part in a program's numbers: what it held, cancelled and planned, and if it fades.

Read from the calendar alone: no word of a pair is opened for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.identity import Account, OutsideIdentity
from coach.domain.meeting import Session, SessionState
from coach.domain.numbers import Activity
from coach.domain.program import Pair, Program
from coach.ports import Work

#: A pair fades when it neither met nor means to within this many of the program's rhythms, ...
_RHYTHMS = 2
#: ... or when it called off this many sessions in a row.
_IN_A_ROW = 2

#: A session as the calendar knows it.
Dated = tuple[datetime, SessionState]


@dataclass(frozen=True)
class Counted:
    """The parts, by the pair's identifier; ``fading`` has the pairs that run.

    ``pairs`` counts those that run, or that ran to the end of a program that is over; ``real``
    those of them that have parts, as two people are behind them.
    """

    pairs: int
    real: int
    activity: dict[str, Activity]
    fading: dict[str, bool]


def count_pairs(
    work: Work, program: Program, now: datetime, known: Collection[str] = ()
) -> Counted:
    """The parts of every pair that the program ever had and that two people are behind.

    On a server both must have come in by themselves: a lead can add people at will, and would
    hide a single pair among invented ones. ``known`` have had parts before, and keep them.
    """
    every = work.find(Pair, program_id=program.id)
    dated: dict[str, list[Dated]] = {pair.id: [] for pair in every}
    by = ("pair_id", "starts", "state")
    for (pair_id, starts, state), times in work.tally(Session, by, program_id=program.id).items():
        dated[pair_id] += [(starts, state)] * times
    came = _came_in(work)
    pairs = [
        pair
        for pair in every
        if pair.id in known
        or {pair.mentor_id, pair.mentee_id} <= came
        or (program.personal and any(state is SessionState.HELD for _, state in dated[pair.id]))
    ]
    since = {pair.id: max(pair.started, program.starts) for pair in pairs}
    within = timedelta(weeks=_RHYTHMS * program.cadence_weeks)
    return Counted(
        pairs=sum(pair.ended == program.ended for pair in every),
        real=sum(pair.ended == program.ended for pair in pairs),
        activity={pair.id: _activity(pair, dated[pair.id], now) for pair in pairs},
        fading={
            pair.id: _fades(
                sorted(dated[pair.id]), now, within, new=since[pair.id] >= (now - within).date()
            )
            for pair in pairs
            if pair.ended is None
        },
    )


def _came_in(work: Work) -> set[str]:
    """Whoever accepted an invitation, or signed in through their organisation."""
    accounts = work.tally(Account, ("person_id",))
    outside = work.tally(OutsideIdentity, ("person_id",))
    return {person_id for (person_id,) in (*accounts, *outside)}


def _activity(pair: Pair, sessions: Sequence[Dated], now: datetime) -> Activity:
    held = sum(state is SessionState.HELD for _, state in sessions)
    # What the end of the pair cancelled, the two did not.
    cancelled = sum(
        state is SessionState.CANCELLED and (pair.ended is None or starts.date() < pair.ended)
        for starts, state in sessions
    )
    planned = sum(
        state is SessionState.PLANNED and starts >= now and pair.ended is None
        for starts, state in sessions
    )
    return held, cancelled, planned


def _fades(sessions: Sequence[Dated], now: datetime, within: timedelta, *, new: bool) -> bool:
    closed = [state for _, state in sessions if state is not SessionState.PLANNED]
    if closed[-_IN_A_ROW:] == [SessionState.CANCELLED] * _IN_A_ROW:
        return True
    meets = any(
        state is not SessionState.CANCELLED and now - within <= starts <= now + within
        for starts, state in sessions
    )
    return not meets and not new
