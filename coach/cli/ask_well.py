"""``coach ask-well``: is it an open question, and how could it be asked better?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.domain.phrasing import QuestionCheck


def ask_well(
    text: Annotated[str, typer.Argument(help="A question, as you would ask it.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say whether a question is open, closed, leading or testing, and offer open forms of it."""
    if jsonl is None and not text.strip():
        raise CoachError('Give a question: coach ask-well "Did you use the dashboard?"')
    from coach.bootstrap import open_phrasing

    checker = open_phrasing().questions
    if jsonl is not None:
        run_batch(jsonl, lambda fields: check_fields(checker.check(_text(fields))), text)
        return
    check = checker.check(text)
    if as_json:
        import json

        typer.echo(json.dumps({"text": check.text, **check_fields(check)}, ensure_ascii=False))
        return
    _show(check)


def check_fields(check: QuestionCheck) -> dict[str, Any]:
    """A check in the form of the batch command."""
    return {
        "kind": check.kind.value,
        "better": list(check.better),
        "why": check.why,
        "citation": {
            "key": check.citation.key,
            "title": check.citation.title,
            "passage": check.citation.passage,
        },
    }


def _text(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str):
        raise CoachError('The line has no \'text\'. Write {"id": 1, "text": "…"}.')
    return text


def _show(check: QuestionCheck) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(f"{check.kind.value.capitalize()}. {check.why}"))
    if check.better:
        console.print(Text("\nYou could ask:"))
    for form in check.better:
        console.print(Text(f"  {form}"))
    console.print(Text(f"\nFrom the guidance: {check.citation.title}", style="italic"))
