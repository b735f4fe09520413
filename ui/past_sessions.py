"""The sessions that are over: what each was about, and why one was cancelled."""

from __future__ import annotations

import streamlit as st
from times import moment_words, my_zone
from words import plain

from coach.domain.meeting import SessionState
from coach.pair.home import PairHome


def show_past(home: PairHome) -> None:
    """Held and cancelled sessions, the newest first, folded away."""
    over = [one for one in home.sessions if one.state is not SessionState.PLANNED]
    if not over:
        return
    with st.expander("Sessions so far", key="past"):
        for session in sorted(over, key=lambda one: one.starts, reverse=True):
            when = moment_words(session.starts, my_zone(session.zone))
            about = f": {plain(session.topic)}" if session.topic else ""
            st.markdown(f"**{when}** · {session.state.value}{about}")
            if session.reason:
                st.caption(f"Why: {plain(session.reason)}")
