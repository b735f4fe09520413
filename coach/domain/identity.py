"""Who somebody is: accounts, invitations, sign-ins, and the trail of who did what."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from coach.domain.guidance import Frozen
from coach.domain.records import Record, Ref, Sealed

#: A keyed or plain SHA-256, in hexadecimal.
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Actor(Frozen):
    """Who acts. Their roles are looked up at every step, and never taken from a request."""

    person_id: Ref


class Account(Record):
    """A local account: the hash of a password, and how often it was missed."""

    person_id: Ref
    password_hash: str = Field(max_length=300)
    failures: int = Field(default=0, ge=0)
    locked_until: AwareDatetime | None = None


class OutsideIdentity(Record):
    """The same person as an OpenID provider knows them."""

    person_id: Ref
    issuer: str = Field(max_length=500)
    subject: Annotated[str, Field(max_length=500), Sealed(lookup=True)]


class Invitation(Record):
    """A link that lets a person set their password once, until it expires."""

    person_id: Ref
    secret_digest: Digest
    expires: AwareDatetime
    used: AwareDatetime | None = None


class SignIn(Record):
    """One browser that is signed in; the cookie's secret is kept only as a digest."""

    person_id: Ref
    secret_digest: Digest
    started: AwareDatetime
    seen: AwareDatetime
    expires: AwareDatetime


class AuditLine(Record):
    """Who did what to which thing, and whether it was allowed; never what was in it."""

    at: AwareDatetime
    actor_id: str = Field(pattern=r"^([0-9a-f]{32})?$")
    action: str = Field(max_length=60)
    allowed: bool
    #: What it was done to, and in which program; empty where there is none.
    kind: str = Field(default="", max_length=40)
    object_id: str = Field(default="", max_length=64)
    program_id: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")
