"""Library: browse the guidance, open whole cards, and keep your organisation's documents."""

import engine
import streamlit as st
from cards import open_card
from documents import show_documents
from words import plain

from coach.domain.guidance import Audience
from coach.errors import CoachError

_AUDIENCES = {
    Audience.MENTOR: "mentors",
    Audience.MENTEE: "mentees",
    Audience.LEAD: "program leads",
}


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
st.page_link("app_pages/ask.py", label="Ask a question of it", icon=":material/forum:")
try:
    show_browse()
    show_documents()
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
