"""Prepare a session: the brief as a sentence, and the agenda at once under it."""

import brief_form
import engine
import identity
import pair_brief
import session
import streamlit as st
from agenda_view import show_items, show_timeline
from citing import show_worry
from demonstrating import offer_demonstration
from downloads import download_menu
from refining import forget_work, refine_agenda_bar
from session import Key
from words import plain

from coach.domain.agenda import Agenda
from coach.domain.brief import Brief, read_brief
from coach.domain.program import Role
from coach.errors import CoachError


def build(brief: Brief) -> None:
    """Compose the agenda for ``brief`` and put it on the page."""
    agenda = engine.coach().agenda(brief)
    forget_work("agenda")
    start = max(st.session_state[Key.ITEMS], default=0) + 1
    names = list(range(start, start + len(agenda.items)))
    session.keep_agenda(agenda, names=names, edited=False)


def show_empty() -> None:
    """What to do first, and an example that one click fills in."""
    st.markdown(
        "Say in a few words what the next session is about. You get an agenda at once: timed, "
        "two-way, and each part stands on a passage of guidance that you can open."
    )
    continue_last()
    st.button("Fill in an example", key="example", on_click=brief_form.fill_example, type="primary")
    kits = [kit.title for kit in engine.coach().library.kits if not kit.general]
    st.selectbox(
        "Or start from a subject that the library knows well",
        kits,
        index=None,
        key="kit_choice",
        placeholder="Choose a subject",
        on_change=brief_form.choose_topic,
        args=("kit_choice",),
    )
    offer_demonstration(identity.who())


def continue_last() -> None:
    """Go on with the newest draft, for whoever closed the browser."""
    if name := session.newest_draft():
        st.button(
            "Continue your last draft",
            key="continue_draft",
            icon=":material/history:",
            on_click=session.bring_back,
            args=(name,),
        )


def show_agenda(agenda: Agenda) -> None:
    """Title, timeline, items, and what the guidance could not cover."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(f"## {agenda.brief.minutes} minutes", anchors=False, width="content")
        with st.container(horizontal=True, width="content"):
            if st.session_state.get(Key.PAST):
                st.button("Undo", key="undo", icon=":material/undo:", on_click=session.undo)
            download_menu(agenda)
    pair_brief.share_bar(agenda)
    show_timeline(agenda)
    refine_agenda_bar(agenda)
    show_worry(agenda.worry_advice)
    brief_form.show_kit(agenda.topic_kit)
    for note in agenda.not_covered:
        st.info(plain(note), icon=":material/info:")
    show_items(agenda)


st.title("Prepare a session", anchor=False)
pair_brief.offer(Role.MENTOR)
brief_form.topic_line()
brief_form.facts_line()
brief_form.people_line("With", Key.MENTEE_ROLE, "their role, for example: finance director")
brief_form.extras()

agenda = session.read_agenda()
if not st.session_state[Key.TOPIC].strip() and agenda is None:
    show_empty()
    st.stop()
try:
    brief = read_brief(session.brief_fields())
    if agenda is None or (agenda.brief != brief and not st.session_state[Key.EDITED]):
        build(brief)
    elif agenda.brief != brief:
        with st.container(border=True):
            st.markdown(
                "You changed the brief, or chose another plan, after you edited the agenda. "
                "It still shows your version."
            )
            st.button("Build it anew", key="rebuild", on_click=build, args=(brief,))
except CoachError as error:
    st.warning(plain(str(error)), icon=":material/edit_note:")
agenda = session.read_agenda()
if agenda:
    show_agenda(agenda)
