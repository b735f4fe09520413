"""Citations: small buttons that open the exact passage beside the page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from words import bullets, plain

from coach.domain.agenda import WorryAdvice
from coach.domain.guidance import Citation, Passage

#: The origin of what is no added document.
LIBRARY = "library"


def citation_buttons(citations: Sequence[Citation], key: str) -> None:
    """One button per citation; each opens its passage."""
    with st.container(horizontal=True, gap="small"):
        for number, cited in enumerate(citations, start=1):
            if st.button(
                f"{plain(cited.title)} · {plain(cited.heading)}",
                key=f"cite_{key}_{number}",
                type="tertiary",
                icon=":material/menu_book:",
                help="Open the passage that this stands on",
            ):
                open_passage(cited)


@st.dialog("What this stands on", position="right", width="medium")
def open_passage(cited: Citation, origin: str = LIBRARY) -> None:
    """The passage, word for word, and its sources."""
    st.markdown(f"### {plain(cited.title)}", anchors=False)
    st.caption(plain(cited.heading))
    _show_text(cited.passage, origin)
    show_sources(cited.sources, indirect=cited.indirect)


def show_worry(advice: WorryAdvice | None) -> None:
    """What the guidance says to a worry; for the eyes of the person who named it."""
    if advice is None:
        return
    with st.container(border=True):
        st.markdown(f"**Because you worry:** {plain(advice.worry)}")
        st.markdown(plain(advice.advice))
        if advice.words:
            st.markdown("**Words that others use.** Change them until they are true for you.")
            st.markdown(bullets(advice.words))
        citation_buttons(advice.citations, key="worry")
        st.caption("Only you see this. It is in none of the downloads.")


def show_passage(passage: Passage) -> None:
    """A found passage and its sources."""
    _show_text(passage.text, passage.origin)
    show_sources(passage.sources, indirect=passage.indirect)


def _show_text(text: str, origin: str) -> None:
    """An added document is a stranger's text and is shown as typed."""
    if origin == LIBRARY:
        st.markdown(text)
    else:
        st.markdown(plain(text))
        st.caption(f"From your organisation’s document {plain(origin)}")


def show_sources(sources: Sequence[str], *, indirect: bool = False) -> None:
    """The works behind a passage."""
    if not sources:
        return
    st.caption("Behind the whole card" if indirect else "Sources")
    for source in sources:
        st.caption(plain(source))
