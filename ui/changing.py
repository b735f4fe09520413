"""What somebody changes on a page: it is done, or the page says calmly why not."""

from __future__ import annotations

from collections.abc import Callable

import engine
import identity
import streamlit as st
from pydantic import ValidationError
from words import plain

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.records import Kind
from coach.errors import CoachError, ConflictError
from coach.policy.acting import out_of_range

_SAID = "said"
_SEEN = "seen"
#: Who acts is asked each time: a page may have stood open since they signed out elsewhere.
Change = Callable[[Workspace, Actor], object]


def change(place: str, make: Change, done: str = "") -> None:
    """Make a change, as a callback does; ``say`` shows at ``place`` what stood in its way.

    Once it is made, ``done`` says so for some seconds.
    """
    if made(place, make) and done:
        st.toast(done)


def made(place: str, make: Change) -> bool:
    """Make a change, and give whether it was made."""
    said = st.session_state.setdefault(_SAID, {})
    try:
        make(engine.workspace(), identity.who())
    except ConflictError as error:
        said[place] = str(error)
        if error.theirs is not None:
            st.session_state.setdefault(_SEEN, {})[place] = error.theirs
        return False
    except CoachError as error:
        said[place] = str(error)
        return False
    except ValidationError as error:
        said[place] = out_of_range(error)
        return False
    forget(place)
    return True


def say(place: str) -> None:
    """Say once what stood in the way of the last change here."""
    if message := st.session_state.get(_SAID, {}).pop(place, None):
        st.warning(plain(message), icon=":material/error:")


def tell(place: str, message: str) -> None:
    """Have ``say`` show ``message`` at ``place``."""
    st.session_state.setdefault(_SAID, {})[place] = message


def seen(place: str, record: Kind) -> Kind:
    """``record``, or what the other made of it when a change here met theirs."""
    newer = st.session_state.get(_SEEN, {}).get(place)
    same = isinstance(newer, type(record)) and newer.id == record.id
    return newer if same and newer.version > record.version else record


def forget(place: str) -> None:
    """Begin anew here."""
    for what in (_SAID, _SEEN):
        st.session_state.get(what, {}).pop(place, None)
