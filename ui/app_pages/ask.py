"""Ask the library: one box, an answer of cited sentences, and the passages below."""

import answering
import brief_form
import engine
import streamlit as st
from session import Key
from words import plain

from coach.errors import CoachError

_EXAMPLES = (
    "He takes over every session. What can I do?",
    "What do I do when I do not know the answer?",
    "How many pairs must answer before I report a result?",
)


def take_example() -> None:
    """Ask the example that was picked."""
    if st.session_state["ask_example"]:
        st.session_state[Key.ASKED] = st.session_state["ask_example"]
        answering.new_question()


st.title("Ask the library", anchor=False)
st.text_input(
    "Your question",
    key=Key.ASKED,
    max_chars=2_000,
    placeholder="for example: what do I do when I do not know the answer?",
    on_change=answering.new_question,
)
st.caption(answering.who_sees())
brief_form.names_box()
try:
    asked = str(st.session_state[Key.ASKED])
    if not asked.strip():
        st.pills("Questions that others ask", _EXAMPLES, key="ask_example", on_change=take_example)
    else:
        answer = engine.coach().ask(asked)
        if answer.covered:
            answering.show_answer(answer)
        else:
            answering.show_not_covered(answer)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
