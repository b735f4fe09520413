"""Sign-in with an OpenID provider: whom its word lets in, and when that ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from clocks import HandClock
from worlds import NOW, World, make_world

from coach.bootstrap import Entrance
from coach.domain.identity import AuditLine, OutsideIdentity
from coach.domain.program import Person
from coach.entrance.outside import Vouched
from coach.errors import ForbiddenError, SignInError
from coach.ports import Records

ANA = Vouched(
    issuer="https://id.example.org",
    subject="subject-1",
    email="Ana@Example.org",
    verified=True,
    issued=NOW,
    nonce="first",
)


@dataclass
class Door:
    """The entrance to a world, and its clock."""

    world: World
    records: Records
    entrance: Entrance
    clock: HandClock

    def later(self, vouched: Vouched = ANA) -> Vouched:
        """The same person, who has just signed in at the provider again."""
        return replace(vouched, issued=self.clock(), nonce=str(self.clock()))

    def refused(self, vouched: Vouched) -> str:
        """Why."""
        with pytest.raises(SignInError) as caught:
            self.entrance.outside.who(vouched)
        return str(caught.value)


@pytest.fixture
def door(records: Records) -> Door:
    clock = HandClock(NOW)
    return Door(make_world(records), records, Entrance(records, now=clock), clock)


def test_a_verified_address_lets_its_person_in(door: Door) -> None:
    assert door.world.own.mentor == door.entrance.outside.who(ANA)
    door.clock.wait(hours=11)
    assert door.world.own.mentor == door.entrance.outside.who(ANA)


def test_later_the_providers_own_name_for_them_counts_and_not_the_address(door: Door) -> None:
    door.entrance.outside.who(ANA)
    door.clock.wait(days=1)
    moved = door.later(replace(ANA, email="tom@example.org", verified=False))

    assert door.world.own.mentor == door.entrance.outside.who(moved)


@pytest.mark.parametrize(
    "stranger",
    [
        replace(ANA, email="nobody@example.org"),
        replace(ANA, email=""),
        replace(ANA, email="ana@example.org@evil.example"),
        replace(ANA, email="аna@example.org"),
        replace(ANA, email="' OR 1=1 --"),
        replace(ANA, email="x" * 10_000),
    ],
)
def test_nobody_unknown_gets_in(door: Door, stranger: Vouched) -> None:
    assert "Ask your program's lead" in door.refused(stranger)
    with door.records.reading() as work:
        assert 0 == work.count(OutsideIdentity)
        assert [(False, "")] == [(one.allowed, one.actor_id) for one in work.find(AuditLine)]


def test_an_address_that_is_not_verified_lets_nobody_in(door: Door) -> None:
    assert "verified" in door.refused(replace(ANA, verified=False))


def test_an_address_that_went_to_somebody_new_does_not_open_the_first_ones_words(
    door: Door,
) -> None:
    door.entrance.outside.who(ANA)

    assert "Ask your program's lead" in door.refused(replace(ANA, subject="subject-2"))


def test_the_same_name_at_another_provider_is_somebody_else(door: Door) -> None:
    door.entrance.outside.who(ANA)
    other = replace(ANA, issuer="https://evil.example", email="nobody@example.org")

    assert "Ask your program's lead" in door.refused(other)


def test_sign_out_everywhere_holds_although_the_providers_cookie_lives_on(door: Door) -> None:
    door.entrance.outside.who(ANA)
    elsewhere = replace(ANA, nonce="second")
    door.entrance.outside.who(elsewhere)
    door.entrance.accounts.sign_out_everywhere(door.world.own.mentor)

    for days in (0, 1, 13, 20, 12):
        door.clock.wait(days=days)
        assert "Your sign-in is over" in door.refused(ANA)
        assert "Your sign-in is over" in door.refused(elsewhere)
    assert door.world.own.mentor == door.entrance.outside.who(door.later())


def test_a_token_that_was_never_brought_begins_nothing_after_ten_minutes(door: Door) -> None:
    door.clock.wait(minutes=11)
    assert "Your sign-in is over" in door.refused(ANA)

    ahead = replace(ANA, issued=door.clock() + timedelta(minutes=11))
    assert "Your sign-in is over" in door.refused(ahead)


def test_a_sign_in_ends_after_twelve_idle_hours_and_two_weeks(door: Door) -> None:
    door.entrance.outside.who(ANA)
    door.clock.wait(hours=12)
    assert "Your sign-in is over" in door.refused(ANA)

    fresh = door.later()
    for _ in range(31):
        door.entrance.outside.who(fresh)
        door.clock.wait(hours=11)
    assert "Your sign-in is over" in door.refused(fresh)


def test_signing_out_here_leaves_other_browsers_alone(door: Door) -> None:
    other = replace(ANA, nonce="second")
    door.entrance.outside.who(ANA)
    door.entrance.outside.who(other)
    door.entrance.outside.sign_out(ANA)

    assert "Your sign-in is over" in door.refused(ANA)
    assert door.world.own.mentor == door.entrance.outside.who(other)


def test_two_pages_that_open_at_once_are_one_sign_in(door: Door) -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: door.entrance.outside.who(ANA), range(6)))

    assert [door.world.own.mentor] * 6 == found
    assert 1 == door.entrance.accounts.sign_ins(door.world.own.mentor)


def test_somebody_who_deleted_themselves_does_not_come_back_with_an_old_cookie(door: Door) -> None:
    door.entrance.outside.who(ANA)
    with door.records.writing() as work:
        ana = work.get(Person, door.world.own.mentor.person_id)
        work.remove(OutsideIdentity, person_id=ana.id)
        work.save(ana.but(email=""))
    door.clock.wait(days=1)

    assert door.refused(ANA)
    assert "Ask your program's lead" in door.refused(door.later())


def test_a_lead_makes_no_link_to_somebody_who_came_through_the_provider(door: Door) -> None:
    door.entrance.outside.who(ANA)
    world = door.world
    with pytest.raises(SignInError, match="has signed in before"):
        door.entrance.accounts.invite(world.lead, world.program.id, world.own.mentor.person_id)
    with pytest.raises(SignInError, match="without a password"):
        door.entrance.accounts.change_password(world.own.mentor, "", "four words that hold")
    with pytest.raises(ForbiddenError):
        door.entrance.accounts.with_account(world.own.mentor, world.program.id)
