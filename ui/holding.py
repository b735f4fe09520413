"""Writing down that a session took place."""

from __future__ import annotations

import streamlit as st
from changing import made, seen
from moving import say_in_dialog
from naming import called

from coach.domain.meeting import Session
from coach.domain.program import Role
from coach.pair.home import PairHome


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
        st.rerun()
    with note:
        say_in_dialog(home, session, place)
