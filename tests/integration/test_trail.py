from __future__ import annotations

from datetime import timedelta

import pytest
from led import NOW, Led, csv_file

from coach.domain.identity import Actor, AuditLine
from coach.domain.program import Role
from coach.domain.records import new_id
from coach.errors import ForbiddenError
from coach.policy.deeds import HELD, NOT_HELD, OF_LEADS, imported
from coach.policy.table import ALLOWED, Action, Standing
from coach.ports import Records
from coach.program.pairing import Pairing
from coach.program.programs import Programs
from coach.program.trail import UNKNOWN, Trail

ANA = "Ana Duarte,ana@example.org,data analyst"
TOM = "Tom Eriksen,tom@example.org,finance director"


@pytest.fixture
def led(records: Records) -> Led:
    return Led(records)


def test_the_trail_of_a_program_has_what_leads_did_and_what_was_refused(
    records: Records, led: Led
) -> None:
    moments = iter(NOW + timedelta(minutes=n) for n in range(99))
    now = lambda: next(moments)  # noqa: E731 - each step has a moment of its own
    pairing = Pairing(records, now)
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))
    [pair] = (one.pair for one in pairing.pairs(led.lead, led.id))
    elsewhere = Led(records, "Beta")
    with pytest.raises(ForbiddenError):
        pairing.end(elsewhere.lead, pair.id)
    with pytest.raises(ForbiddenError):
        pairing.end(Actor(person_id=new_id()), pair.id)
    pairing.end(led.lead, pair.id)

    lines = Trail(records, lambda: NOW).of_program(led.lead, led.id)

    both = "Ana Duarte and Tom Eriksen"
    assert [
        ("Lead of Alpha", "ended a pair", both, True),
        (UNKNOWN, "tried to manage pairs", both, False),
        ("Lead of Beta", "tried to manage pairs", both, False),
        ("Lead of Alpha", "imported a list", "2 people and 1 pair", True),
    ] == [(line.who, line.did, line.on, line.allowed) for line in lines]
    assert () == Trail(records, lambda: NOW).of_program(elsewhere.lead, elsewhere.id)
    assert 2 == len(Trail(records, lambda: NOW).of_program(led.lead, led.id, limit=2))


def test_the_trail_shows_a_lead_nothing_of_a_pairs_own_room(records: Records, led: Led) -> None:
    [pair] = led.pairs(1)
    with records.writing() as work:
        words = [action.value for action in Action]
        words += [deed.words for deed in (*OF_LEADS, HELD, NOT_HELD)]
        for action in words:
            work.add(
                AuditLine(
                    at=NOW,
                    actor_id=pair.mentor_id,
                    action=action,
                    allowed=True,
                    kind="Pair",
                    object_id=pair.id,
                    program_id=led.id,
                )
            )

    lines = Trail(records, lambda: NOW).of_program(led.lead, led.id)

    private = {one.value for one in Action if Standing.LEAD not in ALLOWED[one]}
    assert private
    assert not private & {line.did for line in lines}
    assert {"made a link to come in", "managed pairs"} <= {line.did for line in lines}
    assert {"ended a pair", "changed the terms"} <= {line.did for line in lines}
    assert not {HELD.words, NOT_HELD.words} & {line.did for line in lines}


def test_only_the_lead_sees_the_trail(records: Records, led: Led) -> None:
    [pair] = led.pairs(1)

    for person_id in (pair.mentor_id, Led(records, "Beta").lead.person_id):
        with pytest.raises(ForbiddenError):
            Trail(records, lambda: NOW).of_program(Actor(person_id=person_id), led.id)


def test_each_step_of_a_lead_says_what_was_done(records: Records, led: Led) -> None:
    moments = iter(NOW + timedelta(minutes=n) for n in range(99))
    now = lambda: next(moments)  # noqa: E731 - each step has a moment of its own
    pairing, programs = Pairing(records, now), Programs(records, now)
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"Mia,mia@example.org,,{TOM}"))
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))
    first, second = (one.pair for one in pairing.pairs(led.lead, led.id))
    pairing.re_pair(led.lead, first.id, Role.MENTEE, second.mentor_id)
    pairing.pair(led.lead, led.id, first.mentor_id, first.mentee_id)
    pairing.remove(led.lead, led.id, second.mentor_id)
    pairing.add_lead(led.lead, led.id, "Eva", "eva@example.org")
    programs.edit(led.lead, led.id, led.program.version, {"months": 6})
    programs.end(led.lead, led.id)

    lines = Trail(records, lambda: NOW).of_program(led.lead, led.id)

    assert [
        "ended the program",
        "changed the terms",
        "added a lead",
        "removed somebody",
        "paired two people",
        "gave a pair a new partner",
        "imported a list",
        "imported a list",
    ] == [line.did for line in lines]
    assert ["0 people and 0 pairs", "3 people and 2 pairs"] == [line.on for line in lines[-2:]]
    # Whom it was done to, only the pairs' own lines say: the list of pairs says it too.
    assert not any("Eva" in line.on or "eva@" in line.did for line in lines)


def test_the_words_of_a_deed_fit_where_the_trail_keeps_them() -> None:
    for deed in (*OF_LEADS, HELD, NOT_HELD, imported(20_000, 10_000)):
        line = AuditLine(at=NOW, actor_id="", action=deed.words, allowed=True, kind=deed.count)

        assert deed.words == line.action
