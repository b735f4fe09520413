"""Program, for its lead: numbers, pairs, people, terms, and who did what."""

from datetime import UTC, datetime

import identity
import streamlit as st
from demonstrating import offer_demonstration
from naming import told
from program_choice import open_program
from program_import import show_import
from program_numbers import show_numbers
from program_pairs import show_pairs
from program_people import show_people
from program_terms import show_terms
from program_trail import show_trail
from times import day_words

SECTIONS = {
    "Numbers": show_numbers,
    "Pairs": show_pairs,
    "Import": show_import,
    "People": show_people,
    "Terms": show_terms,
    "Who did what": show_trail,
}

st.title("Program", anchor=False)
actor = identity.who()
program = open_program(actor)
if program is None:
    st.markdown("This page is for program leads, and you lead no program.")
    st.page_link("app_pages/pair.py", label="Go to our pair", icon=":material/group:")
    st.stop()
begins = "Starts on" if program.starts > datetime.now(UTC).date() else "Since"
when = (
    f"Over since {day_words(program.ended)}"
    if program.ended
    else f"{begins} {day_words(program.starts)}"
)
st.markdown(f"**{told(program.name)}**  \n{when}")
section = st.segmented_control(
    "Part of the program",
    list(SECTIONS),
    default="Numbers",
    required=True,
    key="program_section",
    label_visibility="collapsed",
)
offer_demonstration(actor, leading=True)
SECTIONS[section](program, actor)
