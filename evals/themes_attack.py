"""``python -m evals.themes_attack``: cells tried, what was planted, and the auditor.

A few minutes; with ``--full`` a million cells, two thousand plants and forty bets on style.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from coach.bootstrap import open_identifiers
from coach.bootstrap.attacking import library_texts, open_words_attack
from coach.ports import IdentifierFinder
from coach.settings import read_settings
from coach.themes.attack.attacks import Tally, attack_counts
from coach.themes.attack.auditor import Auditor
from coach.themes.attack.programs import generated
from evals.audited import audited, clean
from evals.names import names
from evals.show import bullets, heading, machine_line, rate, share, table

#: At least so many cells, plants and bets on style: in some minutes, and in full.
_SOME = {"cells": 400_000, "plants": 500, "bets": 10}
_FULL = {"cells": 1_000_000, "plants": 2_000, "bets": 40}
_EACH = 60
_SEED = 20260611


def main(arguments: list[str] | None = None) -> int:
    """Print what was tried and recovered; 1 if anything was, or the auditor misses too much."""
    asked = _asked(arguments)
    started = time.perf_counter()
    counts, words = attacked_counts(asked.cells), attacked_words(asked.plants, asked.bets)
    print(heading("Attacks: cells tried and recovered"))
    tried = counts.tried + words.tried
    lost = counts.recovered + words.recovered
    print(table(("attack", "tried", "recovered"), [_row(name, tried, lost) for name in tried]))
    print(f"together {tried.total():,} tried, {lost.total():,} recovered")
    missed = 0
    for name, finder in (("alone", None), ("with the name finder", open_identifiers())):
        missed = show_auditor(name, finder)
    print(f"\n{time.perf_counter() - started:.0f} s; {machine_line()}")
    return int(bool(lost.total() or missed))


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    """How much is tried: what is given, else all of it with ``--full``, else some."""
    parser = argparse.ArgumentParser(prog="python -m evals.themes_attack")
    full = f"{_FULL['cells']:,} cells, {_FULL['plants']:,} plants and {_FULL['bets']} bets"
    parser.add_argument("--full", action="store_true", help=f"try {full}")
    for name, some in _SOME.items():
        parser.add_argument(f"--{name}", type=int, help=f"{name} to try at least; {some:,}")
    asked = parser.parse_args(arguments)
    for name, number in (_FULL if asked.full else _SOME).items():
        if getattr(asked, name) is None:
            setattr(asked, name, number)
    return asked


def attacked_counts(cells: int) -> Tally:
    """Generated programs until so many cells have been tried."""
    tally, number = Tally(), 0
    while tally.tried.total() < cells:
        attack_counts(generated(number, _SEED), tally)
        number += 1
    print(f"{number} programs of 6 to 400 pairs")
    return tally


def attacked_words(plants: int, bets: int) -> Tally:
    """Plants with names of all world regions, in Latin letters and as written at home."""
    people = [spelling for name in names() for spelling in (name.roman, name.local)]
    attack, tally = open_words_attack(read_settings(), _SEED, tuple(people)), Tally()
    number = 0
    while tally.tried.total() < plants:
        attack.plant(number, tally)
        number += 1
    for number in range(bets):
        attack.bet(number)
    attack.settle(tally)
    return tally


def show_auditor(name: str, finder: IdentifierFinder | None) -> int:
    """Recall by kind, what it missed, and false alarms; 1 where recall is below .98."""
    auditor = Auditor(library_texts(), finder)
    cases = list(audited(_EACH))
    found, missed = Counter[str](), []
    for case in cases:
        if auditor.audit(case.report, case.statements):
            found[case.kind] += 1
        else:
            missed.append(f"{case.kind}: {case.planted!r} in {case.report.themes[0].label!r}")
    whole = Counter(case.kind for case in cases)
    alarms = [case for case in clean() if auditor.audit(case.report, case.statements)]
    print(heading(f"The auditor, {name}"))
    rows = [(kind, str(whole[kind]), rate(share(found[kind], whole[kind]))) for kind in whole]
    print(table(("kind", "cases", "recall"), rows))
    recall = share(found.total(), whole.total()) or 0
    print(f"together {whole.total()} cases, recall {recall:.4f}; false alarms {len(alarms)}")
    print("\n".join(bullets("missed", missed)))
    return int(recall < 0.98)


def _row(name: str, tried: Counter[str], lost: Counter[str]) -> tuple[str, str, str]:
    return name, f"{tried[name]:,}", f"{lost[name]:,}"


if __name__ == "__main__":
    sys.exit(main())
