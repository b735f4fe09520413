"""``coach care``: signs in a text that people should take up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bootstrap.reflecting import Reflecting


def care(
    text: Annotated[str, typer.Argument(help="What somebody wrote after a session.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find signs of harassment, discrimination, retaliation, or risk of harm."""
    from coach.bootstrap.reflecting import open_reflecting

    reflecting = open_reflecting()
    if jsonl is not None:
        run_batch(jsonl, partial(_answer, reflecting), text)
        return
    if not text.strip():
        raise CoachError('Give a text: coach care "What happened, in your own words."')
    if as_json:
        import json

        typer.echo(json.dumps(_answer(reflecting, {"text": text})))
        return
    from rich.console import Console
    from rich.text import Text

    from coach.reflecting.caring_notes import care_note

    signal = reflecting.carer.signal_of(text)
    Console().print(Text(care_note(signal) if signal else "Nothing here needs a note of its own."))


def _answer(reflecting: Reflecting, fields: dict[str, Any]) -> dict[str, Any]:
    from coach.cli.tact import text_of

    signal = reflecting.carer.signal_of(text_of(fields))
    return {"signal": signal.value if signal else None}
