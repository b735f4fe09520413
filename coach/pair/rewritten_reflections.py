"""A model's help with the summary of a reflection, within what its author allows."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.domain.meeting import Session
from coach.domain.refinement import Refinement
from coach.errors import ProgramError
from coach.pair.reading import Reading
from coach.pair.reflections import kept, names_of, own_reflection
from coach.pair.rewritten import put_back, taken
from coach.pair.summarised import summary_of
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.table import Action
from coach.ports import Records


class RewrittenReflections(Capability):
    """One's own summary in a model's words, sentence by sentence, and the way back."""

    def __init__(self, records: Records, reading: Reading, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._reads = reading

    def rewrite(
        self,
        actor: Actor,
        session_id: str,
        *,
        stop: Event | None = None,
        watch: Callable[[Refinement], object] = lambda _: None,
    ) -> Reflection:
        """Let a model say the sentences of my summary more plainly; takes what was verified.

        ``watch`` hears what came of each sentence, and what stood in the way. Nothing leaves this
        machine without my consent, and what I changed meanwhile stays. Raises ``ProgramError``
        where there is no model, no consent, or no summary of what I wrote.
        """
        with self._reading(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            names = names_of(work, session, actor)
        before = summary_of(mine)
        if self._reads.rewrite is None:
            raise ProgramError("No model is set, so the sentences stay as you wrote them.")
        if mine.outdated:
            raise ProgramError(_OUTDATED)
        self._check_consent(mine)
        found = []
        for one in self._reads.rewrite(
            before, person=actor.person_id, participants=names, stop=stop
        ):
            watch(one)
            found.append(one)
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            self._check_consent(mine)
            summary = now = summary_of(mine)
            for one in found:
                summary = taken(summary, before, one)
            return mine if summary == now else kept(work, mine.but(summary=summary))

    def put_back(self, actor: Actor, session_id: str, version: int, line_id: str) -> Reflection:
        """Put my own words back where a model's stand. Raises ``ProgramError``."""
        with self._writing(actor, Action.REFLECT, Session, session_id) as (work, session):
            mine = own_reflection(work, session, actor)
            summary = put_back(summary_of(mine), line_id)
            return kept(work, mine.but(version=version, summary=summary))

    def _check_consent(self, mine: Reflection) -> None:
        if self._reads.leaves and not mine.model_may_help:
            raise ProgramError(_NO_CONSENT)


_OUTDATED = "You changed your words after this summary was made. Summarise again first."
_NO_CONSENT = (
    "The model runs outside this machine, and you have not allowed that. Allow it first, under "
    "Who may see what."
)
