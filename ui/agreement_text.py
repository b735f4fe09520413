"""The agreement's words, as both read them."""

from __future__ import annotations

import streamlit as st
from naming import called, told
from times import day_words
from words import plain

from coach.domain.agreement import Agreement, Share
from coach.domain.program import Role
from coach.pair.former import FormerPair
from coach.pair.home import PairHome

#: What the fields are called on the page.
LABELS = {
    "learns": "What I want to learn",
    "gives": "What I want to give",
    "likes": "How I like to learn",
    "confidentiality": "What stays between you",
    "off_limits": "What is off limits",
    "conduct": "Code of conduct",
    "cadence_weeks": "Weeks from one session to the next",
    "minutes": "Minutes of a session",
    "review_on": "When you look at this agreement again",
}


def show_signed(home: PairHome | FormerPair, agreement: Agreement) -> None:
    """A version that both signed: to read, not to change."""
    mine, theirs = shares(home, agreement)
    for title, share in (("My part", mine), (f"{called(home.partner)}’s part", theirs)):
        st.markdown(f"## {title}", anchors=False)
        show_share(share, "Nothing was written.")
    st.markdown("## What you agreed on together", anchors=False)
    st.markdown(f"**{LABELS['confidentiality']}:** {_paragraphs(agreement.confidentiality)}")
    st.markdown(f"**{LABELS['off_limits']}:** {_paragraphs(agreement.off_limits)}")
    weeks = "week" if agreement.cadence_weeks == 1 else f"{agreement.cadence_weeks} weeks"
    st.markdown(f"**Rhythm:** every {weeks}, {agreement.minutes} minutes.")
    if agreement.review_on:
        st.markdown(f"**You look at it again on** {day_words(agreement.review_on)}.")
    with st.expander(LABELS["conduct"], key="conduct"):
        st.markdown(_paragraphs(agreement.conduct))
    st.caption(f"You and {called(home.partner)} see this.")


def shares(home: PairHome | FormerPair, agreement: Agreement) -> tuple[Share, Share]:
    """Mine, and theirs."""
    two = (agreement.mentor, agreement.mentee)
    return two if home.my_role is Role.MENTOR else two[::-1]


def show_share(share: Share, none: str) -> None:
    """One person's part, or ``none`` where nothing stands in it."""
    if share == Share():
        st.markdown(none)
        return
    for label, words in (
        ("Wants to learn", share.learns),
        ("Wants to give", share.gives),
        ("Likes to learn", share.likes),
    ):
        st.markdown(f"**{label}:** {told(words) or 'not written yet'}")


def _paragraphs(text: str) -> str:
    """Several lines of typed text, each on its own."""
    return "  \n".join(plain(line) for line in text.splitlines()) or "nothing"
