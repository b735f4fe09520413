"""Reflect: five honest minutes after a session, and what they come to."""

import engine
import identity
import streamlit as st
from boxes import keep_while_typing
from met_already import show_met_already
from naming import called
from pair_choice import open_home
from reflect_form import ReflectionForm, show_form
from reflect_import import show_import
from reflect_session import choose_session, show_begun, show_care, stage_at
from reflect_sharing import show_partners, show_sharing
from reflect_summary import show_summary
from times import my_zone
from words import plain

from coach.errors import CoachError

st.title("Reflect", anchor=False)
actor = identity.who()
home = open_home(actor)
if home is None:
    st.markdown("You are in no pair now.")
    st.page_link("app_pages/pair.py", label="Our pair", icon=":material/group:")
    st.stop()
session = choose_session(home)
if session is None:
    st.markdown(
        "After your first session this is the place for five honest minutes: what happened, what "
        "it means, and what you will do."
    )
    show_met_already(home)
    st.page_link("app_pages/pair.py", label="Plan your next session", icon=":material/group:")
    st.stop()
try:
    mine = engine.workspace().reflections.mine(actor, session.id)
    show_care(mine, actor)
    st.markdown(
        "Write as you think; what it comes to is made of your own words. "
        f"{called(home.partner)} sees nothing of it unless you share the summary."
    )
    show_begun(mine, my_zone(home.me.zone))
    form = ReflectionForm(home, mine, actor)
    show_form(form, home.my_role, stage_at(home, session))
    show_import(form, home.me)
    show_summary(home, mine)
    show_sharing(home, mine, actor)
    show_partners(home, mine, actor)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
keep_while_typing()
