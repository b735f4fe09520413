"""``python -m evals.themes_attack``: a million cells, two thousand plants, and the auditor."""

from __future__ import annotations

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

_CELLS, _PLANTS, _BETS = 1_000_000, 2_000, 40
_EACH = 60
_SEED = 20260611


def main() -> int:
    """Print what was tried and recovered; 1 if anything was, or the auditor misses too much."""
    started = time.perf_counter()
    counts, words = attacked_counts(), attacked_words()
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


def attacked_counts() -> Tally:
    """Generated programs until enough cells have been tried."""
    tally, number = Tally(), 0
    while tally.tried.total() < _CELLS:
        attack_counts(generated(number, _SEED), tally)
        number += 1
    print(f"{number} programs of 6 to 400 pairs")
    return tally


def attacked_words() -> Tally:
    """Plants with names of all world regions, in Latin letters and as written at home."""
    people = [spelling for name in names() for spelling in (name.roman, name.local)]
    attack, tally = open_words_attack(read_settings(), _SEED, tuple(people)), Tally()
    number = 0
    while tally.tried.total() < _PLANTS:
        attack.plant(number, tally)
        number += 1
    for number in range(_BETS):
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
