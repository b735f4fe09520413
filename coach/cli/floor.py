"""``coach floor``: does a rewrite keep the point of a message, and if not, what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import BriefError, CoachError

if TYPE_CHECKING:
    from coach.domain.phrasing import FloorVerdict

_FIELDS = ("original", "rewrite")


def floor(
    original: Annotated[str, typer.Argument(help="What somebody wants to say.")] = "",
    rewrite: Annotated[str, typer.Argument(help="The other words for it.")] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check that a rewrite loses nothing, turns nothing round and adds nothing."""
    from coach.bootstrap import open_phrasing

    judge = open_phrasing().floor
    if jsonl is not None:
        run_batch(
            jsonl, lambda fields: verdict_fields(judge.keeps(*pair_of(fields))), original, rewrite
        )
        return
    if not original.strip() or not rewrite.strip():
        raise CoachError(
            'Give both texts: coach floor "You interrupted me." "I felt cut off by you."'
        )
    verdict = judge.keeps(*pair_of({"original": original, "rewrite": rewrite}))
    if as_json:
        import json

        typer.echo(json.dumps(verdict_fields(verdict), ensure_ascii=False))
    elif verdict.kept:
        typer.echo("Kept: it says what the message says.")
    else:
        typer.echo(f"Refused: {verdict.reason}")


def pair_of(fields: dict[str, Any]) -> tuple[str, str]:
    """A line's two texts. Raises ``BriefError`` that names the faulty field."""
    from coach.domain.phrasing import MOST_MESSAGE

    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        raise BriefError(
            f"The line has an unknown field {unknown[:40]!r}. It has: id, original, rewrite."
        )
    for name in _FIELDS:
        text = fields.get(name)
        if not isinstance(text, str) or not text.strip():
            raise BriefError(f"The {name} is missing. Give it as a text.")
        if len(text) > MOST_MESSAGE:
            raise BriefError(
                f"The {name} has {len(text):,} characters; at most {MOST_MESSAGE:,} are read. "
                "Give a shorter one."
            )
        if any("\ud800" <= mark <= "\udfff" for mark in text):
            raise BriefError(
                f"The {name} holds half a character (\\ud800 to \\udfff). Write it as UTF-8."
            )
    return fields["original"], fields["rewrite"]


def verdict_fields(verdict: FloorVerdict) -> dict[str, Any]:
    """A verdict in the form of the batch command."""
    return {"kept": verdict.kept, "reason": verdict.reason}
