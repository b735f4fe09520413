"""Say it well: a hard message, what in it may threaten face, and three ways to say the same."""

import engine
import saying
import session
import streamlit as st
import their_card
from live_box import fill, live_box
from session import Key
from words import plain

from coach.domain.phrasing import MOST_MESSAGE, Channel
from coach.errors import CoachError

_EXAMPLE = (
    "You interrupted me three times in Tuesday's review, and you obviously did not want to hear "
    "my numbers. Let me finish next time."
)


def fill_in_example() -> None:
    """A message to see how this works; never in the place of typed words."""
    if not str(st.session_state[Key.MESSAGE]).strip():
        fill(Key.MESSAGE, _EXAMPLE)


st.title("Say it well", anchor=False)
st.markdown(
    "Write it as you would blurt it out. You see which words may get in the way, and three ways "
    "to say the same. Direct is not rude. Read each for your point before you use it."
)
live_box(
    Key.MESSAGE,
    "What you want to say",
    most=MOST_MESSAGE,
    placeholder="for example: your slides are unreadable",
    describing=f"Checked as you type. {engine.only_you()}",
    then=session.save,
)
with st.expander("What happened, who they are, and where you will say it", key="say_context"):
    st.text_input(
        "What happened, in one line", key=Key.HAPPENED, max_chars=1_000, on_change=session.save
    )
    st.text_input(
        "Who they are to you",
        key=Key.RELATIONSHIP,
        max_chars=200,
        placeholder="for example: my mentee, the finance director",
        on_change=session.save,
    )
    st.segmented_control(
        "Where you will say it",
        [channel.value for channel in Channel],
        key=Key.CHANNEL,
        required=True,
        on_change=session.save,
    )
    their_card.show()
message = str(st.session_state[Key.MESSAGE])
try:
    if not message.strip():
        st.markdown("Your words, marked, and three better ways appear here.")
        st.button("Fill in an example", type="primary", key="example", on_click=fill_in_example)
    else:
        saying.show(engine.coach().phrasing, message)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
