"""The pulse: two short questions after some sessions, and what was answered so far."""

from __future__ import annotations

import engine
import streamlit as st
from changing import made, say
from moving import PASTED
from naming import called, told
from times import day_words, my_zone

from coach.domain.identity import Actor
from coach.domain.meeting import Pulse, Session, SessionState
from coach.pair.home import PairHome
from coach.pair.pulses import QUESTIONS

_ANSWERS = {1: "1 · hardly", 2: "2", 3: "3", 4: "4", 5: "5 · very"}
_FIELDS = ("worthwhile", "could_speak")


def show_pulse(home: PairHome) -> None:
    """The two questions, when they are due."""
    if home.pulse is not None:
        _ask(home, home.pulse)


def _ask(home: PairHome, session: Session) -> None:
    partner = called(home.partner)
    day = day_words(session.starts.astimezone(my_zone(home.me.zone)).date())
    place = f"pulse {session.id}"
    with st.container(border=True, key="pulse"):
        st.markdown("## How was it?", anchors=False)
        st.markdown(f"Two short questions about the session of {day}.")
        with st.form(f"pulse_{session.id}", border=False):
            for field, question in zip(_FIELDS, QUESTIONS, strict=True):
                st.segmented_control(
                    question,
                    list(_ANSWERS),
                    format_func=_ANSWERS.__getitem__,
                    key=f"{field}_{session.id}",
                )
            st.text_input("A note, if you like", max_chars=PASTED, key=f"note_{session.id}")
            st.toggle(f"Share my answers with {partner}", key=f"shared_{session.id}")
            st.caption(f"Only you see this, unless you share it with {partner}.")
            say(place)
            st.form_submit_button("Keep my answers", on_click=_answer, args=(session.id, place))


def _answer(session_id: str, place: str) -> None:
    worthwhile, could_speak = (st.session_state[f"{field}_{session_id}"] for field in _FIELDS)
    if worthwhile is None or could_speak is None:
        st.toast("Choose an answer to both questions, and keep them then.", duration="long")
        return
    note, shared = (st.session_state[f"{name}_{session_id}"] for name in ("note", "shared"))
    if made(
        place,
        lambda at, me: at.pulses.answer(
            me, session_id, worthwhile, could_speak, note=note, shared=shared
        ),
    ):
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
