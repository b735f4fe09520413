"""``coach themes``: what many pairs speak of, told so that nobody can be told from it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.batch import read_batch
from coach.cli.themes_attack import attack
from coach.domain.bands import ENOUGH
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.domain.themes import Statement

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
        int, typer.Option(min=1, help="Pairs behind all that is shown, and left out of it.")
    ] = ENOUGH,
    members: Annotated[
        bool, typer.Option("--members", help="Add which statements are in which theme.")
    ] = False,
    made: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The report's date; today."),
    ] = None,
) -> None:
    """Print one report, as JSON, on statements of a file of your own."""
    if context.invoked_subcommand is not None:
        return
    if jsonl is None:
        raise CoachError("Give a file of statements: coach themes --jsonl statements.jsonl")
    statements, texts, errors = _read(jsonl)
    day = made.date() if made else datetime.now(tz=UTC).date()
    report = _report(statements, texts, number, min_pairs, day, with_members=members)
    if errors:
        report["errors"] = errors
    typer.echo(json.dumps(report, ensure_ascii=False))
    if errors:
        raise typer.Exit(1)


def _read(source: str) -> tuple[list[Statement], list[str], list[dict[str, Any]]]:
    """Stripped statements, what each was before, and the lines that could not be read."""
    from coach.bootstrap.statements import open_stripper
    from coach.domain.themes import Statement

    stripper = open_stripper()
    statements: list[Statement] = []
    texts: list[str] = []

    def keep(fields: dict[str, Any]) -> dict[str, Any]:
        pair, text = fields.get("pair"), fields.get("text")
        if not isinstance(text, str) or not isinstance(pair, str | int):
            raise CoachError(
                "The line has no 'pair' or no 'text'. Write "
                '{"id": 1, "pair": "a", "text": "…"}.'
            )
        # Half a character, which only a JSON line can bring, is nothing that can be embedded.
        texts.append(text.encode("utf-8", "replace").decode("utf-8"))
        statements.append(Statement(id="", pair=str(pair), text=stripper.strip(texts[-1]).text))
        return {}

    errors = []
    for reply in read_batch(source, keep):
        if "error" in reply:
            errors.append(reply)
        else:
            last = statements[-1]
            statements[-1] = last.model_copy(update={"id": str(reply["id"])})
    return statements, texts, errors


def _report(
    statements: list[Statement],
    texts: list[str],
    number: int | None,
    min_pairs: int,
    made: date,
    *,
    with_members: bool,
) -> dict[str, Any]:
    from coach.bootstrap.themes import report_on

    report, mined = report_on(statements, texts, themes=number, min_pairs=min_pairs, made=made)
    found: dict[str, Any] = report.model_dump(mode="json")
    if with_members:
        ids = {one.id: [statements[at].id for at in one.members] for one in mined}
        shown = {theme["id"] for theme in found["themes"]}
        for theme in found["themes"]:
            theme["members"] = ids[theme["id"]]
        found["clusters"] = [
            {"theme": name, "members": held, "shown": name in shown} for name, held in ids.items()
        ]
    return found
