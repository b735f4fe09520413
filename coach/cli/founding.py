"""``coach program create`` and ``coach people invite``: for the operator of a server."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli.opening import say

program = typer.Typer(
    help="Begin a program on a server.", no_args_is_help=True, rich_markup_mode=None
)
people = typer.Typer(
    help="Let people into a server with accounts.", no_args_is_help=True, rich_markup_mode=None
)


@program.callback()
def _program() -> None:
    """Begin a program on a server."""


@people.callback()
def _people() -> None:
    """Let people into a server with accounts."""


@program.command()
def create(
    name: Annotated[str, typer.Argument(help="What the program is called.")],
    lead: Annotated[str, typer.Option(help="The e-mail address of its lead.")],
    lead_name: Annotated[str, typer.Option(help="The lead's name.")],
) -> None:
    """Begin a program. Its lead signs in, sets it up, and brings in everybody else."""
    from pydantic import ValidationError

    from coach.bootstrap import open_records
    from coach.domain.program import Person, Program
    from coach.errors import ProgramError
    from coach.policy.acting import utc_now
    from coach.program.founding import found_program
    from coach.settings import read_settings

    settings = read_settings()
    try:
        begun = Program(name=name, starts=utc_now().date())
        person = Person(name=lead_name, email=lead)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ProgramError(
            f"The program was not begun: {fault['loc'][0]} cannot be {fault['input']!r:.80}. Give "
            "a name for the program, and the lead's name and e-mail address."
        ) from error
    if not person.email:
        raise ProgramError("The program was not begun: its lead needs an e-mail address.")
    known = found_program(open_records(settings), begun, person)
    say(f"{begun.name!r} is begun, with {known.name} as its lead.")
    if settings.sign_in == "accounts":
        invite(person.email)
    else:
        say(f"They sign in with {person.email}.")


@people.command()
def invite(
    email: Annotated[str, typer.Argument(help="The e-mail address that they are here by.")],
) -> None:
    """Print a link with which somebody sets their password, or a new one if they forgot it.

    It works once, for two weeks; earlier links stop working. Give it to nobody else.
    """
    from coach.bootstrap import open_records
    from coach.errors import SettingsError
    from coach.program.founding import invite_again
    from coach.serving import invitation_link
    from coach.settings import read_settings

    settings = read_settings()
    if settings.sign_in != "accounts":
        raise SettingsError(
            "Only local accounts have invitations, and COACH_SIGN_IN is "
            f"{settings.sign_in or 'not set'}. With oidc people sign in with the e-mail address "
            "that they are known by; without a sign-in there is nobody to invite."
        )
    person, secret = invite_again(open_records(settings), email)
    say(f"A link for {person.name}, which works once within two weeks:")
    typer.echo(invitation_link(secret, settings))
