"""What the two promised each other: open, closed, and new ones."""

from __future__ import annotations

from datetime import datetime

import engine
import identity
import streamlit as st
from boxes import line
from changing import change, forget, made, say, seen
from naming import called, told
from new_promise import show_form
from times import day_words, my_zone
from unfinished import Unfinished

from coach.domain.identity import Actor
from coach.domain.meeting import Commitment, CommitmentState
from coach.pair.home import PairHome

_PLACE = "promises"
#: Closed ones that are shown.
_SHOWN = 20


def show_promises(home: PairHome, actor: Actor) -> None:
    """Open promises oldest first, a form for a new one, and the closed ones on demand."""
    st.markdown("## Promises", anchors=False)
    if not home.promises:
        st.markdown("Nothing is open. A session that ends with one promise each goes on working.")
    elif len(home.promises) > len(home.carried):
        later = len(home.promises) - len(home.carried)
        more = "1 more waits" if later == 1 else f"{later} more wait"
        st.markdown(
            f"The next agenda takes up {len(home.carried)} of them: those that are due by then, "
            f"then the oldest. {more} here."
        )
    say(_PLACE)
    for promise in home.promises:
        _show_open(home, promise)
    show_form(home, actor)
    _show_closed(home, actor)
    st.caption(f"You and {called(home.partner)} see this.")


def _show_open(home: PairHome, promise: Commitment) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"promise_{promise.id}"):
        what = f"**{_who(home, promise)}:** {told(promise.what)}"
        st.markdown(f"{what}  \n:small[{_due(home, promise)}]", width="stretch")
        with st.container(horizontal=True, width="content"):
            st.button(
                "Done",
                key=f"done_{promise.id}",
                icon=":material/check:",
                on_click=change,
                args=(_PLACE, lambda at, me: at.commitments.done(me, promise.id, promise.version)),
            )
            if st.button(
                "Drop …",
                key=f"drop_{promise.id}",
                type="tertiary",
                on_click=forget,
                args=(f"drop {promise.id}",),
            ):
                _ask_why(home, promise)


@st.dialog("Drop this promise")
def _ask_why(home: PairHome, promise: Commitment) -> None:
    place = f"drop {promise.id}"
    newest = seen(place, promise)
    note = st.container()
    st.markdown(f"**{_who(home, newest)}:** {told(newest.what)}")
    form = Unfinished(f"drop-{promise.id}", {"reason": ""}, identity.who())
    line(form, "reason", "Why it no longer makes sense")
    st.caption(f"{called(home.partner)} reads the reason, so that neither of you wonders.")
    if st.button("Drop it", key=f"write_{place}", type="primary") and made(
        place,
        lambda at, me: at.commitments.drop(me, newest.id, newest.version, form.mine["reason"]),
    ):
        form.forget()
        st.rerun()
    with note:
        _say_in_dialog(home, promise, place)


def _say_in_dialog(home: PairHome, promise: Commitment, place: str) -> None:
    newest = seen(place, promise)
    if newest.version == promise.version:
        say(place)
        return
    state = "is open again" if newest.state is CommitmentState.OPEN else f"was {newest.state.value}"
    st.markdown(
        f"**{called(home.partner)} changed this promise meanwhile: it {state}.** Your reason is "
        "still here: go on with it, or close this and leave the promise as it is."
    )


def _show_closed(home: PairHome, actor: Actor) -> None:
    with st.expander(
        "Kept and dropped", type="compact", key="closed_promises", on_change="rerun"
    ) as closed:
        if not closed.open:
            return
        found = engine.workspace().commitments.closed_ones(actor, home.pair.id)
        if not found:
            st.markdown("None yet.")
        for promise in found[:_SHOWN]:
            why = f" ({told(promise.reason)})" if promise.reason else ""
            with st.container(horizontal=True, vertical_alignment="center"):
                what = f"**{_who(home, promise)}:** {told(promise.what)}"
                st.markdown(f"{what} · {promise.state.value}{why}", width="stretch")
                st.button(
                    "Open again",
                    key=f"reopen_{promise.id}",
                    type="tertiary",
                    on_click=_reopen,
                    args=(promise,),
                )


def _reopen(promise: Commitment) -> None:
    change(_PLACE, lambda at, me: at.commitments.reopen(me, promise.id, promise.version))


def _who(home: PairHome, promise: Commitment) -> str:
    return "You" if promise.who_id == home.me.id else called(home.partner)


def _due(home: PairHome, promise: Commitment) -> str:
    zone = my_zone(home.me.zone)
    made = f"Promised on {day_words(promise.made.astimezone(zone).date())}"
    if promise.due is None:
        return f"{made}, without a date."
    late = promise.due < datetime.now(zone).date()
    return f"{made}, {'was due' if late else 'due'} on {day_words(promise.due)}."
