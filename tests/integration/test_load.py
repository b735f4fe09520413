"""Eight people at once, for a moment; and that the check which finds a leak can find one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.settings import CoachSettings
from evals.load.counting import count
from evals.load.journal import HOME, steps
from evals.load.people import People, make_people
from evals.load.plan import Plan, leave_plan
from evals.load.running import Server, let_in, served

# A busy machine takes its time, and nothing here is about time.
pytestmark = pytest.mark.timeout(400)
_PEOPLE = 8
#: Seconds to think, and to be done.
_QUICK, _MOST = (0.1, 0.4), 120


@dataclass
class Peopled:
    """A coach that runs, and those who may use it."""

    settings: CoachSettings
    server: Server
    people: People


@pytest.fixture(scope="module")
def peopled(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    home = tmp_path_factory.mktemp("load") / "home"
    shutil.copytree(untouched_home, home)
    settings = CoachSettings(home=home)
    people = make_people(settings, _PEOPLE // 2)
    with served(settings) as server:
        yield Peopled(settings, server, people)


def test_people_at_once_meet_no_fault_lose_nothing_and_see_only_what_is_theirs(
    peopled: Peopled, tmp_path: Path
) -> None:
    leave_plan(tmp_path, Plan(people=peopled.people, think=_QUICK, visits=1))

    let_in(tmp_path, peopled.server.address, _MOST)

    counted = count(steps(tmp_path), peopled.settings, peopled.people)
    assert not counted.faults
    assert not counted.foreign
    assert not counted.astray
    # A promise and a draft each.
    assert 2 * _PEOPLE == counted.acknowledged == counted.found
    assert len(counted.times[HOME]) >= 3 * _PEOPLE
    assert counted.sound


def test_whoever_sees_what_is_anothers_is_found_out(peopled: Peopled, tmp_path: Path) -> None:
    """All take themselves for others, so what they see is not theirs."""
    turned = (*peopled.people[2:], *peopled.people[:2])
    others = tuple(
        one.model_copy(update={"pair_mark": other.pair_mark, "own_mark": other.own_mark})
        for one, other in zip(peopled.people, turned, strict=True)
    )
    leave_plan(tmp_path, Plan(people=others, think=_QUICK))

    let_in(tmp_path, peopled.server.address, 4)

    counted = count(steps(tmp_path), peopled.settings, others)
    assert counted.foreign
    assert counted.astray
    assert not counted.sound
