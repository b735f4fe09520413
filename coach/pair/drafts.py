"""What somebody has not finished on a page, kept until they come back."""

from __future__ import annotations

import json
from typing import Any

from coach.domain.identity import Actor
from coach.domain.meeting import Draft
from coach.domain.program import Person
from coach.domain.records import is_id
from coach.errors import DraftError
from coach.policy.acting import Capability
from coach.policy.table import Action

MAX_BYTES = 1_000_000
#: Drafts among which the newest brief is looked for.
_RECENT = 20


class Drafts(Capability):
    """Drafts by name; each person reaches only their own."""

    def read(self, actor: Actor, name: str) -> dict[str, Any]:
        """My draft with this name, or an empty one."""
        with self._reading(actor, Action.KEEP_DRAFT, Person, actor.person_id) as (work, _):
            found = work.find(Draft, person_id=actor.person_id, name=name)
            return found[0].content if found else {}

    def newest(self, actor: Actor) -> str | None:
        """The name of my newest draft of a brief: an identifier alone.

        What I typed into another form, and did not save, is named for it.
        """
        with self._reading(actor, Action.KEEP_DRAFT, Person, actor.person_id) as (work, _):
            found = work.find(Draft, person_id=actor.person_id, order="-saved", limit=_RECENT)
            return next((one.name for one in found if is_id(one.name)), None)

    def keep(self, actor: Actor, name: str, content: dict[str, Any]) -> None:
        """Keep ``content`` in place of what the draft held. Raises ``DraftError``."""
        if len(json.dumps(content)) > MAX_BYTES:
            raise DraftError("This draft has grown too large to be kept. Shorten what you typed.")
        with self._writing(actor, Action.KEEP_DRAFT, Person, actor.person_id) as (work, _):
            found = work.find(Draft, person_id=actor.person_id, name=name)
            draft = Draft(person_id=actor.person_id, name=name, saved=self._now(), content=content)
            if found:
                work.save(draft.but(id=found[0].id, version=found[0].version))
            else:
                work.add(draft)
