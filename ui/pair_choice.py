"""Which pair a page is about: the only one, the chosen one, or the one in the address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import engine
import streamlit as st
from naming import isolated
from words import plain

from coach.domain.identity import Actor
from coach.errors import CoachError
from coach.pair.former import FormerPair
from coach.pair.home import MyPair, MyPairs, PairHome

#: In the address, where anybody can write anything: the policy decides.
_PARAMETER = "pair"


def open_pair(actor: Actor) -> PairHome | FormerPair | None:
    """The pair that the page is about, running or over; ``None`` for who was never in one.

    Stops the page with a message if it may not be seen.
    """
    with _or_stopped():
        mine = engine.workspace().home.menu(actor)
        every = (*mine.running, *mine.over)
        asked = st.query_params.get(_PARAMETER, "") or (every[0].pair.id if every else "")
        found = _open(mine, actor, asked) if asked else None
    if found is not None and len(every) > 1:
        _choose(mine, found.pair.id)
    return found


def open_home(actor: Actor) -> PairHome | None:
    """The home of the running pair that the page is about; ``None`` for who is in none.

    Stops the page with a message if it may not be seen.
    """
    with _or_stopped():
        mine = engine.workspace().home.mine(actor)
        asked = st.query_params.get(_PARAMETER, "") or (mine[0].pair.id if mine else "")
        home = engine.workspace().home.open(actor, asked) if asked else None
    if home is not None and len(mine) > 1:
        _choose(MyPairs(mine, ()), home.pair.id)
    return home


@contextmanager
def _or_stopped() -> Iterator[None]:
    try:
        yield
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Go to my own pair", key="own_pair", on_click=_ask_for, args=("",))
        st.stop()


def _open(mine: MyPairs, actor: Actor, pair_id: str) -> PairHome | FormerPair:
    at = engine.workspace()
    if pair_id in {one.pair.id for one in mine.over}:
        return at.former.open(actor, pair_id)
    return at.home.open(actor, pair_id)


def _choose(mine: MyPairs, chosen: str) -> None:
    names = {one.pair.id: _named(one, "") for one in mine.running}
    names |= {one.pair.id: _named(one, " · over") for one in mine.over}
    key = f"which_{chosen}"
    st.selectbox(
        "Which pair",
        list(names),
        index=list(names).index(chosen),
        format_func=lambda ident: names[ident],
        key=key,
        on_change=lambda: _ask_for(str(st.session_state[key])),
    )


def _named(one: MyPair, over: str) -> str:
    return f"{isolated(one.partner.name)} · {one.program.name}{over}"


def _ask_for(pair_id: str) -> None:
    if pair_id:
        st.query_params[_PARAMETER] = pair_id
    else:
        st.query_params.pop(_PARAMETER, None)
