"""What the two learned from each other: written by both, with all its versions."""

from __future__ import annotations

from coach.domain.identity import Actor
from coach.domain.learned import Learned
from coach.domain.program import Pair
from coach.errors import ConflictError
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work


class LearnedTogether(Capability):
    """The page that a pair writes at the end, for both to edit and to take away."""

    def write(
        self,
        actor: Actor,
        pair_id: str,
        *,
        after: int,
        mentor: str,
        mentee: str,
        together: str,
    ) -> Learned:
        """Save this as the version that follows number ``after`` (0 for the first).

        Raises ``ConflictError`` with the newest version if the other saved one meanwhile.
        """
        with self._writing(actor, Action.TELL_LEARNED, Pair, pair_id) as (work, pair):
            newest = newest_learned(work, pair_id)
            if (newest.number if newest else 0) != after:
                raise ConflictError(_MEANWHILE, newest)
            return work.add(
                Learned(
                    program_id=pair.program_id,
                    pair_id=pair_id,
                    number=after + 1,
                    by_id=actor.person_id,
                    saved=self._now(),
                    mentor=mentor,
                    mentee=mentee,
                    together=together,
                )
            )

    def newest(self, actor: Actor, pair_id: str) -> Learned | None:
        """The newest version, or ``None`` if nothing was written."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return newest_learned(work, pair_id)

    def versions(self, actor: Actor, pair_id: str) -> tuple[Learned, ...]:
        """Every version, newest first."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return work.find(Learned, pair_id=pair_id, order="-number")


_MEANWHILE = (
    "Your partner saved another version of this meanwhile. Both are kept: yours here, theirs "
    "beside it. Compare them, then save yours on top, or take theirs."
)


def newest_learned(work: Work, pair_id: str) -> Learned | None:
    """The newest version of what a pair learned."""
    found = work.find(Learned, pair_id=pair_id, order="-number", limit=1)
    return found[0] if found else None
