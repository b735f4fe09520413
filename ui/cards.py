"""Whole cards and topic kits, opened beside the page."""

from __future__ import annotations

import engine
import streamlit as st
from citing import show_sources
from words import plain


@st.dialog("From the library", position="right", width="medium")
def open_card(key: str) -> None:
    """A whole card or kit, with its sources."""
    library = engine.coach().library
    card = library.by_key[key]
    st.markdown(f"### {plain(card.title)}", anchors=False)
    for section in card.sections:
        st.markdown(f"**{plain(' · '.join(section.path))}**")
        st.markdown(library.readable(section.text))
    show_sources([library.sources[source].reference for source in card.sources])


def open_card_button(key: str, title: str, *, widget: str) -> None:
    """The way from a passage to the whole card; an added document has none."""
    if key in engine.coach().library.by_key and st.button(
        f"Open the whole of “{plain(title)}”",
        key=widget,
        type="tertiary",
        icon=":material/menu_book:",
    ):
        open_card(key)
