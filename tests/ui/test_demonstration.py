"""The made-up program: its reflections show on the pages as the coach itself would keep them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pairs import open_page, words

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.domain.meeting import Session
from coach.domain.program import Pair, Person
from coach.pair.gap import Differs
from coach.program.personal import local_person
from coach.settings import CoachSettings


@pytest.fixture
def loaded(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own with the demonstration."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    workspace = open_workspace(CoachSettings(home=built_home))
    workspace.demonstration.load(local_person(workspace.records))
    return workspace


def person(workspace: Workspace, name: str) -> Actor:
    with workspace.records.reading() as work:
        found = next(one for one in work.find(Person) if one.name == name)
    return Actor(person_id=found.id)


def test_every_line_of_its_summaries_is_a_sentence_of_what_was_written(loaded: Workspace) -> None:
    with loaded.records.reading() as work:
        kept = work.find(Reflection)

    assert 4 == len(kept)
    for one in kept:
        assert one.summary is not None
        assert not one.outdated
        assert [(line.text,) for line in one.summary.lines] == [
            one.summary.evidence_of(line) for line in one.summary.lines
        ]


def test_both_accounts_of_its_last_session_are_shared_and_differ_in_every_way(
    loaded: Workspace,
) -> None:
    ana = person(loaded, "Ana Duarte")
    with loaded.records.reading() as work:
        pair = work.find(Pair, mentor_id=ana.person_id)[0]
        session = work.find(Session, pair_id=pair.id, number=3)[0]

    found = loaded.shared_reflections.differences(ana, session.id)

    assert list(Differs) == [one.differs for one in found]
    # What is shared is what one would see before sharing it now.
    for who in (ana, person(loaded, "Tom Eriksen")):
        mine = loaded.reflections.mine(who, session.id)
        assert mine.shared == loaded.shared_reflections.preview(who, session.id).summary


def test_over_time_has_something_to_show_for_both(loaded: Workspace) -> None:
    for name in ("Ana Duarte", "Tom Eriksen"):
        app = open_page("progress", person(loaded, name))

        assert 2 == len(app.get("vega_lite_chart"))
        assert "I learned" in words(app)
