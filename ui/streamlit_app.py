"""The picture frame: navigation and what every page shares."""

from pathlib import Path

import engine
import identity
import session
import streamlit as st
from many_at_once import in_turn

from coach.policy.table import Action

# Files of ours: a named symbol would be fetched from the network for the browser's tab.
HERE = Path(__file__).parent

st.set_page_config(page_title="Reverse mentoring coach", page_icon=str(HERE / "icon.png"))

st.logo(str(HERE / "logo.svg"), size="large")

# Before anything else: without somebody the run ends here.
actor = identity.who()

pages = {
    "Mentor": [
        st.Page(
            "app_pages/prepare.py", title="Prepare a session", default=True, url_path="prepare"
        ),
        st.Page("app_pages/say.py", title="Say it well", url_path="say"),
    ],
    "Mentee": [
        st.Page("app_pages/questions.py", title="Prepare questions", url_path="questions"),
        st.Page("app_pages/receive.py", title="Receive and ask", url_path="receive"),
    ],
    "Both of you": [
        st.Page("app_pages/pair.py", title="Our pair", url_path="pair"),
        st.Page("app_pages/agreement.py", title="Our agreement", url_path="agreement"),
        st.Page("app_pages/repair.py", title="After it landed badly", url_path="repair"),
    ],
    "Guidance": [
        st.Page("app_pages/ask.py", title="Ask the library", url_path="ask"),
        st.Page("app_pages/library.py", title="Library", url_path="library"),
    ],
    "You": [
        st.Page("app_pages/data.py", title="Your data", url_path="data"),
    ],
}
if engine.workspace().may(actor, Action.CREATE_PROGRAM):
    pages["Lead"] = [st.Page("app_pages/program.py", title="Program", url_path="program")]
page = st.navigation(pages)
session.begin(actor)
with st.sidebar:
    identity.show_who(actor)
    engine.say_what_runs()
with in_turn():
    page.run()
