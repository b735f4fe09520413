"""Which pair a page is about: the only one, the chosen one, or the one in the address."""

from __future__ import annotations

import engine
import streamlit as st
from naming import isolated
from words import plain

from coach.domain.identity import Actor
from coach.errors import CoachError
from coach.pair.home import MyPair, PairHome

#: In the address, where anybody can write anything: the policy decides.
_PARAMETER = "pair"


def open_home(actor: Actor) -> PairHome | None:
    """The home of the pair that the page is about; ``None`` for who is in none.

    Stops the page with a message if it may not be seen.
    """
    try:
        mine = engine.workspace().home.mine(actor)
        asked = st.query_params.get(_PARAMETER, "") or (mine[0].pair.id if mine else "")
        home = engine.workspace().home.open(actor, asked) if asked else None
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.button("Go to my own pair", key="own_pair", on_click=_ask_for, args=("",))
        st.stop()
    if home is not None and len(mine) > 1:
        _choose(mine, home)
    return home


def _choose(mine: tuple[MyPair, ...], home: PairHome) -> None:
    names = {one.pair.id: f"{isolated(one.partner.name)} · {one.program.name}" for one in mine}
    key = f"which_{home.pair.id}"
    st.selectbox(
        "Which pair",
        list(names),
        index=list(names).index(home.pair.id),
        format_func=lambda ident: names[ident],
        key=key,
        on_change=lambda: _ask_for(str(st.session_state[key])),
    )


def _ask_for(pair_id: str) -> None:
    if pair_id:
        st.query_params[_PARAMETER] = pair_id
    else:
        st.query_params.pop(_PARAMETER, None)
