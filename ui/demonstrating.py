"""A made-up program to look around in, offered in a personal workspace until it is loaded."""

from __future__ import annotations

import engine
import identity
import streamlit as st
from changing import made, say
from program_choice import ask_for

from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.program.cast import cast
from coach.program.personal import LOCAL

_PLACE = "demonstration"


def offer_demonstration(actor: Actor, *, leading: bool = False) -> None:
    """One click into a made-up program, for whoever is alone in their own workspace.

    It is looked at as the first of its people who is in a pair, or, ``leading``, as its lead.
    """
    if actor != LOCAL or len(cast(engine.workspace().records)) > 1:
        return
    st.markdown("Look around first, if you like, in a made-up program with made-up people.")
    say(_PLACE)
    st.button(
        "Load the demonstration",
        key=_PLACE,
        icon=":material/explore:",
        on_click=_load,
        args=(leading,),
    )


def _load(leading: bool) -> None:
    loaded: list[Program] = []
    if not made(_PLACE, lambda at, me: loaded.append(at.demonstration.load(me))):
        return
    if leading:
        ask_for(loaded[0].id)
        return
    at = engine.workspace()
    for person in cast(at.records):
        if at.home.mine(Actor(person_id=person.id)):
            st.session_state[identity.ACT_AS] = person.id
            break
