"""Own feelings, goals, learnings and wins from session to session; for one's own eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from naming import told
from reflect_form import FEELINGS, RATINGS
from times import day_words, my_zone
from words import plain

from coach.domain.kept_reflection import Reflection
from coach.domain.reflection import ItemKind
from coach.pair.home import PairHome

_SHOWN = {ItemKind.LEARNING: "learned", ItemKind.WIN: "went well"}
_TIMES = {"before": "when I came", "after": "when I left"}


@dataclass(frozen=True)
class Then:
    """A reflection, and what its session is called on an axis and in a line."""

    name: str
    day: str
    reflection: Reflection


def in_order(home: PairHome, reflections: Sequence[Reflection]) -> list[Then]:
    """The reflections by the time of their sessions."""
    zone = my_zone(home.me.zone)
    by_session = {one.session_id: one for one in reflections}
    return [
        Then(
            f"{one.starts.astimezone(zone):%d %b %Y}",
            day_words(one.starts.astimezone(zone).date()),
            by_session[one.id],
        )
        for one in sorted(home.sessions, key=lambda one: one.starts)
        if one.id in by_session
    ]


def show_feelings(times: Sequence[Then]) -> None:
    """How I came and left, as a line and as a table."""
    rows = [
        {"session": one.name, "when": said, "value": value}
        for one in times
        for field, said in _TIMES.items()
        if (value := getattr(one.reflection, field)) is not None
    ]
    st.markdown("## How it felt", anchors=False)
    if not rows:
        st.markdown("You have not said yet how you came or left.")
        return
    order = [one.name for one in times]
    _chart(rows, order, -2, {int(key): said for key, said in FEELINGS.items()}, "feelings")
    with st.expander("The same as a table", type="compact", key="feelings_table"):
        st.table(
            [
                {
                    "Session": one.day,
                    "When I came": FEELINGS.get(str(one.reflection.before), "–"),
                    "When I left": FEELINGS.get(str(one.reflection.after), "–"),
                }
                for one in times
            ]
        )


def show_goals(times: Sequence[Then], goals: Sequence[str]) -> None:
    """How far I saw myself with each goal; ``goals`` are those of the agreement."""
    rows = [
        {"session": one.name, "when": rated.goal, "value": rated.rating}
        for one in times
        for rated in one.reflection.progress
    ]
    st.markdown("## My goals", anchors=False)
    rated_ones = {row["when"] for row in rows}
    waiting = [goal for goal in goals if goal not in rated_ones]
    if not rows and not goals:
        st.markdown(
            "Write in the agreement what you want to learn. Each reflection then asks how far you "
            "are."
        )
        st.page_link("app_pages/agreement.py", label="Our agreement", icon=":material/handshake:")
        return
    for goal in waiting:
        st.markdown(f"**{told(goal)}** · not rated yet")
    if waiting:
        st.caption("Each reflection asks how far you are, if you like.")
    if not rows:
        return
    order = [one.name for one in times]
    _chart(rows, order, 0, {int(key): said for key, said in RATINGS.items()}, "goals")
    with st.expander("The same as a table", type="compact", key="goals_table"):
        st.table(
            [
                {
                    "Session": one.day,
                    "Goal": plain(rated.goal),
                    "How far": RATINGS[str(rated.rating)],
                }
                for one in times
                for rated in one.reflection.progress
            ]
        )


def show_learnings(times: Sequence[Then]) -> None:
    """What I learned and what went well, the newest session first."""
    st.markdown("## What I learned, and what went well", anchors=False)
    found = False
    for one in reversed(times):
        items = one.reflection.summary.items if one.reflection.summary else ()
        kept = [item for item in items if item.kind in _SHOWN]
        if kept:
            found = True
            st.markdown(f"**{one.day}**")
            lines = (f"- {told(item.text)} :small[({_SHOWN[item.kind]})]" for item in kept)
            st.markdown("\n".join(lines))
    if not found:
        st.markdown("Summarise a reflection, and what you learned stands here.")


def _chart(
    rows: list[dict[str, Any]], order: list[str], least: int, names: dict[int, str], key: str
) -> None:
    import altair as alt

    said = " : ".join(f"datum.value == {value} ? '{word}'" for value, word in names.items())
    most = max(names)
    data = alt.Data(values=rows)  # type: ignore[no-untyped-call]
    base = alt.Chart(data).encode(
        x=alt.X("session:O", sort=order, title=None, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(domain=[least, most]),
            axis=alt.Axis(values=list(names), labelExpr=f"{said} : ''", labelFlush=False),
        ),
        color=alt.Color("when:N", title=None, legend=alt.Legend(orient="top", labelLimit=280)),
    )
    # Told apart by form too, not by colour alone.
    line = base.mark_line().encode(strokeDash=alt.StrokeDash("when:N", title=None, legend=None))
    points = base.mark_point(size=90, filled=True).encode(shape=alt.Shape("when:N", title=None))
    st.altair_chart((line + points).properties(height=240), key=key)
