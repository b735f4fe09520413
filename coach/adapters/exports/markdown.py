"""An agenda as Markdown that can be pasted anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.brief import Brief
from coach.domain.guidance import Citation
from coach.domain.plain import escape_markdown as escape
from coach.domain.questions import QuestionSet


def agenda_markdown(agenda: Agenda) -> str:
    """The whole agenda, with its citations as a numbered list at the end."""
    brief = agenda.brief
    numbers = citation_numbers([citation for item in agenda.items for citation in item.citations])
    lines = [
        f"# {escape(brief.topic)}",
        "",
        _facts(brief),
    ]
    lines += [f"\n> {escape(note)}" for note in agenda.not_covered]
    at = 0
    for item in agenda.items:
        lines += ["", *_item(item, at, numbers)]
        at += item.minutes
    lines += ["", *_guidance(numbers), "", "Composed from the guidance library. No model was used."]
    return "\n".join(lines) + "\n"


def questions_markdown(questions: QuestionSet, own: Sequence[str] = ()) -> str:
    """The questions by depth, what to listen for and to offer back, and a person's ``own``."""
    numbers = citation_numbers([cited for q in questions.questions for cited in q.citations])
    lines = [f"# Questions about {escape(questions.brief.topic)}"]
    lines += [f"\n> {escape(note)}" for note in questions.not_covered]
    depth = None
    for question in questions.questions:
        if question.depth is not depth:
            depth = question.depth
            lines += ["", f"## {depth.value.capitalize()}"]
        marks = "".join(f"[{numbers[cited.passage_id][0]}]" for cited in question.citations)
        lines += [
            "",
            f"**{escape(question.text)}** {escape(marks)}",
            f"- Listen for: {escape(question.listen_for)}",
            f"- Offer back: {escape(question.offer_back)}",
        ]
    if own:
        lines += ["", "## My own", "", *(f"- {escape(question)}" for question in own)]
    return "\n".join([*lines, "", *_guidance(numbers)]) + "\n"


def citation_numbers(citations: list[Citation]) -> dict[str, tuple[int, Citation]]:
    """Each cited passage once, numbered in order of first use, by passage id."""
    once = {citation.passage_id: citation for citation in citations}
    return {key: (number, cited) for number, (key, cited) in enumerate(once.items(), start=1)}


def _facts(brief: Brief) -> str:
    return (
        f"Session {brief.session} of {brief.planned_sessions} · {brief.minutes} minutes · "
        f"{brief.setting.value}"
    )


def _item(item: AgendaItem, at: int, numbers: dict[str, tuple[int, Citation]]) -> list[str]:
    marks = "".join(f"[{numbers[cited.passage_id][0]}]" for cited in item.citations)
    lines = [
        f"## {at}–{at + item.minutes} min · {escape(item.title)} {escape(marks)}",
        "",
        escape(item.purpose),
        "",
        f"- Open with: “{escape(item.open_with)}”",
    ]
    if item.steps:
        lines.append("")
        lines += [f"{number}. {escape(step)}" for number, step in enumerate(item.steps, start=1)]
        lines.append("")
    lines += [f"- Ask: {escape(question)}" for question in item.questions]
    lines.append(f"- If it gets awkward: {escape(item.if_awkward)}")
    lines.append(f"- You give: {escape(item.give_and_take.mentor_gives)}")
    lines.append(f"- They give: {escape(item.give_and_take.mentee_gives)}")
    return lines


def _kept_list(line: str) -> str:
    """A line of a passage as text, with its mark as a list item kept."""
    mark = re.match(r"\s*(?:[-*]|\d+\.)\s+", line)
    return f"{mark[0]}{escape(line[mark.end() :])}" if mark else escape(line)


def _guidance(numbers: dict[str, tuple[int, Citation]]) -> list[str]:
    lines = ["## What this stands on"]
    for number, cited in numbers.values():
        lines += ["", f"\\[{number}\\] **{escape(cited.title)}** · {escape(cited.heading)}", ""]
        lines += [_kept_list(line) for line in cited.passage.splitlines()]
        if cited.sources:
            behind = "Behind the whole card:" if cited.indirect else "Sources:"
            lines += ["", behind, "", *(f"- {escape(source)}" for source in cited.sources)]
    return lines
