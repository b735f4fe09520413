"""The next session of a pair, what can be done about it, and those that nobody closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import identity
import pair_brief
import session
import streamlit as st
from brief_form import PLACES
from cancelling import ask_before_cancelling
from changing import forget, say
from holding import ask_who_taught, show_undo
from moving import ask_when
from naming import called, told
from session import Key
from times import moment_words, my_zone, zone_words

from coach.bootstrap import export_sessions
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Role
from coach.pair.home import PairHome

#: Past sessions that nobody closed and that are asked about at once.
_ASKED = 2
#: A session is written down as held from this long before it begins; the records ask the same.
_EARLY = timedelta(days=1)


def show_session(home: PairHome) -> None:
    """The next session, and past ones of which nobody said whether they took place."""
    show_undo(home)
    now = datetime.now(UTC)
    upcoming = home.next
    left = [one for one in home.sessions if one.state is SessionState.PLANNED and one.starts < now]
    for one in [one for one in left if upcoming is None or one.id != upcoming.id][:_ASKED]:
        _ask_about(home, one)
    if upcoming is None:
        return
    with st.container(border=True, key="next_session"):
        over = upcoming.starts + timedelta(minutes=upcoming.minutes) < now
        when = moment_words(upcoming.starts, my_zone(home.me.zone))
        asked = "Did it take place?" if over else "Next session:"
        st.markdown(f"## {asked} {when}", anchors=False)
        _show_facts(home, upcoming)
        say(upcoming.id)
        with st.container(horizontal=True):
            _prepare_button(home, primary=not over)
            if upcoming.starts < now + _EARLY:
                _held_button(home, upcoming, primary=over)
            _change_buttons(home, upcoming)
            _calendar_button(home, now)


def _show_facts(home: PairHome, upcoming: Session) -> None:
    where = PLACES[upcoming.setting.value]
    about = f", about “{told(upcoming.topic)}”" if upcoming.topic else ""
    st.markdown(f"{upcoming.minutes} minutes, {where}{about}.")
    zone = my_zone(home.me.zone)
    there = f"{upcoming.starts.astimezone(ZoneInfo(upcoming.zone)):%H:%M}"
    here = f"{upcoming.starts.astimezone(zone):%H:%M}"
    chosen = f" It was set for {there} in {zone_words(upcoming.zone)}." if there != here else ""
    st.caption(
        f"Times are those of {zone_words(zone)}.{chosen} You and {called(home.partner)} see this."
    )


def _ask_about(home: PairHome, past: Session) -> None:
    with st.container(border=True, key=f"past_{past.id}"):
        when = moment_words(past.starts, my_zone(home.me.zone))
        st.markdown(f"**Did the session of {when} take place?**")
        say(past.id)
        with st.container(horizontal=True):
            _held_button(home, past, primary=False)
            _change_buttons(home, past)


def _prepare_button(home: PairHome, *, primary: bool) -> None:
    if st.button(
        "Prepare it",
        key="prepare_it",
        type="primary" if primary else "secondary",
        icon=":material/edit_note:",
    ):
        _prepare(home.pair.id, home.next.id if home.next else "")
        mentor = home.my_role is Role.MENTOR
        st.switch_page(f"app_pages/{'prepare' if mentor else 'questions'}.py")


def _prepare(pair_id: str, session_id: str) -> None:
    """Go on with the brief for this session; another one that was begun stays as a draft."""
    if st.session_state[Key.MEETING] != session_id:
        session.forget()
        session.begin(identity.who())
        pair_brief.fill(pair_id)


def _held_button(home: PairHome, one: Session, *, primary: bool) -> None:
    if st.button(
        "It took place",
        key=f"held_{one.id}",
        type="primary" if primary else "secondary",
        icon=":material/check:",
        on_click=forget,
        args=(f"hold {one.id}",),
    ):
        ask_who_taught(home, one)


def _change_buttons(home: PairHome, one: Session) -> None:
    if st.button(
        "Move or edit",
        key=f"move_{one.id}",
        icon=":material/event_upcoming:",
        on_click=forget,
        args=(f"move {one.id}",),
    ):
        ask_when(home, one)
    if st.button(
        "Cancel …",
        key=f"cancel_{one.id}",
        icon=":material/event_busy:",
        on_click=forget,
        args=(f"cancel {one.id}",),
    ):
        ask_before_cancelling(home, one)


def _calendar_button(home: PairHome, now: datetime) -> None:
    sessions, title = home.sessions, home.program.name
    me_first = (home.me, home.partner)
    people = me_first if home.pair.mentor_id == home.me.id else me_first[::-1]
    agendas = {home.agenda.session_id: home.agenda.agenda} if home.agenda else {}
    st.download_button(
        "Calendar file",
        lambda: export_sessions(sessions, title=title, now=now, people=people, agendas=agendas),
        "our-sessions.ics",
        "text/calendar",
        key="calendar_file",
        on_click="ignore",
        icon=":material/event:",
        help="All your sessions. After a change, download it again: your calendar updates them.",
    )
