"""Which session a reflection is about, and what its author should hear first."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import engine
import streamlit as st
from reflecting import worked_out
from times import moment_words, my_zone
from words import plain

from coach.domain.brief import stage_of
from coach.domain.guidance import Stage
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.domain.meeting import Session, SessionState
from coach.pair.home import PairHome

#: In the address, where anybody can write anything: only sessions of this pair are looked for.
_PARAMETER = "session"


def choose_session(home: PairHome) -> Session | None:
    """The newest session that took place, or the one that was chosen; ``None`` before any."""
    now = datetime.now(UTC)
    over = [
        one
        for one in home.sessions
        if one.state is SessionState.HELD
        or (one.state is SessionState.PLANNED and one.starts < now)
    ]
    over.sort(key=lambda one: one.starts, reverse=True)
    if not over:
        return None
    by_id = {one.id: one for one in over}
    chosen = by_id.get(st.query_params.get(_PARAMETER, ""), over[0])
    if len(over) > 1:
        key = f"session_of_{chosen.id}"
        st.selectbox(
            "Which session",
            list(by_id),
            list(by_id).index(chosen.id),
            format_func=lambda ident: _named(home, by_id[ident]),
            key=key,
            on_change=lambda: st.query_params.update({_PARAMETER: st.session_state[key]}),
        )
    else:
        st.markdown(f"**{plain(_named(home, chosen))}**")
    return chosen


def stage_at(home: PairHome, session: Session) -> Stage:
    """How far the program had come."""
    planned = home.program.planned_sessions
    counted = [one for one in home.sessions if one.state is not SessionState.CANCELLED]
    counted.sort(key=lambda one: one.starts)
    place = next(at for at, one in enumerate(counted, start=1) if one.id == session.id)
    return stage_of(min(place, planned), planned)


def show_care(mine: Reflection, actor: Actor) -> None:
    """What somebody should hear before anything else, if their words hold signs of harm.

    It is worked out once for each version, and kept nowhere but in this page.
    """
    note = worked_out(
        "care",
        mine,
        mine.version,
        lambda: engine.workspace().reflections.care(actor, mine.session_id),
    )
    if note:
        with st.container(border=True, key="care"):
            st.markdown("**For you alone**")
            st.markdown(plain(note))
        return
    # Signs are often only hinted at, and then not found: the way to people is always here.
    with st.popover("If something was not right", type="tertiary"):
        people = engine.workspace().reflections.contacts(actor, mine.session_id)
        named = f": {plain('; '.join(people))}" if people else ""
        st.markdown(
            "If somebody was treated badly, or may be in danger, a reflection is not enough. You "
            f"can speak in confidence to your program's contacts{named}. If anybody may be in "
            "danger now, call your local emergency number first."
        )


def show_begun(mine: Reflection, zone: ZoneInfo) -> None:
    """Since when this page has been open, for whoever wants to stop in time; nothing runs out."""
    begun = worked_out("begun", mine, mine.session_id, lambda: datetime.now(UTC))
    st.caption(f"Five minutes are plenty. You came at {begun.astimezone(zone):%H:%M}.")


def _named(home: PairHome, session: Session) -> str:
    about = f": {session.topic}" if session.topic else ""
    return f"{moment_words(session.starts, my_zone(home.me.zone))}{about}"
