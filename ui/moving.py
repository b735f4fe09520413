"""Another time, length, topic or place for a session."""

from __future__ import annotations

import identity
import streamlit as st
from boxes import line
from brief_form import PLACES
from changing import made, say, seen
from naming import called
from times import moment_words, my_zone, pick_moment
from unfinished import Unfinished

from coach.bootstrap import Workspace
from coach.domain.brief import MAX_MINUTES, MIN_MINUTES, Setting
from coach.domain.identity import Actor
from coach.domain.meeting import Session
from coach.pair.home import PairHome


@st.dialog("When, what and where")
def ask_when(home: PairHome, session: Session) -> None:
    """When and where instead, with what is set now filled in."""
    place = f"move {session.id}"
    newest = seen(place, session)
    zone = my_zone(home.me.zone)
    note = st.container()
    starts = pick_moment(place, session.starts, zone)
    minutes = st.number_input(
        "Minutes", MIN_MINUTES, MAX_MINUTES, session.minutes, step=5, key=f"minutes_{place}"
    )
    form = Unfinished(f"move-{session.id}", {"topic": session.topic}, identity.who())
    line(form, "topic", "What it is about")
    setting = st.selectbox(
        "Where",
        list(PLACES),
        list(PLACES).index(session.setting.value),
        format_func=lambda name: PLACES[name],
        key=f"where_{place}",
    )
    st.caption(f"You and {called(home.partner)} see this.")

    def write(at: Workspace, who: Actor) -> None:
        moved, topic = newest, form.mine["topic"]
        if (starts, minutes) != (newest.starts, newest.minutes):
            moved = at.sessions.move(
                who, newest.id, newest.version, starts, minutes=minutes, zone=zone.key
            )
        if (topic, setting) != (moved.topic, moved.setting.value):
            at.sessions.describe(
                who, moved.id, moved.version, topic=topic, setting=Setting(setting)
            )

    if st.button("Save for both of you", key=f"write_{place}", type="primary") and made(
        place, write
    ):
        form.forget()
        st.rerun()
    with note:
        say_in_dialog(home, session, place)


def say_in_dialog(home: PairHome, session: Session, place: str) -> None:
    """Say what stood in the way, or what the other made of the session meanwhile."""
    newest = seen(place, session)
    if newest.version == session.version:
        say(place)
        return
    when = moment_words(newest.starts, my_zone(home.me.zone))
    st.markdown(
        f"**{called(home.partner)} changed this session meanwhile.** It is now "
        f"{newest.state.value}, {when}, {newest.minutes} minutes. What you chose is still here: "
        "go on with it, or close this and leave the session as it is."
    )
