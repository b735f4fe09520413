"""The picture frame: navigation and what every page shares."""

from pathlib import Path

import engine
import session
import streamlit as st

# Files of ours: a named symbol would be fetched from the network for the browser's tab.
HERE = Path(__file__).parent

st.set_page_config(page_title="Reverse mentoring coach", page_icon=str(HERE / "icon.png"))

st.logo(str(HERE / "logo.svg"), size="large")

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
        st.Page("app_pages/repair.py", title="After it landed badly", url_path="repair"),
    ],
    "Guidance": [
        st.Page("app_pages/ask.py", title="Ask the library", url_path="ask"),
        st.Page("app_pages/library.py", title="Library", url_path="library"),
    ],
}
page = st.navigation(pages)
session.begin()
with st.sidebar:
    engine.say_what_runs()
page.run()
