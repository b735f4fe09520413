"""Which program a lead's page is about: the only one, the chosen one, or the one in the address."""

from __future__ import annotations

import engine
import streamlit as st
from naming import isolated
from words import plain

from coach.domain.identity import Actor
from coach.domain.program import Program, Role
from coach.errors import CoachError
from coach.program.programs import OwnProgram

#: In the address, where anybody can write anything: the policy decides.
_PARAMETER = "program"


def open_program(actor: Actor) -> Program | None:
    """The program that the page is about; ``None`` for who leads none.

    Stops the page with a message if it may not be seen.
    """
    try:
        led = [one for one in engine.workspace().programs.mine(actor) if Role.LEAD in one.roles]
        asked = st.query_params.get(_PARAMETER, "") or (led[0].program.id if led else "")
        program = engine.workspace().programs.terms(actor, asked) if asked else None
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Go to my own programs", key="own_program", on_click=ask_for, args=("",))
        st.stop()
    if program is not None and len(led) > 1:
        _choose(led, program)
    return program


def ask_for(program_id: str) -> None:
    """Let the page be about another program; empty is the first of mine."""
    if program_id:
        st.query_params[_PARAMETER] = program_id
    else:
        st.query_params.pop(_PARAMETER, None)


def _choose(led: list[OwnProgram], chosen: Program) -> None:
    names = {one.program.id: _named(one.program) for one in led}
    key = f"which_{chosen.id}"
    st.selectbox(
        "Which program",
        list(names),
        index=list(names).index(chosen.id),
        format_func=lambda ident: names[ident],
        key=key,
        on_change=lambda: ask_for(str(st.session_state[key])),
    )


def _named(program: Program) -> str:
    over = " (over)" if program.ended else ""
    return f"{isolated(program.name)}{over}"
