"""Writing down that a session took place."""

from __future__ import annotations

import streamlit as st
from changing import change, made, say, seen
from moving import say_in_dialog
from naming import called
from times import moment_words, my_zone

from coach.domain.meeting import Session, SessionState
from coach.domain.program import Role
from coach.pair.home import PairHome

#: The session that was written down here a moment ago.
_JUST = "just_held"
_PLACE = "undo_held"


def show_undo(home: PairHome) -> None:
    """Right after it was written down that a session took place: the way back from a slip."""
    just = st.session_state.get(_JUST)
    for session in home.sessions:
        if session.id == just and session.state is SessionState.HELD:
            when = moment_words(session.starts, my_zone(home.me.zone))
            with st.container(horizontal=True, vertical_alignment="center", key="just_held_line"):
                st.markdown(f"Written down: the session of {when} took place.", width="content")
                st.button(
                    "Undo",
                    key="undo_held",
                    icon=":material/undo:",
                    on_click=change,
                    args=(
                        _PLACE,
                        lambda at, me, one=session: at.sessions.not_held(me, one.id, one.version),
                    ),
                )
                st.page_link(
                    "app_pages/reflect.py",
                    label="Reflect on it, five minutes",
                    icon=":material/edit_note:",
                    query_params={"session": session.id},
                )
    say(_PLACE)


@st.dialog("It took place")
def ask_who_taught(home: PairHome, session: Session) -> None:
    """Who taught the other something: what the two give each other shows over time."""
    place = f"hold {session.id}"
    newest = seen(place, session)
    note = st.container()
    me, partner = "You", called(home.partner)
    mentor, mentee = (me, partner) if home.my_role is Role.MENTOR else (partner, me)
    st.markdown("Who taught the other something? A small thing counts.")
    mentor_taught = st.toggle(f"{mentor}, as the mentor", key=f"mentor_{place}")
    mentee_taught = st.toggle(f"{mentee}, as the mentee", key=f"mentee_{place}")
    st.caption(f"You and {partner} see this.")
    if st.button("Write it down", key=f"write_{place}", type="primary") and made(
        place,
        lambda at, who: at.sessions.hold(
            who,
            newest.id,
            newest.version,
            mentor_taught=mentor_taught,
            mentee_taught=mentee_taught,
        ),
    ):
        st.session_state[_JUST] = session.id
        st.rerun()
    with note:
        say_in_dialog(home, session, place)
