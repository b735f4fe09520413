"""By which rules themes are shown: set by the lead before the start, read by everybody."""

from __future__ import annotations

import engine
import streamlit as st
from boxes import PASTED
from changing import change, say
from naming import isolated, told
from themes_words import notice_words

from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.themes.terms import Terms

_PLACE = "theme terms"
_MOST_PAIRS = 100
_MOST_DAYS = 60
_STANDING = """
- A theme stands on at least {least} pairs, and at least {least} others contribute and do not tell
  of it.
- Counts come in steps of {least}, never as one number.
- Contributors see their part {notice} before anybody else, and can take it back.
- Counts are told apart by {apart}.
"""


def show_terms(program: Program, terms: Terms, actor: Actor, *, leads: bool) -> None:
    """The terms; a lead sets them while they are open, and places pairs in segments."""
    with st.expander("The rules", key="theme_rules"):
        if leads and not terms.is_locked:
            _show_form(program, terms)
        else:
            _show_standing(terms)
        if leads and terms.segments:
            _show_places(program, terms, actor)
        say(_PLACE)


def _show_standing(terms: Terms) -> None:
    named = ", ".join(map(told, terms.segments))
    st.markdown(
        _STANDING.format(
            least=terms.min_pairs,
            notice=notice_words(terms.notice_days),
            apart=named or "nothing, be it department, place or role",
        )
    )
    if terms.is_locked:
        st.markdown(
            "These rules stand since the program began, or since the first statement was kept. A "
            "threshold or a segment that moved later could tell single pairs apart."
        )


def _show_form(program: Program, terms: Terms) -> None:
    st.markdown(
        "You can set these until the program starts, or until somebody’s first statement joins. "
        "From then on they are locked, since a rule that moves could tell single pairs apart."
    )
    with st.form("theme_terms"):
        st.number_input(
            "Pairs behind a theme, at least",
            terms.min_pairs,
            _MOST_PAIRS,
            terms.min_pairs,
            key="theme_min_pairs",
            help="It can only be raised.",
            width=260,
        )
        st.number_input(
            "Days in which contributors see it first",
            1,
            _MOST_DAYS,
            terms.notice_days,
            key="theme_notice",
            width=260,
        )
        st.text_area(
            "Segments that counts may be told apart by, one a line",
            "\n".join(terms.segments),
            key="theme_segments",
            max_chars=PASTED,
            help="Such as two sites. Each needs many pairs of its own; without any, more can be "
            "shown.",
        )
        st.form_submit_button("Set the rules", type="primary", on_click=_set, args=(program,))


def _set(program: Program) -> None:
    lines = str(st.session_state["theme_segments"]).splitlines()
    segments = tuple(line.strip() for line in lines if line.strip())
    change(
        _PLACE,
        lambda at, me: at.theme_rules.set(
            me,
            program.id,
            min_pairs=st.session_state["theme_min_pairs"],
            notice_days=st.session_state["theme_notice"],
            segments=segments,
        ),
    )


def _show_places(program: Program, terms: Terms, actor: Actor) -> None:
    pairs = engine.workspace().pairing.pairs(actor, program.id)
    names = {one.pair.id: f"{isolated(one.mentor)} and {isolated(one.mentee)}" for one in pairs}
    st.markdown("**Which pair is in which segment**")
    waiting = [one for one in names if not terms.is_locked or one not in terms.places]
    if waiting:
        with st.form("theme_places"):
            st.selectbox("Pair", waiting, format_func=names.__getitem__, key="placed_pair")
            st.selectbox("Segment", terms.segments, key="placed_in")
            if terms.is_locked:
                st.caption("A pair that has its segment keeps it.")
            st.form_submit_button("Put it there", on_click=_place, args=(program,))
    st.table(
        [
            {"Pair": told(name), "Segment": told(terms.places.get(ident, "none yet"))}
            for ident, name in names.items()
        ]
    )


def _place(program: Program) -> None:
    pair, segment = st.session_state["placed_pair"], st.session_state["placed_in"]
    change(_PLACE, lambda at, me: at.theme_rules.place(me, program.id, pair, segment))
