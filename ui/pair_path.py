"""The path of a program: its sessions in a row, told apart by shape and by words."""

from __future__ import annotations

import html

import streamlit as st
from colours import accent
from times import day_words, my_zone

from coach.domain.guidance import Stage
from coach.domain.meeting import Session, SessionState
from coach.pair.home import PairHome

_STAGES = {
    Stage.FIRST: "Agree how you want to work together.",
    Stage.EARLY: "You are at the beginning: small things, tried out together.",
    Stage.MIDDLE: "You are in the middle: real work, and harder questions.",
    Stage.LATE: "You are near the end: what shall stay when it is over?",
    Stage.LAST: "It is the last one: look back, and say how it goes on.",
}
#: Each state has a shape of its own; the colour only helps.
_SHAPES = {
    "held": "background:{0}",
    "next": "border:3px solid {0};background:radial-gradient({0} 40%,transparent 45%)",
    "planned": "border:2px solid {0}",
    "cancelled": "border:none",
    "not planned yet": "background:radial-gradient(currentColor 18%,transparent 22%);opacity:0.7",
}


def show_path(home: PairHome) -> None:
    """The path and, in words, where on it the pair stands.

    Streamlit has no such part: this is fixed markup of ours, with days that we wrote.
    """
    steps = _steps(home)
    zone = my_zone(home.me.zone)
    said = [
        f"{state}, {day_words(session.starts.astimezone(zone).date())}" if session else state
        for state, session in steps
    ]
    dots = "".join(
        f'<span title="{html.escape(text)}">{_drawn(state, 20)}</span>'
        for (state, _), text in zip(steps, said, strict=True)
    )
    states = [state for state, _ in steps]
    legend = "".join(
        '<span style="display:inline-flex;align-items:center;gap:4px">'
        f"{_drawn(state, 14)} {states.count(state)} {state}</span>"
        for state in _SHAPES
        if state in states
    )
    st.html(
        f'<div role="img" aria-label="{html.escape("; ".join(said))}" '
        f'style="display:flex;flex-wrap:wrap;gap:6px">{dots}</div>'
        '<div style="display:flex;flex-wrap:wrap;gap:2px 16px;margin-top:8px;font-size:0.875rem">'
        f"{legend}</div>"
    )
    st.markdown(_told(home))


def _steps(home: PairHome) -> list[tuple[str, Session | None]]:
    upcoming = home.next.id if home.next else ""
    by_time = sorted(home.sessions, key=lambda one: (one.starts, one.number))
    steps: list[tuple[str, Session | None]] = [
        ("next" if one.id == upcoming else one.state.value, one) for one in by_time
    ]
    alive = sum(one.state is not SessionState.CANCELLED for one in home.sessions)
    return steps + [("not planned yet", None)] * (home.program.planned_sessions - alive)


def _drawn(state: str, size: int) -> str:
    mark = "✕" if state == "cancelled" else ""
    return (
        '<span aria-hidden="true" style="display:inline-block;flex:none;box-sizing:border-box;'
        f"width:{size}px;height:{size}px;border-radius:50%;text-align:center;"
        f"line-height:{size}px;"
        f'vertical-align:middle;{_SHAPES[state].format(accent())}">{mark}</span>'
    )


def _told(home: PairHome) -> str:
    held = sum(one.state is SessionState.HELD for one in home.sessions)
    planned = home.program.planned_sessions
    if held >= planned:
        return f"All {planned} sessions of your program were held."
    return f"Session {home.place} of {planned} comes next. {_STAGES[home.stage]}"
