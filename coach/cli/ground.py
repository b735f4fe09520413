"""``coach ground``: how well a source carries each sentence of a summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import BriefError, CoachError

if TYPE_CHECKING:
    from coach.domain.reflection import Grounding

_FIELDS = ("source", "summary")


def ground(
    summary: Annotated[str, typer.Argument(help="The summary.")] = "",
    source: Annotated[
        Path | None, typer.Option(help="A text file: what the summary is about.")
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score each sentence of a summary for support by its source, from 0 to 1."""
    from coach.bootstrap import open_reflecting

    if jsonl is None and (source is None or not summary.strip()):
        raise CoachError(
            'Give a source and a summary: coach ground --source notes.txt "Ana will ring Tom."'
        )
    grounder = open_reflecting().grounder
    if jsonl is not None:
        run_batch(
            jsonl, lambda fields: grounding_fields(grounder.ground(*texts_of(fields))), summary
        )
    elif source is not None:
        found = grounder.ground(_read(source), summary)
        if as_json:
            import json

            typer.echo(json.dumps(grounding_fields(found), ensure_ascii=False))
        else:
            _show(found)


def texts_of(fields: dict[str, Any]) -> tuple[str, str]:
    """A line's source and summary. Raises ``BriefError`` that names the faulty field."""
    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        raise BriefError(
            f"The line has an unknown field {unknown[:40]!r}. It has: id, source, summary."
        )
    for name in _FIELDS:
        if not isinstance(fields.get(name), str):
            raise BriefError(f"The {name} is missing. Give it as a text.")
    return fields["source"], fields["summary"]


def grounding_fields(found: Grounding) -> dict[str, Any]:
    """A grounding in the form of the batch command."""
    return {
        "score": round(found.score, 4),
        "sentences": [
            {
                "text": sentence.text,
                "score": round(sentence.score, 4),
                "unsupported": list(sentence.unsupported),
            }
            for sentence in found.sentences
        ],
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CoachError(
            f"{str(path)!r} cannot be read ({error.strerror}). Give a text file."
        ) from error
    except UnicodeDecodeError as error:
        raise CoachError(f"{str(path)!r} is not UTF-8 text. Save the file as UTF-8.") from error


def _show(found: Grounding) -> None:
    typer.echo(f"{found.score:.2f}  the whole")
    for sentence in found.sentences:
        typer.echo(f"{sentence.score:.2f}  {sentence.text}")
        if sentence.unsupported:
            typer.echo(f"      no support for: {', '.join(sentence.unsupported)}")
