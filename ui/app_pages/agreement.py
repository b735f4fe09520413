"""Our agreement: written by both, signed by both, opened again when things change."""

import identity
import streamlit as st
from agreement_form import show_agreement
from boxes import keep_while_typing
from pair_choice import open_home

st.title("Our agreement", anchor=False)
actor = identity.who()
home = open_home(actor)
if home is None:
    st.markdown("You are in no pair now.")
    st.page_link("app_pages/pair.py", label="Our pair", icon=":material/group:")
    st.stop()
show_agreement(home, actor)
keep_while_typing()
