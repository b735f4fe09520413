"""Local accounts: invitations, passwords, locks, and how long somebody stays signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from clocks import HandClock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import NOW, World, make_world

from coach.adapters.passwords import Argon2Passwords
from coach.bootstrap import Entrance
from coach.domain.identity import Account, Actor, AuditLine, Invitation, SignIn
from coach.domain.program import Membership, Person, Role
from coach.entrance.attempts import LIMIT
from coach.entrance.signing_in import LOCK, LONGEST_LOCK, MISSES, Missed
from coach.errors import ForbiddenError, SignInError
from coach.ports import Records
from coach.program.founding import invite_again

PASSWORD = "four words that hold"  # noqa: S105
NEWER = "another four words then"
#: Fast, so that a test can miss many times.
FAST = Argon2Passwords(rounds=1, memory=32)


@dataclass
class Door:
    """The entrance to a world, and its clock."""

    world: World
    records: Records
    entrance: Entrance
    clock: HandClock

    def invite(self, actor: Actor | None = None) -> str:
        """A link for the mentor of the first pair."""
        ana = actor or self.world.own.mentor
        return self.entrance.accounts.invite(self.world.lead, self.world.program.id, ana.person_id)

    def join(self) -> str:
        """The mentor sets a password; the secret of their cookie."""
        return self.entrance.invitations.accept(self.invite(), PASSWORD)

    def sign_in(self, password: str = PASSWORD, address: str = "") -> str:
        """As the mentor of the first pair."""
        return self.entrance.signing_in.sign_in("ana@example.org", password, address)

    def miss(self, times: int) -> None:
        """Try wrong passwords."""
        for _ in range(times):
            with pytest.raises(SignInError, match="do not go together"):
                self.sign_in("not the right words")

    def account(self) -> Account:
        """The mentor's."""
        with self.records.reading() as work:
            return work.find(Account, person_id=self.world.own.mentor.person_id)[0]

    def trail(self) -> list[tuple[str, bool, str]]:
        """Action, whether it was allowed, and by whom."""
        with self.records.reading() as work:
            lines = work.find(AuditLine, order="at")
        return [(line.action, line.allowed, line.actor_id) for line in lines]


@pytest.fixture
def door(records: Records) -> Door:
    clock = HandClock(NOW)
    return Door(make_world(records), records, Entrance(records, FAST, clock), clock)


def test_an_invited_person_sets_a_password_and_signs_in_with_it(door: Door) -> None:
    cookie = door.join()

    assert door.world.own.mentor == door.entrance.signing_in.who(cookie)
    assert door.world.own.mentor == door.entrance.signing_in.who(door.sign_in())
    assert PASSWORD not in door.account().password_hash


def test_a_link_works_once(door: Door) -> None:
    link = door.invite()
    door.entrance.invitations.accept(link, PASSWORD)

    with pytest.raises(SignInError, match="This link does not work"):
        door.entrance.invitations.accept(link, NEWER)
    door.sign_in()


def test_of_many_who_use_a_link_at_once_one_succeeds(door: Door) -> None:
    link = door.invite()

    def accept(number: int) -> bool:
        try:
            door.entrance.invitations.accept(link, f"{PASSWORD} {number}")
        except SignInError:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        done = list(threads.map(accept, range(6)))

    assert 1 == sum(done)
    door.sign_in(f"{PASSWORD} {done.index(True)}")


def test_a_link_ends_after_two_weeks_and_with_the_next_one(door: Door) -> None:
    first = door.invite()
    second = door.invite()
    for link, when in ((first, 0), (second, 14), ("x" * 43, 0), ("", 0), ("\ud800", 0)):
        door.clock.wait(days=when)
        with pytest.raises(SignInError, match="This link does not work"):
            door.entrance.invitations.invited(link)
        with pytest.raises(SignInError, match="This link does not work"):
            door.entrance.invitations.accept(link, PASSWORD)


def test_looking_at_an_invitation_does_not_use_it_up_and_nor_does_a_poor_password(
    door: Door,
) -> None:
    link = door.invite()
    for _ in range(3):
        assert "Ana" == door.entrance.invitations.invited(link).name
    with pytest.raises(SignInError, match="at least 12"):
        door.entrance.invitations.accept(link, "short")

    door.entrance.invitations.accept(link, PASSWORD)


def test_only_digests_of_secrets_are_kept(door: Door) -> None:
    link = door.invite()
    cookie = door.entrance.invitations.accept(link, PASSWORD)
    with door.records.reading() as work:
        kept = [*work.find(Invitation), *work.find(SignIn), *work.find(Account)]

    text = "".join(one.model_dump_json() for one in kept)
    assert not any(secret in text for secret in (link, cookie, PASSWORD))


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short words",
        "a" * 12,
        "abab" * 4,
        "x" * 201,
        "ana@example.org",
        "ANA@EXAMPLE.ORG",
        "ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "            ",
        "ﬃﬃﬃ",
    ],
)
def test_a_poor_password_is_refused_with_what_would_do(door: Door, password: str) -> None:
    with pytest.raises(SignInError, match=r"Take (at|a few)"):
        door.entrance.invitations.accept(door.invite(), password)


@pytest.mark.parametrize(
    ("set_to", "typed"),
    [
        ("Å la carte für zwölf", "Å la carte für zwölf"),
        ("ｗｉｄｅ letters here", "wide letters here"),
        ("ﬁve fine fish fly", "five fine fish fly"),
        ("пароль из слов", "пароль из слов"),
        ("パスワードは長いほうがいいよ", "パスワードは長いほうがいいよ"),
        ("with spaces at the end  ", "with spaces at the end  "),
    ],
)
def test_a_password_is_the_same_whatever_composed_its_letters(
    door: Door, set_to: str, typed: str
) -> None:
    door.entrance.invitations.accept(door.invite(), set_to)

    assert door.sign_in(typed)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(email=st.text(), password=st.text())
def test_nothing_typed_into_the_sign_in_breaks_it(door: Door, email: str, password: str) -> None:
    with pytest.raises(SignInError, match=r"do not go together|too many misses"):
        door.entrance.signing_in.sign_in(email, password)


def test_an_address_is_known_in_any_case_and_with_spaces_around(door: Door) -> None:
    door.join()
    for typed in ("ANA@Example.ORG", "  ana@example.org\n", "ana@exam\u200bple.org"):
        assert door.entrance.signing_in.sign_in(typed, PASSWORD)


def test_unknown_addresses_wrong_passwords_and_locks_all_sound_the_same(door: Door) -> None:
    door.join()
    tries: list[Callable[[], str]] = [
        lambda: door.sign_in("not the right words"),
        lambda: door.entrance.signing_in.sign_in("nobody@example.org", PASSWORD),
        lambda: door.entrance.signing_in.sign_in("tom@example.org", PASSWORD),
        lambda: door.entrance.signing_in.sign_in("ana@example.org\u0000' OR 1=1 --", PASSWORD),
    ]
    said = [_said(one) for one in tries]
    door.miss(MISSES)

    assert {_said(door.sign_in)} == set(said)


def test_an_unknown_address_costs_as_much_work_as_a_wrong_password(door: Door) -> None:
    compared = []

    class Counting(Argon2Passwords):
        def match(self, kept: str, password: str) -> bool:
            compared.append(password)
            return super().match(kept, password)

    door.join()
    entrance = Entrance(door.records, Counting(rounds=1, memory=32), door.clock)
    for email in ("ana@example.org", "tom@example.org", "nobody@example.org", "no address"):
        with pytest.raises(SignInError):
            entrance.signing_in.sign_in(email, NEWER)

    assert [NEWER] * 4 == compared


def test_ten_misses_lock_an_account_for_longer_each_time(door: Door) -> None:
    door.join()
    door.miss(MISSES - 1)
    door.sign_in()
    door.miss(MISSES)
    _refused(door)
    lasts = LOCK
    for _ in range(8):
        door.clock.moment += lasts - timedelta(seconds=1)
        _refused(door)
        door.clock.wait(seconds=1)
        door.miss(1)
        lasts = min(2 * lasts, LONGEST_LOCK)
    door.clock.moment += lasts

    door.sign_in()
    assert 0 == door.account().failures
    assert door.account().locked_until is None


def test_a_lock_is_not_prolonged_by_whoever_goes_on_trying(door: Door) -> None:
    door.join()
    door.miss(MISSES)
    until = door.account().locked_until
    door.miss(5)

    assert until == door.account().locked_until == NOW + LOCK


def test_guesses_at_one_moment_do_not_outrun_the_lock(door: Door) -> None:
    door.join()
    guesses = ["not the right words"] * (MISSES + 2) + [PASSWORD] * 4

    def guess(password: str) -> bool:
        try:
            door.sign_in(password)
        except SignInError:
            return False
        return True

    with ThreadPoolExecutor(1) as first:
        list(first.map(guess, guesses[:MISSES]))
    with ThreadPoolExecutor(8) as threads:
        assert not any(threads.map(guess, guesses[MISSES:]))

    assert MISSES == door.account().failures


def test_parallel_misses_are_all_counted(door: Door) -> None:
    door.join()
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: door.miss(1), range(6)))

    assert 6 == door.account().failures


def test_an_address_that_guesses_over_many_accounts_has_to_wait(door: Door) -> None:
    door.join()
    for number in range(LIMIT):
        with pytest.raises(SignInError, match="do not go together"):
            door.entrance.signing_in.sign_in(f"{number}@example.org", NEWER, "192.0.2.7")
    with pytest.raises(SignInError, match="too many misses from your network"):
        door.sign_in(address="192.0.2.7")
    with pytest.raises(SignInError, match="too many misses from your network"):
        door.entrance.invitations.invited(door.invite(door.world.own.mentee), "192.0.2.7")
    door.sign_in(address="192.0.2.8")
    door.clock.wait(minutes=15)

    door.sign_in(address="192.0.2.7")


def test_a_lock_does_not_end_browsers_that_are_signed_in(door: Door) -> None:
    cookie = door.join()
    door.miss(MISSES)

    assert door.entrance.signing_in.who(cookie)


def test_a_sign_in_ends_after_twelve_idle_hours_and_after_two_weeks(door: Door) -> None:
    cookie = door.join()
    door.clock.wait(hours=11)
    assert door.entrance.signing_in.who(cookie)
    door.clock.wait(hours=12)
    assert door.entrance.signing_in.who(cookie) is None

    cookie = door.sign_in()
    for _ in range(2 * 13):
        door.clock.wait(hours=11)
        assert door.entrance.signing_in.who(cookie)
    door.clock.wait(hours=14 * 24 - 26 * 11)
    assert door.entrance.signing_in.who(cookie) is None


def test_opening_pages_writes_at_most_every_few_minutes(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = door.join()
    written = _writes_of(door.records, monkeypatch)
    for _ in range(100):
        door.clock.wait(seconds=6)
        door.entrance.signing_in.who(cookie)

    assert len(written) in {1, 2}


def test_a_forged_cookie_is_nobody(door: Door) -> None:
    cookie = door.join()
    with door.records.reading() as work:
        digest = work.find(SignIn)[0].secret_digest
    for forged in ("", "x", cookie[:-1], f"{cookie} ", digest, "' OR 1=1 --", "\ud800", "x" * 9999):
        assert door.entrance.signing_in.who(forged) is None


def test_signing_out_ends_one_browser_and_everywhere_ends_all(door: Door) -> None:
    one, other, third = door.join(), door.sign_in(), door.sign_in()
    who = door.entrance.signing_in.who
    assert 3 == door.entrance.accounts.sign_ins(door.world.own.mentor)

    door.entrance.signing_in.sign_out(one)
    assert [None, door.world.own.mentor] == [who(one), who(other)]
    door.entrance.accounts.sign_out_everywhere(door.world.own.mentor)
    assert [None, None] == [who(other), who(third)]
    assert 0 == door.entrance.accounts.sign_ins(door.world.own.mentor)


def test_being_seen_never_brings_an_ended_sign_in_back(door: Door) -> None:
    cookies = [door.join(), *(door.sign_in() for _ in range(3))]
    door.clock.wait(hours=1)
    with ThreadPoolExecutor(5) as threads:
        seen = [threads.submit(door.entrance.signing_in.who, one) for one in cookies]
        ended = threads.submit(door.entrance.accounts.sign_out_everywhere, door.world.own.mentor)
        ended.result()
        for one in seen:
            one.result()

    assert [None] * 4 == [door.entrance.signing_in.who(one) for one in cookies]


def test_a_new_password_ends_every_other_sign_in(door: Door) -> None:
    here, there = door.join(), door.sign_in()
    me = door.world.own.mentor
    for old, new, said in (
        ("not the right words", NEWER, "another one"),
        (PASSWORD, "short", "at least 12"),
    ):
        with pytest.raises(SignInError, match=said):
            door.entrance.accounts.change_password(me, old, new, keep=here)
    assert door.entrance.signing_in.who(there)

    door.entrance.accounts.change_password(me, PASSWORD, NEWER, keep=here)
    assert door.entrance.signing_in.who(here)
    assert door.entrance.signing_in.who(there) is None
    door.miss(1)
    door.sign_in(NEWER)


def test_guessing_the_present_password_at_an_open_browser_ends_too(door: Door) -> None:
    door.join()
    me = door.world.own.mentor
    for _ in range(10):
        with pytest.raises(SignInError, match="another one"):
            door.entrance.accounts.change_password(me, "not the right words", NEWER)

    with pytest.raises(SignInError, match="Wait 15 minutes"):
        door.entrance.accounts.change_password(me, PASSWORD, NEWER)


def test_a_password_kept_with_weaker_parameters_is_kept_anew(door: Door) -> None:
    door.join()
    before = door.account().password_hash
    stronger = Entrance(door.records, Argon2Passwords(rounds=2, memory=64), door.clock)
    stronger.signing_in.sign_in("ana@example.org", PASSWORD)
    after = door.account().password_hash
    stronger.signing_in.sign_in("ana@example.org", PASSWORD)

    assert "m=32,t=1" in before
    assert "m=64,t=2" in after == door.account().password_hash


def test_a_lead_cannot_make_a_link_to_somebody_who_was_here(door: Door) -> None:
    """With it the lead could become them, and read what only the pair may read."""
    door.join()
    with pytest.raises(SignInError, match="has signed in before"):
        door.invite()

    assert frozenset({door.world.own.mentor.person_id}) == door.entrance.accounts.with_account(
        door.world.lead, door.world.program.id
    )


def test_the_operator_gives_a_new_link_to_whoever_forgot_their_password(door: Door) -> None:
    cookie = door.join()
    door.miss(MISSES)
    person, link = invite_again(door.records, " Ana@Example.org ", door.clock())
    door.entrance.invitations.accept(link, NEWER)

    assert person.id == door.world.own.mentor.person_id
    assert door.entrance.signing_in.who(cookie) is None
    door.sign_in(NEWER)
    with pytest.raises(SignInError, match="Nobody here has"):
        invite_again(door.records, "nobody@example.org", door.clock())


def test_only_the_programs_own_lead_invites_and_only_its_own_people(door: Door) -> None:
    world, accounts = door.world, door.entrance.accounts
    refused = [
        (world.own.mentee, world.program.id, world.own.mentor.person_id),
        (world.lead_elsewhere, world.program.id, world.own.mentor.person_id),
        (world.former_lead, world.program.id, world.own.mentor.person_id),
        (world.lead, world.other_program.id, world.elsewhere.mentor.person_id),
        (world.lead, world.program.id, world.elsewhere.mentor.person_id),
        (world.lead, world.program.id, world.ended.mentor.person_id),
        (world.lead, world.program.id, "f" * 32),
        (world.lead, world.program.id, "<script>"),
        (world.lead, "' OR 1=1 --", world.own.mentor.person_id),
        (Actor(person_id="f" * 32), world.program.id, world.own.mentor.person_id),
    ]
    for actor, program, person in refused:
        door.clock.wait(seconds=1)
        with pytest.raises(ForbiddenError):
            accounts.invite(actor, program, person)

    assert [("invite", False, actor.person_id) for actor, *_ in refused] == door.trail()
    with door.records.reading() as work:
        assert 0 == work.count(Invitation)


def test_somebody_without_an_address_cannot_be_invited(door: Door) -> None:
    with door.records.writing() as work:
        ana = work.get(Person, door.world.own.mentor.person_id)
        work.save(ana.but(email=""))

    with pytest.raises(SignInError, match="no e-mail address"):
        door.invite()


def test_the_trail_says_who_came_in_and_that_somebody_tried(door: Door) -> None:
    door.join()
    door.clock.wait(minutes=1)
    door.miss(1)
    door.clock.wait(minutes=1)
    with pytest.raises(SignInError):
        door.entrance.signing_in.sign_in("nobody@example.org", NEWER)
    door.clock.wait(minutes=1)
    door.sign_in()
    door.clock.wait(minutes=1)
    door.entrance.accounts.sign_out_everywhere(door.world.own.mentor)

    ana, lead = door.world.own.mentor.person_id, door.world.lead.person_id
    assert {("invite", True, lead), ("sign in", True, ana)} == set(door.trail()[:2])
    assert [
        ("sign in", False, ""),
        ("sign in", False, ""),
        ("sign in", True, ana),
        ("manage one's sign-ins", True, ana),
    ] == door.trail()[2:]
    with door.records.reading() as work:
        lines = "".join(line.model_dump_json() for line in work.find(AuditLine))
    assert "example.org" not in lines
    assert "words" not in lines


def _said(step: Callable[[], object]) -> str:
    with pytest.raises(SignInError) as caught:
        step()
    return str(caught.value)


def _refused(door: Door) -> None:
    with pytest.raises(SignInError, match="do not go together"):
        door.sign_in()


def _writes_of(records: Records, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    written = []
    real = records.writing

    @contextmanager
    def counted() -> Iterator[object]:
        written.append(datetime.now().astimezone())
        with real() as work:
            yield work

    monkeypatch.setattr(records, "writing", counted)
    return written


def test_a_lead_makes_no_link_for_somebody_who_is_in_anothers_program_too(door: Door) -> None:
    shared = door.world.elsewhere.mentor.person_id
    with door.records.writing() as work:
        work.add(
            Membership(
                program_id=door.world.program.id,
                person_id=shared,
                role=Role.MENTOR,
                since=door.world.program.starts,
            )
        )

    with pytest.raises(SignInError, match="another lead too"):
        door.entrance.accounts.invite(door.world.lead, door.world.program.id, shared)


def test_whose_account_was_locked_is_told_so_at_the_next_sign_in_and_once(door: Door) -> None:
    came = door.clock()
    cookie = door.join()
    assert door.entrance.signing_in.missed_before(cookie) is None
    door.clock.wait(hours=1)
    door.miss(MISSES + 3)
    door.clock.wait(hours=5)

    cookie = door.sign_in()

    assert Missed(MISSES + 3, came) == door.entrance.signing_in.missed_before(cookie)
    door.clock.wait(hours=1)
    assert door.entrance.signing_in.missed_before(door.sign_in()) is None
    assert door.entrance.signing_in.missed_before("nobody's cookie") is None


def test_a_few_slips_and_those_at_other_accounts_are_not_told(door: Door) -> None:
    door.join()
    door.clock.wait(hours=1)
    door.miss(MISSES - 1)
    for _ in range(MISSES):
        with pytest.raises(SignInError):
            door.entrance.signing_in.sign_in("tom@example.org", "wrong words here")
    door.clock.wait(hours=1)

    assert door.entrance.signing_in.missed_before(door.sign_in()) is None
