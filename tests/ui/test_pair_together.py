"""What the two write together on their page: the agenda, promises, and notes made alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief
from coach.domain.identity import Actor
from coach.domain.meeting import CommitmentState, Session
from coach.prepare.compose import Composer
from coach.prepare.edit import reword
from coach.settings import CoachSettings

_TOPICS = "Topics that you want to raise, one a line"


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Paired:
    """A pair in a workspace of the test's own."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return make_pair(open_workspace(CoachSettings(home=built_home)))


@pytest.fixture
def plan(composer: Composer) -> Agenda:
    return composer.agenda(Brief(topic="team chat", minutes=60, worry="he may laugh"))


@pytest.fixture
def session(two: Paired, plan: Agenda) -> Session:
    """A session with an agenda that the mentor shared."""
    made = two.session(3)
    two.workspace.agendas.share(two.mentor, made.id, plan, after=0)
    return made


def _editing(actor: Actor) -> AppTest:
    return press(open_page("pair", actor), "edit_agenda")


def _titles(two: Paired) -> list[str]:
    agenda = two.home().agenda
    assert agenda is not None
    return [item.title for item in agenda.agenda.items]


def _save_as(two: Paired, actor: Actor, session: Session, title: str) -> None:
    newest = two.home().agenda
    assert newest is not None
    changed = reword(newest.agenda, 0, title=title)
    two.workspace.agendas.share(actor, session.id, changed, after=newest.number)


def test_without_an_agenda_the_page_says_how_to_come_to_one(two: Paired) -> None:
    two.session(3)

    assert "Nothing is shared yet." in words(open_page("pair", two.mentor))


@pytest.mark.usefixtures("session")
def test_the_other_reads_the_agenda_without_the_worry(two: Paired) -> None:
    said = words(open_page("pair", two.mentee))

    assert "Version 1, saved by Ana on" in said
    assert "“you” in them is Ana" in said
    assert "laugh" not in said


@pytest.mark.usefixtures("session")
def test_either_edits_lines_in_place_and_the_minutes_keep_their_sum(two: Paired) -> None:
    app = _editing(two.mentee)
    labelled(app.text_input, "Part").set_value("Tea first").run()
    labelled(app.number_input, "Minutes").set_value(20).run()
    labelled(app.text_area, "Questions, one a line").set_value("Milk?\n\nSugar?").run()

    press(app, "save_agenda")

    newest = two.home().agenda
    assert newest is not None
    first = newest.agenda.items[0]
    assert ("Tea first", 20, ("Milk?", "Sugar?")) == (first.title, first.minutes, first.questions)
    assert 60 == sum(item.minutes for item in newest.agenda.items)
    assert (2, two.mentee.person_id) == (newest.number, newest.by_id)
    assert "Version 2, saved by Tom on" in words(open_page("pair", two.mentor))


@pytest.mark.usefixtures("session")
def test_what_is_not_saved_is_seen_by_the_author_alone_and_survives_a_reload(two: Paired) -> None:
    app = _editing(two.mentor)
    labelled(app.text_input, "Part").set_value("Tea first").run()

    again = open_page("pair", two.mentor)

    assert "Tea first" == labelled(again.text_input, "Part").value
    assert "Tea first" not in words(open_page("pair", two.mentee))
    press(again, "discard_agenda")
    assert "Part" not in [box.label for box in again.text_input]
    assert "Tea first" not in words(open_page("pair", two.mentor))


@pytest.mark.usefixtures("session")
def test_an_emptied_line_keeps_its_words(two: Paired) -> None:
    app = _editing(two.mentor)
    before = _titles(two)[0]

    labelled(app.text_input, "Part").set_value("  ").run()

    # Somebody may be about to type others: the box stays theirs.
    assert "  " == labelled(app.text_input, "Part").value
    assert f"This cannot be empty, so it stays: “{before}”" in words(app)
    labelled(app.text_area, "Questions, one a line").set_value("Milk?").run()
    press(app, "save_agenda")
    assert before == _titles(two)[0]


def test_two_who_edit_at_once_see_both_versions_and_mine_goes_on_top(
    two: Paired, session: Session
) -> None:
    app = _editing(two.mentor)
    labelled(app.text_input, "Part").set_value("Tea first").run()
    _save_as(two, two.mentee, session, "Coffee first")

    press(app, "save_agenda")

    said = words(app)
    assert "Tom saved another version meanwhile." in said
    assert "Tea first" in said
    assert "Coffee first" in said
    assert "Coffee first" == _titles(two)[0]
    press(app, "mine_agenda")
    assert "Tea first" == _titles(two)[0]
    assert 3 == len(two.workspace.agendas.versions(two.mentor, session.id))


def _taken_theirs(two: Paired, session: Session) -> AppTest:
    app = _editing(two.mentor)
    labelled(app.text_input, "Part").set_value("Tea first").run()
    _save_as(two, two.mentee, session, "Coffee first")
    return press(app.run(), "theirs_agenda")


def test_or_theirs_is_taken_and_mine_can_be_brought_back(two: Paired, session: Session) -> None:
    app = _taken_theirs(two, session)
    assert "Tea first" not in words(app)
    assert "Coffee first" == _titles(two)[0]
    assert "Your version, put aside" not in words(open_page("pair", two.mentee))

    again = open_page("pair", two.mentor)
    assert "Your version, put aside on" in words(again)
    labelled(again.button, "Bring it back").click().run()

    assert "Tea first" == labelled(again.text_input, "Part").value
    press(again, "save_agenda")
    assert "Tea first" == _titles(two)[0]
    assert "Your version, put aside" not in words(open_page("pair", two.mentor))


def test_what_gave_way_to_theirs_can_be_discarded(two: Paired, session: Session) -> None:
    app = _taken_theirs(two, session)

    labelled(app.button, "Discard").click().run()

    assert "Your version, put aside" not in words(app)
    assert "Your version, put aside" not in words(open_page("pair", two.mentor))
    assert "Coffee first" == _titles(two)[0]


def test_a_version_that_comes_while_nothing_is_typed_just_shows(
    two: Paired, session: Session
) -> None:
    app = _editing(two.mentor)
    _save_as(two, two.mentee, session, "Coffee first")

    app.run()

    assert "Coffee first" == labelled(app.text_input, "Part").value


def test_an_older_version_can_be_begun_from_and_saved_again(two: Paired, session: Session) -> None:
    first = _titles(two)[0]
    _save_as(two, two.mentee, session, "Coffee first")
    app = open_page("pair", two.mentor)
    app.session_state["older_versions"] = True
    app.run()

    labelled(app.button, "Begin from this one").click().run()
    assert first == labelled(app.text_input, "Part").value
    press(app, "save_agenda")

    assert first == _titles(two)[0]
    assert 3 == len(two.workspace.agendas.versions(two.mentor, session.id))


def _promise(app: AppTest, what: str) -> AppTest:
    labelled(app.text_input, "Will do what").set_value(what).run()
    return press(app, "write_promise")


def test_a_promise_has_who_what_and_by_when_and_is_kept(two: Paired) -> None:
    app = open_page("pair", two.mentor)
    labelled(app.button_group, "Who").set_value(two.mentee.person_id).run()
    day = datetime.now(UTC).date() + timedelta(days=5)
    labelled(app.date_input, "By when, if you know").set_value(day).run()
    _promise(app, "Ask finance for a test account")

    [promise] = two.home().promises
    assert (two.mentee.person_id, day) == (promise.who_id, promise.due)
    assert "**Tom:** Ask finance for a test account" in words(app)
    assert "" == labelled(app.text_input, "Will do what").value
    tom = open_page("pair", two.mentee)
    assert "**You:** Ask finance for a test account" in words(tom)
    press(tom, f"done_{promise.id}")

    assert not two.home().promises
    tom.session_state["closed_promises"] = True
    assert "test account · done" in words(tom.run())


def test_a_promise_that_is_not_written_down_yet_survives_a_reload(two: Paired) -> None:
    app = open_page("pair", two.mentor)
    labelled(app.text_input, "Will do what").set_value("Send the slides").run()

    again = open_page("pair", two.mentor)

    assert "Send the slides" == labelled(again.text_input, "Will do what").value
    press(again, "write_promise")
    assert ["Send the slides"] == [promise.what for promise in two.home().promises]


@pytest.mark.parametrize("what", ["", "   ", "x" * 601])
def test_a_promise_that_cannot_be_kept_says_why_and_stays_in_the_box(
    two: Paired, what: str
) -> None:
    app = _promise(open_page("pair", two.mentor), what)

    assert app.warning
    assert what == labelled(app.text_input, "Will do what").value
    assert not two.home().promises


def test_dropping_a_promise_needs_a_reason_which_the_other_reads(two: Paired) -> None:
    at = two.workspace.commitments
    promise = at.promise(two.mentor, two.pair.id, two.mentee.person_id, "Ask finance")
    app = press(open_page("pair", two.mentee), f"drop_{promise.id}")
    press(app, f"drop_{promise.id}", f"write_drop {promise.id}")
    assert "Say in a few words why it is dropped" in app.warning[0].value
    press(app, f"drop_{promise.id}")
    labelled(app.text_input, "Why it no longer makes sense").set_value("no longer asked for")

    press(app, f"drop_{promise.id}", f"write_drop {promise.id}")

    [closed] = at.closed_ones(two.mentor, two.pair.id)
    assert (CommitmentState.DROPPED, "no longer asked for") == (closed.state, closed.reason)
    ana = open_page("pair", two.mentor)
    ana.session_state["closed_promises"] = True
    assert "dropped (no longer asked for)" in words(ana.run())
    press(ana, f"reopen_{promise.id}")
    assert 1 == len(two.home().promises)


def test_what_the_other_closed_meanwhile_is_said_and_nothing_breaks(two: Paired) -> None:
    at = two.workspace.commitments
    promise = at.promise(two.mentor, two.pair.id, two.mentee.person_id, "Ask finance")
    app = open_page("pair", two.mentor)
    at.drop(two.mentee, promise.id, promise.version, "not needed")

    press(app, f"done_{promise.id}")

    assert app.warning
    assert not two.home().promises


def test_a_form_that_is_not_saved_is_no_draft_of_a_brief(two: Paired) -> None:
    app = open_page("pair", two.mentor)

    labelled(app.text_input, "Will do what").set_value("Send the slides").run()

    assert two.workspace.drafts.newest(two.mentor) is None


def test_many_promises_say_how_many_the_next_agenda_takes_up(two: Paired) -> None:
    for number in range(5):
        two.workspace.commitments.promise(
            two.mentor, two.pair.id, two.mentor.person_id, f"thing {number}"
        )

    said = words(open_page("pair", two.mentor))

    assert "The next agenda takes up 3 of them" in said
    assert said.index("thing 0") < said.index("thing 4")


def _notes(app: AppTest, topics: str, worries: str = "") -> AppTest:
    labelled(app.text_area, _TOPICS).set_value(topics).run()
    if worries:
        labelled(app.text_area, "What worries you about it, one a line").set_value(worries).run()
    assert not app.exception
    return app


def test_notes_made_alone_meet_only_where_both_raised_the_same(two: Paired) -> None:
    two.session(3)
    ana = _notes(open_page("pair", two.mentor), "Team chat\nMy workload", "He may laugh")
    tom = _notes(open_page("pair", two.mentee), "The team chat\nThe board")
    for app in (ana, tom):
        assert "You both raised" not in words(app)

    press(ana, "ready")
    assert "Tom is not ready yet." in words(ana)
    press(tom, "ready")

    for app, own, others in (
        (ana.run(), "Team chat", ("The board",)),
        (tom.run(), "The team chat", ("My workload", "He may laugh")),
    ):
        said = words(app)
        assert f"You both raised**\n- {own}\n" in f"{said}\n"
        assert not [other for other in others if other in said]


def test_a_released_line_shows_and_is_taken_back(two: Paired) -> None:
    two.session(3)
    ana = _notes(open_page("pair", two.mentor), "My workload", "He may laugh")

    labelled(ana.toggle, "Worry: He may laugh").set_value(True).run()

    assert "Worry: He may laugh" in words(open_page("pair", two.mentee))
    assert "My workload" not in words(open_page("pair", two.mentee))
    labelled(ana.toggle, "Worry: He may laugh").set_value(False).run()
    assert "He may laugh" not in words(open_page("pair", two.mentee))


def _released(two: Paired, session: Session) -> list[str]:
    """What Tom may see of Ana's notes, as the records have it."""
    return [item.text for item in two.workspace.preparing.see(two.mentee, session.id).released]


def test_a_note_is_released_by_its_own_switch_and_by_nothing_else(two: Paired) -> None:
    """Every other button, box and order of the notes; the switches move under the pointer."""
    session = two.session(3)
    ana = _notes(open_page("pair", two.mentor), "My workload\nTeam chat", "He may laugh")
    _notes(open_page("pair", two.mentee), "Team chat")

    def nothing_happened() -> None:
        assert not ana.exception
        assert [] == _released(two, session)

    _notes(ana, "A new first line\nTeam chat\nMy workload", "He may laugh\nI may blush")
    nothing_happened()
    press(ana, "ready")
    press(open_page("pair", two.mentee), "ready")
    _promise(ana.run(), "Send the slides")
    nothing_happened()
    ana = open_page("pair", two.mentor)
    _notes(ana, "He may laugh", "My workload")
    nothing_happened()

    labelled(ana.toggle, "Worry: My workload").set_value(True).run()

    assert ["My workload"] == _released(two, session)
    _notes(ana, "He may laugh\nMy workload\nTeam chat", "I may blush\nMy workload")
    assert ["My workload"] == _released(two, session)
    assert [False, False, False, False, True] == [one.value for one in ana.toggle[:5]]


def test_a_switch_that_is_sent_twice_releases_nothing_that_was_taken_back(two: Paired) -> None:
    """A browser may send how a switch stood once more, with whatever is pressed next."""
    session = two.session(3)
    ana = _notes(open_page("pair", two.mentor), "My workload")
    stale = labelled(ana.toggle, "Topic: My workload")
    stale.set_value(True).run()
    labelled(ana.toggle, "Topic: My workload").set_value(False).run()
    assert [] == _released(two, session)

    # The browser's message, as it was when the switch was still on the page.
    ana.session_state[stale.key] = True
    sent = ana._tree.get_widget_states()
    sent.widgets.append(stale._widget_state)
    ana._run(sent)

    assert not ana.exception
    assert [] == _released(two, session)
    assert not labelled(ana.toggle, "Topic: My workload").value


def test_a_switch_in_another_window_takes_back_at_once_but_releases_only_what_it_shows(
    two: Paired,
) -> None:
    session = two.session(3)
    here = _notes(open_page("pair", two.mentor), "My workload")
    labelled(here.toggle, "Topic: My workload").set_value(True).run()
    there = open_page("pair", two.mentor)
    _notes(here, "My workload\nTeam chat")

    labelled(there.toggle, "Topic: My workload").set_value(False).run()
    assert [] == _released(two, session)
    labelled(here.toggle, "Topic: Team chat").set_value(True).run()

    assert here.warning
    assert [] == _released(two, session)


def test_a_line_that_was_released_and_then_changed_is_private_again(two: Paired) -> None:
    two.session(3)
    ana = _notes(open_page("pair", two.mentor), "My workload")
    labelled(ana.toggle, "Topic: My workload").set_value(True).run()

    _notes(ana, "My workload, and why I think of leaving")

    assert "leaving" not in words(open_page("pair", two.mentee))


def test_notes_survive_a_reload_and_another_window_loses_none(two: Paired) -> None:
    two.session(3)
    here, there = open_page("pair", two.mentor), open_page("pair", two.mentor)
    _notes(here, "written here")

    _notes(there, "written there")

    said = words(there)
    assert "You, in another window, saved another version meanwhile." in said
    assert "written here" in said
    assert "written there" in said
    press(there, "mine_topic")
    again = open_page("pair", two.mentor)
    box = labelled(again.text_area, _TOPICS)
    assert "written there" == box.value


def test_notes_go_on_after_the_other_became_ready(two: Paired) -> None:
    two.session(3)
    ana = press(_notes(open_page("pair", two.mentor), "team chat"), "ready")
    press(_notes(open_page("pair", two.mentee), "team chat"), "ready")

    _notes(ana, "team chat\none more")

    assert not ana.warning
    assert "another window" not in words(ana)
    box = labelled(open_page("pair", two.mentor).text_area, _TOPICS)
    assert "team chat\none more" == box.value


@pytest.mark.parametrize("notes", ["x" * 601, "\n".join(f"line {n}" for n in range(40))])
def test_notes_that_are_too_long_say_so_and_stay(two: Paired, notes: str) -> None:
    two.session(3)

    app = _notes(open_page("pair", two.mentor), notes)

    assert "cannot be kept" in app.warning[0].value
    again = open_page("pair", two.mentor)
    box = labelled(again.text_area, _TOPICS)
    assert notes == box.value
