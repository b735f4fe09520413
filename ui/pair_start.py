"""For somebody who is in no pair: how to begin one."""

from __future__ import annotations

import engine
import identity
import streamlit as st
from changing import change, made, say

from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.program.cast import cast
from coach.program.personal import LOCAL

_PLACE = "begin_pair"
_ROLES = {
    Role.MENTOR.value: "the junior mentor",
    Role.MENTEE.value: "the senior mentee",
}


def show_start(actor: Actor) -> None:
    """In a personal workspace a small form, and a made-up program to look around in."""
    if actor != LOCAL:
        st.markdown("You are not in a pair yet; your program’s lead pairs people.")
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
    st.markdown("Or look around first, in a made-up program with made-up people.")
    say("demonstration")
    st.button(
        "Load the demonstration", key="demonstration", icon=":material/explore:", on_click=_load
    )


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


def _load() -> None:
    """Load it, and look at it as the first of its people who is in a pair."""
    if made("demonstration", lambda at, me: at.demonstration.load(me)):
        at = engine.workspace()
        for person in cast(at.records):
            if at.home.mine(Actor(person_id=person.id)):
                st.session_state[identity.ACT_AS] = person.id
                break
