"""Before the two meet: each notes topics and worries alone, and what both raised comes together."""

from __future__ import annotations

import engine
import streamlit as st
from changing import change, say
from naming import called
from own_notes import newest, show_notes
from words import bullets, plain

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.meeting import PreparedItem, PreparedKind, Session
from coach.errors import CoachError
from coach.pair.home import PairHome
from coach.pair.preparing import Together

_KINDS = {PreparedKind.TOPIC: "Topic", PreparedKind.WORRY: "Worry"}


def show_preparation(home: PairHome, actor: Actor) -> None:
    """My notes, what I let the other see, and what came together."""
    if home.next is None:
        return
    st.markdown("## Before you meet", anchors=False)
    partner = called(home.partner)
    try:
        together = engine.workspace().preparing.see(actor, home.next.id)
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    st.markdown(
        f"Note alone what you want to raise. When you are both ready, you see what you and "
        f"{partner} both raised, each in your own words; nothing else, unless you release it."
    )
    show_notes(home.next, together, actor)
    say(_place(home.next))
    _show_releases(home, home.next, together)
    _show_ready(home.next, together, partner)
    _show_together(together, partner)


def _show_releases(home: PairHome, session: Session, together: Together) -> None:
    if not together.mine.items:
        return
    with st.expander(f"Let {called(home.partner)} see a line", type="compact", key="releases"):
        for item in together.mine.items:
            # A browser may send once more how a switch stood earlier: so each stands for one
            # version of the notes, and lets nobody see anything of another.
            key = f"release_{item.id}_{together.mine.version}"
            st.toggle(
                f"{_KINDS[item.kind]}: {plain(item.text)}",
                item.released,
                key=key,
                on_change=_switch,
                args=(session, together.mine.version, item, key),
            )


def _switch(session: Session, version: int, item: PreparedItem, key: str) -> None:
    """Do what the switch says, and never the opposite of what was."""
    released = bool(st.session_state[key])

    def release(at: Workspace, me: Actor) -> None:
        # What is taken back is private at once, whatever happened meanwhile.
        now = version if released else at.preparing.see(me, session.id).mine.version
        at.preparing.release(me, session.id, now, item.id, released=released)

    change(_place(session), release)


def _show_ready(session: Session, together: Together, partner: str) -> None:
    if together.mine.ready and together.partner_ready and not together.mine.compared:
        # Both became ready in the same moment, and neither saw the other's.
        st.button(
            "Find what you both raised", key="compare", on_click=_ready, args=(session, together)
        )
        return
    if together.mine.ready:
        waits = "" if together.partner_ready else f" {partner} is not ready yet."
        st.markdown(f"You are ready.{waits}")
        return
    said = f" {partner} is ready." if together.partner_ready else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "I am ready",
            key="ready",
            icon=":material/check:",
            on_click=_ready,
            args=(session, together),
        )
        st.caption(f"What you both raised is found once, when you are both ready.{said}")


def _ready(session: Session, together: Together) -> None:
    version = newest(together.mine).version
    change(_place(session), lambda at, me: at.preparing.ready(me, session.id, version))


def _place(session: Session) -> str:
    return f"together {session.id}"


def _show_together(together: Together, partner: str) -> None:
    if together.mine.compared:
        st.markdown("**You both raised**")
        if together.both_raised:
            st.markdown(bullets(tuple(item.text for item in together.both_raised)))
        else:
            st.markdown("Nothing of the kind; so there is something new for each of you.")
    if together.released:
        st.markdown(f"**{partner} lets you see**")
        said = (f"{_KINDS[item.kind]}: {item.text}" for item in together.released)
        st.markdown(bullets(tuple(said)))
