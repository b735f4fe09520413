"""Who has signed the agreement, what signing means, and its earlier versions."""

from __future__ import annotations

from datetime import datetime

import engine
import streamlit as st
from changing import change, say
from naming import called, told
from times import day_words, my_zone

from coach.domain.agreement import Agreement
from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.pair.home import PairHome

_PLACE = "signing"


def show_standing(home: PairHome, newest: Agreement, in_force: Agreement | None) -> None:
    """Where the agreement stands, in one or two lines."""
    st.caption(f"You and {called(home.partner)} see this page; nobody else does.")
    if newest.in_force:
        _show_in_force(home, newest)
        return
    if in_force is not None:
        st.markdown(
            f"You are writing version {newest.number}. Version {in_force.number} stays in force "
            "until you have both signed the new one."
        )
    elif not newest.version:
        st.markdown(
            "Write this in your first session, side by side. Nothing is saved yet; the lines that "
            "stand here are a proposal."
        )
    mine, theirs = _signatures(home, newest)
    partner = called(home.partner)
    if mine or theirs:
        you = f"You signed on {_day(home, mine)}." if mine else "You have not signed yet."
        they = (
            f"{partner} signed on {_day(home, theirs)}."
            if theirs
            else f"{partner} has not signed yet."
        )
        st.markdown(f"{you} {they}")


def show_signing(home: PairHome, newest: Agreement, *, unsaved: bool) -> None:
    """What signing means, in so many words, and the button."""
    if not newest.version or _signatures(home, newest)[0]:
        return
    partner = called(home.partner)
    with st.container(border=True, key="signing"):
        st.markdown("## Sign it", anchors=False)
        st.markdown(
            f"By signing you say to {partner}: I have read this, and I mean to keep to it. It is "
            "no contract, and nobody checks it but the two of you. It is in force once you have "
            "both signed; either of you can open it again at any time. A change to it takes back "
            "both signatures."
        )
        say(_PLACE)
        st.button(
            "Sign it",
            key="sign",
            icon=":material/draw:",
            on_click=change,
            args=(
                _PLACE,
                lambda at, me: at.agreements.sign(
                    me, newest.pair_id, newest.number, newest.version
                ),
            ),
            disabled=unsaved,
        )
        if unsaved:
            st.caption("Save or discard your changes first, so that you sign what you both see.")


def show_history(home: PairHome, actor: Actor) -> None:
    """Earlier versions, on demand."""
    with st.expander(
        "All versions", type="compact", key="agreement_history", on_change="rerun"
    ) as history:
        if not history.open:
            return
        versions = engine.workspace().agreements.history(actor, home.pair.id)
        if not versions:
            st.markdown("None is saved yet.")
        for version in versions:
            mine, theirs = _signatures(home, version)
            signed = (
                f"signed by both; in force since {_day(home, max(mine, theirs))}"
                if mine and theirs
                else "not signed by both"
            )
            st.markdown(f"**Version {version.number}** · {signed}")
            for role, share in ((Role.MENTOR, version.mentor), (Role.MENTEE, version.mentee)):
                who = "You" if role is home.my_role else called(home.partner)
                st.markdown(
                    f"{who}: learns {told(share.learns) or 'nothing written'}; gives "
                    f"{told(share.gives) or 'nothing written'}."
                )


def _show_in_force(home: PairHome, newest: Agreement) -> None:
    mine, theirs = _signatures(home, newest)
    if mine and theirs:
        st.markdown(
            f"**In force since {_day(home, max(mine, theirs))}.** You signed on "
            f"{_day(home, mine)}, {called(home.partner)} on {_day(home, theirs)}."
        )
    say("reopen")
    st.button(
        "Open it again",
        key="reopen",
        icon=":material/edit:",
        on_click=change,
        args=("reopen", lambda at, me: at.agreements.reopen(me, newest.pair_id)),
        help="Begins a new version. The signed one stays in force until you both sign again.",
    )


def _signatures(home: PairHome, agreement: Agreement) -> tuple[datetime | None, datetime | None]:
    """Mine, and theirs."""
    two = (agreement.mentor_signed, agreement.mentee_signed)
    return two if home.my_role is Role.MENTOR else two[::-1]


def _day(home: PairHome, moment: datetime | None) -> str:
    return day_words(moment.astimezone(my_zone(home.me.zone)).date()) if moment else ""
