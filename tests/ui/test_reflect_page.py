"""Reflect: written, summarised, confirmed, shared and taken back, as the two do it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words
from readings import plain_reading
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from coach.bootstrap import open_workspace
from coach.domain.agreement import Agreement, Share
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, Reflection, Written
from coach.domain.meeting import Session, SessionState
from coach.domain.plain import escape_markdown
from coach.domain.program import Program
from coach.domain.reflection import ItemKind
from coach.settings import CoachSettings

_WORDS = "The demo worked. I will send the glossary."


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Paired:
    """A pair in a workspace of the test's own, whose reading is a stand-in."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    monkeypatch.setattr("coach.bootstrap.workspace.open_reading", lambda _: plain_reading())
    return make_pair(open_workspace(CoachSettings(home=built_home)))


@pytest.fixture
def session(two: Paired) -> Session:
    """A session that took place."""
    return two.session(-2, SessionState.HELD)


def mine(two: Paired, session: Session, who: Actor | None = None) -> Reflection:
    return two.workspace.reflections.mine(who or two.mentor, session.id)


def write(app: AppTest, text: str) -> AppTest:
    box = next(one for one in app.text_area if one.label.startswith("What? "))
    box.set_value(text).run()
    assert not app.exception
    return app


def summarised(two: Paired, who: Actor | None = None, text: str = _WORDS) -> AppTest:
    return press(write(open_page("reflect", who or two.mentor), text), "summarise")


def switch(app: AppTest, start: str) -> AppTest:
    next(one for one in app.toggle if one.label.startswith(start)).set_value(True).run()
    assert not app.exception
    return app


def keep(two: Paired, session: Session, who: Actor, text: str) -> None:
    two.workspace.reflections.keep(
        who,
        session.id,
        mine(two, session, who).version,
        form=Form.THREE,
        written=(Written(prompt="what", text=text),),
        before=None,
        after=None,
    )


def test_before_any_session_the_page_says_what_it_is_for(two: Paired) -> None:
    two.session(3)

    app = open_page("reflect", two.mentor)

    assert "After your first session" in words(app)
    assert not app.text_area


def test_a_pair_that_has_met_before_says_when_and_writes_about_it(two: Paired) -> None:
    page = open_page("reflect", two.mentor)
    day = next(box for box in page.date_input if box.label == "Day")
    day.set_value(datetime.now(UTC).date() + timedelta(days=3)).run()

    assert "That is still to come." in words(page)
    assert page.button[0].disabled

    day.set_value(datetime.now(UTC).date() - timedelta(days=3)).run()
    page.button[0].click().run()

    assert not page.exception
    assert [box.label for box in page.text_area]
    assert "Have you met already?" not in words(page)


def test_what_is_typed_is_kept_at_once_and_is_there_after_a_reload(
    two: Paired, session: Session
) -> None:
    app = write(open_page("reflect", two.mentor), _WORDS)

    assert (_WORDS,) == mine(two, session).texts
    assert "Kept. Whoever uses this computer can see it" in words(app)
    again = open_page("reflect", two.mentor)
    assert _WORDS == next(one for one in again.text_area if one.value).value
    assert not any(one.value for one in open_page("reflect", two.mentee).text_area)


@pytest.mark.usefixtures("session")
def test_the_two_are_asked_differently(two: Paired) -> None:
    asked = [
        [box.label for box in open_page("reflect", who).text_area]
        for who in (two.mentor, two.mentee)
    ]

    assert [3, 3] == list(map(len, asked))
    assert asked[0] != asked[1]


def test_another_form_keeps_what_was_written_to_the_first(two: Paired, session: Session) -> None:
    app = write(open_page("reflect", two.mentor), _WORDS)

    labelled(app.pills, "How do you want to write?").set_value("six").run()

    assert not app.exception
    assert Form.SIX is mine(two, session).form
    labels = [box.label for box in app.text_area]
    assert 7 == len(labels)
    assert "What? (written before)" == labels[-1]
    assert (_WORDS,) == mine(two, session).texts


def test_how_it_felt_and_how_far_one_is_are_kept(two: Paired, session: Session) -> None:
    signed = datetime.now(UTC)
    with two.workspace.records.writing() as work:
        work.add(
            Agreement(
                program_id=two.pair.program_id,
                pair_id=two.pair.id,
                mentor=Share(learns="to wait"),
                mentor_signed=signed,
                mentee_signed=signed,
            )
        )
    app = open_page("reflect", two.mentor)
    labelled(app.pills, "How you left").set_value("-1").run()

    labelled(app.pills, "How far you are with: to wait").set_value("3").run()

    kept = mine(two, session)
    assert (None, -1) == (kept.before, kept.after)
    assert [("to wait", 3)] == [(one.goal, one.rating) for one in kept.progress]


def test_too_much_is_said_and_not_lost(two: Paired, session: Session) -> None:
    long = "x" * 200_001

    app = write(open_page("reflect", two.mentor), long)

    assert "200,001 characters, and at most 200,000" in words(app)
    assert long == next(one for one in app.text_area if one.value).value
    assert () == mine(two, session).texts
    assert (
        long == next(one for one in open_page("reflect", two.mentor).text_area if one.value).value
    )


@pytest.mark.usefixtures("session")
def test_a_summary_comes_at_once_and_nothing_of_nothing(two: Paired) -> None:
    app = press(open_page("reflect", two.mentor), "summarise")
    assert "There is nothing to summarise yet." in words(app)

    app = summarised(two)

    assert "## In short" in words(app)
    assert "What went well" in [box.label for box in app.text_input]


def test_a_line_is_changed_and_dropped(two: Paired, session: Session) -> None:
    app = summarised(two)
    labelled(app.text_input, "What went well").set_value("The demo ran.").run()
    assert not app.exception

    summary = mine(two, session).summary
    assert summary is not None
    assert [("The demo ran.", True)] == [
        (one.text, one.edited) for one in summary.items if one.edited
    ]
    press(app, f"drop_{summary.items[0].id}")

    left = mine(two, session).summary
    assert left is not None
    assert summary.items[1:] == left.items


def test_a_commitment_is_confirmed_by_one_click_and_stands_under_our_pair(
    two: Paired, session: Session
) -> None:
    app = summarised(two)
    summary = mine(two, session).summary
    assert summary is not None
    assert () == two.home().promises

    press(app, f"confirm_{summary.items[-1].id}")

    assert ["send the glossary"] == [one.what for one in two.home().promises]
    assert "Written down under Our pair." in words(app)
    assert "send the glossary" in words(open_page("pair", two.mentee))


def test_what_the_partner_would_see_is_shown_before_it_is_shared_and_is_what_they_get(
    two: Paired, session: Session
) -> None:
    app = summarised(two)
    assert [False] * 3 == [one.value for one in app.toggle]
    switch(app, "Tom may read")
    assert "This is what Tom would see" in words(app)
    assert "What Ana shared" not in words(open_page("reflect", two.mentee))

    press(app, "share")

    assert "Tom sees this" in words(app)
    theirs = words(open_page("reflect", two.mentee))
    assert "What Ana shared" in theirs
    assert "The demo worked." in theirs
    press(app, "withdraw")
    assert mine(two, session).shared is None
    assert "What Ana shared" not in words(open_page("reflect", two.mentee))


@pytest.mark.usefixtures("session")
def test_where_both_shared_the_page_asks_and_does_not_judge(two: Paired) -> None:
    for who, other, text in (
        (two.mentor, "Tom", _WORDS),
        (two.mentee, "Ana", "It was hard."),
    ):
        app = summarised(two, who, text)
        draft = next((one for one in app.button if one.label == "Confirm this promise"), None)
        if draft is not None:
            draft.click().run()
        app = switch(app, f"{other} may read")
        press(app, "share")

    said = words(open_page("reflect", two.mentee))
    assert "To ask each other next time" in said
    assert "Ana tells of this promise, and your account does not." in said


def test_the_note_of_care_is_for_the_author_alone(two: Paired, session: Session) -> None:
    with two.workspace.records.writing() as work:
        program = work.get(Program, two.pair.program_id)
        work.save(program.but(contacts=("Ines, 4411",)))
    keep(two, session, two.mentor, "He put his hand on my knee.")

    assert "Speak to somebody (harassment): Ines, 4411" in words(open_page("reflect", two.mentor))
    assert "Speak to somebody" not in words(open_page("reflect", two.mentee))
    app = press(open_page("reflect", two.mentor), "summarise")
    assert "stays with you in any case" not in words(app)
    assert "with you in any case" in words(switch(app, "Tom may read"))


def test_the_newest_session_comes_first_and_another_can_be_chosen(
    two: Paired, session: Session
) -> None:
    newest = two.session(-1, SessionState.HELD)
    keep(two, session, two.mentor, "Older words.")
    keep(two, newest, two.mentor, "Newer words.")

    app = open_page("reflect", two.mentor)
    older = open_page("reflect", two.mentor, session=session.id)

    assert ["Newer words."] == [one.value for one in app.text_area if one.value]
    assert ["Older words."] == [one.value for one in older.text_area if one.value]
    labelled(app.selectbox, "Which session").set_value(session.id).run()
    assert ["Older words."] == [one.value for one in app.text_area if one.value]


@pytest.mark.usefixtures("session")
def test_whatever_is_typed_is_shown_as_it_is(two: Paired) -> None:
    hostile = "**The** <b>demo</b> worked :material/home: [x](y)."

    app = switch(summarised(two, text=hostile), "Tom may read")

    said = words(app)
    assert escape_markdown(hostile) in said
    assert hostile not in said


def test_of_a_transcript_only_my_own_turns_are_taken(two: Paired, session: Session) -> None:
    app = open_page("reflect", two.mentor)
    talk = "Ana: The demo worked.\nTom: Not for me.\nAna: I will send the glossary.\n"
    app.file_uploader[0].upload("talk.txt", talk.encode(), "text/plain").run()
    assert not app.exception
    assert "2 of 3 turns are yours." in words(app)

    press(app, "add_notes")

    kept = mine(two, session)
    assert ("The demo worked.\nI will send the glossary.",) == kept.texts
    assert "talk.txt" == kept.written[0].source
    press(app, "summarise")
    assert "## In short" in words(app)
    press(app, "remove_notes_0")
    assert () == mine(two, session).texts


def test_a_file_that_cannot_be_read_says_so_and_keeps_what_was_written(
    two: Paired, session: Session
) -> None:
    app = write(open_page("reflect", two.mentor), _WORDS)

    app.file_uploader[0].upload("talk.docx", b"PK damaged", "application/octet-stream").run()

    assert "talk.docx: this Word file is damaged" in words(app)
    assert (_WORDS,) == mine(two, session).texts


def test_what_was_kept_in_another_window_meanwhile_comes_beside_what_is_typed_here(
    two: Paired, session: Session
) -> None:
    here, there = (open_page("reflect", two.mentor) for _ in range(2))
    box = next(one for one in there.text_area if one.label.startswith("So what? "))
    box.set_value("It helps.").run()

    write(here, _WORDS)

    assert ("It helps.",) == mine(two, session).texts
    assert "A draft of this is kept" in words(here)
    press(here, "keep_words")
    assert (_WORDS, "It helps.") == mine(two, session).texts


def test_two_windows_that_change_one_box_lose_neither(two: Paired, session: Session) -> None:
    here, there = (open_page("reflect", two.mentor) for _ in range(2))
    write(there, "Theirs.")
    write(here, "Mine.")

    assert "You, in another window, saved another version meanwhile." in words(here)
    press(here, "mine_what")

    assert ("Mine.",) == mine(two, session).texts


@pytest.mark.usefixtures("session")
def test_the_programs_contacts_are_there_without_any_sign(two: Paired) -> None:
    said = words(open_page("reflect", two.mentor))

    assert "You can speak in confidence to your program's contacts" in said.replace("\n", " ")


def test_a_line_is_put_under_another_heading(two: Paired, session: Session) -> None:
    app = summarised(two)
    win = labelled_all(app, "Under")[0]

    win.set_value("surprise").run()

    assert not app.exception
    summary = mine(two, session).summary
    assert summary is not None
    assert (ItemKind.SURPRISE, True) == (summary.items[0].kind, summary.items[0].edited)


@pytest.mark.usefixtures("session")
def test_a_draft_of_a_promise_is_said_to_be_none_before_it_is_shared(two: Paired) -> None:
    app = switch(summarised(two), "Tom may read")

    assert "A promise that you have not confirmed is no promise to Tom" in words(app)


def test_a_promise_of_the_other_is_offered_in_words_that_both_can_read(
    two: Paired, session: Session
) -> None:
    app = summarised(two, text="Tom will introduce me to Mia.")
    assert "introduce Ana to Mia" == labelled(app.text_input, "Will do what").value
    summary = mine(two, session).summary
    assert summary is not None

    press(app, f"confirm_{summary.items[0].id}")

    assert "introduce Ana to Mia" in words(open_page("pair", two.mentee))


def test_a_day_that_is_past_is_not_offered_for_a_promise(two: Paired) -> None:
    two.session(-20, SessionState.HELD)

    app = summarised(two, text="I will send the glossary tomorrow.")

    assert "is past. If it still is to be done" in words(app)
    assert labelled(app.date_input, "By when").value is None


@pytest.mark.usefixtures("session")
def test_the_page_says_since_when_one_writes_and_hurries_nobody(two: Paired) -> None:
    said = words(open_page("reflect", two.mentor))

    assert "Five minutes are plenty. You came at " in said


def labelled_all(app: AppTest, label: str) -> list[Selectbox[str]]:
    return [one for one in app.selectbox if one.label == label]
