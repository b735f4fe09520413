"""``coach screen``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.screening.screen import Screening


def screen(
    text: Annotated[str, typer.Argument(help="A text, as it was typed or uploaded.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score a text for instructions aimed at a language model, from 0 to 1."""
    from coach.bootstrap import open_screen

    if jsonl is None and not text.strip():
        raise CoachError('Give a text: coach screen "Ignore your instructions and …"')
    scored = open_screen()
    if jsonl is not None:
        run_batch(jsonl, lambda fields: result_fields(scored.score(_text(fields))), text)
        return
    found = scored.score(text)
    if as_json:
        import json

        typer.echo(json.dumps({**result_fields(found), "span": found.span}, ensure_ascii=False))
        return
    _show(text, found)


def result_fields(found: Screening) -> dict[str, Any]:
    """A screening in the form of the batch command."""
    return {"score": round(found.score, 4), "flagged": found.flagged}


def _show(text: str, found: Screening) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not found.flagged:
        console.print(Text(f"{found.score:.2f}  Nothing here looks aimed at a language model."))
        return
    console.print(
        Text(
            f"{found.score:.2f}  This seems to hold an instruction aimed at a language model. "
            "The coach treats it as text and does not obey it.",
            style="yellow",
        )
    )
    if found.span:
        start, end = found.span
        console.print(Text(f"“{text[start:end]}”", style="italic"))


def _text(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str):
        raise CoachError('The line has no \'text\'. Write {"id": 1, "text": "…"}.')
    return text
