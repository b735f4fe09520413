"""The pairs of a program: who meets whom, paired by hand, paired anew, ended."""

from __future__ import annotations

from collections.abc import Sequence

import engine
import streamlit as st
from boxes import PASTED
from browsing import browse
from changing import change, forget, made, say
from naming import isolated, told
from times import day_words

from coach.domain.identity import Actor
from coach.domain.program import Program, Role
from coach.program.participants import Paired, Participant

_PLACE = "pairs"
_SIDES = {Role.MENTOR: "the junior mentor", Role.MENTEE: "the senior mentee"}


def show_pairs(program: Program, actor: Actor) -> None:
    """Those that run, with what can be done; a form for another; those that ended, folded."""
    pairing = engine.workspace().pairing
    pairs = pairing.pairs(actor, program.id)
    people = pairing.people(actor, program.id)
    running = [one for one in pairs if one.pair.ended is None]
    over = [one for one in pairs if one.pair.ended]
    st.caption("Leads of this program see this list. It does not say how a pair is doing.")
    say(_PLACE)
    if not running:
        st.markdown("No pair runs. Import a list, or pair two people of the program by hand.")
    browse(running, "running", _names, lambda one: _show(one, people))
    if program.ended is None and len(people) > 1:
        with st.expander("Pair two people by hand", key="pair_by_hand"):
            _show_form(program, people)
    if running:
        st.download_button(
            "Download the list of pairs",
            pairing.roster(actor, program.id),
            "pairs.csv",
            "text/csv",
            key="download_pairs",
            on_click="ignore",
            icon=":material/download:",
        )
    if over:
        with st.expander(f"Pairs that ended ({len(over)})", key="ended_pairs"):
            browse(over, "ended", _names, _show_over)


def _names(one: Paired) -> str:
    return f"{one.mentor} {one.mentee}"


def _show(one: Paired, people: Sequence[Participant]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"pair_{one.pair.id}"):
        st.markdown(f"{_two(one)}  \n:small[Since {day_words(one.pair.started)}]", width="stretch")
        with st.container(horizontal=True, width="content"):
            if st.button(
                "New partner …",
                key=f"re_pair_{one.pair.id}",
                on_click=forget,
                args=(f"re_pair {one.pair.id}",),
            ):
                _ask_whom(one, people)
            if st.button("End …", key=f"end_{one.pair.id}", type="tertiary"):
                _ask_end(one)


def _show_over(one: Paired) -> None:
    ended = day_words(one.pair.ended) if one.pair.ended else ""
    st.markdown(f"{_two(one)}  \n:small[Ended on {ended}]")


def _two(one: Paired) -> str:
    sides = ((one.mentor, one.pair.mentor_role), (one.mentee, one.pair.mentee_role))
    mentor, mentee = (f"**{told(name)}**{f' ({told(job)})' if job else ''}" for name, job in sides)
    return f"{mentor} mentors {mentee}"


@st.dialog("A new partner")
def _ask_whom(one: Paired, people: Sequence[Participant]) -> None:
    place = f"re_pair {one.pair.id}"
    st.markdown(
        "The old pair ends, and the sessions that it planned are cancelled. What the two wrote "
        "stays theirs. Tell both on the same day, in the same words; neither need say why."
    )
    names = {Role.MENTOR: one.mentor, Role.MENTEE: one.mentee}
    leaves = Role(
        st.radio(
            "Who leaves the pair",
            list(_SIDES),
            format_func=lambda side: f"{isolated(names[side])}, {_SIDES[side]}",
            key=f"leaves_{one.pair.id}",
        )
    )
    two = (one.pair.mentor_id, one.pair.mentee_id)
    others = [person for person in people if person.person_id not in two]
    instead, job = _pick(others, f"instead_{one.pair.id}", "Who comes instead")
    begin = st.button(
        "Begin the new pair", key=f"write_{place}", type="primary", disabled=not instead
    )
    if begin and made(
        place,
        lambda at, me: at.pairing.re_pair(me, one.pair.id, leaves, instead, role=job),
    ):
        st.rerun()
    say(place)


@st.dialog("End this pair")
def _ask_end(one: Paired) -> None:
    st.markdown(_two(one))
    st.markdown("The sessions that they planned are cancelled. What they wrote stays theirs.")
    if st.button("End it", key=f"write_end_{one.pair.id}", type="primary"):
        change(_PLACE, lambda at, me: at.pairing.end(me, one.pair.id))
        st.rerun()


def _show_form(program: Program, people: Sequence[Participant]) -> None:
    mentor, mentor_job = _pick(people, "new_mentor", "Junior mentor")
    mentee, mentee_job = _pick(people, "new_mentee", "Senior mentee")
    say("pair_by_hand")
    st.button(
        "Pair them",
        key="pair_them",
        type="primary",
        disabled=not (mentor and mentee),
        on_click=change,
        args=(
            "pair_by_hand",
            lambda at, me: at.pairing.pair(
                me, program.id, mentor, mentee, mentor_role=mentor_job, mentee_role=mentee_job
            ),
        ),
    )
    st.caption("Somebody who is not on the list comes into the program with an import.")


def _pick(people: Sequence[Participant], key: str, label: str) -> tuple[str, str]:
    """Somebody of the program, and their job title; whoever is in no pair yet comes first."""
    names = {one.person_id: one for one in sorted(people, key=lambda one: one.pairs > 0)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            label,
            list(names),
            index=None,
            placeholder="Choose somebody",
            format_func=lambda ident: _choice(names[ident]),
            key=key,
        )
        job = st.text_input(
            "Their role",
            key=f"{key}_job",
            max_chars=PASTED,
            width=200,
            placeholder="such as: designer",
        )
    return chosen or "", job


def _choice(one: Participant) -> str:
    """Such as "Mia Lund · mia@example.org · in 2 pairs already"."""
    pairs = "a pair" if one.pairs == 1 else f"{one.pairs} pairs"
    already = f"in {pairs} already" if one.pairs else ""
    return " · ".join(filter(None, (isolated(one.name), one.email, already)))
