"""Themes: what many pairs live through, for the lead and for those whose words these are."""

import engine
import identity
import streamlit as st
from naming import told
from program_choice import open_own_program
from themes_chart import show_chart
from themes_preview import show_check, show_previews
from themes_report import show_release
from themes_standing import show_limits, show_none
from themes_steps import show_steps
from themes_terms import show_terms
from times import day_words, my_zone
from words import plain

from coach.domain.program import Role
from coach.errors import CoachError

st.title("Themes", anchor=False)
actor = identity.who()
own = open_own_program(actor)
if own is None:
    st.markdown("Themes are those of a program, and you are in none now.")
    st.page_link("app_pages/prepare.py", label="Prepare a session", icon=":material/edit_calendar:")
    st.stop()
program, zone = own.program, my_zone()
leads, pairs = Role.LEAD in own.roles, bool(own.roles - {Role.LEAD})
st.markdown(
    f"**{told(program.name)}**  \nWhat many pairs live through, in general words. Nobody is "
    "quoted, and nobody can tell who said what."
)
try:
    at = engine.workspace()
    seen = at.theme_releases.see(actor, program.id)
    terms = at.theme_rules.see(actor, program.id)
    if pairs:
        show_previews(program, actor, zone)
    if leads:
        show_steps(program, seen, terms, zone)
    if seen.released:
        newest, *older = seen.released
        st.markdown(
            f"## Release {newest.report.number}, {day_words(newest.report.made)}", anchors=False
        )
        show_release(newest, program, zone)
        show_chart([one.report for one in seen.released])
        if older:
            st.markdown("## Earlier releases", anchors=False)
        for one in older:
            label = f"Release {one.report.number}, {day_words(one.report.made)}"
            key = f"older_{one.report.number}"
            with st.expander(label, key=key, on_change="rerun") as part:
                if part.open:
                    show_release(one, program, zone)
    else:
        show_none(terms, leads=leads)
    st.markdown("## What protects people", anchors=False)
    show_limits(terms)
    show_terms(terms, leads=leads)
    if pairs:
        show_check(program, actor)
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/error:")
