"""Long lists: a box to find a name, and so many lines at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

_AT_ONCE = 15
#: Letters that are no letter with a mark on it, and how people write them who lack them.
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "œ": "oe"})
#: With fewer lines a box to search in would only be in the way.
_LONG = 8

Line = TypeVar("Line")


def _plain(name: str) -> str:
    """``name`` as people type it who do not have its letters: "Ødegård" is found by "odegard"."""
    folded = unicodedata.normalize("NFKD", name.strip().translate(_LETTERS)).casefold()
    return "".join(mark for mark in folded if not unicodedata.combining(mark))


def browse(
    lines: Sequence[Line], key: str, words: Callable[[Line], str], show: Callable[[Line], None]
) -> None:
    """Show those of ``lines`` whose ``words`` hold what was typed, a screenful first."""
    found = lines
    if len(lines) > _LONG:
        typed = st.text_input(
            "Find a name", key=f"find_{key}", placeholder="a part of a name", max_chars=300
        )
        wanted = _plain(typed)
        found = [line for line in lines if wanted in _plain(words(line))]
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
