"""One step of a reflection on the page, and the record as the last step left it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from changing import made

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection

#: Makes a change to the version that is named, and gives what is kept then.
Make = Callable[[Workspace, Actor, int], Reflection]
Answer = TypeVar("Answer")
_NEWEST = "newest reflection"


def newest(mine: Reflection) -> Reflection:
    """``mine``, or what this page has made of it since: a page that runs again is not finished."""
    held = st.session_state.get(_place(_NEWEST, mine), mine)
    return held if held.version > mine.version else mine


def step(place: str, mine: Reflection, make: Make) -> None:
    """Make a change, as a callback does; ``say`` shows at ``place`` what stood in its way."""
    stepped(place, mine, make)


def stepped(place: str, mine: Reflection, make: Make) -> bool:
    """Make a change, and give whether it was made."""

    def go(at: Workspace, me: Actor) -> None:
        st.session_state[_place(_NEWEST, mine)] = make(at, me, newest(mine).version)

    return made(place, go)


def worked_out(what: str, mine: Reflection, of: object, work_out: Callable[[], Answer]) -> Answer:
    """What ``work_out`` gives, kept in this page alone for as long as ``of`` is the same."""
    place = _place(what, mine)
    had = st.session_state.get(place)
    if had is None or had[0] != of:
        had = st.session_state[place] = (of, work_out())
    answer: Answer = had[1]
    return answer


def _place(what: str, mine: Reflection) -> str:
    # Of one person: whoever acts next in this tab must not find it.
    return f"{what} {mine.session_id} {mine.person_id}"
