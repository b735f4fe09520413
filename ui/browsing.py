"""Long lists: a box to find a name, and so many lines at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

_AT_ONCE = 15
#: With fewer lines a box to search in would only be in the way.
_LONG = 8

Line = TypeVar("Line")


def browse(
    lines: Sequence[Line], key: str, words: Callable[[Line], str], show: Callable[[Line], None]
) -> None:
    """Show those of ``lines`` whose ``words`` hold what was typed, a screenful first."""
    found = lines
    if len(lines) > _LONG:
        typed = st.text_input(
            "Find a name", key=f"find_{key}", placeholder="a part of a name", max_chars=300
        )
        wanted = typed.strip().casefold()
        found = [line for line in lines if wanted in words(line).casefold()]
        if not found:
            st.markdown("Nobody here has that in their name.")
    shown = _AT_ONCE * (1 + st.session_state.get(f"more_{key}", 0))
    for line in found[:shown]:
        show(line)
    if len(found) > shown:
        st.button(
            f"Show more ({len(found) - shown:,} left)",
            key=f"show_more_{key}",
            on_click=_more,
            args=(key,),
        )


def _more(key: str) -> None:
    st.session_state[f"more_{key}"] = st.session_state.get(f"more_{key}", 0) + 1
