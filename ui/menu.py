"""The pages, in the order in which somebody needs them."""

from __future__ import annotations

from typing import Literal

import engine
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from words import plain

from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.errors import CoachError
from coach.policy.standing import Reach
from coach.policy.table import Action, Standing, allows
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
    "All pairs": {"themes": "Themes", "program": "Program"},
}
_FIRST = "prepare"
#: Those that compose, search or reword.
_GUIDED = {"prepare", "say", "questions", "receive", "repair", "ask", "library"}
_OWN = {
    Role.MENTOR: ("Mentor", "Both of you"),
    Role.MENTEE: ("Mentee", "Both of you"),
    Role.LEAD: ("All pairs",),
}
#: Pages that are not for everybody, and what one must be allowed to do in some program.
_NEEDED = {"themes": Action.SEE_THEMES, "program": Action.CREATE_PROGRAM}


def sections(actor: Actor, reach: Reach) -> dict[str, dict[str, str]]:
    """The menu: the sections of one's own roles first, and in each the pages that one may see."""
    roles = set(reach.roles)
    if actor == LOCAL:
        # Whoever is at their own computer leads only so that everything can be done.
        roles.discard(Role.LEAD)
    own = dict.fromkeys(name for role in Role if role in roles for name in _OWN[role])
    closed = _closed(reach)
    shown = {
        section: {name: title for name, title in _PAGES[section].items() if name not in closed}
        for section in dict.fromkeys([*own, *_PAGES])
    }
    return {section: pages for section, pages in shown.items() if pages}


def _closed(reach: Reach) -> set[str]:
    """The pages that are for nobody with these roles."""
    here = frozenset(Standing.LEAD if one is Role.LEAD else Standing.MEMBER for one in reach.roles)
    return {name for name, action in _NEEDED.items() if not allows(action, here)}


def open_page(actor: Actor, reach: Reach) -> StreamlitPage:
    """The page in the address, or the first one. Stops the run if its guidance may not be used."""
    shown = {
        section: [_page(name, title) for name, title in pages.items()]
        for section, pages in sections(actor, reach).items()
    }
    for name in sorted(_closed(reach)):
        # Whoever follows a link to it is told whom the page is for.
        shown["You"].append(_page(name, name.capitalize(), visibility="hidden"))
    # Else Streamlit folds the last of them away behind a button.
    page = st.navigation(shown, expanded=True)
    if (page.url_path or _FIRST) in _GUIDED:
        try:
            engine.workspace().guidance.use(actor)
        except CoachError as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.stop()
    return page


def _page(
    name: str, title: str, *, visibility: Literal["visible", "hidden"] = "visible"
) -> StreamlitPage:
    return st.Page(
        f"app_pages/{name}.py",
        title=title,
        url_path=name,
        default=name == _FIRST,
        visibility=visibility,
    )
