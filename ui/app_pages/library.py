"""Library: search the guidance, open whole cards, and keep your organisation's documents."""

import engine
import session
import streamlit as st
from citing import show_passage, show_sources
from documents import show_documents
from session import Key
from words import plain

from coach.domain.guidance import Audience, Hit, SearchResult
from coach.errors import CoachError

_EXAMPLES = (
    "He takes over every session. What can I do?",
    "What do I do when I do not know the answer?",
    "How many pairs must answer before I report a result?",
)
_AUDIENCES = {
    Audience.MENTOR: "mentors",
    Audience.MENTEE: "mentees",
    Audience.LEAD: "program leads",
}
_SHOWN = 5
#: Probability from which something near is worth a look though it is no answer.
_WORTH_SHOWING = 0.25


def show_result(found: SearchResult) -> None:
    """The passages, best first; when the guidance does not cover it, that comes first."""
    if not found.covered:
        st.info(
            "The guidance does not cover this. Your program lead may know.",
            icon=":material/explore_off:",
        )
        if found.confidence < _WORTH_SHOWING:
            return
        st.markdown("Nearest to it, in case it helps:")
    for number, hit in enumerate(found.hits if found.covered else found.hits[:2], start=1):
        with st.container(border=True):
            show_hit(hit, number)


def show_hit(hit: Hit, number: int) -> None:
    """One passage, and the way to the whole card."""
    st.markdown(f"### {number}. {plain(hit.passage.title)}", anchors=False)
    if hit.passage.heading:
        st.caption(plain(hit.passage.heading))
    show_passage(hit.passage)
    if hit.passage.doc_id in engine.coach().library.by_key and st.button(
        f"Open the whole of “{plain(hit.passage.title)}”",
        key=f"whole_{number}",
        type="tertiary",
        icon=":material/menu_book:",
    ):
        open_card(hit.passage.doc_id)


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


def take_example() -> None:
    """Ask the example that was picked."""
    if st.session_state["library_example"]:
        st.session_state[Key.ASKED] = st.session_state["library_example"]
        session.save()


def show_browse() -> None:
    """Any card or kit, by whom it is for and by title."""
    st.markdown("## Browse", anchors=False)
    audience = st.segmented_control(
        "For", list(_AUDIENCES), format_func=lambda name: _AUDIENCES[name], key="library_audience"
    )
    cards = {
        key: card
        for key, card in engine.coach().library.by_key.items()
        if audience is None or audience in card.audience
    }
    picked = st.selectbox(
        "Card or topic kit",
        sorted(cards, key=lambda key: cards[key].title),
        index=None,
        key="library_card",
        format_func=lambda key: cards[key].title,
        placeholder=f"Choose one of {len(cards)}",
    )
    if picked and st.button("Open it", key="open_card", icon=":material/menu_book:"):
        open_card(picked)


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
    show_documents()
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
