"""``coach model``: whether a language model can be used, and what it has done."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.domain.model_report import ModelReport, Share

app = typer.Typer(
    help="The language model, if one is set.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

#: Words, since not everyone sees colours or marks.
_WORDS = {True: "✓ yes ", False: "✗ no  ", None: "– note"}


@app.command()
def check(as_json: AsJson = False) -> None:
    """Try out what the model can do; exit code 1 if it cannot be used at all."""
    from coach.bootstrap import check_model
    from coach.domain.model_report import NO_MODEL

    found = check_model()
    if found is None:
        typer.echo('{"usable": false, "model": null}' if as_json else NO_MODEL)
        raise typer.Exit(1)
    if as_json:
        typer.echo(found.model_dump_json())
    else:
        typer.echo(f"{found.model} at {found.endpoint}")
        for line in found.checks:
            typer.echo(f"  {_WORDS[line.works]}  {line.name:<9}  {line.says}")
        typer.echo("It can be used." if found.usable else "It cannot be used.")
    if not found.usable:
        raise typer.Exit(1)


@app.command()
def report(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Count from this day on, such as 2026-03-01."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count what the model's replies came to. No text is kept, so none is shown."""
    from coach.bootstrap import model_is_set, open_journal
    from coach.domain.model_report import NO_MODEL

    day: date | None = since.date() if since else None
    found = open_journal().report(day)
    if as_json:
        typer.echo(found.model_dump_json())
        return
    if not model_is_set():
        typer.echo(NO_MODEL)
    _show(found)


#: The errors of ``coach.errors``, for people.
_KINDS = {
    "ModelReplyError": "broken or unreadable reply",
    "ModelStoppedError": "stopped by a person",
    "ModelTimeoutError": "took too long",
    "ModelUnreachableError": "endpoint not reached",
    "ModelBusyError": "endpoint busy, or its quota used up",
    "ModelKeyError": "key refused",
    "ModelMissingError": "model not found",
    "ModelRequestError": "request refused",
    "BudgetError": "daily budget used up",
}


def _show(found: ModelReport) -> None:
    when = f" since {found.since}" if found.since else ""
    if not found.verified and not found.errors:
        typer.echo(f"No reply of a model was counted{when}.")
        return
    typer.echo(f"{found.verified} replies verified{when}, {found.accepted} accepted.")
    _counts("Refused, and why", found.refused)
    _counts("No usable reply", {_KINDS.get(k, k): n for k, n in found.errors.items()})
    _shares("Accepted by slot", found.by_slot)
    _shares("Accepted by model", found.by_model)
    tokens = f"{found.prompt_tokens:,} tokens sent and {found.reply_tokens:,} received"
    if found.median_milliseconds is None:
        typer.echo(f"{tokens}.")
    else:
        seconds = found.median_milliseconds / 1000
        typer.echo(f"{tokens}; half of the replies took less than {seconds:.1f} s.")


def _counts(title: str, counts: dict[str, int]) -> None:
    if counts:
        typer.echo(f"{title}:")
    for name, count in counts.items():
        typer.echo(f"  {count:>6}  {name}")


def _shares(title: str, shares: tuple[Share, ...]) -> None:
    if shares:
        typer.echo(f"{title}:")
    for one in shares:
        typer.echo(f"  {one.share:>6.0%}  {one.name} ({one.accepted} of {one.verified})")
