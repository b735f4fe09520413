"""Writing a promise down: who, what, and by when."""

from __future__ import annotations

from datetime import date

import streamlit as st
from boxes import line
from changing import made
from naming import called
from unfinished import Unfinished

from coach.domain.identity import Actor
from coach.pair.home import PairHome

_EMPTY = {"who": "", "what": "", "due": ""}


def show_form(home: PairHome, actor: Actor) -> None:
    """Open as long as something stands in it."""
    form = Unfinished(f"promise-{home.pair.id}", _EMPTY, actor)
    with st.expander(
        "Write a promise down", bool(form.changed), icon=":material/add:", key="new_promise"
    ):
        _boxes(home, form)


def _boxes(home: PairHome, form: Unfinished) -> None:
    names = {home.me.id: "You", home.partner.id: called(home.partner)}
    who, due = form.key("who"), form.key("due")
    st.segmented_control(
        "Who",
        list(names),
        default=form.mine["who"] if form.mine["who"] in names else home.me.id,
        format_func=lambda ident: names[ident],
        required=True,
        key=who,
        on_change=form.typed,
        args=("who", who),
    )
    example = "for example: try the chat on one real question of the team"
    line(form, "what", "Will do what", placeholder=example)
    st.date_input(
        "By when, if you know",
        date.fromisoformat(form.mine["due"]) if form.mine["due"] else None,
        format="DD/MM/YYYY",
        key=due,
        width=200,
        on_change=_take_day,
        args=(form, due),
    )
    form.say()
    if form.changed:
        st.caption("Kept for you alone, until you write it down.")
    st.button("Write it down", key="write_promise", on_click=_write, args=(home, form))


def _take_day(form: Unfinished, key: str) -> None:
    day = st.session_state[key]
    form.take("due", day.isoformat() if day else "")


def _write(home: PairHome, form: Unfinished) -> None:
    due = date.fromisoformat(form.mine["due"]) if form.mine["due"] else None
    who = form.mine["who"] or home.me.id
    what = form.mine["what"]
    if made(
        form.name,
        lambda at, me: at.commitments.promise(me, home.pair.id, who, what, due=due),
    ):
        form.forget()
