"""For a pair that met before it planned anything here: when it was, and then a reflection on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st
from changing import made, say
from naming import called
from times import my_zone, pick_moment

from coach.pair.home import PairHome

_HOUR = 10


def show_met_already(home: PairHome) -> None:
    """Ask when the two met; the session is written down as one of theirs."""
    zone = my_zone(home.me.zone)
    place = f"met_{home.pair.id}"
    yesterday = datetime.now(zone) - timedelta(days=1)
    with st.container(border=True):
        st.markdown("### Have you met already?", anchors=False)
        st.markdown(
            f"Say when, and write about it. {called(home.partner)} sees the session, not what you "
            "write."
        )
        starts = pick_moment(
            place, yesterday.replace(hour=_HOUR, minute=0, second=0, microsecond=0), zone,
            is_over=True,
        )  # fmt: skip
        say(place)
        if st.button(
            "Write about it",
            key=f"write_{place}",
            type="primary",
            icon=":material/edit_note:",
            disabled=starts >= datetime.now(UTC),
        ) and made(
            place,
            lambda at, who: at.sessions.plan(who, home.pair.id, starts, zone=zone.key),
        ):
            st.rerun()
