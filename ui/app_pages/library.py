"""Library: search the guidance, with citations, and an honest "not covered"."""

import engine
import session
import streamlit as st
from citing import show_passage
from session import Key
from words import plain

from coach.domain.guidance import SearchResult
from coach.errors import CoachError

_EXAMPLES = (
    "He takes over every session. What can I do?",
    "How do I tell a director that I disagree?",
    "What should stay between the two of us?",
)
_SHOWN = 5
#: Probability from which something near is worth a look though it is no answer.
_WORTH_SHOWING = 0.25


def show_result(found: SearchResult) -> None:
    """The passages, best first; when the guidance does not cover it, that comes first."""
    if not found.covered:
        st.info("The guidance does not cover this.", icon=":material/explore_off:")
        if found.confidence < _WORTH_SHOWING:
            return
        st.caption("Nearest to it, in case it helps")
    shown = found.hits if found.covered else found.hits[:2]
    for number, hit in enumerate(shown, start=1):
        with st.container(border=True):
            st.markdown(f"### {number}. {plain(hit.passage.title)}", anchors=False)
            st.caption(plain(hit.passage.heading))
            show_passage(hit.passage)


def take_example() -> None:
    """Ask the example that was picked."""
    if st.session_state["library_example"]:
        st.session_state[Key.ASKED] = st.session_state["library_example"]
        session.save()


def show_browse() -> None:
    """A whole card or kit, chosen by title."""
    cards = engine.coach().library.by_key
    picked = st.selectbox(
        "Or open a card",
        sorted(cards, key=lambda key: cards[key].title),
        index=None,
        key="library_card",
        format_func=lambda key: cards[key].title,
        placeholder=f"{len(cards)} cards and topic kits",
    )
    if picked:
        library = engine.coach().library
        card = cards[picked]
        st.markdown(f"## {plain(card.title)}", anchors=False)
        for section in card.sections:
            st.markdown(f"**{plain(' · '.join(section.path))}**")
            st.markdown(library.readable(section.text))
        for key in card.sources:
            st.caption(plain(library.sources[key].reference))


st.title("Library", anchor=False)
st.text_input(
    "Ask the guidance",
    key=Key.ASKED,
    max_chars=2_000,
    placeholder="for example: what do I do when I do not know the answer?",
    on_change=session.save,
)
try:
    if st.session_state[Key.ASKED].strip():
        show_result(engine.coach().search(st.session_state[Key.ASKED], k=_SHOWN))
    else:
        st.pills(
            "Questions that others ask", _EXAMPLES, key="library_example", on_change=take_example
        )
    show_browse()
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
