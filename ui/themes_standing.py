"""What themes are while there is none, and what nobody sees of them at any time."""

from __future__ import annotations

import streamlit as st
from themes_words import notice_words

from coach.themes.terms import Terms

_UNSEEN = """
- Anybody’s own words. A label and its sentence were written before anybody said anything, or
  use only words that at least {least} pairs used; and never a name.
- Who said something, which pair it was, or who contributes at all.
- Themes of fewer than {least} pairs, and those of nearly everybody: both could tell of single
  pairs.
- Exact numbers, and how they changed by one.
- Filters. What can be filtered can be subtracted.
- Anything that touches harm or the like. For that there are people, named on the page Reflect.
"""


def show_none(terms: Terms, *, leads: bool) -> None:
    """The page before its first release."""
    with st.container(border=True, key="no_release"):
        st.markdown("**No release yet.** Here is what one shows, made up:")
        st.markdown(
            "> **Time between sessions**  \n> Several pairs find it hard to keep a promise between "
            f"two sessions.  \n> {terms.min_pairs} to {2 * terms.min_pairs - 1} pairs"
        )
        if leads:
            st.markdown(
                "It is made of what people let join on their page Reflect, each for themselves. "
                "In a small program that is often too little to show anything safely; then your "
                "pairs can still tell you what they wish to tell."
            )
            return
        st.markdown(
            "It is made only of what people let join. If you do, you see your part here "
            f"{notice_words(terms.notice_days)} before your lead, and can take it back."
        )
        st.page_link("app_pages/reflect.py", label="Reflect", icon=":material/edit_note:")


def show_limits(terms: Terms) -> None:
    """What stays unseen, and why."""
    with st.expander("What nobody sees here, and why", key="theme_limits"):
        st.markdown(
            "People say what is hard when it cannot fall back on them. So this page does not show:"
        )
        st.markdown(_UNSEEN.format(least=terms.min_pairs))
