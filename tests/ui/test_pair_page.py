"""Our pair: whole jobs as the two people, and what strangers type."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor, AuditLine
from coach.domain.meeting import SessionState
from coach.domain.plain import escape_markdown
from coach.domain.program import Person
from coach.domain.receiver import ReceiverCard
from coach.pair.home import Home, PairHome
from coach.pair.pulses import QUESTIONS
from coach.program.personal import LOCAL, local_person
from coach.settings import CoachSettings

_LONDON = "Europe/London"
HELD, CANCELLED = SessionState.HELD, SessionState.CANCELLED


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return open_workspace(CoachSettings(home=built_home))


@pytest.fixture
def two(kept: Workspace) -> Paired:
    """A pair that has planned nothing."""
    return make_pair(kept)


def test_whoever_is_alone_starts_their_pair_with_two_names(kept: Workspace) -> None:
    app = open_page("pair")
    app.text_input(key="my_name").set_value("Ana")
    app.text_input(key="partner_name").set_value("Tom")

    labelled(app.button, "Start our pair").click().run()

    assert not app.exception
    assert "**Ana** (you) · junior mentor" in words(app)
    assert "**Tom** · senior mentee" in words(app)
    assert 1 == len(kept.home.mine(LOCAL))


def test_a_pair_without_a_name_is_not_started_and_the_other_name_stays(kept: Workspace) -> None:
    app = open_page("pair")
    app.text_input(key="my_name").set_value("Ana")

    labelled(app.button, "Start our pair").click().run()

    assert "The name cannot be kept: it is empty." == app.warning[0].value
    assert "Ana" == app.text_input(key="my_name").value
    assert not kept.home.mine(LOCAL)


@pytest.mark.usefixtures("kept")
def test_one_click_loads_a_program_to_look_around_in() -> None:
    app = press(open_page("pair"), "demonstration")

    assert "**Ana Duarte** (you)" in words(app)


def test_somebody_in_no_pair_is_told_who_pairs_people(kept: Workspace) -> None:
    kept.demonstration.load(local_person(kept.records))
    with kept.records.reading() as work:
        lead = next(one for one in work.find(Person) if one.name == "Ines Moreau")

    app = open_page("pair")
    app.session_state["act_as"] = lead.id
    app.run()

    assert "your program’s lead pairs people" in words(app)


def test_a_series_keeps_its_hour_when_clocks_change(two: Paired) -> None:
    app = open_page("pair", two.mentor, zone=_LONDON)

    labelled(app.button, "Plan these 8").click().run()

    assert not app.exception
    sessions = two.home().sessions
    assert 8 == len(sessions)
    local = [one.starts.astimezone(ZoneInfo(_LONDON)) for one in sessions]
    assert {time(10)} == {moment.time() for moment in local}
    assert 2 == len({moment.utcoffset() for moment in local})
    assert {_LONDON} == {one.zone for one in sessions}


def _clocks_go_forward() -> date:
    """The last Sunday of next year's March."""
    end = date(datetime.now(UTC).year + 1, 3, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


def test_an_hour_that_clocks_skip_is_said_and_becomes_the_next(two: Paired) -> None:
    app = open_page("pair", two.mentor, zone=_LONDON)
    labelled(app.date_input, "Day").set_value(_clocks_go_forward())
    labelled(app.time_input, "Time in Europe/London").set_value(time(1, 30)).run()

    assert "01:30 is skipped, so it is 02:30" in words(app)
    labelled(app.number_input, "How many").set_value(1).run()
    labelled(app.button, "Plan it").click().run()

    starts = two.home().sessions[0].starts.astimezone(ZoneInfo(_LONDON))
    assert (_clocks_go_forward(), time(2, 30)) == (starts.date(), starts.time())


def test_an_hour_that_comes_twice_is_said_and_means_the_first(two: Paired) -> None:
    end = date(datetime.now(UTC).year + 1, 10, 31)
    clocks_go_back = end - timedelta(days=(end.weekday() + 1) % 7)
    app = open_page("pair", two.mentor, zone=_LONDON)
    labelled(app.date_input, "Day").set_value(clocks_go_back)
    labelled(app.time_input, "Time in Europe/London").set_value(time(1, 30)).run()

    assert "01:30 comes twice, and the first is meant." in words(app)
    labelled(app.button, "Plan these 8").click().run()

    starts = two.home().sessions[0].starts
    assert (clocks_go_back, time(0, 30)) == (starts.date(), starts.time())


def test_a_session_that_lies_in_the_past_is_asked_about(two: Paired) -> None:
    app = open_page("pair", two.mentor)
    day = datetime.now(UTC).date() - timedelta(days=7)
    labelled(app.date_input, "Day").set_value(day).run()
    assert "That has passed already." in words(app)
    labelled(app.number_input, "How many").set_value(1).run()

    labelled(app.button, "Plan it").click().run()

    assert "Did it take place?" in words(app)


def test_a_year_that_is_a_slip_is_refused_calmly_and_stays_in_the_box(two: Paired) -> None:
    app = open_page("pair", two.mentor)
    far = datetime.now(UTC).date() + timedelta(days=9 * 366)
    labelled(app.date_input, "Day").set_value(far).run()

    labelled(app.button, "Plan these 8").click().run()

    assert not app.exception
    assert "five" in app.warning[0].value
    assert far == labelled(app.date_input, "Day").value
    assert not two.home().sessions


def test_each_of_the_two_reads_the_time_on_their_own_clock(two: Paired) -> None:
    winter = datetime(datetime.now(UTC).year + 1, 1, 15, 10, tzinfo=UTC)
    two.workspace.sessions.plan(two.mentor, two.pair.id, winter, zone=_LONDON)

    ana = words(open_page("pair", two.mentor, zone=_LONDON))
    tom = words(open_page("pair", two.mentee, zone="Asia/Kolkata"))

    assert ", 10:00" in ana
    assert ", 15:30" in tom
    assert "It was set for 10:00 in Europe/London." in tom


def test_a_browser_that_names_no_real_zone_gets_the_persons_own(two: Paired) -> None:
    two.session(3)

    said = words(open_page("pair", two.mentor, zone="../../etc/passwd"))

    assert "Times are those of UTC." in said


def test_the_path_tells_its_sessions_apart_in_words(two: Paired) -> None:
    two.session(-60, HELD)
    two.session(-30, CANCELLED)
    two.session(5)
    two.session(35)

    said = words(open_page("pair", two.mentor))

    assert 'aria-label="held, ' in said
    for count in ("1 held", "1 next", "1 planned", "1 cancelled", "5 not planned yet"):
        assert f" {count}</span>" in said
    assert "Session 2 of 8 comes next." in said


def test_what_took_place_is_written_down_with_who_taught(two: Paired) -> None:
    session = two.session(-1)
    app = open_page("pair", two.mentee)
    press(app, f"held_{session.id}")
    app.button(key=f"held_{session.id}").click()
    app.toggle(key=f"mentee_hold {session.id}").set_value(True)

    press(app, f"write_hold {session.id}")

    [kept] = two.home().sessions
    assert (HELD, False, True) == (kept.state, kept.mentor_taught, kept.mentee_taught)


def test_a_click_on_the_wrong_session_is_undone(two: Paired) -> None:
    session = two.session(-1)
    app = press(open_page("pair", two.mentee), f"held_{session.id}")
    press(app, f"held_{session.id}", f"write_hold {session.id}")
    assert "took place." in words(app)
    links = [link.proto for link in app.get("page_link")]
    (link,) = [one for one in links if one.label == "Reflect on it, five minutes"]
    assert session.id in link.query_string

    press(app, "undo_held")

    assert SessionState.PLANNED is two.home().sessions[0].state
    assert "undo_held" not in {str(one.key) for one in app.button}


def test_two_one_way_sessions_bring_a_kind_word_with_its_guidance(two: Paired) -> None:
    two.session(-60, HELD, taught=(True, False))
    two.session(-30, HELD, taught=(True, False))

    app = open_page("pair", two.mentee)
    assert "only Ana taught" in words(app)
    press(app, "nudge_card_0")

    assert "### Give something back" in words(app)


def test_a_session_is_moved_and_its_topic_changed(two: Paired) -> None:
    session = two.session(3)
    app = press(open_page("pair", two.mentor, zone=_LONDON), f"move_{session.id}")
    day = datetime.now(UTC).date() + timedelta(days=10)
    app.date_input(key=f"day_move {session.id}").set_value(day)
    labelled(app.text_input, "What it is about").set_value("short videos")

    press(app, f"move_{session.id}", f"write_move {session.id}")

    [moved] = two.home().sessions
    assert day == moved.starts.date()
    assert ("short videos", _LONDON) == (moved.topic, moved.zone)


def test_before_cancelling_come_a_quarter_of_an_hour_and_another_day(two: Paired) -> None:
    session = two.session(3)
    app = press(open_page("pair", two.mentor), f"cancel_{session.id}")

    said = words(app)
    assert "A quarter of an hour keeps the thread" in said
    assert said.index("A quarter of an hour instead") < said.index("Another day")
    press(app, f"cancel_{session.id}", f"short_cancel {session.id}")

    home = two.home(two.mentee)
    assert home.next is not None
    assert 15 == home.next.minutes
    assert home.agenda is not None
    assert 15 == sum(item.minutes for item in home.agenda.agenda.items)


def test_the_quarter_of_an_hour_speaks_to_who_cancels(two: Paired) -> None:
    session = two.session(3)

    mentor = words(press(open_page("pair", two.mentor), f"cancel_{session.id}"))
    mentee = words(press(open_page("pair", two.mentee), f"cancel_{session.id}"))

    assert "The director drives: " in mentor
    assert "You drive: " in mentee
    assert "Trade places: you give something back" in mentee
    assert "The director" not in mentee
    assert "Ana opens each part" in mentee


def test_another_day_is_the_same_hour_a_week_on(two: Paired) -> None:
    session = two.session(3)
    app = press(open_page("pair", two.mentor), f"cancel_{session.id}")

    press(app, f"cancel_{session.id}", f"move_cancel {session.id}")

    [moved] = two.home().sessions
    assert session.starts + timedelta(weeks=1) == moved.starts


def test_the_second_cancelled_in_a_row_speaks_of_the_rhythm(two: Paired) -> None:
    two.session(-30, CANCELLED)
    session = two.session(3)
    app = press(open_page("pair", two.mentor), f"cancel_{session.id}")
    assert "With this one, 2 sessions in a row would be cancelled" in words(app)
    labelled(app.text_input, "Why, if you like. Tom reads it.").set_value("quarter end")

    press(app, f"cancel_{session.id}", f"cancel_cancel {session.id}")

    last = two.home().sessions[-1]
    assert (CANCELLED, "quarter end") == (last.state, last.reason)
    said = words(open_page("pair", two.mentee))
    assert "Talk about the rhythm itself" in said
    assert said.index("Talk about the rhythm") < said.index("Plan your next session")


def test_a_topic_without_letters_does_not_stand_in_the_way_of_a_short_session(two: Paired) -> None:
    session = two.session(3)
    two.workspace.sessions.describe(
        two.mentor, session.id, session.version, topic="?! 😀", setting=session.setting
    )

    app = press(open_page("pair", two.mentor), f"cancel_{session.id}")

    assert "A quarter of an hour instead" in words(app)


def test_both_read_why_a_session_was_cancelled(two: Paired) -> None:
    session = two.session(days=3)
    two.workspace.sessions.cancel(two.mentor, session.id, session.version, "Budget <b>week</b>")

    said = words(open_page("pair", two.mentee))

    assert "cancelled" in said
    assert f"Why: {escape_markdown('Budget <b>week</b>')}" in said


def test_the_calendar_file_is_offered_for_all_sessions(two: Paired) -> None:
    two.session(3)

    app = open_page("pair", two.mentor)

    assert ["Calendar file"] == [one.proto.label for one in app.get("download_button")]


def test_a_pulse_is_asked_answered_and_seen_by_the_author_alone(two: Paired) -> None:
    two.session(-2, HELD)
    app = open_page("pair", two.mentor)
    labelled(app.button_group, QUESTIONS[0]).set_value(4)
    labelled(app.button_group, QUESTIONS[1]).set_value(2)
    labelled(app.text_input, "A note, if you like").set_value("I held back")

    labelled(app.button, "Keep my answers").click().run()

    assert not app.exception
    assert "How was it?" not in words(app)
    app.session_state["pulses"] = True
    app.run()
    assert "could speak freely 2 of 5" in words(app)
    tom = open_page("pair", two.mentee)
    tom.session_state["pulses"] = True
    tom.run()
    assert "Ana has shared none." in words(tom)
    assert "I held back" not in words(tom)


def test_half_a_pulse_is_not_kept_and_not_lost(two: Paired) -> None:
    two.session(-2, HELD)
    app = open_page("pair", two.mentor)
    labelled(app.button_group, QUESTIONS[0]).set_value(4)

    labelled(app.button, "Keep my answers").click().run()

    assert "How was it?" in words(app)
    assert 4 == labelled(app.button_group, QUESTIONS[0]).value
    again = open_page("pair", two.mentor)
    assert 4 == labelled(again.button_group, QUESTIONS[0]).value
    assert not two.workspace.pulses.mine(two.mentor, two.pair.id)


def test_the_partners_card_shows_only_while_they_consent(two: Paired) -> None:
    card = ReceiverCard(helps="One example at a time", consented=date(2026, 5, 1))
    two.workspace.cards.keep(two.mentee, card)
    assert "One example at a time" in words(open_page("pair", two.mentor))

    two.workspace.cards.keep(two.mentee, card.model_copy(update={"revoked": date(2026, 6, 1)}))

    assert "Tom has shared no card." in words(open_page("pair", two.mentor))


def test_whoever_is_in_two_pairs_chooses_between_them(two: Paired) -> None:
    other = make_pair(two.workspace, mentee="Mia", with_mentor=two.mentor)
    app = open_page("pair", two.mentor)
    first = {"Tom": two, "Mia": other}
    shown = next(name for name in first if f"**{name}** · senior" in words(app))
    wanted = next(name for name in first if name != shown)

    labelled(app.selectbox, "Which pair").set_value(first[wanted].pair.id).run()

    assert not app.exception
    assert f"**{wanted}** · senior" in words(app)
    assert [first[wanted].pair.id] == [app.query_params["pair"]]


def test_the_home_is_read_once_each_time(two: Paired, monkeypatch: pytest.MonkeyPatch) -> None:
    two.session(3)
    app = open_page("pair", two.mentor)
    opened = []
    once = Home.open

    def watched(self: Home, actor: Actor, ident: str) -> PairHome:
        opened.append(ident)
        return once(self, actor, ident)

    monkeypatch.setattr(Home, "open", watched)

    app.run()

    assert [two.pair.id] == opened


FORGED = [
    "0" * 32,
    "x",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\x00",
    "f" * 10_000,
]


@pytest.mark.parametrize("ident", FORGED)
@pytest.mark.parametrize("page", ["pair", "agreement"])
def test_a_made_up_pair_in_the_address_shows_nothing(two: Paired, page: str, ident: str) -> None:
    app = open_page(page, two.mentor, pair=ident)

    assert "You cannot see a pair here" in app.error[0].value
    assert "Tom" not in words(app)


@pytest.mark.parametrize("page", ["pair", "agreement"])
def test_anothers_pair_in_the_address_is_refused_and_noted(two: Paired, page: str) -> None:
    other = make_pair(two.workspace, "Mia", "George")

    app = open_page(page, two.mentor, pair=other.pair.id)

    assert "You cannot see a pair here" in app.error[0].value
    assert not {"Mia", "George"} & set(words(app).replace("*", " ").split())
    with two.workspace.records.reading() as work:
        lines = work.find(AuditLine, actor_id=two.mentor.person_id, allowed=False)
    assert {("see a pair", other.pair.id)} == {(line.action, line.object_id) for line in lines}
    press(app, "own_pair")
    assert not app.error


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "**bold** [x](http://evil.example) `code` $x$ :material/home:",
    "N" * 300,
    "פנינה שרון",
    "第一次会议",
    "=HYPERLINK(1)",
    "'; DROP TABLE person; --",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_strangers_type_is_shown_as_text(kept: Workspace, typed: str) -> None:
    two = make_pair(kept, "Ana", typed, job=typed[:80])
    session = two.session(3)
    two.workspace.sessions.describe(
        two.mentor, session.id, session.version, topic=typed, setting=session.setting
    )
    two.workspace.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, typed)

    app = open_page("pair", two.mentor)

    # What a backslash stands before is no markup.
    live = re.sub(r"\\.", "", words(app))
    for markup in ("<img", "](", "bold**", "`", "$", ":material/"):
        assert markup not in live


def test_prepare_it_fills_the_brief_and_leaves_an_earlier_one_as_a_draft(two: Paired) -> None:
    session = two.session(3)
    app = open_page("prepare", two.mentor)
    app.text_input(key="topic").set_value("another thing").run()
    app.switch_page("app_pages/pair.py").run()

    press(app, "prepare_it")

    assert "team chat" == app.text_input(key="topic").value
    assert session.id == app.session_state["meeting"]


def test_a_mentee_prepares_questions(two: Paired) -> None:
    two.session(3)

    app = press(open_page("pair", two.mentee), "prepare_it")

    assert "Prepare questions" in [title.value for title in app.title]
