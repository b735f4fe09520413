"""``coach themes attack``: try to find out who said what, and print what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.batch import progress
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.themes.attack.attacks import Tally
    from coach.themes.attack.programs import Program

#: Pairs of the largest program that is made up.
_MOST = 2000
_SIZES = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
#: For so many programs of counts, one of words: finding themes takes longer than counting.
_WORDS_PER = 10


def attack(
    programs: Annotated[
        int, typer.Option(min=1, max=100_000, help="How many programs to make up.")
    ] = 30,
    pairs: Annotated[str, typer.Option(help="How many pairs they have.")] = "6-400",
    seed: Annotated[int, typer.Option(help="Another number makes other programs.")] = 1,
    program: Annotated[str, typer.Option(help="Attack this program of your records instead.")] = "",
    words: Annotated[
        bool, typer.Option(help="Also plant names and rare words in what pairs say.")
    ] = True,
) -> None:
    """Attack what releases tell of single pairs; exit code 1 if anything is recovered.

    The adversary knows the roster, the segments, who contributed, every preview and release, the
    rules, and what up to K - 1 pairs said. A cell is an answer about somebody else: whether a pair,
    or a group of fewer than K, told of a theme in a release.
    """
    from coach.themes.attack.attacks import Tally, attack_counts
    from coach.themes.attack.programs import generated

    sizes, tally = _sizes(pairs), Tally()
    if program:
        attack_counts(_own(program), tally)
    else:
        with progress(programs) as step:
            for number in range(programs):
                attack_counts(generated(number, seed, sizes), tally)
                step()
        if words:
            _attack_words(-(-programs // _WORDS_PER), seed, tally)
    _show(tally)
    if sum(tally.recovered.values()):
        raise typer.Exit(1)


def _own(program: str) -> Program:
    from coach.bootstrap.attacking import own_program
    from coach.settings import read_settings

    return own_program(read_settings(), program)


def _attack_words(programs: int, seed: int, tally: Tally) -> None:
    from coach.bootstrap.attacking import open_words_attack
    from coach.settings import read_settings

    on_words = open_words_attack(read_settings(), seed)
    with progress(2 * programs) as step:
        for number in range(programs):
            on_words.plant(number, tally)
            step()
            on_words.bet(number)
            step()
    on_words.settle(tally)


def _sizes(pairs: str) -> tuple[int, int]:
    found = _SIZES.fullmatch(pairs.strip())
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= least <= most <= _MOST:
        raise CoachError(
            f"{pairs!r} is no number of pairs. Give two numbers from 1 to {_MOST}, such as 6-400."
        )
    return least, most


def _show(tally: Tally) -> None:
    width = max(map(len, tally.tried))
    typer.echo(f"{'attack':{width}}  {'cells tried':>12}  {'recovered':>9}")
    for name, tried in tally.tried.items():
        typer.echo(f"{name:{width}}  {tried:12,}  {tally.recovered[name]:9,}")
    tried, lost = sum(tally.tried.values()), sum(tally.recovered.values())
    typer.echo(f"{'together':{width}}  {tried:12,}  {lost:9,}")
    if lost:
        typer.echo(f"Recovered in programs {', '.join(tally.programs[:10])}.")
    else:
        typer.echo("Nothing was recovered.")
    if untried := [name for name, count in tally.tried.items() if not count]:
        typer.echo(f"Not tried: {', '.join(untried)}. More programs, or larger ones, allow it.")
