"""Which program a page is about: the only one, the chosen one, or the one in the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
    """The program that a lead's page is about; ``None`` for who leads none.

    Stops the page with a message if it may not be seen.
    """
    with _or_stopped():
        at = engine.workspace().programs
        led = [one for one in at.mine(actor) if Role.LEAD in one.roles]
        asked = _asked(led)
        program = at.terms(actor, asked) if asked else None
    if program is not None and len(led) > 1:
        _choose(led, program)
    return program


def open_own_program(actor: Actor) -> OwnProgram | None:
    """The program of mine that the page is about; ``None`` for who is in none.

    Stops the page with a message if it may not be seen.
    """
    with _or_stopped():
        at = engine.workspace().programs
        mine = at.mine(actor)
        asked = _asked(mine)
        program = at.see(actor, asked) if asked else None
    if program is None:
        return None
    if len(mine) > 1:
        _choose(mine, program)
    return next(one for one in mine if one.program.id == program.id)


@contextmanager
def _or_stopped() -> Iterator[None]:
    try:
        yield
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Go to my own programs", key="own_program", on_click=ask_for, args=("",))
        st.stop()


def _asked(programs: Sequence[OwnProgram]) -> str:
    return st.query_params.get(_PARAMETER, "") or (programs[0].program.id if programs else "")


def ask_for(program_id: str) -> None:
    """Let the page be about another program; empty is the first of mine."""
    if program_id:
        st.query_params[_PARAMETER] = program_id
    else:
        st.query_params.pop(_PARAMETER, None)


def _choose(programs: Sequence[OwnProgram], chosen: Program) -> None:
    names = {one.program.id: _named(one.program) for one in programs}
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
