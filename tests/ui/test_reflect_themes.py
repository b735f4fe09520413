"""Reflect: what of one's words joins the program's themes, seen, kept out and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEmbedder
from pairs import Paired, make_pair, open_page, press, words
from readings import plain_reading
from statements import plain_preparing
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.kept_reflection import Form, Written
from coach.domain.kept_themes import KeptRelease, KeptStatement, ThemeCells
from coach.domain.meeting import Session, SessionState
from coach.domain.themes import ThemeReport
from coach.errors import EmbedderError, ProgramError
from coach.pair.pseudonyms import source_key, terms_of
from coach.settings import CoachSettings

_WORDS = "The demo worked for all. It was hard to slow down for Tom. I will send the glossary."


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Paired:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    place = "coach.bootstrap.workspace"
    monkeypatch.setattr(f"{place}.open_reading", lambda _: plain_reading())
    monkeypatch.setattr(f"{place}.open_preparing", lambda _: plain_preparing())
    monkeypatch.setattr(f"{place}.choose_embedder", lambda _: HashEmbedder())
    return make_pair(open_workspace(CoachSettings(home=built_home)))


@pytest.fixture
def session(two: Paired) -> Session:
    """A session that took place, with words that were summarised."""
    session = two.session(-2, SessionState.HELD)
    at = two.workspace.reflections
    kept = at.keep(
        two.mentor,
        session.id,
        0,
        form=Form.THREE,
        written=(Written(prompt="what", text=_WORDS),),
        before=None,
        after=None,
    )
    at.summarise(two.mentor, session.id, kept.version)
    return session


def consented(two: Paired, *, given: bool = True) -> AppTest:
    return switch(open_page("reflect", two.mentor), given=given)


def switch(app: AppTest, *, given: bool) -> AppTest:
    next(one for one in app.toggle if one.label.startswith("My statements")).set_value(given).run()
    assert not app.exception
    return app


def kept(two: Paired) -> set[str]:
    with two.workspace.records.reading() as work:
        found = work.find(KeptStatement, program_id=two.pair.program_id)
    return {one.content.text for one in found}


def item_key(app: AppTest, start: str) -> str:
    return next(str(one.key) for one in app.button if str(one.key).startswith(start))


@pytest.mark.usefixtures("session")
def test_before_consent_nothing_joins_and_nothing_is_said_to(two: Paired) -> None:
    app = open_page("reflect", two.mentor)

    assert "joins the program’s themes" not in words(app)
    assert set() == kept(two)


@pytest.mark.usefixtures("session")
def test_after_consent_one_sees_what_joins_in_the_words_that_are_kept(two: Paired) -> None:
    app = consented(two)

    told = words(app)
    assert "**This joins the program’s themes**" in told
    assert "It was hard to slow down for somebody." in told
    assert "apart from your name" in told
    assert "It is between the two of you." in told
    assert {"The demo worked for all.", "It was hard to slow down for somebody."} == kept(two)


@pytest.mark.usefixtures("session")
def test_a_switch_stays_the_same_one_while_it_is_kept(two: Paired) -> None:
    before = [str(one.key) for one in open_page("reflect", two.mentor).toggle]

    app = consented(two)

    assert before == [str(one.key) for one in app.toggle]
    assert [False, True, False] == [one.value for one in app.toggle]
    assert [False] * 3 == [one.value for one in switch(app, given=False).toggle]


@pytest.mark.usefixtures("session")
def test_a_switch_that_could_not_be_kept_goes_back(
    two: Paired, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ProgramError("Somebody else has just changed it.")

    monkeypatch.setattr("coach.pair.reflections.Reflections.consent", refuse)

    app = consented(two)

    assert "Somebody else has just changed it." in words(app)
    assert [False] * 3 == [one.value for one in app.toggle]


@pytest.mark.usefixtures("session")
def test_a_point_is_kept_out_and_let_in_again(two: Paired) -> None:
    app = consented(two)

    app = press(app, item_key(app, "keep_out_"))
    assert 1 == len(kept(two))
    assert "You keep it out." in words(app)
    app = press(app, item_key(app, "join_"))

    assert 2 == len(kept(two))


@pytest.mark.usefixtures("session")
def test_what_is_taken_back_is_deleted_and_can_join_again(two: Paired) -> None:
    app = press(consented(two), "take_all_back")

    assert set() == kept(two)
    assert not next(one for one in app.toggle if one.label.startswith("My statements")).value
    switch(app, given=True)
    assert 2 == len(kept(two))


@pytest.mark.usefixtures("session")
def test_a_point_that_is_changed_dropped_or_made_anew_joins_as_it_then_reads(
    two: Paired,
) -> None:
    app = consented(two)
    # The paragraph may hold the same words; the points come after it.
    line = [one for one in app.text_input if one.value == "The demo worked for all."][-1]
    item = str(line.key).removeprefix("line_")

    line.set_value("The demo worked for both of us.").run()
    assert not app.exception
    assert "The demo worked for both of us." in kept(two)
    app = press(app, f"drop_{item}")
    assert {"It was hard to slow down for somebody."} == kept(two)
    press(app, "summarise")

    assert {"The demo worked for all.", "It was hard to slow down for somebody."} == kept(two)


def test_before_a_summary_one_is_asked_for_it(two: Paired) -> None:
    two.session(-2, SessionState.HELD)

    assert "Summarise first; then you see here what would join" in words(consented(two))


def test_what_a_release_counted_joins_no_second_time(two: Paired, session: Session) -> None:
    mine = two.workspace.reflections.mine(two.mentor, session.id)
    with two.workspace.records.writing() as work:
        source = source_key(terms_of(work, two.pair.program_id), mine.id)
        work.add(
            KeptRelease(
                program_id=two.pair.program_id,
                number=1,
                proposed=session.starts,
                opens=session.starts,
                report=ThemeReport(made=session.starts.date(), min_pairs=5),
                cells=ThemeCells(sources=(source,)),
            )
        )

    assert "A release has taken this up already" in words(consented(two))
    assert set() == kept(two)


@pytest.mark.usefixtures("session")
def test_a_fault_says_so_and_leaves_the_rest_of_the_page(
    two: Paired, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EmbedderError("The embedder has no model. Run `make start`.")

    monkeypatch.setattr(HashEmbedder, "embed", refuse)

    app = consented(two)

    assert "The embedder has no model." in words(app)
    assert "Your lead never sees a reflection." in words(app)
