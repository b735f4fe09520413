"""Agendas and questions as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coach.domain.agenda import Agenda
from coach.domain.questions import QuestionSet
from coach.errors import CoachError


def export_agenda(agenda: Agenda, kind: str, starts: datetime | None = None) -> bytes:
    """``agenda`` as a file: ``md``, ``docx``, or ``ics`` with the start in a time zone.

    Raises:
        CoachError: the kind is unknown, or a calendar file has no start.
    """
    if kind == "md":
        from coach.adapters.exports.markdown import agenda_markdown

        return agenda_markdown(agenda).encode()
    if kind == "docx":
        from coach.adapters.exports.word import agenda_word

        return agenda_word(agenda)
    if kind == "ics" and starts is not None:
        from coach.adapters.exports.calendar import agenda_calendar

        return agenda_calendar(agenda, starts)
    raise CoachError(
        f"An agenda can be written as .md, .docx, or .ics with a start; not as {kind[:20]!r}."
    )


def export_questions(questions: QuestionSet, own: Sequence[str] = ()) -> bytes:
    """``questions``, and a person's ``own``, as a Markdown file."""
    from coach.adapters.exports.markdown import questions_markdown

    return questions_markdown(questions, own).encode()
