"""What a lead does about a release: looks for themes, waits for its contributors, releases it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from changing import change, forget, made, say
from themes_words import notice_words
from times import day_words, moment_words

from coach.domain.program import Program
from coach.themes.releasing import Proposed, Themes
from coach.themes.terms import Terms

_PLACE = "themes"
_DROP = "drop themes"


def show_steps(program: Program, seen: Themes, terms: Terms, zone: ZoneInfo) -> None:
    """The next step, and what it will do."""
    with st.container(border=True, key="themes_steps"):
        if seen.proposed:
            _show_waiting(program, seen.proposed, zone)
        elif seen.next_from and seen.next_from > datetime.now(UTC):
            st.markdown(
                f"The next look is possible from {_day(seen.next_from, zone)} on. Two releases "
                "close together could be compared, and tell of single pairs."
            )
        elif not seen.enough_run:
            _show_too_few(terms)
        else:
            _show_looking(program, terms)
        say(_PLACE)


def _show_too_few(terms: Terms) -> None:
    least = terms.min_pairs
    st.markdown(
        f"**Fewer than {3 * least} pairs run, so no theme can be shown yet.** A theme needs at "
        f"least {least} pairs that tell of it, {least} others that contribute and do not, and "
        f"{least} more that run. Among fewer, people could work out who said what."
    )
    st.markdown(
        "Nothing is lost: what your pairs let join is kept until enough pairs run. Meanwhile they "
        "can tell you what they wish to tell."
    )


def _show_looking(program: Program, terms: Terms) -> None:
    least = terms.min_pairs
    st.markdown(
        "**Look for themes in what pairs let join, and no release has counted yet.** First those "
        f"whose words they are see their own part, for {notice_words(terms.notice_days)}, and can "
        "take it back. You see nothing until you release it. Each statement counts once."
    )
    st.caption(
        f"A theme is shown when at least {least} pairs tell of it, {least} others contribute and "
        f"do not, and {least} more run. So it takes {3 * least} running pairs, and most programs "
        "need more."
    )
    if st.button("Look for themes", key="propose", type="primary", icon=":material/search:"):
        with st.spinner("Looking for what many pairs say. With many statements it takes a minute."):
            change(_PLACE, lambda at, me: at.theme_releases.propose(me, program.id))
        st.rerun()


def _show_waiting(program: Program, waiting: Proposed, zone: ZoneInfo) -> None:
    since = _day(waiting.proposed, zone)
    st.markdown(f"**Release {waiting.number} is in preview since {since}.**")
    if waiting.opens > datetime.now(UTC):
        st.markdown(
            "Those whose words it is made of look at their part until "
            f"{moment_words(waiting.opens, zone)}, and can take it back. You can release it after "
            "that. Tell your pairs that it is there: Themes, in their menu."
        )
    else:
        st.markdown(
            "Its contributors had their look. What you release is locked and signed, and everybody "
            "in the program can read it. The statements behind it are deleted, also where what was "
            "taken back leaves too little to show."
        )
        st.button(
            "Release it",
            key="release",
            type="primary",
            icon=":material/lock:",
            on_click=change,
            args=(_PLACE, lambda at, me: at.theme_releases.release(me, program.id)),
        )
    if st.button("Drop it …", key="drop", type="tertiary", on_click=forget, args=(_DROP,)):
        _ask_drop(program, waiting.number)


@st.dialog("Drop this release")
def _ask_drop(program: Program, number: int) -> None:
    st.markdown(
        f"Release {number} is given up for good, and nobody reads it. What it counted is deleted "
        "and counts in no other release."
    )
    if st.button("Drop it for good", key="write_drop", type="primary") and made(
        _DROP, lambda at, me: at.theme_releases.drop(me, program.id)
    ):
        st.rerun()
    say(_DROP)


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return day_words(moment.astimezone(zone).date())
