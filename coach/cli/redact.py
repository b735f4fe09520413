"""``coach redact``: what a language model elsewhere would see of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.ports import IdentifierFinder


def redact(
    text: Annotated[str, typer.Argument(help="A text, as you would send it.")] = "",
    participant: Annotated[
        list[str] | None, typer.Option(help="A name of the pair; may be given again.")
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Replace names, firms and contacts by placeholders; nothing leaves this machine."""
    from coach.bootstrap import open_identifiers

    finder = open_identifiers()
    names = tuple(participant or ())
    if jsonl is not None:
        run_batch(jsonl, lambda fields: _answer(fields, finder, names), text)
        return
    if not text.strip():
        raise CoachError('Give a text: coach redact "Priya\'s mentee works at Contoso"')
    found = redacted_fields(text, finder, names)
    if as_json:
        import json

        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        typer.echo(found["text"])


def redacted_fields(
    text: str, finder: IdentifierFinder, participants: tuple[str, ...] = ()
) -> dict[str, Any]:
    """``text`` with placeholders, and the spans that they stand for, in the original."""
    from coach.privacy.placeholders import Placeholders

    placeholders = Placeholders(finder, participants)
    hidden, spans = placeholders.hide_with_spans(text)
    return {
        "text": hidden,
        "spans": [{"start": one.start, "end": one.end, "kind": one.kind.value} for one in spans],
    }


def _answer(
    fields: dict[str, Any], finder: IdentifierFinder, names: tuple[str, ...]
) -> dict[str, Any]:
    text, own = fields.get("text"), fields.get("participants") or []
    if not isinstance(text, str):
        raise CoachError('The line has no \'text\'. Write {"id": 1, "text": "…"}.')
    if not isinstance(own, list) or not all(isinstance(name, str) for name in own):
        raise CoachError("The line's 'participants' are a list of names, such as [\"Priya\"].")
    return redacted_fields(text, finder, (*names, *own))
