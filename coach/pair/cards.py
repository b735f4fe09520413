"""Receiver's cards: each person's own, in versions; the partner sees it while consented."""

from __future__ import annotations

from coach.domain.agreement import KeptCard
from coach.domain.identity import Actor
from coach.domain.program import Pair, Person
from coach.domain.receiver import ReceiverCard
from coach.pair.current import newest_card
from coach.policy.acting import Capability
from coach.policy.table import Action


class Cards(Capability):
    """How each likes to hear hard things."""

    def mine(self, actor: Actor) -> ReceiverCard | None:
        """My newest card, or ``None``."""
        with self._reading(actor, Action.KEEP_CARD, Person, actor.person_id) as (work, _):
            return newest_card(work, actor.person_id)

    def keep(self, actor: Actor, card: ReceiverCard) -> ReceiverCard:
        """Keep ``card`` as my next version; consent and its withdrawal are part of it."""
        with self._writing(actor, Action.KEEP_CARD, Person, actor.person_id) as (work, _):
            before = work.find(KeptCard, person_id=actor.person_id, order="-number", limit=1)
            number = before[0].number + 1 if before else 1
            card = card.model_copy(update={"version": number})
            kept = KeptCard(person_id=actor.person_id, number=number, saved=self._now(), card=card)
            return work.add(kept).card

    def versions(self, actor: Actor) -> tuple[KeptCard, ...]:
        """Every version of mine, newest first."""
        with self._reading(actor, Action.KEEP_CARD, Person, actor.person_id) as (work, _):
            return work.find(KeptCard, person_id=actor.person_id, order="-number")

    def partners(self, actor: Actor, pair_id: str) -> ReceiverCard | None:
        """My partner's card, if they consented and did not take it back."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, pair):
            card = newest_card(work, pair.partner(actor.person_id))
            return card if card and card.in_force else None
