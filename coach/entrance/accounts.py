"""Accounts: inviting people into a program, and what people do with their own sign-ins."""

from __future__ import annotations

from typing import Any

from coach.domain.identity import Account, Actor, OutsideIdentity, SignIn
from coach.domain.program import Membership, Person, Program, Role
from coach.entrance import sign_ins
from coach.entrance.attempts import Attempts
from coach.entrance.invitations import invitation
from coach.entrance.password_rules import new_password, tidied
from coach.errors import SignInError
from coach.policy.acting import Capability, Clock, utc_now
from coach.policy.standing import in_force
from coach.policy.table import Action
from coach.ports import Passwords, Records, Work

#: Guesses at the present password, by somebody who found a browser open.
_GUESSES = 10


class Accounts(Capability):
    """Invitations by the lead; one's own password and sign-ins."""

    def __init__(self, records: Records, passwords: Passwords, now: Clock = utc_now) -> None:
        super().__init__(records, now)
        self._passwords = passwords
        self._guesses = Attempts(now, _GUESSES)

    def invite(self, actor: Actor, program_id: str, person_id: str) -> str:
        """The secret of a link with which somebody of the program sets their first password.

        It works once, for two weeks, and only the newest does. Raises ``SignInError`` for those
        who have signed in before: with a new link the lead could become them, and read theirs.
        """
        with self._writing(actor, Action.INVITE, Program, program_id) as (work, program):
            here = work.find(Membership, program_id=program.id, person_id=person_id)
            if not any(in_force(one, self._today()) for one in here):
                self._refuse()
            person = work.get(Person, person_id)
            if any(work.count(kind, person_id=person.id) for kind in (Account, OutsideIdentity)):
                raise SignInError(
                    f"{person.name} has signed in before, so you cannot make a new link for them. "
                    "If they forgot their password, whoever runs this coach can give them one."
                )
            if self._elsewhere(work, actor, person):
                raise SignInError(
                    f"{person.name} is in a program of another lead too, and a link would let you "
                    "see what is theirs there. Ask whoever runs this coach to invite them."
                )
            return invitation(work, person, self._now())

    def _elsewhere(self, work: Work, actor: Actor, person: Person) -> bool:
        def programs(person_id: str, **equal: Any) -> set[str]:
            found = work.find(Membership, person_id=person_id, **equal)
            return {one.program_id for one in found if in_force(one, self._today())}

        return not programs(person.id) <= programs(actor.person_id, role=Role.LEAD)

    def with_account(self, actor: Actor, program_id: str) -> frozenset[str]:
        """Who of the program has an account, and so needs no invitation."""
        with self._reading(actor, Action.INVITE, Program, program_id) as (work, program):
            members = {one.person_id for one in work.find(Membership, program_id=program.id)}
            found = work.find(Account, person_id=tuple(members))
            return frozenset(one.person_id for one in found)

    def change_password(self, actor: Actor, old: str, new: str, *, keep: str = "") -> None:
        """Set a new password; all sign-ins end but the one with the cookie ``keep``.

        Raises ``SignInError`` if ``old`` is not the present one, or ``new`` will not do.
        """
        with self._reading(actor, Action.MANAGE_SIGN_INS, Person, actor.person_id) as (work, me):
            account = next(iter(work.find(Account, person_id=me.id)), None)
        if account is None:
            raise SignInError("You sign in without a password here, so there is none to change.")
        if self._guesses.exhausted(me.id):
            raise SignInError(
                "That were too many wrong passwords. Wait 15 minutes, then try again."
            )
        if not self._passwords.match(account.password_hash, tidied(old)):
            self._guesses.missed(me.id)
            raise SignInError("Your present password is another one. Nothing was changed.")
        hashed = self._passwords.hashed(new_password(new, me))
        kept = sign_ins.digest_of(keep) if keep else ""

        def step() -> None:
            with self._writing(actor, Action.MANAGE_SIGN_INS, Person, me.id) as (work, _):
                fresh = work.get(Account, account.id)
                work.save(fresh.but(password_hash=hashed, failures=0, locked_until=None))
                sign_ins.end(work, self._now(), keep=kept, person_id=me.id)

        sign_ins.persistently(step)

    def sign_ins(self, actor: Actor) -> int:
        """In how many browsers one is signed in."""
        with self._reading(actor, Action.MANAGE_SIGN_INS, Person, actor.person_id) as (work, me):
            now = self._now()
            return sum(sign_ins.alive(one, now) for one in work.find(SignIn, person_id=me.id))

    def sign_out_everywhere(self, actor: Actor) -> None:
        """End every sign-in of one's own, this one too: each page asks anew at its next step."""

        def step() -> None:
            with self._writing(actor, Action.MANAGE_SIGN_INS, Person, actor.person_id) as found:
                work, me = found
                sign_ins.end(work, self._now(), person_id=me.id)

        sign_ins.persistently(step)
