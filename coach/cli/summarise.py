"""``coach summarise``: what a reflection comes to, each line with the words it stands on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import run_batch
from coach.errors import ReflectionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.reflection import ReflectionSummary, SummaryItem

_FIELDS = frozenset({"texts", "author", "partner", "session_date"})
_HOW = 'Write {"id": 1, "texts": ["…"], "session_date": "2026-03-12"}.'


def summarise(
    texts: Annotated[
        list[str] | None, typer.Argument(help="What was written after a session.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "",
    partner: Annotated[str, typer.Option(help="With whom the session was.")] = "",
    session_date: Annotated[
        str, typer.Option("--session-date", help="Its day, as 2026-03-12; today without.")
    ] = "",
    jsonl: Annotated[
        str | None, typer.Option(help="Answer each line of this file, or of '-'.")
    ] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Keep to the writer's words, though a model is set.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Summarise a reflection: wins, challenges, learnings, promises with who and when."""
    if jsonl is None and not any(text.strip() for text in texts or ()):
        raise ReflectionError('Give a text: coach summarise "Today we tried …"')
    from coach.bootstrap import open_reading
    from coach.bootstrap.models import LOCAL
    from coach.pair.rewritten import rewritten

    reading = open_reading()

    def read(fields: dict[str, Any]) -> ReflectionSummary:
        said, given = _texts(fields), _names(fields)
        found = reading.summarise(said, session_date=_day(fields), **given)
        if no_model or reading.rewrite is None:
            return found
        names = [name for name in given.values() if name]
        return rewritten(found, said, reading.rewrite, person=LOCAL, participants=names)

    if jsonl is not None:
        run_batch(jsonl, lambda fields: summary_fields(read(fields)), *(texts or ()))
        return
    found = read(
        {
            "texts": list(texts or ()),
            "author": author,
            "partner": partner,
            "session_date": session_date or None,
        }
    )
    if as_json:
        import json

        typer.echo(json.dumps(summary_fields(found), ensure_ascii=False))
        return
    _show(found)


def summary_fields(found: ReflectionSummary) -> dict[str, Any]:
    """A summary in the form of the batch command."""
    return {
        "summary": found.summary,
        "sentences": [
            {
                "text": one.text,
                "evidence": _evidence(one.evidence),
                "provenance": one.provenance.model_dump(mode="json") if one.provenance else None,
            }
            for one in found.sentences
        ],
        "items": [_item(item) for item in found.items],
        "dropped": found.dropped,
        "note": found.note,
    }


def _item(item: SummaryItem) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "kind": item.kind.value,
        "text": item.text,
        "evidence": _evidence(item.evidence),
    }
    if item.who:
        fields |= {
            "who": item.who,
            "what": item.what,
            "when": item.when.isoformat() if item.when else None,
            "when_words": item.when_words,
        }
    return fields


def _evidence(found: Sequence[Any]) -> list[dict[str, Any]]:
    return [one.model_dump() for one in found]


def _texts(fields: dict[str, Any]) -> list[str]:
    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        raise ReflectionError(f"The line has an unknown field {unknown[:40]!r}. {_HOW}")
    texts = fields.get("texts")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ReflectionError(f"The texts must be a list of texts. {_HOW}")
    if any("\ud800" <= mark <= "\udfff" for text in texts for mark in text):
        raise ReflectionError("A text holds half a character (\\ud800 to \\udfff). Write UTF-8.")
    return texts


def _names(fields: dict[str, Any]) -> dict[str, str]:
    names = {name: fields.get(name) or "" for name in ("author", "partner")}
    wrong = next((name for name, given in names.items() if not isinstance(given, str)), None)
    if wrong is not None:
        raise ReflectionError(f"The {wrong} is no text. {_HOW}")
    return names


def _day(fields: dict[str, Any]) -> date | None:
    given = fields.get("session_date")
    if given is None:
        return None
    try:
        return date.fromisoformat(given[:10])
    except (TypeError, ValueError):
        raise ReflectionError(
            f"The session date {str(given)[:40]!r} is no day. Write it as 2026-03-12."
        ) from None


def _show(found: ReflectionSummary) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if found.summary:
        console.print(Text(found.summary))
    for item in found.items:
        label = item.kind.value.replace("_", " ")
        console.print(Text.assemble((f"  {label:<11}", "bold"), item.text))
        if item.who:
            due = f" by {item.when:%A %d %B %Y}" if item.when else ""
            console.print(Text(f"             {item.who}: {item.what}{due}", style="italic"))
    if found.note:
        console.print(Text(found.note, style="italic"))
