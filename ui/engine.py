"""The coach behind the pages: opened once for all people, holding no one's text."""

from __future__ import annotations

from threading import Thread

import streamlit as st
from words import plain

from coach.bootstrap import Coach, Workspace, open_coach, open_workspace
from coach.domain.brief import read_brief
from coach.errors import CoachError

_WHO_SEES = "Each page says who sees what you type."


def coach() -> Coach:
    """The coach; a page that cannot have it says why and stops."""
    try:
        return _opened()
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


def workspace() -> Workspace:
    """What the program keeps; a page that cannot have it says why and stops."""
    try:
        return opened_workspace()
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


def only_you() -> str:
    """Who sees what is typed, and where it stays: on one's own computer, or with the program."""
    served = workspace().settings.sign_in is not None
    place = "with your program, sealed" if served else "on this machine"
    return f"Only you see this. It stays {place}."


def say_what_runs() -> None:
    """The two lines at the foot of the sidebar."""
    name = coach().model_name
    if name is None:
        st.caption("Composed from the library. No model is used.")
        st.caption(_WHO_SEES)
        return
    st.caption(f"Composed from the library. Refined by {plain(name)} where you ask, verified.")
    st.caption(_WHO_SEES)
    if coach().hides_names:
        st.caption(
            "What you ask the model to reword goes to it with names hidden; your worries never do."
        )


@st.cache_resource(show_spinner="Opening the guidance library …")
def _opened() -> Coach:
    opened = open_coach(long_lived=True)
    # Chroma takes seconds to load; a first search should not wait for it.
    Thread(target=opened.index.warm).start()
    return opened


@st.cache_resource(show_spinner=False)
def opened_workspace() -> Workspace:
    """What the program keeps, opened once. Raises ``CoachError``."""
    opened = open_workspace(compose=lambda fields: coach().agenda(read_brief(fields)))
    opened.tidy()
    return opened
