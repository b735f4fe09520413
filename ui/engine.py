"""The coach behind the pages: opened once for all people, holding no one's text."""

from __future__ import annotations

from threading import Thread

import streamlit as st
from words import plain

from coach.bootstrap import Coach, open_coach
from coach.errors import CoachError


def coach() -> Coach:
    """The coach; a page that cannot have it says why and stops."""
    try:
        return _opened()
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


def say_what_runs() -> None:
    """The two lines at the foot of the sidebar."""
    name = coach().model_name
    if name is None:
        st.caption("Composed from the library. No model is used.")
        st.caption("Only you see this. It stays on this machine.")
        return
    st.caption(f"Composed from the library. Refined by {plain(name)} where you ask, verified.")
    if not coach().hides_names:
        st.caption("Only you see this. It stays on this machine.")
    else:
        st.caption(
            "Only you see this. What you ask the model to reword goes to it with names hidden; "
            "your worries never do."
        )


@st.cache_resource(show_spinner="Opening the guidance library …")
def _opened() -> Coach:
    opened = open_coach(long_lived=True)
    # Chroma takes seconds to load; a first search should not wait for it.
    Thread(target=opened.index.warm).start()
    return opened
