"""Where the two changed one thing at once: both versions side by side, and the choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from naming import called

from coach.domain.program import Person


@dataclass(frozen=True)
class Version:
    """One of the two: how it is shown, and what choosing it does."""

    show: Callable[[], object]
    choose: Callable[[], None]


def both_versions(key: str, mine: Version, theirs: Version, *, by: Person | None) -> None:
    """Mine, which is not saved, beside the one saved meanwhile, ``by`` my partner.

    ``None`` is I myself, in another window.
    """
    who, take = (called(by), "Take theirs") if by else ("You, in another window,", "Take that one")
    with st.container(border=True, key=f"both_{key}"):
        st.markdown(
            f"**{who} saved another version meanwhile.** Nothing is lost: yours is here, and what "
            "was saved stands beside it."
        )
        left, right = st.columns(2)
        with left:
            st.caption("Yours, not saved yet")
            mine.show()
            st.button("Save mine on top", key=f"mine_{key}", on_click=mine.choose)
        with right:
            st.caption("The one that was saved")
            theirs.show()
            st.button(take, key=f"theirs_{key}", on_click=theirs.choose)
