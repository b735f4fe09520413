from __future__ import annotations

from datetime import timedelta

import pytest
from led import NOW, Led, csv_file

from coach.domain.identity import Actor, AuditLine
from coach.domain.records import new_id
from coach.errors import ForbiddenError
from coach.policy.table import ALLOWED, Action, Standing
from coach.ports import Records
from coach.program.pairing import Pairing
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
        ("Lead of Alpha", "manage pairs", both, True),
        (UNKNOWN, "manage pairs", both, False),
        ("Lead of Beta", "manage pairs", both, False),
        ("Lead of Alpha", "manage pairs", "the program", True),
    ] == [(line.who, line.action, line.on, line.allowed) for line in lines]
    assert () == Trail(records, lambda: NOW).of_program(elsewhere.lead, elsewhere.id)
    assert 2 == len(Trail(records, lambda: NOW).of_program(led.lead, led.id, limit=2))


def test_the_trail_shows_a_lead_nothing_of_a_pairs_own_room(records: Records, led: Led) -> None:
    [pair] = led.pairs(1)
    with records.writing() as work:
        for action in Action:
            work.add(
                AuditLine(
                    at=NOW,
                    actor_id=pair.mentor_id,
                    action=action.value,
                    allowed=True,
                    kind="Pair",
                    object_id=pair.id,
                    program_id=led.id,
                )
            )

    lines = Trail(records, lambda: NOW).of_program(led.lead, led.id)

    private = {one.value for one in Action if Standing.LEAD not in ALLOWED[one]}
    assert private
    assert not private & {line.action for line in lines}
    assert {"invite", "manage pairs"} <= {line.action for line in lines}


def test_only_the_lead_sees_the_trail(records: Records, led: Led) -> None:
    [pair] = led.pairs(1)

    for person_id in (pair.mentor_id, Led(records, "Beta").lead.person_id):
        with pytest.raises(ForbiddenError):
            Trail(records, lambda: NOW).of_program(Actor(person_id=person_id), led.id)
