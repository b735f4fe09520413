"""``coach library``: check it, add an organisation's own documents, list and remove them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.opening import opened, say
from coach.errors import DocumentError

app = typer.Typer(
    help="The guidance library and your own documents.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A library folder; the coach's own without.")
    ] = None,
) -> None:
    """Check every card, kit and source; exit code 1 if anything needs mending."""
    from coach.library.check import check_library
    from coach.library.load import load_library
    from coach.settings import read_settings

    place = folder or read_settings().library
    faults = check_library(place)
    for fault in faults:
        typer.echo(f"{fault.file}: {fault.what}")
    if faults:
        typer.secho(f"{len(faults)} to mend.", err=True, fg=typer.colors.RED)
        raise typer.Exit(1)
    library = load_library(place)
    typer.echo(
        f"{len(library.cards)} cards, {len(library.kits)} topic kits and "
        f"{len(library.sources)} sources: all in order."
    )


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Markdown, text, PDF or Word files.")],
) -> None:
    """Add your organisation's own documents to what the coach searches."""
    from coach.screening.screen import LIKE_AN_ORDER

    coach = opened()
    failed = False
    for path in files:
        try:
            document, orders = coach.add_document(path)
        except DocumentError as error:
            failed = True
            typer.secho(str(error), err=True, fg=typer.colors.RED)
        else:
            typer.echo(
                f"Added {document.source} as {document.id}: {_passages(len(document.passages))}"
            )
            for order in orders:
                say(f"{LIKE_AN_ORDER}: {order}")
    report = coach.rebuild()
    say(f"{report.embedded} texts embedded, {report.reused} reused.")
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_documents() -> None:
    """List the added documents with where they came from."""
    from coach.bootstrap import open_documents

    documents = open_documents().list()
    if not documents:
        typer.echo("No documents were added. Add one: coach library add FILE")
    for document in documents:
        typer.echo(
            f"{document.id}  {document.source}  added {document.added}  "
            f"{_passages(len(document.passages))}"
        )


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="Documents' identifiers or file names.")],
) -> None:
    """Remove added documents, their text and their vectors, from this machine."""
    coach = opened()
    try:
        for name in names:
            document = coach.documents.remove(name)
            typer.echo(f"Removed {document.source}.")
    finally:
        coach.rebuild()
    say("Its text and vectors are gone from the index.")


def _passages(count: int) -> str:
    return f"{count} passage" if count == 1 else f"{count} passages"
