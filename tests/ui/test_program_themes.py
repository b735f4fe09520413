"""By which rules themes are shown: set on the page Program before the start, and then locked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from led import Led
from pairs import labelled, open_page, words
from streamlit.testing.v1 import AppTest

from coach.bootstrap import Workspace, open_workspace
from coach.domain.program import Program
from coach.program.personal import local_person
from coach.settings import CoachSettings


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    made = open_workspace(CoachSettings(home=built_home))
    local_person(made.records)
    return made


@pytest.fixture
def led(kept: Workspace) -> Led:
    """A program that begins in nine days, with a pair."""
    made = Led(kept.records, personal=True)
    made.pairs(1)
    with kept.records.writing() as work:
        program = work.get(Program, made.id)
        work.save(program.but(starts=datetime.now(UTC).date() + timedelta(days=9)))
    return made


def open_terms(led: Led) -> AppTest:
    app = open_page("program", led.lead, program=led.id)
    app.segmented_control(key="program_section").set_value("Terms").run()
    assert not app.exception
    return app


def told(app: AppTest) -> str:
    return "\n".join((words(app), *(one.value for one in app.caption)))


def test_each_rule_is_set_before_the_start_and_says_what_it_does(led: Led, kept: Workspace) -> None:
    app = open_terms(led)
    for does in ("this many pairs told of it", "see their own part first", "such as two sites"):
        assert does in told(app)

    app.number_input(key="theme_min_pairs").set_value(6)
    app.number_input(key="theme_notice").set_value(9)
    app.text_area(key="theme_segments").set_value("North\n\n South ")
    labelled(app.button, "Set the rules").click().run()

    assert not app.exception
    assert ["The rules are set."] == [one.value for one in app.toast]
    terms = kept.theme_rules.see(led.lead, led.id)
    assert (6, 9, ("North", "South")) == (terms.min_pairs, terms.notice_days, terms.segments)
    assert 6 == app.number_input(key="theme_min_pairs").min


def test_a_pair_is_put_into_a_segment(led: Led, kept: Workspace) -> None:
    kept.theme_rules.set(led.lead, led.id, min_pairs=5, notice_days=7, segments=("North", "South"))
    app = open_terms(led)

    app.selectbox(key="placed_in").set_value("South")
    labelled(app.button, "Put it there").click().run()

    assert not app.exception
    assert ["South"] == list(kept.theme_rules.see(led.lead, led.id).places.values())


def test_two_segments_of_one_name_are_refused_in_words(led: Led) -> None:
    app = open_terms(led)

    app.text_area(key="theme_segments").set_value("North\nnorth")
    labelled(app.button, "Set the rules").click().run()

    assert not app.exception
    assert "two segments have the same name" in told(app)
    assert not app.toast


def test_once_begun_each_rule_is_read_with_what_it_does_and_why_it_is_locked(
    led: Led, kept: Workspace
) -> None:
    with kept.records.writing() as work:
        work.save(work.get(Program, led.id).but(starts=led.program.starts))

    app = open_terms(led)

    for line in ("Pairs behind a theme: 5 at least.", "Preview: 7 days.", "Segments: none."):
        assert f"**{line}**" in told(app)
    assert "Locked since the program began on" in told(app)
    assert "Set the rules" not in {one.label for one in app.button}


def test_who_begins_a_program_is_told_that_its_first_day_locks_the_rules(led: Led) -> None:
    assert "From then on they are locked." in told(open_terms(led))
