"""``coach db``: bring the records up to date, check and tidy them, and keep copies of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.opening import say

app = typer.Typer(
    help="The records: up to date, checked, tidied, and copied.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

#: As many as a person reads; the rest is counted.
_SHOWN = 50


@app.command()
def upgrade() -> None:
    """Bring the records to the form of this version. Stop the pages first, and make a backup."""
    from coach.bootstrap import open_records

    open_records(upgrade=True).close()
    typer.echo("The records are up to date.")


@app.command()
def check() -> None:
    """Read every record once; exit code 1 if anything is not whole."""
    from coach.bootstrap import check_records

    found = check_records()
    for fault in found.faults[:_SHOWN]:
        typer.echo(fault)
    if len(found.faults) > _SHOWN:
        typer.echo(f"… and {len(found.faults) - _SHOWN} more.")
    if found.faults:
        typer.secho(f"{len(found.faults)} to mend.", err=True, fg=typer.colors.RED)
        raise typer.Exit(1)
    typer.echo(f"{found.records:,} records: all in order.")


@app.command()
def tidy(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how much would go, and delete nothing.")
    ] = False,
) -> None:
    """Delete what the pairs wrote in programs that have been over for longer than they keep it.

    A program's lead sets how many days that is. Sessions held and cancelled are still counted,
    and backups made earlier still hold what was written. The pages do this each time they start;
    where they run for months, let the system's timer run it daily.
    """
    from coach.bootstrap import tidy_records

    found = tidy_records(dry_run=dry_run)
    if not found.programs:
        typer.echo("Nothing is past its retention.")
        return
    whose = (
        "1 program past its" if found.programs == 1 else f"{found.programs:,} programs past their"
    )
    verb = "would be deleted" if dry_run else "was deleted"
    typer.echo(f"From {whose} retention {verb}:")
    for name, count in found.counts.items():
        if count:
            typer.echo(f"  {name}: {count:,}")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy all records to one file, from whichever database. The pages can go on meanwhile."""
    from coach.bootstrap import back_up_records
    from coach.settings import read_settings

    count = back_up_records(file)
    typer.echo(f"{count:,} records are in {file}, encrypted as they are.")
    say(
        f"The key is not in it. Keep a copy of {read_settings().keys_path} too, in another place: "
        "without it nobody can read the backup."
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file of coach db backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there.")
    ] = False,
    keys: Annotated[
        Path | None, typer.Option(help="The key file of the backup's day, if it is another one.")
    ] = None,
) -> None:
    """Put a backup back, into whichever database. Stop the pages first.

    Whoever asked to be deleted since then is deleted again.
    """
    from coach.bootstrap import restore_records

    count, aside = restore_records(file, replace=replace, spare_keys=keys)
    if aside:
        say(f"What was there could not be read; it is kept as {aside}.")
    typer.echo(f"{count:,} records are back.")
