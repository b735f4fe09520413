"""The picture frame: navigation and what every page shares."""

from pathlib import Path

import engine
import session
import streamlit as st

st.set_page_config(page_title="Reverse mentoring coach", page_icon=":material/forum:")

st.logo(str(Path(__file__).with_name("logo.svg")), size="large")

pages = {
    "Mentor": [
        st.Page("app_pages/prepare.py", title="Prepare a session", default=True, url_path="prepare")
    ],
    "Mentee": [st.Page("app_pages/questions.py", title="Prepare questions", url_path="questions")],
    "Guidance": [st.Page("app_pages/library.py", title="Library", url_path="library")],
}
page = st.navigation(pages)
session.begin()
with st.sidebar:
    engine.say_what_runs()
page.run()
