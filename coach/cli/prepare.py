"""``coach agenda`` and ``coach questions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.cli.opening import opened
from coach.errors import BriefError, CoachError

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.domain.agenda import Agenda
    from coach.domain.refinement import Refinement

Topic = Annotated[str, typer.Argument(help="What the session is about, in a few words.")]
Minutes = Annotated[int, typer.Option(help="Length, 15 to 120.")]
SessionNumber = Annotated[int, typer.Option(help="Which session this is, from 1.")]
Planned = Annotated[
    int, typer.Option("--planned-sessions", "--planned", help="How many are planned.")
]
MentorRole = Annotated[str, typer.Option(help="The junior mentor's role.")]
MenteeRole = Annotated[str, typer.Option(help="The senior mentee's role.")]
Setting = Annotated[str, typer.Option(help="'in person', 'video' or 'walking or coffee'.")]
CarriedOver = Annotated[
    list[str] | None, typer.Option("--carried-over", help="A promise from last time; repeatable.")
]
Worry = Annotated[str, typer.Option(help="What worries you about it.")]
Participants = Annotated[
    list[str] | None,
    typer.Option("--participant", help="A name to keep from a model elsewhere; repeatable."),
]
Kit = Annotated[str, typer.Option(help="A topic kit's key, or 'none' for a general plan.")]
Jsonl = Annotated[str | None, typer.Option(help="Answer each line of this file, or of '-'.")]
NoModel = Annotated[
    bool, typer.Option("--no-model", help="Keep to the library's words, though a model is set.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def agenda(
    topic: Topic = "",
    minutes: Minutes = 45,
    session: SessionNumber = 1,
    planned_sessions: Planned = 8,
    mentor_role: MentorRole = "",
    mentee_role: MenteeRole = "",
    setting: Setting = "in person",
    carried_over: CarriedOver = None,
    worry: Worry = "",
    participant: Participants = None,
    kit: Kit = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write it: .md, .docx or .ics.")
    ] = None,
    starts: Annotated[
        str, typer.Option(help="When it starts, for .ics: 2026-03-02T14:00, in your time zone.")
    ] = "",
    no_model: NoModel = False,
    jsonl: Jsonl = None,
    as_json: Json = False,
) -> None:
    """Prepare a session: a timeboxed, two-way agenda on cited guidance."""
    from coach.domain.brief import read_brief

    if jsonl is not None:
        coach = opened()
        run_batch(jsonl, lambda fields: {"agenda": _agenda_fields(coach, fields, no_model)}, topic)
        return
    brief = read_brief(
        {
            "topic": topic,
            "minutes": minutes,
            "session": session,
            "planned_sessions": planned_sessions,
            "mentor_role": mentor_role,
            "mentee_role": mentee_role,
            "setting": setting,
            "carried_over": carried_over or [],
            "worry": worry,
            "participants": participant or [],
            "kit": kit,
        }
    )
    coach = opened()
    found = coach.agenda(brief)
    came: tuple[Refinement, ...] = ()
    if not no_model:
        found, came = coach.refined_agenda(found)
    if output:
        _write(found, output, starts)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    from coach.cli.show import say_who_wrote, show_agenda

    show_agenda(found)
    say_who_wrote(coach.model_name, came)


def questions(
    topic: Topic = "",
    minutes: Minutes = 45,
    session: SessionNumber = 1,
    planned_sessions: Planned = 8,
    mentor_role: MentorRole = "",
    mentee_role: MenteeRole = "",
    worry: Worry = "",
    participant: Participants = None,
    kit: Kit = "",
    no_model: NoModel = False,
    jsonl: Jsonl = None,
    as_json: Json = False,
) -> None:
    """Questions for the senior mentee to bring: curious, open, never a test."""
    from coach.domain.brief import read_brief

    if jsonl is not None:
        coach = opened()
        run_batch(jsonl, lambda fields: _question_fields(coach, fields, no_model), topic)
        return
    brief = read_brief(
        {
            "topic": topic,
            "minutes": minutes,
            "session": session,
            "planned_sessions": planned_sessions,
            "mentor_role": mentor_role,
            "mentee_role": mentee_role,
            "worry": worry,
            "participants": participant or [],
            "kit": kit,
        }
    )
    coach = opened()
    found = coach.questions(brief)
    came: tuple[Refinement, ...] = ()
    if not no_model:
        found, came = coach.refined_questions(found)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    from coach.cli.show import say_who_wrote, show_questions

    show_questions(found)
    say_who_wrote(coach.model_name, came)


def _agenda_fields(coach: Coach, fields: dict[str, Any], no_model: bool) -> dict[str, Any]:
    from coach.domain.brief import read_brief

    found = coach.agenda(read_brief(fields))
    if not no_model:
        found, _ = coach.refined_agenda(found)
    return found.model_dump(mode="json")


def _question_fields(coach: Coach, fields: dict[str, Any], no_model: bool) -> dict[str, Any]:
    from coach.domain.brief import read_brief

    drafted = coach.questions(read_brief(fields))
    if not no_model:
        drafted, _ = coach.refined_questions(drafted)
    found = drafted.model_dump(mode="json")
    return {name: found[name] for name in ("questions", "topic_kit", "not_covered")}


def _write(agenda: Agenda, path: Path, starts: str) -> None:
    from coach.bootstrap import export_agenda

    kind = path.suffix.lower().removeprefix(".")
    content = export_agenda(agenda, kind, _time(starts) if kind == "ics" else None)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CoachError(
            f"{str(path)!r} cannot be written ({error.strerror}). Choose another place."
        ) from error
    typer.secho(f"Written to {path}", err=True, fg=typer.colors.BRIGHT_BLACK)


def _time(text: str) -> Any:
    from datetime import datetime, timedelta

    try:
        # Without a zone, it is the clock on the person's wall.
        starts = datetime.fromisoformat(text).astimezone()
        starts + timedelta(days=1)  # the end must be a date too
    except (ValueError, OverflowError, OSError) as error:
        raise BriefError(
            "A calendar file needs the start: --starts 2026-03-02T14:00 (year-month-day, T, time)."
        ) from error
    return starts
