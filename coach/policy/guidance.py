"""The guidance itself: who may ask it, and who may change what it holds."""

from __future__ import annotations

from coach.domain.identity import Actor
from coach.domain.program import Person
from coach.policy.acting import Capability
from coach.policy.table import Action


class Guidance(Capability):
    """Asked by the pages before they compose, search or reword anything for somebody."""

    def use(self, actor: Actor) -> None:
        """Anybody who is signed in. Raises ``ForbiddenError`` for somebody unknown."""
        with self._reading(actor, Action.USE_GUIDANCE, Person, actor.person_id):
            pass

    def manage(self, actor: Actor) -> None:
        """Whoever leads a program may add and remove documents. Raises ``ForbiddenError``."""
        with self._writing(actor, Action.MANAGE_LIBRARY, Person, actor.person_id):
            pass
