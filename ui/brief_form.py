"""The brief as one sentence with blanks."""

from __future__ import annotations

import engine
import session
import streamlit as st
from session import Key
from words import plain

from coach.domain.agenda import TopicMatch
from coach.domain.brief import (
    MAX_MINUTES,
    MAX_NOTE,
    MAX_ROLE,
    MAX_SESSIONS,
    MIN_MINUTES,
    Setting,
)
from coach.prepare.kits import NO_KIT

#: A box that silently refuses a long paste explains nothing; the brief's own message does.
_PASTED = 20_000

EXAMPLE = {
    Key.TOPIC: "safe use of generative AI",
    Key.MENTEE_ROLE: "finance director",
    Key.SESSION: 2,
    Key.SETTING: Setting.VIDEO.value,
}
#: Where a session takes place, within a sentence.
PLACES = {
    Setting.IN_PERSON.value: "in person",
    Setting.VIDEO.value: "on video",
    Setting.WALK.value: "on a walk or over coffee",
}


def topic_line() -> None:
    """What the session is about."""
    st.text_input(
        "This session is about",
        key=Key.TOPIC,
        max_chars=_PASTED,
        placeholder="for example: safe use of generative AI",
        on_change=_new_topic,
    )


def show_kit(kit: TopicMatch | None) -> None:
    """Which kit the page draws on, and a way out if it is not what was meant."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if kit:
            st.caption(f"From the topic kit “{plain(kit.title)}”.", width="content")
            st.button(
                "Not what you meant? Use a general plan",
                key="general",
                type="tertiary",
                on_click=_choose_kit,
                args=(NO_KIT,),
            )
        elif st.session_state[Key.KIT]:
            st.caption("A general plan, as you chose.", width="content")
            st.button(
                "Look for a topic kit again",
                key="find_kit",
                type="tertiary",
                on_click=_choose_kit,
                args=("",),
            )


def _choose_kit(kit: str) -> None:
    st.session_state[Key.KIT] = kit
    session.save()


def _new_topic() -> None:
    # Another subject deserves another look for its kit.
    _choose_kit("")


def session_line() -> None:
    """Which session, of how many."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _session_numbers()


def _session_numbers() -> None:
    for label, key in (("Session", Key.SESSION), ("of planned", Key.PLANNED)):
        st.number_input(label, 1, MAX_SESSIONS, key=key, width=110, on_change=session.save)


def facts_line() -> None:
    """Session, of how many, minutes, and where."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _session_numbers()
        st.number_input(
            "Minutes",
            MIN_MINUTES,
            MAX_MINUTES,
            step=5,
            key=Key.MINUTES,
            width=120,
            on_change=session.save,
        )
        st.selectbox(
            "Where",
            list(PLACES),
            key=Key.SETTING,
            format_func=lambda place: PLACES[place],
            width=210,
            on_change=session.save,
        )


def people_line(label: str, key: Key, placeholder: str) -> None:
    """The role of one of the two."""
    st.text_input(
        label, key=key, max_chars=MAX_ROLE, placeholder=placeholder, on_change=session.save
    )


def extras() -> None:
    """What worries the mentor, and what is carried over: folded until wanted."""
    with st.expander("What worries you, and what is carried over", key="extras"):
        st.text_area(
            "What worries you about it? Only you see this.",
            key=Key.WORRY,
            max_chars=MAX_NOTE,
            placeholder="for example: he will take over the session",
            height=80,
            on_change=session.save,
        )
        st.text_area(
            "Promised last time, one a line",
            key=Key.CARRIED_OVER,
            max_chars=4_000,
            height=80,
            on_change=session.save,
        )
        people_line("Your own role", Key.MENTOR_ROLE, "for example: data analyst")
        names_box()


def names_box() -> None:
    """The two names, where a model on another machine could meet them."""
    if engine.coach().hides_names:
        st.text_area(
            "Your two names, one a line, so that they can be kept from the model",
            key=Key.PARTICIPANTS,
            max_chars=1_200,
            height=80,
            on_change=session.save,
        )


def fill_example() -> None:
    """Fill the sentence with an example."""
    for key, value in EXAMPLE.items():
        st.session_state[key] = value
    session.save()


def choose_topic(widget: str) -> None:
    """Take the topic kit that was picked as the subject."""
    picked = st.session_state.get(widget)
    if picked:
        st.session_state[Key.TOPIC] = picked
        st.session_state[widget] = None
        session.save()
