"""``coach keys``: the keys that the records are encrypted with."""

from __future__ import annotations

import sys

import typer

from coach.cli.opening import say

app = typer.Typer(help="The keys of the records.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_keys() -> None:
    """List the keys by their names and days; never what they are."""
    from coach import bootstrap

    for key in bootstrap.list_keys():
        use = "in use" if key.seals else "being replaced" if key.needed else "not needed"
        typer.echo(f"{key.id}  made {key.made}  {use}")


@app.command()
def rotate() -> None:
    """Encrypt all records with a new key, and drop the old one.

    The pages can go on meanwhile. Run it again if it was interrupted: it goes on from there.
    Backups made before need the key file as it was; copy it first.
    """
    from coach.bootstrap import rotate_keys

    done = rotate_keys(progress=_progress)
    if done.resumed:
        say("A rotation that had been interrupted is finished.")
    typer.echo(f"{done.resealed:,} records are encrypted with the new key {done.key_id}.")
    say("Make a new backup, and keep a copy of the new key file with it, in another place.")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r  {done:,} of {total:,} records{end}")
        sys.stderr.flush()
