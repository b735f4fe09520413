"""What each of the two gives and gets, and how the other likes to hear hard things."""

from __future__ import annotations

import streamlit as st
from naming import called, told
from words import bullets

from coach.domain.program import Role
from coach.domain.receiver import Directness, ReceiverCard, Way
from coach.pair.home import PairHome

_DIRECT = {
    Directness.GENTLE: "gently",
    Directness.BALANCED: "in a balanced way",
    Directness.DIRECT: "directly",
}
_WAYS = {
    Way.SPOKEN: "in a talk",
    Way.WRITTEN: "in writing",
    Way.EITHER: "in a talk or in writing",
}
_NOTHING = "nothing written yet"


def show_give_and_get(home: PairHome) -> None:
    """From the agreement in force; the way to it where there is none."""
    st.markdown("## What each of you gives and gets", anchors=False)
    if home.in_force is None:
        waiting = home.agreement is not None
        st.markdown(
            "Your agreement is written, and not signed by both of you yet."
            if waiting
            else "You have no agreement yet. Write it in your first session: it takes a quarter "
            "of an hour."
        )
    else:
        mine, theirs = home.in_force.mentor, home.in_force.mentee
        if home.my_role is Role.MENTEE:
            mine, theirs = theirs, mine
        for who, gives, learns, share in (
            ("You", "give", "You want", mine),
            (called(home.partner), "gives", "Wants", theirs),
        ):
            st.markdown(
                f"**{who}** {gives}: {told(share.gives) or _NOTHING}. {learns} to learn: "
                f"{told(share.learns) or _NOTHING}."
            )
    st.page_link("app_pages/agreement.py", label="Our agreement", icon=":material/handshake:")


def show_partners_card(home: PairHome) -> None:
    """The other's receiver's card, where they consented."""
    partner = called(home.partner)
    st.markdown(f"## How {partner} likes to hear hard things", anchors=False)
    if home.partners_card is None:
        st.markdown(f"{partner} has shared no card.")
    else:
        st.markdown(bullets(card_lines(home.partners_card)))
        st.caption(f"{partner} wrote this, and lets you see it.")
    st.page_link(
        "app_pages/receive.py", label="My own card: Receive and ask", icon=":material/hearing:"
    )


def card_lines(card: ReceiverCard) -> tuple[str, ...]:
    """A receiver's card in sentences."""
    lines = [f"Say it {_DIRECT[card.directness]}, {_WAYS[card.way]}."]
    if card.notice:
        lines.append("Say beforehand that something hard is coming.")
    if card.off_limits:
        lines.append(f"Leave out: {'; '.join(card.off_limits)}.")
    if card.helps:
        lines.append(f"What helps: {card.helps}")
    return tuple(lines)
