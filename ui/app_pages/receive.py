"""Receive and ask: for the senior who was told something, or wants to ask well."""

import engine
import receiving
import streamlit as st
from words import plain

from coach.errors import CoachError

st.title("Receive and ask", anchor=False)
st.markdown("Being told something hard is a gift with rough edges. So is a good question.")
told, ask, card = st.tabs(
    # Short, so that all three are seen on a telephone.
    ["I was told", "Ask", "My card"]
)
try:
    phrasing = engine.coach().phrasing
    with told:
        receiving.show_told(phrasing)
    with ask:
        receiving.show_question(phrasing)
    with card:
        receiving.show_card()
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
