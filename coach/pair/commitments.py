"""What the two promise each other, and what is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.domain.identity import Actor
from coach.domain.meeting import Commitment, CommitmentState
from coach.domain.program import Pair
from coach.errors import ProgramError
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work

#: More than a few would fill the next session with old promises.
CARRIED = 3


class Commitments(Capability):
    """The promises of a pair; either of the two may write one down and close it."""

    def promise(
        self,
        actor: Actor,
        pair_id: str,
        who_id: str,
        what: str,
        *,
        due: date | None = None,
        session_id: str | None = None,
    ) -> Commitment:
        """Write down who will do what by when. Raises ``ProgramError`` for a third person."""
        with self._writing(actor, Action.PROMISE, Pair, pair_id) as (work, pair):
            if who_id not in (pair.mentor_id, pair.mentee_id):
                raise ProgramError("A promise is made by one of the two of you.")
            if not what.strip():
                raise ProgramError("Write in a few words what will be done.")
            return work.add(
                Commitment(
                    program_id=pair.program_id,
                    pair_id=pair_id,
                    session_id=session_id,
                    who_id=who_id,
                    what=what,
                    due=due,
                    made=self._now(),
                )
            )

    def done(self, actor: Actor, commitment_id: str, version: int) -> Commitment:
        """It was kept."""
        return self._close(actor, commitment_id, version, CommitmentState.DONE, "")

    def drop(self, actor: Actor, commitment_id: str, version: int, reason: str) -> Commitment:
        """It no longer makes sense. Raises ``ProgramError`` without a reason."""
        if not reason.strip():
            raise ProgramError("Say in a few words why it is dropped, so that neither wonders.")
        return self._close(actor, commitment_id, version, CommitmentState.DROPPED, reason)

    def reopen(self, actor: Actor, commitment_id: str, version: int) -> Commitment:
        """Take back that it was kept or dropped."""
        return self._close(actor, commitment_id, version, CommitmentState.OPEN, "")

    def open_ones(self, actor: Actor, pair_id: str) -> tuple[Commitment, ...]:
        """The open promises of a pair, oldest first."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return open_commitments(work, pair_id)

    def closed_ones(self, actor: Actor, pair_id: str) -> tuple[Commitment, ...]:
        """The promises of a pair that were kept or dropped, newest first."""
        closed = (CommitmentState.DONE, CommitmentState.DROPPED)
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return work.find(Commitment, pair_id=pair_id, state=closed, order="-made")

    def _close(
        self, actor: Actor, ident: str, version: int, state: CommitmentState, reason: str
    ) -> Commitment:
        with self._writing(actor, Action.PROMISE, Commitment, ident) as (work, commitment):
            return work.save(commitment.but(version=version, state=state, reason=reason))


def open_commitments(work: Work, pair_id: str) -> tuple[Commitment, ...]:
    """The open promises of a pair, oldest first."""
    return work.find(Commitment, pair_id=pair_id, state=CommitmentState.OPEN, order="made")


def carried_over(promises: Sequence[Commitment], by: date) -> tuple[Commitment, ...]:
    """Those that the next agenda takes up: a few, what is due ``by`` its day before the oldest."""
    due = [one for one in promises if one.due is not None and one.due <= by]
    due.sort(key=lambda one: one.due or by)
    return (*due, *(one for one in promises if one not in due))[:CARRIED]
