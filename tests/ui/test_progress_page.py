"""Over time: one's own line through the sessions, and what both write at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words
from readings import plain_reading
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.agreement import Agreement, Share
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, Progress, Written
from coach.domain.meeting import Session, SessionState
from coach.settings import CoachSettings


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Paired:
    """A pair in a workspace of the test's own, whose reading is a stand-in."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    monkeypatch.setattr("coach.bootstrap.workspace.open_reading", lambda _: plain_reading())
    return make_pair(open_workspace(CoachSettings(home=built_home)))


def reflect(two: Paired, who: Actor, session: Session, text: str, **more: int) -> None:
    kept = two.workspace.reflections.keep(
        who,
        session.id,
        0,
        form=Form.FREE,
        written=(Written(prompt="free", text=text),),
        before=more.get("before"),
        after=more.get("after"),
        progress=(Progress(goal="to *wait*", rating=more["rating"]),) if "rating" in more else (),
    )
    two.workspace.reflections.summarise(who, session.id, kept.version)


def learned(who: Actor) -> AppTest:
    app = open_page("progress", who)
    labelled(app.text_area, "What Ana learned").set_value("To wait.").run()
    assert not app.exception
    return app


def test_before_any_reflection_the_page_says_what_will_be_here(two: Paired) -> None:
    assert "comes together here" in words(open_page("progress", two.mentor))


def agree(two: Paired, goal: str) -> None:
    with two.workspace.records.writing() as work:
        work.add(
            Agreement(
                program_id=two.pair.program_id,
                pair_id=two.pair.id,
                mentor=Share(learns=goal),
                mentor_signed=datetime.now(UTC),
                mentee_signed=datetime.now(UTC),
            )
        )


def test_a_goal_that_was_never_rated_stands_there_before_and_after_a_reflection(
    two: Paired,
) -> None:
    agree(two, "to *listen*")
    waiting = "**to \\*listen\\*** · not rated yet"
    assert waiting in words(open_page("progress", two.mentor))
    reflect(two, two.mentor, two.session(-2, SessionState.HELD), "It worked.", rating=2)

    app = open_page("progress", two.mentor)

    assert waiting in words(app)
    assert ["half way"] == list(app.table[0].value["How far"])


def test_own_feelings_goals_and_learnings_stand_by_session_and_for_oneself(two: Paired) -> None:
    first, second = (two.session(-days, SessionState.HELD) for days in (30, 2))
    reflect(two, two.mentor, second, "I learned <b>less</b>.", after=-1, rating=2)
    reflect(two, two.mentor, first, "It worked.", before=0, after=2, rating=1)

    app = open_page("progress", two.mentor)

    said = words(app)
    assert said.index("less") < said.index("It worked.")
    assert "<b>" not in said
    feelings, goals = (table.value for table in app.table)
    assert ["very good", "low"] == list(feelings["When I left"])
    assert ["neither", "–"] == list(feelings["When I came"])
    assert ["begun", "half way"] == list(goals["How far"])
    assert "to \\*wait\\*" == goals["Goal"][0]
    assert 2 == len(app.get("vega_lite_chart"))
    assert "It worked." not in words(open_page("progress", two.mentee))


def test_both_write_what_they_learned_and_neither_loses_a_word(two: Paired) -> None:
    mine = press(learned(two.mentor), "save_learned")
    assert "Version 1, saved by you" in words(mine)
    theirs = open_page("progress", two.mentee)
    assert "To wait." == labelled(theirs.text_area, "What Ana learned").value
    labelled(theirs.text_area, "What Ana learned").set_value("To wait, and to ask.").run()
    labelled(mine.text_area, "What Ana learned").set_value("Patience.").run()
    press(mine, "save_learned")

    theirs.run()

    assert "saved another version meanwhile" in words(theirs)
    press(theirs, "mine_mentor")
    newest = two.workspace.learned.newest(two.mentor, two.pair.id)
    assert newest is not None
    assert (3, "To wait, and to ask.") == (newest.number, newest.mentor)


def test_what_is_not_saved_is_there_after_a_reload_for_its_author_alone(two: Paired) -> None:
    learned(two.mentor)

    again = open_page("progress", two.mentor)

    assert "To wait." == labelled(again.text_area, "What Ana learned").value
    assert not labelled(open_page("progress", two.mentee).text_area, "What Ana learned").value
    press(again, "discard_learned")
    assert not labelled(again.text_area, "What Ana learned").value
