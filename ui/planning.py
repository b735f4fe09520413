"""Planning a pair's sessions: the first date, how many, and the rhythm that they follow."""

from __future__ import annotations

from datetime import datetime, timedelta

import identity
import streamlit as st
from boxes import line
from brief_form import PLACES
from changing import made, say
from naming import called
from times import my_zone, pick_moment
from unfinished import Unfinished

from coach.domain.brief import MAX_MINUTES, MIN_MINUTES, Setting
from coach.domain.meeting import SessionState
from coach.pair.home import PairHome

_HOUR = 10
_FRIDAY = 4


def show_planning(home: PairHome) -> None:
    """The form where nothing is planned; folded where something is and there is room for more."""
    alive = [one for one in home.sessions if one.state is not SessionState.CANCELLED]
    room = home.program.planned_sessions - len(alive)
    if room <= 0:
        return
    if home.next is None:
        st.markdown("## Plan your next session", anchors=False)
        if not alive:
            st.markdown(
                "Open both calendars and choose the first date. Dates that stand in a calendar "
                "take place; those to be found later seldom do."
            )
        _form(home, room)
        return
    with st.expander(f"Plan more: {room} of {home.program.planned_sessions} are left", key="more"):
        _form(home, room)


def _form(home: PairHome, room: int) -> None:
    terms = home.in_force or home.program
    weeks = terms.cadence_weeks
    minutes = home.in_force.minutes if home.in_force else home.program.session_minutes
    zone = my_zone(home.me.zone)
    turn = len(home.sessions)  # after a plan, a form of its own
    place = f"plan_{home.pair.id}_{turn}"
    starts = pick_moment(place, _suggested(home, weeks), zone)
    with st.container(horizontal=True):
        count = st.number_input("How many", 1, room, room, key=f"count_{place}", width=120)
        length = st.number_input(
            "Minutes each",
            MIN_MINUTES,
            MAX_MINUTES,
            minutes,
            step=5,
            key=f"minutes_{place}",
            width=150,
        )
        setting = st.selectbox(
            "Where", list(PLACES), format_func=lambda name: PLACES[name], key=f"where_{place}",
            width=210,
        )  # fmt: skip
    form = Unfinished(f"plan-{home.pair.id}", {"topic": ""}, identity.who())
    line(form, "topic", "What the first of them is about, if you know")
    rhythm = "every week" if weeks == 1 else f"every {weeks} weeks"
    st.caption(
        f"After the first, {rhythm} at the same time. You and {called(home.partner)} see this."
    )
    say(place)
    form.say()

    def write() -> None:
        if made(
            place,
            lambda at, who: at.sessions.plan(
                who,
                home.pair.id,
                starts,
                zone=zone.key,
                count=count,
                minutes=length,
                topic=form.mine["topic"],
                setting=Setting(setting),
            ),
        ):
            form.forget()

    st.button(
        "Plan it" if count == 1 else f"Plan these {count}",
        key=f"write_{place}",
        type="primary" if home.next is None else "secondary",
        icon=":material/event_available:",
        on_click=write,
    )


def _suggested(home: PairHome, weeks: int) -> datetime:
    """In the rhythm after the last session; else in a week, on a weekday's morning."""
    zone = my_zone(home.me.zone)
    now = datetime.now(zone)
    last = max((one.starts for one in home.sessions), default=None)
    if last is not None and (after := last.astimezone(zone) + timedelta(weeks=weeks)) > now:
        return after
    soon = now + timedelta(weeks=1)
    weekend = max(0, soon.weekday() - _FRIDAY)
    monday = soon + timedelta(days=3 - weekend) if weekend else soon
    return monday.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
