"""The brief as one sentence with blanks."""

from __future__ import annotations

import session
import streamlit as st
from session import Key

from coach.domain.brief import (
    MAX_MINUTES,
    MAX_NOTE,
    MAX_ROLE,
    MAX_SESSIONS,
    MAX_TOPIC,
    MIN_MINUTES,
    Setting,
)

EXAMPLE = {
    Key.TOPIC: "safe use of generative AI",
    Key.MENTEE_ROLE: "finance director",
    Key.SESSION: 2,
    Key.SETTING: Setting.VIDEO.value,
}
_PLACES = {
    Setting.IN_PERSON.value: "in person",
    Setting.VIDEO.value: "on video",
    Setting.WALK.value: "on a walk or over coffee",
}


def topic_line() -> None:
    """What the session is about."""
    st.text_input(
        "This session is about",
        key=Key.TOPIC,
        max_chars=MAX_TOPIC,
        placeholder="for example: safe use of generative AI",
        on_change=session.save,
    )


def facts_line() -> None:
    """Session, of how many, minutes, and where."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Session", 1, MAX_SESSIONS, key=Key.SESSION, width=110, on_change=session.save
        )
        st.number_input("of", 1, MAX_SESSIONS, key=Key.PLANNED, width=110, on_change=session.save)
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
            list(_PLACES),
            key=Key.SETTING,
            format_func=lambda place: _PLACES[place],
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
