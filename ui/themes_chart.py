"""Themes from release to release: each a bar as long as its band, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import streamlit as st
from colours import ink
from naming import isolated
from words import plain

from coach.domain.themes import ThemeReport

#: More of them would leave no room on a phone.
_MOST_RELEASES = 6
#: Pixels of one bar, and between two themes.
_BAR = 18
_GAP = 20
_AROUND = 130
#: The axis goes so much further than the longest bar, for what stands beside it.
_BESIDE = 1.4
#: Characters of a line beside a bar.
_WIDTH = 20


def show_chart(reports: Sequence[ThemeReport]) -> None:
    """All themes of the last releases; ``reports`` are newest first."""
    shown = list(reversed(reports[:_MOST_RELEASES]))
    names = _named(reports)
    rows: list[dict[str, Any]] = [
        {
            "theme": names[theme.id],
            "release": _release(report),
            "number": str(report.number),
            "least": theme.pairs.least,
            "most": theme.pairs.most,
            "pairs": str(theme.pairs),
        }
        for ident in names
        for report in shown
        for theme in report.themes
        if theme.id == ident
    ]
    if not rows:
        return
    st.markdown("## From release to release", anchors=False)
    if len({row["number"] for row in rows}) == 1:
        st.markdown(
            "Only one release shows themes so far. With the next one you see here which of them "
            "grow, stay and fade."
        )
        return
    st.caption("Each bar reaches from the least to the most pairs that a theme may have.")
    drawn = [{**row, "theme": _wrapped(row["theme"])} for row in rows]
    _draw(drawn, [_release(report) for report in shown])
    with st.expander("The same as a table", type="compact", key="themes_table"):
        st.table(
            [
                {
                    "Theme": plain(isolated(row["theme"])),
                    "Release": row["number"],
                    "Pairs": f"{row['least']} to {row['most']}",
                }
                for row in rows
            ]
        )


def _release(report: ThemeReport) -> str:
    return f"Release {report.number}"


def _named(reports: Sequence[ThemeReport]) -> dict[str, str]:
    """What each theme is called, by its newest label; no two alike."""
    names: dict[str, str] = {}
    for theme in (theme for report in reports for theme in report.themes):
        if theme.id not in names:
            taken = theme.label in names.values()
            names[theme.id] = f"{theme.label} ({len(names) + 1})" if taken else theme.label
    return names


def _draw(rows: list[dict[str, Any]], releases: list[str]) -> None:
    import altair as alt

    themes = list(dict.fromkeys(row["theme"] for row in rows))
    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        y=alt.Y(
            "theme:N",
            title=None,
            sort=themes,
            scale=alt.Scale(paddingInner=0.3),
            axis=alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=150),
        ),
        yOffset=alt.YOffset("release:N", sort=releases),
        tooltip=[
            alt.Tooltip("theme:N", title="Theme"),
            alt.Tooltip("release:N", title="Release"),
            alt.Tooltip("pairs:N", title="How many"),
        ],
    )
    bars = base.mark_bar(cornerRadius=3).encode(
        x=alt.X(
            "least:Q",
            title="Pairs",
            scale=alt.Scale(domain=[0, _BESIDE * max(row["most"] for row in rows)]),
            axis=alt.Axis(tickMinStep=5),
        ),
        x2="most:Q",
        color=alt.Color(
            "release:N", title=None, sort=releases, legend=alt.Legend(orient="top", columns=3)
        ),
    )
    # Releases are told apart by a word too, not by colour alone.
    told = base.mark_text(align="left", dx=5, color=ink()).encode(x="most:Q", text="release:N")
    height = len(themes) * (len(releases) * _BAR + _GAP) + _AROUND
    st.altair_chart((bars + told).properties(height=height), key="themes_chart")


def _wrapped(label: str) -> str:
    return "\n".join(wrap(label, _WIDTH))
