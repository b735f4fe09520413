"""The command that anybody can run against the rules."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from coach.cli.themes_attack import attack
from coach.errors import CoachError
from coach.themes import counts

app = typer.Typer()
app.command()(attack)


def run(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*options, "--no-words"], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_it_prints_cells_tried_and_recovered_for_each_attack() -> None:
    code, printed = run("--programs", "2", "--pairs", "6-20")

    assert code == 0
    assert "K - 1 pairs together" in printed
    lines = printed.splitlines()
    together = next(at for at, line in enumerate(lines) if line.startswith("together "))
    assert "0" == lines[together].split()[-1]
    assert "Nothing was recovered." == lines[together + 1]


def test_what_too_few_programs_leave_untried_is_named() -> None:
    _, printed = run("--programs", "2", "--pairs", "6-8")

    assert printed.splitlines()[-1].startswith("Not tried: ")


def test_what_it_recovers_ends_it_with_1_and_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts.Group, "bears", lambda _group, _least, _margin: 9)

    code, printed = run("--programs", "6", "--pairs", "12")

    assert code == 1
    assert "Recovered in programs 1/" in printed


@pytest.mark.parametrize("pairs", ["", "0", "9-6", "six", "6-99999", "-3"])
def test_an_unusable_number_of_pairs_is_explained(pairs: str) -> None:
    with pytest.raises(CoachError, match="such as 6-400"):
        CliRunner().invoke(app, [f"--pairs={pairs}", "--no-words"], catch_exceptions=False)
