"""Over time: how it felt, what I learned, how far I am, and what we learned from each other."""

import engine
import identity
import streamlit as st
from boxes import keep_while_typing
from identity import who_sees_this
from learned_form import show_learned
from over_time import in_order, show_feelings, show_goals, show_learnings
from pair_choice import open_home
from reflect_form import goals_of
from words import plain

from coach.errors import CoachError

st.title("Over time", anchor=False)
actor = identity.who()
home = open_home(actor)
if home is None:
    st.markdown("You are in no pair now.")
    st.page_link("app_pages/pair.py", label="Our pair", icon=":material/group:")
    st.stop()
try:
    times = in_order(home, engine.workspace().reflections.all_mine(actor, home.pair.id))
    if times:
        st.caption(f"What you wrote for yourself, down to what you learned. {who_sees_this()}")
        show_feelings(times)
        show_goals(times, goals_of(home))
        show_learnings(times)
    else:
        st.markdown(
            "What you write after each session comes together here, from the first one on: how you "
            "came and left, how far you are with what you want to learn, and what you learned. "
            "There is nothing to catch up on; begin with whichever session you like."
        )
        st.page_link("app_pages/reflect.py", label="Reflect", icon=":material/edit_note:")
        if goals := goals_of(home):
            show_goals((), goals)
    show_learned(home, actor)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
keep_while_typing()
