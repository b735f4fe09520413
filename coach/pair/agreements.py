"""The pair's agreement: written by both, signed by both, reopened when things change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from coach.domain.agreement import Agreement, Share
from coach.domain.identity import Actor
from coach.domain.program import Pair, Program, Role
from coach.errors import ConflictError, ProgramError
from coach.pair.conduct import default_conduct
from coach.pair.current import agreement_in_force, newest_agreement
from coach.pair.merging import merged
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work

#: What both may write; the two shares belong to one person each.
COMMON = ("confidentiality", "off_limits", "conduct", "cadence_weeks", "minutes", "review_on")
_SHARES = ("learns", "gives", "likes")
_REVIEW = timedelta(weeks=12)

CONFIDENTIALITY = (
    "What is said in our sessions stays between us, unless the one who said it agrees to share it. "
    "Where somebody may come to harm, we say so to each other first and then ask for help."
)


@dataclass(frozen=True)
class AgreementNow:
    """A pair's agreement: the version to work on, and the one in force."""

    newest: Agreement
    in_force: Agreement | None


class Agreements(Capability):
    """Versions of what a pair agreed on."""

    def see(self, actor: Actor, pair_id: str) -> AgreementNow:
        """The newest version, a proposal where nothing is written yet, and the one in force."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, pair):
            newest = newest_agreement(work, pair_id) or self._proposal(work, pair)
            return AgreementNow(newest, agreement_in_force(work, pair_id))

    def write(
        self,
        actor: Actor,
        pair_id: str,
        base: Mapping[str, Any],
        mine: Mapping[str, Any],
    ) -> Agreement:
        """Keep what I changed from ``base`` to ``mine``: fields of ``COMMON``, and of my share.

        What the other changed meanwhile is kept beside it. A change takes back signatures, since
        nobody signs what they have not read. Raises ``ConflictError`` where both changed the same
        field, and ``ProgramError`` for a signed version, or a value out of range.
        """
        with self._writing(actor, Action.AGREE, Pair, pair_id) as (work, pair):
            newest = newest_agreement(work, pair_id)
            kept = newest or self._proposal(work, pair)
            if kept.in_force:
                raise ProgramError("You have both signed this version. Reopen it to change it.")
            role = _role(pair, actor)
            joined = merged(base, mine, fields_for(kept, role))
            if joined.clashes:
                raise ConflictError(_clash(joined.clashes), kept)
            changed = _with(kept, role, joined.values)
            return work.save(changed) if newest else work.add(changed)

    def sign(self, actor: Actor, pair_id: str, number: int, version: int) -> Agreement:
        """Sign the version that I have read. Raises ``ConflictError`` if it has changed since."""
        with self._writing(actor, Action.SIGN, Pair, pair_id) as (work, pair):
            newest = newest_agreement(work, pair_id)
            if newest is None:
                raise ProgramError("There is nothing to sign yet: write what you want to learn.")
            if (newest.number, newest.version) != (number, version):
                raise ConflictError(
                    "Your partner changed the agreement after you opened it. Read it again, then "
                    "sign.",
                    newest,
                )
            field = f"{_role(pair, actor)}_signed"
            if getattr(newest, field) is not None:
                return newest
            return work.save(newest.but(**{field: self._now()}))

    def reopen(self, actor: Actor, pair_id: str) -> Agreement:
        """Begin the next version; the signed one stays in force until both sign again."""
        with self._writing(actor, Action.AGREE, Pair, pair_id) as (work, _):
            newest = newest_agreement(work, pair_id)
            if newest is None or not newest.in_force:
                raise ProgramError("This version is still open: change it as it is.")
            again = newest.model_dump(exclude={"id", "version", "mentor_signed", "mentee_signed"})
            return work.add(Agreement.model_validate({**again, "number": newest.number + 1}))

    def history(self, actor: Actor, pair_id: str) -> tuple[Agreement, ...]:
        """Every version, newest first."""
        with self._reading(actor, Action.SEE_PAIR, Pair, pair_id) as (work, _):
            return work.find(Agreement, pair_id=pair_id, order="-number")

    def _proposal(self, work: Work, pair: Pair) -> Agreement:
        program = work.get(Program, pair.program_id)
        return Agreement(
            program_id=pair.program_id,
            pair_id=pair.id,
            confidentiality=CONFIDENTIALITY,
            conduct=program.conduct or default_conduct(),
            cadence_weeks=program.cadence_weeks,
            minutes=program.session_minutes,
            review_on=self._today() + _REVIEW,
        )


def _role(pair: Pair, actor: Actor) -> Role:
    return Role.MENTOR if actor.person_id == pair.mentor_id else Role.MENTEE


def fields_for(agreement: Agreement, role: Role) -> dict[str, Any]:
    """What somebody in ``role`` may write, as it stands."""
    share = agreement.mentor if role is Role.MENTOR else agreement.mentee
    common = {name: getattr(agreement, name) for name in COMMON}
    return common | {name: getattr(share, name) for name in _SHARES}


def _with(agreement: Agreement, role: Role, values: Mapping[str, Any]) -> Agreement:
    share = Share.model_validate({name: values[name] for name in _SHARES})
    return agreement.but(
        **{name: values[name] for name in COMMON},
        **{role.value: share, "mentor_signed": None, "mentee_signed": None},
    )


def _clash(names: tuple[str, ...]) -> str:
    said = " and ".join(name.replace("_", " ") for name in names)
    return (
        f"You both changed {said} at the same time. Your words are still here; your partner's "
        "stand beside them. Choose, then save again."
    )
