"""What a pair is told kindly, with the guidance that it stands on."""

from __future__ import annotations

import engine
import streamlit as st
from cards import open_card_button
from words import plain

from coach.pair.nudges import Nudge


def show_nudges(nudges: tuple[Nudge, ...]) -> None:
    """Each as a line with its card."""
    for number, nudge in enumerate(nudges):
        with st.container(border=True, key=f"nudge_{number}"):
            st.markdown(plain(nudge.text))
            title = engine.coach().library.by_key[nudge.card].title
            open_card_button(nudge.card, title, widget=f"nudge_card_{number}")
