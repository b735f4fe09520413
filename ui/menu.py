"""The pages, in the order in which somebody needs them."""

from __future__ import annotations

import engine
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from words import plain

from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.errors import CoachError
from coach.policy.standing import Reach
from coach.policy.table import Action
from coach.program.personal import LOCAL

#: The name of a page in the address is that of its file.
_PAGES = {
    "Mentor": {"prepare": "Prepare a session", "say": "Say it well"},
    "Mentee": {"questions": "Prepare questions", "receive": "Receive and ask"},
    "Both of you": {
        "pair": "Our pair",
        "reflect": "Reflect",
        "progress": "Over time",
        "agreement": "Our agreement",
        "repair": "After it landed badly",
    },
    "Guidance": {"ask": "Ask the library", "library": "Library"},
    "You": {"data": "Your data"},
    "Lead": {"program": "Program"},
}
_FIRST = "prepare"
#: Those that compose, search or reword.
_GUIDED = {"prepare", "say", "questions", "receive", "repair", "ask", "library"}
_OWN = {
    Role.MENTOR: ("Mentor", "Both of you"),
    Role.MENTEE: ("Mentee", "Both of you"),
    Role.LEAD: ("Lead",),
}


def sections(actor: Actor, reach: Reach) -> tuple[str, ...]:
    """The sections of the menu: those of one's own roles first, the lead's only for a lead."""
    roles = set(reach.roles)
    if actor == LOCAL:
        # Whoever is at their own computer leads only so that everything can be done.
        roles.discard(Role.LEAD)
    own = dict.fromkeys(name for role in Role if role in roles for name in _OWN[role])
    shown = dict.fromkeys([*own, *_PAGES])
    if Action.CREATE_PROGRAM not in reach.actions:
        del shown["Lead"]
    return tuple(shown)


def open_page(actor: Actor, reach: Reach) -> StreamlitPage:
    """The page in the address, or the first one. Stops the run if its guidance may not be used."""
    made = {
        name: st.Page(f"app_pages/{name}.py", title=title, url_path=name, default=name == _FIRST)
        for section in sections(actor, reach)
        for name, title in _PAGES[section].items()
    }
    shown = {
        section: [made[name] for name in _PAGES[section]] for section in sections(actor, reach)
    }
    if "program" not in made:
        # Whoever follows a lead's link is told whom the page is for.
        hidden = st.Page(
            "app_pages/program.py", title="Program", url_path="program", visibility="hidden"
        )
        shown["You"].append(hidden)
    # Else Streamlit folds the last of them away behind a button.
    page = st.navigation(shown, expanded=True)
    if any(page is made[name] for name in _GUIDED):
        try:
            engine.workspace().guidance.use(actor)
        except CoachError as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.stop()
    return page
