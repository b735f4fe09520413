"""Agendas, questions and sessions as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coach.domain.agenda import Agenda
from coach.domain.learned import Learned
from coach.domain.meeting import Session
from coach.domain.program import Person
from coach.domain.questions import QuestionSet
from coach.domain.themes import ThemeReport
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


def export_sessions(
    sessions: Sequence[Session],
    *,
    title: str,
    now: datetime,
    people: Sequence[Person] = (),
    agendas: Mapping[str, Agenda] | None = None,
) -> bytes:
    """A pair's sessions as an ``.ics`` file to download; ``session_calendar`` says what is in it.

    Raises:
        ProgramError: there is no session.
    """
    from coach.adapters.exports.series import session_calendar

    return session_calendar(sessions, title=title, now=now, people=people, agendas=agendas)


def export_cancellations(
    sessions: Sequence[Session], *, title: str, now: datetime, people: Sequence[Person] = ()
) -> bytes:
    """An ``.ics`` file that takes a pair's cancelled sessions out of a calendar.

    Raises:
        ProgramError: none was cancelled.
    """
    from coach.adapters.exports.series import cancelled_calendar

    return cancelled_calendar(sessions, title=title, now=now, people=people)


def export_session_update(
    session: Session,
    *,
    title: str,
    now: datetime,
    people: Sequence[Person] = (),
    agendas: Mapping[str, Agenda] | None = None,
) -> bytes:
    """What became of one session, as an ``.ics`` file that a calendar applies to what it has."""
    from coach.adapters.exports.series import session_update

    return session_update(session, title=title, now=now, people=people, agendas=agendas)


def export_learned(learned: Learned, kind: str, *, mentor: str, mentee: str, program: str) -> bytes:
    """What a pair learned as a file, ``md``, ``docx`` or ``pdf``; the other arguments are names.

    Raises:
        CoachError: the kind is unknown.
    """
    from coach.adapters.exports.learned import learned_markdown, learned_word

    names = {"mentor": mentor, "mentee": mentee, "program": program}
    if kind == "md":
        return learned_markdown(learned, **names).encode()
    if kind == "docx":
        return learned_word(learned, **names)
    if kind == "pdf":
        from coach.adapters.exports.learned_pdf import learned_pdf

        return learned_pdf(learned, **names)
    raise CoachError(f"This can be written as .md, .docx or .pdf; not as {kind[:20]!r}.")


def learned_pdf_note(learned: Learned, *, mentor: str, mentee: str, program: str) -> str:
    """What the PDF of what a pair learned cannot show; empty if it shows all of it."""
    from coach.adapters.exports.learned_pdf import pdf_note

    return pdf_note(learned, mentor=mentor, mentee=mentee, program=program)


def export_themes(report: ThemeReport, kind: str, *, program: str, digest: str) -> bytes:
    """A release of themes as a file, ``md``, ``csv`` or ``pdf``; ``digest`` is what was signed.

    Raises:
        CoachError: the kind is unknown.
    """
    from coach.adapters.exports.themes import themes_markdown, themes_pdf, themes_table

    if kind == "md":
        return themes_markdown(report, program=program, digest=digest).encode()
    if kind == "csv":
        return themes_table(report, digest=digest)
    if kind == "pdf":
        return themes_pdf(report, program=program, digest=digest)
    raise CoachError(f"Themes can be written as .md, .csv or .pdf; not as {kind[:20]!r}.")


def export_own_data(export: Mapping[str, Any]) -> bytes:
    """All that is kept about a person, from ``OwnData.export``, as a ZIP file."""
    from coach.adapters.exports.own_data import own_data_archive

    return own_data_archive(export)
