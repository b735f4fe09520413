"""The sessions that are over: what each was about, and why one was cancelled."""

from __future__ import annotations

import streamlit as st
from times import moment_words, my_zone
from words import plain

from coach.domain.meeting import SessionState
from coach.domain.places import places
from coach.pair.former import FormerPair
from coach.pair.home import PairHome


def show_past(pair: PairHome | FormerPair) -> None:
    """Held and cancelled sessions, the newest first, folded away."""
    over = [one for one in pair.sessions if one.state is not SessionState.PLANNED]
    if not over:
        return
    numbered = places(pair.sessions)
    with st.expander("Sessions so far", key="past"):
        for session in sorted(over, key=lambda one: one.starts, reverse=True):
            when = moment_words(session.starts, my_zone(session.zone))
            about = f": {plain(session.topic)}" if session.topic else ""
            number = f"Session {numbered[session.id]}, " if session.id in numbered else ""
            st.markdown(f"**{number}{when}** · {session.state.value}{about}")
            if session.reason:
                st.caption(f"Why: {plain(session.reason)}")
