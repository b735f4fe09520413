"""The agenda as files: Markdown, Word, and a calendar invitation."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from session import Key

from coach.bootstrap import export_agenda
from coach.domain.agenda import Agenda
from coach.domain.guidance import slugify

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download_menu(agenda: Agenda) -> None:
    """One button per format; the calendar file asks when the session starts."""
    stem = f"session-{agenda.brief.session}-{slugify(agenda.brief.topic)[:40] or 'agenda'}"
    with st.popover("Download", icon=":material/download:", type="primary"):
        st.download_button(
            "Markdown",
            lambda: export_agenda(agenda, "md"),
            f"{stem}.md",
            "text/markdown",
            key="download_md",
            on_click="ignore",
            icon=":material/article:",
            width="stretch",
        )
        st.download_button(
            "Word",
            lambda: export_agenda(agenda, "docx"),
            f"{stem}.docx",
            _WORD,
            key="download_docx",
            on_click="ignore",
            icon=":material/description:",
            width="stretch",
        )
        zone = _zone()
        tomorrow = datetime.now(zone).replace(hour=10, minute=0, second=0, microsecond=0)
        starts = st.datetime_input(
            f"Starts ({zone.key})",
            (tomorrow + timedelta(days=1)).replace(tzinfo=None),
            key=Key.STARTS,
        )
        st.download_button(
            "Calendar invitation",
            lambda: export_agenda(agenda, "ics", starts.replace(tzinfo=zone) if starts else None),
            f"{stem}.ics",
            "text/calendar",
            key="download_ics",
            on_click="ignore",
            icon=":material/event:",
            width="stretch",
            disabled=starts is None,
        )


def _zone() -> ZoneInfo:
    """The browser's time zone; UTC where it gives none."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
