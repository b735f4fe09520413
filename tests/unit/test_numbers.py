from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from led import CANCELLED, HELD, NOW, PLANNED, TODAY, WEEK, Led

from coach.adapters.records.work import SqlWork
from coach.domain.bands import ENOUGH, Band, band, band_among
from coach.domain.identity import Account, OutsideIdentity
from coach.domain.meeting import SessionState
from coach.domain.numbers import ShownNumbers
from coach.domain.program import Membership, Pair, Program, Role
from coach.errors import ForbiddenError
from coach.ports import Records
from coach.program.numbers import Numbers, ProgramNumbers
from coach.program.own_data import erase
from coach.program.pairing import Pairing
from coach.program.programs import Programs


@pytest.fixture
def led(records: Records) -> Led:
    return Led(records)


def look(led: Led, weeks: float = 0) -> ProgramNumbers:
    return Numbers(led.records, lambda: NOW + weeks * WEEK).see(led.lead, led.id)


def text(number: Band | None) -> str | None:
    return None if number is None else str(number)


@given(st.integers(0, 10_000), st.integers(0, 300))
def test_a_band_holds_its_number_and_four_others_at_least(count: int, among: int) -> None:
    free = band(count)

    assert free.most is not None
    assert free.least <= count <= free.most
    assert free.most - free.least == 4
    assert free == band(free.least)

    found = band_among(min(count, among), among)
    if found is not None:
        top = among if found.most is None else found.most
        assert found.least <= min(count, among) <= top
        assert top - found.least >= 4
        # Neither nobody nor everybody, nor all but a few, can be told from the rest.
        assert (found.least == 0) == (min(count, among) < ENOUGH)
        assert top < among - 4 or top == among


@pytest.mark.parametrize(
    ("count", "among", "said"),
    [
        (0, 30, "fewer than 5"),
        (4, 30, "fewer than 5"),
        (5, 30, "5 to 9"),
        (24, 30, "20 to 24"),
        (25, 30, "25 or more"),
        (30, 30, "25 or more"),
        (9, 9, "5 or more"),
        (0, 9, "fewer than 5"),
        (0, 8, None),
        (8, 8, None),
    ],
)
def test_bands_in_words(count: int, among: int, said: str | None) -> None:
    assert said == text(band_among(count, among))


def test_a_program_of_four_pairs_has_no_numbers(led: Led) -> None:
    led.sessions(led.pairs(4), HELD, CANCELLED, PLANNED)

    assert ProgramNumbers(pairs=4) == look(led)


def test_five_pairs_have_bands_of_sessions_and_no_number_of_fading_ones(led: Led) -> None:
    pairs = led.pairs(5)
    led.sessions(pairs, HELD, HELD, CANCELLED, weeks=-8)
    led.sessions(pairs, PLANNED, weeks=3)

    assert ProgramNumbers(
        pairs=5,
        held=Band(10, 14),
        cancelled=Band(5, 9),
        planned=Band(5, 9),
        counted_on=TODAY,
    ) == look(led)


def test_nothing_is_counted_while_fewer_than_five_pairs_have_sessions(led: Led) -> None:
    led.sessions(led.pairs(12)[:4], HELD, HELD, HELD, HELD)

    assert (None, None) == (look(led).held, look(led).counted_on)


def test_no_word_of_a_pair_is_opened_for_a_number(
    led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.sessions(led.pairs(9), HELD)
    find, asked = SqlWork.find, set()

    def watched(self: SqlWork, kind: type[Any], **equal: Any) -> Any:
        asked.add(kind)
        return find(self, kind, **equal)

    monkeypatch.setattr(SqlWork, "find", watched)
    look(led)

    assert {Program, Membership, Pair, ShownNumbers} == asked


def test_a_number_stands_until_five_pairs_have_moved_it(led: Led) -> None:
    pairs = led.pairs(12)
    led.sessions(pairs, HELD, HELD)
    before = look(led)
    for pair in pairs[:4]:
        led.sessions([pair], *[HELD] * 9)

        assert before == look(led, weeks=1)

    led.sessions([pairs[4]], HELD)

    assert (Band(60, 64), TODAY + WEEK) == (look(led, 1).held, look(led, 1).counted_on)


def test_what_one_pair_does_is_never_seen(led: Led) -> None:
    """Whatever a single pair adds, and however the lead times two looks."""
    *pairs, watched = led.pairs(9)
    led.sessions(pairs, HELD)
    before = look(led)
    for state in SessionState:
        led.sessions([watched], *[state] * 10)

        assert before == look(led)


@pytest.mark.parametrize("ended", [1, 4])
def test_ending_a_few_pairs_between_two_looks_tells_nothing_of_them(led: Led, ended: int) -> None:
    """The lead knows whom they end: were a number to change, it would be those pairs' own."""
    pairs = led.pairs(20)
    led.sessions(pairs, HELD, CANCELLED, weeks=-3)
    led.sessions(pairs, PLANNED, weeks=3)
    before = look(led)
    for pair in pairs[:ended]:
        Pairing(led.records, lambda: NOW).end(led.lead, pair.id)

    assert replace(before, pairs=20 - ended) == look(led)


def test_pairing_anew_and_adding_pairs_tells_nothing(led: Led) -> None:
    pairs = led.pairs(12)
    led.sessions(pairs, HELD, PLANNED, weeks=-3)
    before = look(led)
    pairing = Pairing(led.records, lambda: NOW)
    pairing.re_pair(led.lead, pairs[0].id, Role.MENTOR, pairs[1].mentor_id)
    led.pairs(30, weeks_ago=0)

    assert replace(before, pairs=42) == look(led)


def test_a_lead_who_leaves_one_pair_running_sees_nothing(led: Led) -> None:
    pairs = led.pairs(9)
    led.sessions(pairs, HELD)
    look(led)
    for pair in pairs[1:]:
        Pairing(led.records, lambda: NOW).end(led.lead, pair.id)
    led.sessions(pairs[:1], *[HELD] * 20)

    assert ProgramNumbers(pairs=1) == look(led)


def test_idle_pairs_do_not_help_to_watch_a_busy_one(led: Led) -> None:
    *_, busy = led.pairs(9)
    led.sessions([busy], *[HELD] * 20)
    before = look(led)
    led.pairs(20, weeks_ago=0)
    led.sessions([busy], *[HELD] * 20)

    assert replace(before, pairs=29) == look(led)
    assert before.held is None


def test_what_a_pairs_end_cancelled_is_not_counted_as_theirs(led: Led) -> None:
    pairs = led.pairs(12)
    led.sessions(pairs, HELD, weeks=-3)
    led.sessions(pairs, PLANNED, weeks=3)
    for pair in pairs[:6]:
        Pairing(led.records, lambda: NOW).end(led.lead, pair.id)

    found = look(led)

    assert ["10 to 14", "fewer than 5", "5 to 9"] == [
        text(number) for number in (found.held, found.cancelled, found.planned)
    ]


@pytest.mark.parametrize(
    ("states", "weeks", "fades"),
    [
        ((), 0, True),
        ((HELD,), -7.9, False),
        ((HELD,), -9, True),
        ((PLANNED,), 7, False),
        ((PLANNED,), 9, True),
        ((PLANNED,), -1, False),
        ((CANCELLED,), 1, True),
        ((HELD, CANCELLED), -3, False),
        ((HELD, CANCELLED, CANCELLED), -3, True),
        ((CANCELLED, CANCELLED, PLANNED), -1, True),
        ((CANCELLED, CANCELLED, HELD), -3, False),
        ((CANCELLED, HELD, CANCELLED), -3, False),
    ],
)
def test_which_pairs_are_at_risk_of_fading(
    led: Led, states: tuple[SessionState, ...], weeks: float, *, fades: bool
) -> None:
    """Twice the rhythm of four weeks is eight weeks, back and ahead."""
    led.sessions(led.pairs(20), *states, weeks=weeks)

    assert ("15 or more" if fades else "fewer than 5") == text(look(led).fading)


def test_a_pair_that_has_just_begun_does_not_fade(led: Led) -> None:
    led.pairs(20, weeks_ago=8)

    assert "fewer than 5" == text(look(led).fading)
    assert "15 or more" == text(look(led, weeks=1).fading)


def test_the_number_of_fading_pairs_stands_until_five_have_changed(led: Led) -> None:
    pairs = led.pairs(20)
    led.sessions(pairs[:15], PLANNED, weeks=2)
    assert ("5 to 9", TODAY) == (text(look(led).fading), look(led).fading_on)

    led.sessions(pairs[15:19], PLANNED, weeks=2)
    assert "5 to 9" == text(look(led, weeks=1).fading)

    led.sessions(pairs[19:], PLANNED, weeks=2)
    found = look(led, weeks=1)
    assert ("fewer than 5", TODAY + WEEK) == (text(found.fading), found.fading_on)


def test_the_numbers_of_a_program_that_is_over_can_still_be_seen(led: Led) -> None:
    led.sessions(led.pairs(12), HELD, PLANNED, weeks=-3)
    Programs(led.records, lambda: NOW).end(led.lead, led.id)

    found = look(led, weeks=10)

    assert (12, "10 to 14", None) == (found.pairs, text(found.held), found.fading)


def test_two_who_look_at_the_same_moment_see_the_same(
    led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = led.pairs(12)
    led.sessions(pairs, HELD)
    numbers = Numbers(led.records, lambda: NOW)
    writing = numbers._writing

    def overtaken(*asked: object) -> object:
        monkeypatch.undo()
        look(led)
        led.sessions(pairs, HELD)
        return writing(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(numbers, "_writing", overtaken)

    assert Band(10, 14) == numbers.see(led.lead, led.id).held
    with led.records.reading() as work:
        assert 1 == work.count(ShownNumbers)


def test_numbers_are_for_the_lead_of_the_program_alone(led: Led) -> None:
    [pair] = led.pairs(1)
    elsewhere = Led(led.records, "Beta")

    for person_id in (pair.mentor_id, pair.mentee_id, elsewhere.lead.person_id):
        with pytest.raises(ForbiddenError, match="You cannot see a program's numbers here"):
            Numbers(led.records).see(led.lead.model_copy(update={"person_id": person_id}), led.id)


def test_pairs_of_another_program_are_not_counted(led: Led) -> None:
    elsewhere = Led(led.records, "Beta")
    elsewhere.sessions(elsewhere.pairs(20), HELD, PLANNED)

    assert ProgramNumbers(pairs=0) == look(led)


def test_pairs_that_a_lead_invents_do_not_fill_up_a_small_program(led: Led) -> None:
    """Whatever the one real pair does, and however many a lead adds around it."""
    [watched] = led.pairs(1)
    led.pairs(40, came=False, name="invented ")
    for state in SessionState:
        led.sessions([watched], *[state] * 10)

        assert ProgramNumbers(pairs=41) == look(led)


def test_a_lead_cannot_plan_sessions_for_whom_they_invent_to_move_a_number(led: Led) -> None:
    """Such sessions stand in the store at most by a fault; they have no part all the same."""
    real = led.pairs(5)
    led.sessions(real, HELD, weeks=-3)
    before = look(led)
    invented = led.pairs(30, came=False, name="invented ")
    led.sessions(invented, HELD, PLANNED)
    led.sessions(real[:1], *[HELD] * 20)

    assert replace(before, pairs=35) == look(led)
    assert before.held == Band(5, 9)
    assert before.fading is None


def test_one_who_came_in_makes_no_pair_real(led: Led) -> None:
    pairs = led.pairs(12, came=False)
    led.sessions(pairs, HELD)
    with led.records.writing() as work:
        for pair in pairs:
            work.add(Account(person_id=pair.mentor_id, password_hash=pair.id))
    assert ProgramNumbers(pairs=12) == look(led)

    with led.records.writing() as work:
        for pair in pairs:
            work.add(
                OutsideIdentity(
                    person_id=pair.mentee_id, issuer="https://id.example.org", subject=pair.id
                )
            )

    assert Band(10, 14) == look(led).held


def test_in_a_personal_workspace_a_pair_is_real_once_it_has_met(records: Records) -> None:
    led = Led(records, personal=True)
    pairs = led.pairs(12, came=False)
    led.sessions(pairs, PLANNED, weeks=2)
    assert ProgramNumbers(pairs=12) == look(led)

    led.sessions(pairs, HELD, weeks=-2)

    assert Band(10, 14) == look(led).held


def test_who_is_deleted_takes_no_number_away(led: Led) -> None:
    pairs = led.pairs(12)
    led.sessions(pairs, HELD, weeks=-3)
    before = look(led)
    for pair in pairs[:6]:
        with led.records.writing() as work:
            erase(work, pair.mentor_id, TODAY)

    assert replace(before, pairs=6, fading=None, fading_on=None) == look(led)
