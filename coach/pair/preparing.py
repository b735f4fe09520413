"""Blind preparation: both note topics and worries alone; what both raised comes together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from coach.domain.identity import Actor
from coach.domain.meeting import Preparation, PreparedItem, PreparedKind, Session
from coach.domain.program import Pair
from coach.errors import ConflictError, ProgramError
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Embedder, Records, Work


@dataclass(frozen=True)
class Together:
    """What one person sees of both preparations.

    ``both_raised`` are their own items that the other raised too, in their own words;
    ``released`` what the other let them see. Both are empty until both are ready, but for what
    was released.
    """

    mine: Preparation
    partner_ready: bool
    both_raised: tuple[PreparedItem, ...]
    released: tuple[PreparedItem, ...]


class Preparing(Capability):
    """What each of the two prepares alone.

    A preparation is reached through its session and the one who acts: nobody can name the
    other's.
    """

    def __init__(self, records: Records, embedder: Embedder, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._embedder = embedder

    def see(self, actor: Actor, session_id: str) -> Together:
        """My preparation, and what shows of the other's."""
        with self._reading(actor, Action.PREPARE, Session, session_id) as (work, session):
            mine, theirs = _both(work, session, actor)
            met = set(mine.met)
            return Together(
                mine=mine,
                partner_ready=theirs.ready,
                both_raised=tuple(item for item in mine.items if item.id in met),
                released=tuple(item for item in theirs.items if item.released),
            )

    def keep(
        self, actor: Actor, session_id: str, version: int, items: tuple[PreparedItem, ...]
    ) -> Preparation:
        """Keep my items. ``version`` is 0 the first time. Raises ``ConflictError``."""
        with self._writing(actor, Action.KEEP_NOTES, Session, session_id) as (work, session):
            mine, _ = _both(work, session, actor)
            return _kept(work, mine.but(version=version, items=items))

    def release(
        self, actor: Actor, session_id: str, version: int, item_id: str, *, released: bool
    ) -> Preparation:
        """Let the other see one item, or take it back."""
        with self._writing(actor, Action.PREPARE, Session, session_id) as (work, session):
            mine, _ = _both(work, session, actor)
            if item_id not in {item.id for item in mine.items}:
                raise ProgramError("This note is no longer there. Open the page anew.")
            items = tuple(
                item.model_copy(update={"released": released}) if item.id == item_id else item
                for item in mine.items
            )
            return _kept(work, mine.but(version=version, items=items))

    def ready(self, actor: Actor, session_id: str, version: int) -> Preparation:
        """I am ready. Once the other is too, what both raised shows, found this one time."""
        with self._writing(actor, Action.PREPARE, Session, session_id) as (work, session):
            mine, _ = _both(work, session, actor)
            if not mine.ready:
                mine = _kept(work, mine.but(version=version, ready=True))
        # In a step of its own: two who become ready in one moment do not see each other before.
        return mine if mine.compared else self._compared(actor, session_id)

    def _compared(self, actor: Actor, session_id: str) -> Preparation:
        """Mine, compared with the other's if that is ready too."""
        while True:
            with self._reading(actor, Action.PREPARE, Session, session_id) as (work, session):
                mine, theirs = _both(work, session, actor)
            if mine.compared or not theirs.ready:
                return mine
            alike = self._alike(mine.items, theirs.items)
            met = (
                mine.but(met=tuple(a for a, _ in alike), compared=True),
                theirs.but(met=tuple(b for _, b in alike), compared=True),
            )
            # The other compares in this moment, or changed a note: look again.
            with (
                suppress(ConflictError),
                self._writing(actor, Action.KEEP_NOTES, Session, session_id) as (work, _),
            ):
                # In one order, lest two who compare at once wait for each other.
                for preparation in sorted(met, key=lambda one: one.id):
                    work.save(preparation)

    def _alike(
        self, mine: tuple[PreparedItem, ...], theirs: tuple[PreparedItem, ...]
    ) -> tuple[tuple[str, str], ...]:
        from coach.pair.overlap import overlaps

        return tuple(
            (ours[a].id, others[b].id)
            for kind in PreparedKind
            for ours in [[item for item in mine if item.kind is kind]]
            for others in [[item for item in theirs if item.kind is kind]]
            for a, b in overlaps(
                [item.text for item in ours], [item.text for item in others], self._embedder
            )
        )


def _both(work: Work, session: Session, actor: Actor) -> tuple[Preparation, Preparation]:
    pair = work.get(Pair, session.pair_id)
    people = (actor.person_id, pair.partner(actor.person_id))
    found = work.find(Preparation, session_id=session.id, person_id=people)
    kept = {one.person_id: one for one in found}
    mine, theirs = (kept.get(person) or _empty(session, person) for person in people)
    return mine, theirs


def _empty(session: Session, person_id: str) -> Preparation:
    return Preparation(
        program_id=session.program_id,
        pair_id=session.pair_id,
        session_id=session.id,
        person_id=person_id,
    )


def _kept(work: Work, preparation: Preparation) -> Preparation:
    return work.save(preparation) if preparation.version else work.add(preparation)
