"""One release of themes, as everybody in the program reads it."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from citing import citation_buttons
from naming import told
from themes_words import band_words, direction_words
from times import day_words
from words import plain

from coach.bootstrap import export_themes
from coach.domain.guidance import slugify
from coach.domain.program import Program
from coach.domain.themes import Theme, ThemeReport
from coach.themes.releasing import Released

#: Digits of what was signed, enough to compare by eye.
_MARK = 12
_FILES = (
    ("md", "Markdown", "text/markdown"),
    ("csv", "CSV, for a spreadsheet", "text/csv"),
    ("pdf", "PDF", "application/pdf"),
)
_CHANGED = (
    "This release is not what was signed: its record was changed from outside. Do not act on it. "
    "Tell whoever runs the coach for you, and ask for the last backup."
)


def show_release(one: Released, program: Program, zone: ZoneInfo) -> None:
    """Its themes, what it says of all of them, and the files."""
    report = one.report
    if not one.is_whole:
        st.error(_CHANGED, icon=":material/gpp_maybe:")
    if report.explanation:
        with st.container(border=True, key=f"explanation_{report.number}"):
            st.markdown(f"**Why nothing is shown.** {plain(report.explanation)}")
    for theme in report.themes:
        _show_theme(theme, report)
    _show_coverage(report)
    _show_seal(one, zone)
    if report.themes:
        _show_files(one, program)


def _show_theme(theme: Theme, report: ThemeReport) -> None:
    with st.container(border=True, key=f"theme_{report.number}_{theme.id}"):
        st.markdown(f"### {told(theme.label)}", anchors=False)
        st.markdown(told(theme.sentence))
        facts = [f"**{theme.pairs}**", direction_words(theme.direction)]
        st.markdown("  \n".join(filter(None, facts)))
        if theme.segments:
            parts = (f"{told(name)} {band_words(count)}" for name, count in theme.segments.items())
            st.markdown(f"Of them: {' · '.join(parts)}.")
        if theme.advice:
            st.markdown("**What you can do**")
        for place, one in enumerate(theme.advice, start=1):
            st.markdown(plain(one.text))
            citation_buttons([one.citation], key=f"{report.number}_{theme.id}_{place}")


def _show_coverage(report: ThemeReport) -> None:
    if report.contributing is not None and report.running is not None:
        st.markdown(
            f"**{band_words(report.contributing)} of {report.running}** running pairs have "
            "statements in it."
        )
    if report.suppression:
        st.markdown(
            f"**Withheld: {plain(report.suppression.themes)}.** {plain(report.suppression.why)}"
        )
    if report.epsilon is not None:
        st.markdown(
            "The counts carry random noise, so that they say even less of any one pair "
            f"(differential privacy; this release took {report.epsilon:g} of the privacy budget)."
        )


def _show_seal(one: Released, zone: ZoneInfo) -> None:
    day = day_words(one.released.astimezone(zone).date())
    if one.is_whole:
        made = day_words(one.report.made)
        st.caption(
            f":material/lock: Made on {made}, of what was said until then. Locked and signed on "
            f"{day}, and unchanged since. Its mark: {one.digest[:_MARK]}"
        )
    else:
        st.caption(f":material/gpp_maybe: Signed on {day}, and changed since.")


def _show_files(one: Released, program: Program) -> None:
    stem = f"themes-{slugify(program.name)[:40] or 'program'}-{one.report.number}"
    with st.popover("Download", icon=":material/download:", key=f"files_{one.report.number}"):
        for kind, name, mime in _FILES:
            st.download_button(
                name,
                partial(export_themes, one.report, kind, program=program.name, digest=one.digest),
                f"{stem}.{kind}",
                mime,
                key=f"themes_{one.report.number}_{kind}",
                on_click="ignore",
                icon=":material/description:",
                width="stretch",
            )
