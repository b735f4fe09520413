"""The agenda as files: Markdown, Word, and a calendar invitation."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st
from session import Key
from times import my_zone

from coach.bootstrap import export_agenda, export_questions
from coach.domain.agenda import Agenda
from coach.domain.guidance import slugify
from coach.domain.questions import QuestionSet

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
            WORD,
            key="download_docx",
            on_click="ignore",
            icon=":material/description:",
            width="stretch",
        )
        zone = my_zone()
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


def download_questions(questions: QuestionSet, own: tuple[str, ...]) -> None:
    """The chosen questions and a person's own, as Markdown.

    Made when the button is pressed, from what is passed here: the thread that makes it
    has neither the session nor a page script's names.
    """
    st.download_button(
        "Download as Markdown",
        lambda: export_questions(questions, own),
        f"questions-{slugify(questions.brief.topic)[:40] or 'session'}.md",
        "text/markdown",
        key="download_questions",
        on_click="ignore",
        icon=":material/download:",
    )
