"""A model's words for the rungs: asked for with a click, marked, and taken back with one."""

from __future__ import annotations

from threading import Event

import engine
import identity
import session
import streamlit as st
from session import Key
from words import bullets, plain

from coach.bootstrap import Phrasing
from coach.domain.phrasing import Ladder, ProposedRung, Rung
from coach.domain.receiver import ReceiverCard

#: Rungs of a model that are kept, over several messages.
_KEPT = 12


def with_model_words(ladder: Ladder) -> Ladder:
    """``ladder`` with the model's words that were accepted for this very message."""
    from coach.phrasing.proposed import with_rung

    for message, rung in _kept():
        mine = next((one for one in ladder.rungs if one.level is rung.level), None)
        # The coach's own rung may be another by now: with a card, or other words around it.
        if message == ladder.check.text and mine is not None and mine.blanks == rung.blanks:
            ladder = with_rung(ladder, rung)
    return ladder


def model_bar(phrasing: Phrasing, ladder: Ladder, card: ReceiverCard | None) -> None:
    """Where a model is set: a button that asks it for better words, and what came of it."""
    coach = engine.coach()
    if coach.model_name is None or not ladder.rungs:
        return
    name = plain(coach.model_name)
    goes = "with names hidden" if coach.hides_names else "on this machine"
    if not st.button(
        "Ask the model for more natural words",
        icon=":material/auto_awesome:",
        key="ask_rungs",
        help=f"Your message goes to {name}, {goes}. Only what passes every check is shown.",
    ):
        return
    stop = Event()
    names = [line for line in str(st.session_state[Key.PARTICIPANTS]).splitlines() if line.strip()]
    proposer = phrasing.proposer(names, person=identity.who().person_id)
    came: list[ProposedRung] = []
    try:
        with st.status(f"{name} is writing …", expanded=False) as shown:
            for one in proposer.proposed(ladder, card, stop=stop) if proposer else ():
                came.append(one)
                if one.rung is not None:
                    _keep(ladder.check.text, one.rung)
            taken = sum(one.rung is not None for one in came)
            shown.update(label=f"{taken} of {len(ladder.rungs)} in the model’s words")
            st.markdown(bullets(tuple(_outcome(one) for one in came)))
    finally:
        # Whoever leaves the page also stops the asking.
        stop.set()
    if any(one.rung is not None for one in came):
        st.rerun()


def show_mark(rung: Rung) -> None:
    """Says that a rung's words are a model's, and puts the coach's own back."""
    if rung.provenance is None:
        return
    st.caption(f"Words of {plain(rung.provenance.model)}, checked.")
    st.button(
        "Put the coach’s words back",
        key=f"back_{rung.level.value}",
        type="tertiary",
        icon=":material/undo:",
        on_click=_put_back,
        args=(rung,),
    )


def _outcome(one: ProposedRung) -> str:
    if one.error:
        return plain(one.error)
    if one.rung is not None:
        return f"{one.level.value}: taken"
    return f"{one.level.value}: kept the coach’s words ({plain(one.reason)})"


def _kept() -> list[tuple[str, Rung]]:
    try:
        return [
            (str(one["message"]), Rung.model_validate(one["rung"]))
            for one in st.session_state[Key.REWORDED]
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _keep(message: str, rung: Rung) -> None:
    new = {"message": message, "rung": rung.model_dump(mode="json")}
    st.session_state[Key.REWORDED] = [*st.session_state[Key.REWORDED], new][-_KEPT:]
    session.save()


def _put_back(rung: Rung) -> None:
    kept = [(message, one) for message, one in _kept() if one != rung]
    st.session_state[Key.REWORDED] = [
        {"message": message, "rung": one.model_dump(mode="json")} for message, one in kept
    ]
    session.save()
