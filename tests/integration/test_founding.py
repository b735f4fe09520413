"""The operator's commands: the first program, and links for those who have none."""

from __future__ import annotations

import re

import pytest
from corpora import Command

from coach.bootstrap import Entrance, open_records
from coach.domain.identity import AuditLine
from coach.domain.program import Membership, Person, Program, Role
from coach.settings import CoachSettings

_CREATE = ("program", "create", "Pilot 2026", "--lead", "Ana@Example.org", "--lead-name", "Ana Sá")
_ACCOUNTS = {"COACH_SIGN_IN": "accounts"}


def test_a_program_is_begun_and_its_lead_comes_in_by_the_printed_link(
    store: CoachSettings, coach_process: Command
) -> None:
    done = coach_process(
        *_CREATE, env={**_ACCOUNTS, "COACH_PUBLIC_URL": "https://coach.example.org"}
    )
    link = re.fullmatch(
        r"https://coach\.example\.org/account/invitation/([\w-]{43})", done.stdout.decode().strip()
    )
    assert link, done.stderr.decode()
    records = open_records(store)
    cookie = Entrance(records).invitations.accept(link[1], "four words that hold")

    with records.reading() as work:
        (person,), (program,) = work.find(Person), work.find(Program)
        (leads,) = work.find(Membership)
        trail = {(one.action, one.actor_id) for one in work.find(AuditLine)}
    assert ("Ana Sá", "ana@example.org", "Pilot 2026") == (person.name, person.email, program.name)
    assert (person.id, program.id, Role.LEAD) == (leads.person_id, leads.program_id, leads.role)
    assert {("create a program", ""), ("invite", ""), ("sign in", person.id)} == trail
    assert Entrance(records).signing_in.who(cookie)
    records.close()


def test_somebody_who_is_known_leads_a_second_program_under_their_own_name(
    store: CoachSettings, coach_process: Command
) -> None:
    coach_process(*_CREATE, env={"COACH_SIGN_IN": "oidc", **_OIDC})
    done = coach_process(
        "program", "create", "Next", "--lead", "ana@example.org", "--lead-name", "Someone else"
    )

    assert "'Next' is begun, with Ana Sá as its lead." in done.stderr.decode()
    assert b"" == done.stdout
    records = open_records(store)
    with records.reading() as work:
        assert 1 == work.count(Person)
        assert 2 == work.count(Membership, role=Role.LEAD)
    records.close()


_OIDC = {
    "COACH_OIDC_METADATA_URL": "https://id.example.org/.well-known/openid-configuration",
    "COACH_OIDC_CLIENT_ID": "coach",
    "COACH_OIDC_CLIENT_SECRET": "secret",
}


@pytest.mark.parametrize(
    ("words", "settings", "reason"),
    [
        (("program", "create", "", "--lead", "a@b", "--lead-name", "A"), {}, "name cannot be ''"),
        (("program", "create", "P", "--lead", "a b", "--lead-name", "A"), {}, "email cannot be"),
        (("program", "create", "P", "--lead", "", "--lead-name", "A"), {}, "needs an e-mail"),
        (("program", "create", "P", "--lead", "a@b", "--lead-name", "x" * 301), {}, "cannot be"),
        (("people", "invite", "a@b"), {}, "COACH_SIGN_IN is not set"),
        (("people", "invite", "a@b"), {"COACH_SIGN_IN": "oidc", **_OIDC}, "is oidc"),
        (("people", "invite", "nobody@x"), _ACCOUNTS, "Nobody here has the e-mail address"),
        (("people", "invite", "' OR 1=1 --"), _ACCOUNTS, "Nobody here has the e-mail address"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    coach_process: Command, words: tuple[str, ...], settings: dict[str, str], reason: str
) -> None:
    done = coach_process(*words, env=settings)

    assert 1 == done.returncode
    assert reason in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    records = open_records()
    with records.reading() as work:
        assert 0 == work.count(Program)
    records.close()
