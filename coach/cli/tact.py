"""``coach tact``: what in a message may threaten face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.domain.phrasing import TactCheck

#: From these scores on a message is called tactful, and mixed.
_TACTFUL, _MIXED = 0.6, 0.3


def tact(
    text: Annotated[str, typer.Argument(help="What you want to say.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find the words that may threaten face, and score a message from 0 to 1 (tactful)."""
    from coach.bootstrap import open_phrasing

    if jsonl is None and not text.strip():
        raise CoachError('Give a message: coach tact "You never listen."')
    checker = open_phrasing().checker
    if jsonl is not None:
        run_batch(jsonl, lambda fields: check_fields(checker.check(text_of(fields))), text)
        return
    found = checker.check(text)
    if as_json:
        import json

        typer.echo(json.dumps(check_fields(found), ensure_ascii=False))
        return
    _show(found)


def text_of(fields: dict[str, Any], name: str = "text") -> str:
    """A line's text. Raises ``CoachError`` if there is none."""
    text = fields.get(name)
    if not isinstance(text, str):
        raise CoachError(f'The line has no {name!r}. Write {{"id": 1, "{name}": "…"}}.')
    return text


def check_fields(found: TactCheck) -> dict[str, Any]:
    """A check in the form of the batch command."""
    fields: dict[str, Any] = {
        "score": found.score,
        "findings": [
            {
                "start": one.start,
                "end": one.end,
                "kind": one.kind.value,
                "severity": one.severity,
                "why": one.why,
                "instead": one.instead,
                "card": one.citation.key,
            }
            for one in found.findings
        ],
    }
    return fields | {name: said for name in ("note", "care") if (said := getattr(found, name))}


def verdict(found: TactCheck) -> str:
    """The check in a few words; a score is no grade."""
    if found.care or found.note:
        return found.care or found.note
    if found.score >= _TACTFUL and not found.findings:
        return "This can be heard as it stands. Direct is not rude."
    if found.score >= _MIXED:
        return "Most of this can be heard; some words may get in the way."
    return "As it stands, this may be heard as an attack."


def _show(found: TactCheck) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(f"{found.score:.2f}  {verdict(found)}"))
    for one in found.findings:
        console.print(Text(f"\n“{found.text[one.start : one.end]}”", style="bold"))
        console.print(Text(f"  {one.kind.value.replace('_', ' ')}: {one.why}"))
        console.print(Text(f"  Instead: {one.instead} [{one.citation.title}]"))
