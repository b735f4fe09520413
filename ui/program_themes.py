"""By which rules a program's themes are shown: its lead sets them before the start, then reads."""

from __future__ import annotations

from datetime import UTC, datetime

import engine
import streamlit as st
from boxes import PASTED
from changing import change, say
from naming import isolated, told
from themes_words import notice_words
from times import day_words

from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.domain.themes import FLOOR
from coach.themes.terms import Terms

_PLACE = "theme terms"
_MOST_PAIRS = 100
_MOST_DAYS = 60
#: What each rule does, in a sentence.
_LEAST = (
    "A theme is shown only if this many pairs told of it, and this many others that contribute did "
    "not. More protects people better, and shows less."
)
_NOTICE = (
    "Those whose words a release is made of see their own part first, for this long, and can take "
    "it back. You read nothing before."
)
_SEGMENTS = (
    "Groups that counts may be told apart by, such as two sites. Each needs many pairs of its own; "
    "without any, more themes can be shown."
)


def show_theme_rules(program: Program, actor: Actor) -> None:
    """The three rules, each with what it does; to set, or locked and why."""
    terms = engine.workspace().theme_rules.see(actor, program.id)
    st.markdown("## How themes are shown", anchors=False)
    st.markdown(
        "On the page Themes you read what many pairs live through, and nobody can tell who said "
        "it. These rules see to that."
    )
    if terms.is_locked:
        _show_locked(program, terms)
    else:
        _show_form(program, terms)
    say(_PLACE)
    if terms.segments:
        _show_places(program, terms, actor)


def _show_locked(program: Program, terms: Terms) -> None:
    segments = ", ".join(map(told, terms.segments)) or "none"
    with st.container(border=True, key="locked_theme_rules"):
        for name, value, does in (
            ("Pairs behind a theme", f"{terms.min_pairs} at least", _LEAST),
            ("Preview", notice_words(terms.notice_days), _NOTICE),
            ("Segments", segments, _SEGMENTS),
        ):
            st.markdown(f"**{name}: {value}.**  \n{does}")
        begun = program.starts <= datetime.now(UTC).date()
        since = (
            f"the program began on {day_words(program.starts)}"
            if begun
            else "the first statement joined"
        )
        st.caption(
            f":material/lock: Locked since {since}. A rule that moved later could be compared with "
            "what was shown before, and tell single pairs apart."
        )


def _show_form(program: Program, terms: Terms) -> None:
    st.markdown(
        f"You can set them until the program starts, on {day_words(program.starts)}, or until "
        "somebody’s first statement joins. Then they are locked, since a rule that moves could "
        "tell single pairs apart."
    )
    with st.form("theme_terms"):
        st.number_input(
            "Pairs behind a theme, at least",
            terms.min_pairs,
            _MOST_PAIRS,
            terms.min_pairs,
            key="theme_min_pairs",
            width=260,
        )
        lowest = f"It starts at {FLOOR}, and can only be raised."
        st.caption(f"{_LEAST} {lowest}")
        st.number_input(
            "Days of preview",
            1,
            _MOST_DAYS,
            terms.notice_days,
            key="theme_notice",
            width=260,
        )
        st.caption(_NOTICE)
        st.text_area(
            "Segments, one a line",
            "\n".join(terms.segments),
            key="theme_segments",
            max_chars=PASTED,
        )
        st.caption(_SEGMENTS)
        st.form_submit_button("Set the rules", on_click=_set, args=(program,))


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
        done="The rules are set.",
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
