"""The picture frame: navigation and what every page shares."""

from pathlib import Path

import engine
import identity
import session
import streamlit as st
from many_at_once import in_turn
from menu import open_page

# Files of ours: a named symbol would be fetched from the network for the browser's tab.
HERE = Path(__file__).parent

st.set_page_config(page_title="Reverse mentoring coach", page_icon=str(HERE / "icon.png"))

st.logo(str(HERE / "logo.svg"), size="large")

# Before anything else: without somebody the run ends here.
actor = identity.who()

page = open_page(actor, identity.reach())
session.begin(actor)
with st.sidebar:
    identity.show_who(actor)
    engine.say_what_runs()
with in_turn():
    page.run()
