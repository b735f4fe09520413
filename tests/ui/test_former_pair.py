"""A pair that is over, on the page of its two."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words
from strategies import HOSTILE

from coach.bootstrap import Workspace, open_workspace
from coach.domain.kept_reflection import Form, Reflection, Written
from coach.domain.meeting import SessionState
from coach.domain.program import Pair, Program
from coach.pair.reflections import Consent
from coach.program.ending import end_pair
from coach.settings import CoachSettings


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return open_workspace(CoachSettings(home=built_home))


def end(two: Paired) -> None:
    """As a program's lead does it."""
    with two.workspace.records.writing() as work:
        end_pair(work, work.get(Pair, two.pair.id), datetime.now(UTC).date())


def test_whose_pair_ended_reads_what_happened_and_what_is_theirs(kept: Workspace) -> None:
    two = make_pair(kept)
    two.session(-30, SessionState.HELD)
    two.session(5)
    kept.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, "send the list")
    end(two)

    app = open_page("pair", two.mentor)

    said = words(app)
    assert "Your program’s lead ended this pair on " in said
    assert "while the program runs, and 365 days after its end" in said
    assert "1 session that you had planned does not take place" in said
    assert ["Calendar file"] == [one.proto.label for one in app.get("download_button")]
    assert "Session 1, " in said
    assert "**Tom:** send the list · open" in said
    assert "You are in no pair now" in said
    assert not [one for one in app.button if one.label in {"It took place", "Move or edit"}]


def test_ones_own_reflections_stay_to_be_read_and_the_others_do_not_show(kept: Workspace) -> None:
    two = make_pair(kept)
    session = two.session(-30, SessionState.HELD)
    for who, said in ((two.mentor, "I learned <b>to wait</b>."), (two.mentee, "It was hard.")):
        kept.reflections.keep(
            who,
            session.id,
            0,
            form=Form.THREE,
            written=(Written(prompt="what", text=said),),
            before=None,
            after=1,
        )
    end(two)

    app = open_page("pair", two.mentor)
    app.session_state[f"reflection_{session.id}"] = True
    app.run()

    said = words(app)
    assert "## Your reflections" in said
    assert "I learned <b>to wait</b>." in [one.value for one in app.text]
    assert "You left feeling good." in said
    assert "It was hard." not in said
    assert not app.text_area


def test_statements_are_taken_out_of_the_themes_after_the_end_too(kept: Workspace) -> None:
    two = make_pair(kept)
    session = two.session(-30, SessionState.HELD)
    mine = kept.reflections.keep(
        two.mentor,
        session.id,
        0,
        form=Form.THREE,
        written=(Written(prompt="what", text="It was hard."),),
        before=None,
        after=1,
    )
    kept.reflections.consent(two.mentor, session.id, mine.version, Consent.THEMES, given=True)
    end(two)
    app = open_page("pair", two.mentor)
    app.session_state[f"reflection_{session.id}"] = True
    app.run()

    press(app, f"take_back_{session.id}")

    with kept.records.reading() as work:
        assert [False] == [one.themes_may_count for one in work.find(Reflection)]


def test_what_was_kept_of_a_program_that_ended_says_until_when(kept: Workspace) -> None:
    two = make_pair(kept)
    end(two)
    with kept.records.writing() as work:
        program = work.get(Program, two.pair.program_id)
        work.save(program.but(ended=datetime.now(UTC).date(), retention_days=1))

    said = words(open_page("pair", two.mentee))

    assert "and this pair with it" in said
    assert "; then it is deleted" in said


def test_a_pair_that_is_over_stands_beside_the_one_that_runs(kept: Workspace) -> None:
    old = make_pair(kept)
    end(old)
    new = make_pair(kept, mentee="Mia", with_mentor=old.mentor)
    app = open_page("pair", old.mentor)
    assert "**Mia** · senior" in words(app)

    labelled(app.selectbox, "Which pair").set_value(old.pair.id).run()

    assert not app.exception
    assert "This pair is over." in words(app)
    assert "You are in no pair" not in words(app)
    labelled(app.selectbox, "Which pair").set_value(new.pair.id).run()
    assert "**Mia** · senior" in words(app)


def test_what_strangers_typed_is_shown_as_text(kept: Workspace) -> None:
    two = make_pair(kept)
    for typed in HOSTILE:
        kept.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, typed)
    end(two)

    said = words(open_page("pair", two.mentor))

    assert len(HOSTILE) == said.count("**Tom:** ")
    # What a backslash stands before is no markup.
    live = re.sub(r"\\.", "", said)
    for markup in ("<script", "<img", "](", "`", "~~", "$maths", ":material/home:"):
        assert markup not in live


def test_the_agreement_page_of_who_is_in_no_pair_leads_to_their_pair(kept: Workspace) -> None:
    two = make_pair(kept)
    end(two)

    assert "You are in no pair now." in words(open_page("agreement", two.mentor))
