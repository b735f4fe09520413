"""After it landed badly: think for yourself, open it together, meet for ten minutes."""

import engine
import session
import streamlit as st
from boxes import LONG
from citing import citation_buttons
from copying import copy_button
from session import Key
from words import plain

from coach.domain.phrasing import MOST_MESSAGE
from coach.errors import CoachError

st.title("After it landed badly", anchor=False)
st.text_area(
    "What was said, and what happened then",
    height=LONG,
    key=Key.LANDED,
    max_chars=MOST_MESSAGE,
    placeholder="for example: I called his slides old in front of the team, and he went quiet",
    on_change=session.save,
)
st.caption(engine.only_you())
landed = str(st.session_state[Key.LANDED])
try:
    if not landed.strip():
        st.markdown("One sentence is enough. Three private questions, words to begin with and a "
                    "ten-minute agenda appear here.")  # fmt: skip
    else:
        kit = engine.coach().phrasing.repair(landed)
        if kit.care:
            st.warning(kit.care, icon=":material/volunteer_activism:")
        if kit.note:
            st.markdown(plain(kit.note))
        if kit.prompts:
            st.markdown("## For yourself first", anchors=False)
            for prompt in kit.prompts:
                st.markdown(f"**{plain(prompt.question)}** {plain(prompt.line)}")
        if kit.opener:
            st.markdown("## Words to begin with", anchors=False)
            with st.container(border=True):
                st.markdown(f"“{plain(kit.opener)}”")
                if kit.blanks:
                    st.caption(f"Only you know, so fill in: {plain('; '.join(kit.blanks))}")
                copy_button(kit.opener, key="copy_opener")
        if kit.agenda:
            st.markdown("## Ten minutes together", anchors=False)
            for step in kit.agenda:
                st.markdown(f"**{step.minutes} min · {plain(step.title)}.** {plain(step.how)}")
        citation_buttons(kit.citations, key="repair")
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
