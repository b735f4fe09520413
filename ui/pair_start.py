"""For somebody who is in no pair: how to begin one."""

from __future__ import annotations

import engine
import streamlit as st
from changing import change, say
from demonstrating import offer_demonstration

from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.pair.former import FormerPair
from coach.program.personal import LOCAL

_PLACE = "begin_pair"
_ROLES = {
    Role.MENTOR.value: "the junior mentor",
    Role.MENTEE.value: "the senior mentee",
}


def show_start(actor: Actor, before: FormerPair | None) -> None:
    """In a personal workspace a small form, and a made-up program to look around in.

    ``before`` is a pair that is over and is shown above; nothing follows it for who is in another.
    """
    if before is not None and engine.workspace().home.mine(actor):
        return
    if actor != LOCAL:
        now = "now" if before is not None else "yet"
        st.markdown(f"You are in no pair {now}; your program’s lead pairs people.")
        return
    st.markdown(
        "In reverse mentoring a junior colleague mentors a senior one, over months. Here the two "
        "of you keep your sessions, agendas, promises and your agreement."
    )
    with st.form("begin_pair"):
        st.markdown("## Start our pair", anchors=False)
        st.text_input("My name", key="my_name", max_chars=1_000)
        st.text_input("My partner’s name", key="partner_name", max_chars=1_000)
        st.segmented_control(
            "I am",
            list(_ROLES),
            default=Role.MENTOR.value,
            format_func=_ROLES.__getitem__,
            required=True,
            key="my_role",
        )
        st.caption("It stays on this machine, and whoever uses this computer sees it.")
        say(_PLACE)
        st.form_submit_button("Start our pair", type="primary", on_click=_begin)
    offer_demonstration(actor)


def _begin() -> None:
    mine, partner, role = (
        str(st.session_state[key]) for key in ("my_name", "partner_name", "my_role")
    )
    change(
        _PLACE,
        lambda at, me: at.personal.begin_pair(
            me, my_name=mine, partner=partner, my_role=Role(role)
        ),
    )
