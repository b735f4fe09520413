"""The first step on a server: a program and its first lead, before anybody can sign in.

Nobody acts here, and no policy is asked: only the operator's command line calls it, and whoever
can run that can read the records anyway.
"""

from __future__ import annotations

from datetime import datetime

from coach.domain.identity import AuditLine
from coach.domain.program import Membership, Person, Program, Role
from coach.entrance.emails import as_email
from coach.entrance.invitations import invitation
from coach.errors import SignInError
from coach.policy.acting import utc_now
from coach.policy.table import Action
from coach.ports import Records, Work


def found_program(
    records: Records, program: Program, lead: Person, now: datetime | None = None
) -> Person:
    """Keep ``program`` with ``lead`` as its lead; gives the lead as kept.

    Somebody known by the same e-mail address stays who they are, with the name they have.
    """
    now = now or utc_now()
    with records.writing() as work:
        known = next(iter(work.find(Person, email=lead.email)), None) if lead.email else None
        person = known or work.add(lead)
        work.add(program)
        work.add(
            Membership(program_id=program.id, person_id=person.id, role=Role.LEAD, since=now.date())
        )
        _note(work, Action.CREATE_PROGRAM, program, now)
    return person


def invite_again(records: Records, email: str, now: datetime | None = None) -> tuple[Person, str]:
    """A link's secret for anybody known by ``email``, with an account or not.

    With it a forgotten password is set anew. Raises ``SignInError`` if nobody has this address.
    """
    now = now or utc_now()
    with records.writing() as work:
        address = as_email(email)
        person = next(iter(work.find(Person, email=address)), None) if address else None
        if person is None:
            raise SignInError(
                f"Nobody here has the e-mail address {email!r}. A program's lead adds people; the "
                "first lead comes with: coach program create NAME --lead EMAIL --lead-name NAME"
            )
        secret = invitation(work, person, now)
        _note(work, Action.INVITE, person, now)
    return person, secret


def _note(work: Work, action: Action, on: Program | Person, now: datetime) -> None:
    work.add(
        AuditLine(
            at=now,
            actor_id="",
            action=action.value,
            allowed=True,
            kind=type(on).__name__,
            object_id=on.id,
            program_id=on.id if isinstance(on, Program) else "",
        )
    )
