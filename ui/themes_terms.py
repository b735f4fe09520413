"""By which rules themes are shown, for everybody to read."""

from __future__ import annotations

import streamlit as st
from naming import told
from themes_words import notice_words

from coach.themes.terms import Terms

_STANDING = """
- A theme stands on at least {least} pairs, and at least {least} others contribute and do not tell
  of it.
- Counts come in steps of {least}, never as one number.
- Contributors see their part {notice} before anybody else, and can take it back.
- Counts are told apart by {apart}.
"""
_READ = "What each of them does is said on the page Program, under Terms."
_SET = "You can still set them, on the page Program, under Terms."


def show_terms(terms: Terms, *, leads: bool) -> None:
    """The rules as they stand, and for a lead where they are set."""
    with st.expander("The rules", key="theme_rules"):
        named = ", ".join(map(told, terms.segments))
        st.markdown(
            _STANDING.format(
                least=terms.min_pairs,
                notice=notice_words(terms.notice_days),
                apart=named or "nothing, be it department, place or role",
            )
        )
        if terms.is_locked:
            st.markdown(
                "These rules stand since the program began, or since the first statement was kept. "
                "A threshold or a segment that moved later could tell single pairs apart."
            )
        if leads:
            st.markdown(_READ if terms.is_locked else _SET)
            st.page_link("app_pages/program.py", label="Program", icon=":material/tune:")
