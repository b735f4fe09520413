"""``coach themes``: what many pairs speak of, told so that nobody can be told from it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import read_batch
from coach.cli.themes_attack import attack
from coach.domain.bands import ENOUGH
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bootstrap.themes import Asked

_HOW = 'Write {"id": 1, "pair": "a", "text": "…"}.'

app = typer.Typer(
    help="Themes that many pairs speak of, without anybody's words.", no_args_is_help=True
)
app.command("attack")(attack)


@app.callback(invoke_without_command=True)
def themes(
    context: typer.Context,
    jsonl: Annotated[
        str | None,
        typer.Option(help="Statements, one a line, {id, pair, text}: a file, or '-'."),
    ] = None,
    number: Annotated[
        int | None, typer.Option("--themes", min=1, help="How many themes; else it is found.")
    ] = None,
    min_pairs: Annotated[
        int,
        typer.Option(
            min=1,
            help="Pairs behind all that is shown, and left out of it. Fewer than 5 protect nobody.",
        ),
    ] = ENOUGH,
    members: Annotated[
        bool, typer.Option("--members", help="Add which statements are in which theme.")
    ] = False,
    epsilon: Annotated[
        float | None,
        typer.Option(help="Add noise to counts: the privacy budget that they take, such as 1."),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(help="Work on a Ray cluster: 'auto', 'local', or its address, host:port."),
    ] = None,
    made: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The report's date; today."),
    ] = None,
) -> None:
    """Print one report, as JSON, on statements of a file of your own."""
    if context.invoked_subcommand is not None:
        if jsonl is not None:
            raise CoachError(
                "The attack works on made-up programs, or on one of your own: coach themes attack "
                "--program ID. A file is not attacked; leave --jsonl out."
            )
        return
    if jsonl is None:
        raise CoachError("Give a file of statements: coach themes --jsonl statements.jsonl")
    from coach.bootstrap.themes import Asked

    authors, texts, errors = _read(jsonl)
    day = made.date() if made else datetime.now(tz=UTC).date()
    asked = Asked(number, min_pairs, day, epsilon, ray)
    report = _report(authors, texts, asked, with_members=members)
    if errors:
        report["errors"] = errors
    typer.echo(json.dumps(report, ensure_ascii=False))
    if errors:
        raise typer.Exit(1)


def _read(source: str) -> tuple[list[tuple[str, str]], list[str], list[dict[str, Any]]]:
    """Each statement's identifier and pair, its text, and the lines that could not be read.

    Lines are counted from 1, those without a character left out.
    """
    pairs: list[str] = []
    texts: list[str] = []

    def keep(fields: dict[str, Any]) -> dict[str, Any]:
        pair, text = fields.get("pair"), fields.get("text")
        if isinstance(pair, bool) or not isinstance(pair, str | int) or not _says(str(pair)):
            raise CoachError(f"The line names no pair under 'pair', so it is left out. {_HOW}")
        if not isinstance(text, str) or not _says(text):
            raise CoachError(f"The line has no words under 'text', so it is left out. {_HOW}")
        # Half a character, which only a JSON line can bring, is nothing that can be embedded.
        texts.append(text.encode("utf-8", "replace").decode("utf-8"))
        pairs.append(str(pair))
        return {}

    replies = list(read_batch(source, keep))
    errors = [
        {"line": number, **reply}
        for number, reply in enumerate(replies, start=1)
        if "error" in reply
    ]
    ids = [str(reply["id"]) for reply in replies if "error" not in reply]
    return list(zip(ids, pairs, strict=True)), texts, errors


def _says(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, text))


def _report(
    authors: list[tuple[str, str]],
    texts: list[str],
    asked: Asked,
    *,
    with_members: bool,
) -> dict[str, Any]:
    from coach.bootstrap.themes import report_on

    told = report_on(authors, texts, asked)
    found: dict[str, Any] = {**told.report.model_dump(mode="json"), "notes": told.notes}
    if with_members:
        ids = {one.id: [authors[at][0] for at in one.members] for one in told.mined}
        shown = {theme["id"] for theme in found["themes"]}
        for theme in found["themes"]:
            theme["members"] = ids[theme["id"]]
        found["clusters"] = [
            {"theme": name, "members": held, "shown": name in shown} for name, held in ids.items()
        ]
    return found
