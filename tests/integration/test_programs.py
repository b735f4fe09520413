from __future__ import annotations

from datetime import timedelta

import pytest
from led import NOW, TODAY, Led, csv_file

from coach.domain.identity import Actor
from coach.domain.program import Pair, Program, Role
from coach.errors import ConflictError, ForbiddenError, ProgramError
from coach.pair.conduct import default_conduct
from coach.ports import Records
from coach.program.pairing import Pairing
from coach.program.programs import Programs

ANA = "Ana Duarte,ana@example.org,data analyst"
TOM = "Tom Eriksen,tom@example.org,finance director"


@pytest.fixture
def led(records: Records) -> Led:
    return Led(records)


@pytest.fixture
def pairing(records: Records) -> Pairing:
    return Pairing(records, lambda: NOW)


@pytest.fixture
def programs(records: Records) -> Programs:
    return Programs(records, lambda: NOW)


def test_a_lead_creates_edits_and_ends_a_program(
    pairing: Pairing, programs: Programs, led: Led
) -> None:
    made = programs.create(
        led.lead,
        {"name": "Gamma", "starts": TODAY, "goals": ["Listen more"], "cadence_weeks": 6},
    )
    pairing.take(led.lead, made.id, csv_file(f"{ANA},{TOM}"))
    [pair] = (one.pair for one in pairing.pairs(led.lead, made.id))
    ana = Actor(person_id=pair.mentor_id)
    assert default_conduct() == programs.see(ana, made.id).conduct

    edited = programs.edit(
        led.lead, made.id, made.version, {"conduct": "Be kind.", "contacts": ("HR: 112",)}
    )
    with pytest.raises(ConflictError) as lost:
        programs.edit(led.lead, made.id, made.version, {"name": "Delta"})
    assert edited == lost.value.theirs
    seen = programs.see(ana, made.id)
    assert ("Be kind.", ("HR: 112",), ("Listen more",), 6) == (
        seen.conduct,
        seen.contacts,
        seen.goals,
        seen.cadence_weeks,
    )

    programs.end(led.lead, made.id)
    assert TODAY == programs.see(ana, made.id).ended
    with led.records.reading() as work:
        assert TODAY == work.get(Pair, pair.id).ended
    own = programs.mine(led.lead)
    assert [("Alpha", {Role.LEAD}), ("Gamma", {Role.LEAD})] == [
        (one.program.name, set(one.roles)) for one in own
    ]
    assert [("Gamma", {Role.MENTOR})] == [
        (one.program.name, set(one.roles)) for one in programs.mine(ana)
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " \u202e "}, "The name is needed"),
        ({"name": "x" * 201}, "at most 200"),
        ({"starts": TODAY + timedelta(days=2000)}, "at most five years from today"),
        ({"starts": "soon"}, "The start is a day"),
        ({"months": 0}, "1 to 36"),
        ({"cadence_weeks": 27}, "1 to 26 weeks"),
        ({"session_minutes": 5}, "15 to 120 minutes"),
        ({"planned_sessions": 61}, "1 to 60"),
        ({"goals": ["x"] * 21}, "up to 20 lines"),
        ({"contacts": ["x" * 601]}, "of 600 characters"),
        ({"conduct": "x" * 20_001}, "at most 20,000"),
        ({"retention_days": 0}, "1 to 3,650 days"),
        ({"personal": True}, "A program has no field 'personal'"),
        ({"ended": TODAY}, "A program has no field 'ended'"),
    ],
)
def test_values_that_make_no_sense_are_refused_in_words(
    programs: Programs, led: Led, values: dict[str, object], said: str
) -> None:
    with pytest.raises(ProgramError, match=said):
        programs.create(led.lead, {"name": "Gamma", "starts": TODAY, **values})
    with pytest.raises(ProgramError, match=said):
        programs.edit(led.lead, led.id, led.program.version, values)

    with led.records.reading() as work:
        assert (led.program,) == work.find(Program)


def test_only_who_leads_creates_a_program(programs: Programs, led: Led) -> None:
    [pair] = led.pairs(1)

    with pytest.raises(ForbiddenError, match="You cannot create a program here"):
        programs.create(Actor(person_id=pair.mentor_id), {"name": "Mine", "starts": TODAY})
