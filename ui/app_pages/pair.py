"""Our pair: where the two stand, what comes next, and what they promised each other."""

import identity
import streamlit as st
from blind_preparation import show_preparation
from boxes import keep_while_typing
from former_pair import show_former
from give_and_get import show_give_and_get, show_partners_card
from naming import called, role_words, told
from nudging import show_nudges
from pair_choice import open_pair
from pair_path import show_path
from pair_start import show_start
from past_sessions import show_past
from planning import show_planning
from promises import show_promises
from pulse import show_answers, show_pulse
from session_card import show_session
from shared_agenda import show_agenda

from coach.domain.program import Role
from coach.pair.former import FormerPair
from coach.pair.home import PairHome


def show_names(home: PairHome) -> None:
    """Who the two are, and in which roles."""
    jobs = {Role.MENTOR: home.pair.mentor_role, Role.MENTEE: home.pair.mentee_role}
    theirs = Role.MENTEE if home.my_role is Role.MENTOR else Role.MENTOR
    named = (
        f"**{told(person.name)}**{you} · {role_words(role, jobs[role])}"
        for person, you, role in ((home.me, " (you)", home.my_role), (home.partner, "", theirs))
    )
    st.markdown("  \n".join(named))
    st.caption(
        f"You and {called(home.partner)} see this page. Where only you see something, it says so."
    )


st.title("Our pair", anchor=False)
actor = identity.who()
home = open_pair(actor)
if isinstance(home, FormerPair):
    show_former(home)
if not isinstance(home, PairHome):
    show_start(actor, home)
    st.stop()
show_names(home)
show_path(home)
show_session(home)
show_nudges(home.nudges)
show_planning(home)
show_pulse(home, actor)
show_agenda(home, actor)
show_promises(home, actor)
show_preparation(home, actor)
show_give_and_get(home)
show_partners_card(home)
show_answers(home, actor)
show_past(home)
keep_while_typing()
