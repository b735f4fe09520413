"""The ``coach`` command. Each command loads what it needs when it runs, so help is instant."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coach.cli import (
    ask,
    ask_well,
    care,
    db,
    floor,
    founding,
    ground,
    keys,
    library,
    model,
    phrase,
    prepare,
    redact,
    screen,
    search,
    start,
    summarise,
    tact,
    themes,
    verify,
)

app = typer.Typer(
    name="coach",
    help="A conversation coach for reverse mentoring: juniors mentor seniors.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("agenda")(prepare.agenda)
app.command("questions")(prepare.questions)
app.command("ask")(ask.ask)
app.command("tact")(tact.tact)
app.command("phrase")(phrase.phrase)
app.command("floor")(floor.floor)
app.command("ground")(ground.ground)
app.command("ask-well")(ask_well.ask_well)
app.command("care")(care.care)
app.command("summarise")(summarise.summarise)
app.command("search")(search.search)
app.command("redact")(redact.redact)
app.command("screen")(screen.screen)
app.command("verify")(verify.verify)
app.add_typer(search.index, name="index")
app.add_typer(library.app, name="library")
app.add_typer(model.app, name="model")
app.add_typer(founding.program, name="program")
app.add_typer(founding.people, name="people")
app.add_typer(themes.app, name="themes")
app.add_typer(db.app, name="db")
app.add_typer(keys.app, name="keys")
app.command("start")(start.start)


def _version(value: bool) -> None:
    if value:
        from coach import __version__

        typer.echo(f"coach {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What every command shares."""


def run() -> None:
    """Run the command line; every error of the coach becomes one line and exit code 1.

    Typer itself ends quietly when a person stops it or its reader goes away.
    """
    from coach.errors import CoachError

    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 whatever the system's code page is. Half a character, which only a JSON
        # line can bring, goes out as the escape that it came in as.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except CoachError as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        sys.exit(1)
