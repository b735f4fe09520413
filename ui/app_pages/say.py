"""Say it well: a hard message, what in it may threaten face, and three ways to say the same."""

import engine
import saying
import session
import streamlit as st
from session import Key
from words import plain

from coach.domain.phrasing import MOST_MESSAGE, Channel
from coach.errors import CoachError

_EXAMPLE = (
    "You interrupted me three times in Tuesday's review, and you obviously did not want to hear "
    "my numbers. Let me finish next time."
)


def fill_in_example() -> None:
    """A message to see how this works."""
    st.session_state[Key.MESSAGE] = _EXAMPLE
    session.save()


st.title("Say it well", anchor=False)
st.markdown(
    "Write it as you would blurt it out. You see which words may get in the way, and three ways "
    "to say the same. Direct is not rude. Read each for your point before you use it."
)
st.text_area(
    "What you want to say",
    key=Key.MESSAGE,
    max_chars=MOST_MESSAGE,
    height=120,
    placeholder="for example: your slides are unreadable",
    help="Checked when you leave the box, or with Ctrl and Enter.",
    on_change=session.save,
)
st.caption("Only you see this. It stays on this machine.")
with st.expander("What happened, and where you will say it", key="say_context"):
    st.text_input(
        "What happened, in one line", key=Key.HAPPENED, max_chars=1_000, on_change=session.save
    )
    st.segmented_control(
        "Where you will say it",
        [channel.value for channel in Channel],
        key=Key.CHANNEL,
        required=True,
        on_change=session.save,
    )
message = str(st.session_state[Key.MESSAGE])
try:
    if not message.strip():
        st.markdown("Your words, marked, and three better ways appear here.")
        st.button("Fill in an example", type="primary", key="example", on_click=fill_in_example)
    else:
        saying.show(engine.coach().phrasing, message)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
