"""The pulse: two short questions after some sessions, and what was answered so far."""

from __future__ import annotations

import engine
import streamlit as st
from boxes import line
from changing import made
from naming import called, told
from times import day_words, my_zone
from unfinished import Unfinished

from coach.domain.identity import Actor
from coach.domain.meeting import Pulse, Session, SessionState
from coach.pair.home import PairHome
from coach.pair.pulses import QUESTIONS

_ANSWERS = {1: "1 · hardly", 2: "2", 3: "3", 4: "4", 5: "5 · very"}
_FIELDS = ("worthwhile", "could_speak")
#: Not answered yet.
_NONE = 0
_EMPTY = {"worthwhile": _NONE, "could_speak": _NONE, "note": "", "shared": False}


def show_pulse(home: PairHome, actor: Actor) -> None:
    """The two questions, when they are due."""
    if home.pulse is not None:
        _ask(home, home.pulse, actor)


def _ask(home: PairHome, session: Session, actor: Actor) -> None:
    partner = called(home.partner)
    day = day_words(session.starts.astimezone(my_zone(home.me.zone)).date())
    form = Unfinished(f"pulse-{session.id}", _EMPTY, actor)
    with st.container(border=True, key="pulse"):
        st.markdown("## How was it?", anchors=False)
        st.markdown(f"Two short questions about the session of {day}.")
        for field, question in zip(_FIELDS, QUESTIONS, strict=True):
            key = form.key(field)
            st.segmented_control(
                question,
                list(_ANSWERS),
                default=form.mine[field] or None,
                format_func=_ANSWERS.__getitem__,
                key=key,
                on_change=_choose,
                args=(form, field, key),
            )
        line(form, "note", "A note, if you like")
        key = form.key("shared")
        st.toggle(
            f"Share my answers with {partner}",
            form.mine["shared"],
            key=key,
            on_change=form.typed,
            args=("shared", key),
        )
        st.caption(f"Only you see this, unless you share it with {partner}.")
        form.say()
        st.button("Keep my answers", key="keep_pulse", on_click=_answer, args=(session.id, form))


def _choose(form: Unfinished, field: str, key: str) -> None:
    form.take(field, st.session_state[key] or _NONE)


def _answer(session_id: str, form: Unfinished) -> None:
    if _NONE in (form.mine[field] for field in _FIELDS):
        st.toast("Choose an answer to both questions, and keep them then.", duration="long")
        return
    mine = form.mine
    if made(
        form.name,
        lambda at, me: at.pulses.answer(
            me,
            session_id,
            mine["worthwhile"],
            mine["could_speak"],
            note=mine["note"],
            shared=mine["shared"],
        ),
    ):
        form.forget()
        st.toast("Kept. Thank you.")


def show_answers(home: PairHome, actor: Actor) -> None:
    """What both answered so far, as far as I may see it; on demand."""
    if not any(one.state is SessionState.HELD for one in home.sessions):
        return
    with st.expander(
        "How the sessions were: answers so far", type="compact", key="pulses", on_change="rerun"
    ) as answers:
        if not answers.open:
            return
        pulses = engine.workspace().pulses
        mine = pulses.mine(actor, home.pair.id)
        st.markdown("**Yours**")
        _show(home, mine, "You have answered none yet.")
        st.caption("Only you see those that you did not share.")
        partner = called(home.partner)
        st.markdown(f"**Shared by {partner}**")
        _show(home, pulses.shared_with_me(actor, home.pair.id), f"{partner} has shared none.")


def _show(home: PairHome, pulses: tuple[Pulse, ...], none: str) -> None:
    if not pulses:
        st.markdown(none)
    zone = my_zone(home.me.zone)
    days = {one.id: day_words(one.starts.astimezone(zone).date()) for one in home.sessions}
    for pulse in pulses:
        note = f" “{told(pulse.note)}”" if pulse.note else ""
        shared = " · shared" if pulse.shared else ""
        st.markdown(
            f"{days.get(pulse.session_id, '')}: worth the time {pulse.worthwhile} of 5, could "
            f"speak freely {pulse.could_speak} of 5{shared}.{note}"
        )
