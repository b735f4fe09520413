"""Who did what in a program, for its lead."""

from __future__ import annotations

import engine
import streamlit as st
from naming import told
from times import moment_words, my_zone
from words import plain

from coach.domain.identity import Actor
from coach.domain.program import Program


def show_trail(program: Program, actor: Actor) -> None:
    """What leads did, and what was refused; nothing of what a pair does."""
    st.markdown(
        "What was done to the program, and what somebody tried and may not. What a pair does in "
        "its own room is not here, not even when."
    )
    lines = engine.workspace().trail.of_program(actor, program.id)
    if not lines:
        st.markdown("Nothing yet.")
    zone = my_zone()
    with st.container(height=480 if len(lines) > 10 else "content", border=False, key="trail"):
        for line in lines:
            refused = "" if line.allowed else " · **refused**"
            st.markdown(
                f"**{told(line.who)}** · {plain(line.did)} · {told(line.on)}{refused}  \n"
                f":small[{moment_words(line.at, zone)}]"
            )
