"""My version of the agenda that gave way to theirs: kept until I bring it back or discard it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st
from times import moment_words, my_zone
from unfinished import Unfinished

from coach.domain.identity import Actor
from coach.pair.home import PairHome

_FIELD = "versions"
#: Of one session; each is some 40 kB.
_KEPT = 5


def set_aside(session_id: str, agenda: dict[str, Any], actor: Actor) -> None:
    """Keep ``agenda``, as plain values, for its author alone."""
    aside = _aside(session_id, actor)
    mine = {"set_aside": datetime.now(UTC).isoformat(), "agenda": agenda}
    aside.take(_FIELD, [mine, *aside.mine[_FIELD]][:_KEPT])


def show_set_aside(home: PairHome, session_id: str, agenda: Unfinished, actor: Actor) -> None:
    """Each of mine that gave way, newest first, to go on with or to give up."""
    aside = _aside(session_id, actor)
    aside.say()
    for kept in aside.mine[_FIELD]:
        when = datetime.fromisoformat(kept["set_aside"])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**Your version, put aside on {moment_words(when, my_zone(home.me.zone))}**  \n"
                ":small[Only you see it.]",
                width="stretch",
            )
            st.button(
                "Bring it back",
                key=f"bring_back_{kept['set_aside']}",
                icon=":material/undo:",
                on_click=_bring_back,
                args=(aside, kept, agenda),
                help="It opens for you to edit. Nothing changes for the two of you until you save.",
            )
            st.button(
                "Discard",
                key=f"discard_{kept['set_aside']}",
                type="tertiary",
                on_click=_discard,
                args=(aside, kept),
            )


def _aside(session_id: str, actor: Actor) -> Unfinished:
    return Unfinished(f"aside-{session_id}", {_FIELD: []}, actor)


def _bring_back(aside: Unfinished, kept: dict[str, Any], agenda: Unfinished) -> None:
    agenda.fill("agenda", kept["agenda"])
    _discard(aside, kept)


def _discard(aside: Unfinished, kept: dict[str, Any]) -> None:
    aside.take(_FIELD, [one for one in aside.mine[_FIELD] if one != kept])
