"""What of a reflection joins the program's themes, in the words that are kept."""

from __future__ import annotations

from collections.abc import Sequence

import engine
import streamlit as st
from changing import say
from identity import who_sees_this
from naming import told
from reflecting import step, worked_out
from words import plain

from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection
from coach.errors import CoachError
from coach.themes.contributing import LeftOut, Line

_PLACE = "joining"


def show_joining(mine: Reflection, actor: Actor) -> None:
    """Nothing without consent; else each point, with a way out of the themes and back.

    What is kept is brought to what the summary says whenever that, or the consent, changed.
    """
    try:
        lines, kept = worked_out(
            "joining",
            mine,
            (mine.themes_may_count, mine.summary),
            lambda: _renewed(mine, actor),
        )
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    say(_PLACE)
    if not mine.themes_may_count:
        return
    if mine.summary is None:
        st.markdown("Summarise first; then you see here what would join the program’s themes.")
        return
    with st.container(border=True, key="joining"):
        _show_lines(mine, [line for line in lines if line.left_out is None], kept)
        _show_left_out(mine, [line for line in lines if line.left_out is not None])
        st.button(
            "Take all back",
            key="take_all_back",
            icon=":material/undo:",
            on_click=step,
            args=(
                _PLACE,
                mine,
                lambda at, me, _: at.contributing.take_back(me, mine.session_id),
            ),
        )


def _renewed(mine: Reflection, actor: Actor) -> tuple[tuple[Line, ...], int]:
    """The points, and how many of them are kept."""
    if not mine.themes_may_count or mine.summary is None:
        return (), 0
    at = engine.workspace().contributing
    with st.spinner("Putting your points into general words …"):
        kept = at.renew(actor, mine.session_id)
        return at.see(actor, mine.session_id), kept


def _show_lines(mine: Reflection, joining: Sequence[Line], kept: int) -> None:
    if not joining:
        st.markdown("**Nothing of this session joins the themes.**")
    elif kept:
        st.markdown(
            "**This joins the program’s themes**, in these words. It is stored apart from your "
            "name, your pair and this session, and is never quoted."
        )
    else:
        st.markdown(
            "**A release has taken this up already**, and nothing of this session counts twice. "
            "While it is in preview you can still take a point back, but not let it join again."
        )
    for line in joining:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(told(line.general))
            _switch(mine, line, joins=False)
    if joining:
        st.caption(f"Before your lead reads any theme, you see your part of it. {who_sees_this()}")
        st.page_link("app_pages/themes.py", label="Themes", icon=":material/groups:")


def _show_left_out(mine: Reflection, left_out: Sequence[Line]) -> None:
    if not left_out:
        return
    count = "1 point" if len(left_out) == 1 else f"{len(left_out)} points"
    with st.expander(f"Left out: {count}", type="compact", key="left_out"):
        for line in left_out:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{told(line.item.text)}  \n:small[{line.left_out}]")
                if line.left_out is LeftOut.YOURS:
                    _switch(mine, line, joins=True)


def _switch(mine: Reflection, line: Line, *, joins: bool) -> None:
    item_id = line.item.id
    st.button(
        "Let it join" if joins else "Keep it out",
        key=f"{'join' if joins else 'keep_out'}_{item_id}",
        type="tertiary",
        icon=":material/add:" if joins else ":material/remove:",
        on_click=step,
        args=(
            _PLACE,
            mine,
            lambda at, me, version: at.contributing.count(
                me, mine.session_id, version, item_id, joins=joins
            ),
        ),
    )
