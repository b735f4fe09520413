"""The theme's colours, for the little markup that is our own."""

from __future__ import annotations

import streamlit as st


def accent() -> str:
    """The accent of the theme that the reader has chosen."""
    return _colour("primaryColor")


def ink() -> str:
    """The colour of its text."""
    return _colour("textColor")


def _colour(name: str) -> str:
    dark = st.context.theme.type == "dark"
    return str(st.get_option(f"theme.{'dark' if dark else 'light'}.{name}"))
