"""Does the screen find instructions aimed at a model, and leave benign text alone?

``python -m evals.screening`` prints the held-out part beside two baselines in the same run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from coach.bootstrap import open_screen
from coach.domain.guidance import Frozen
from coach.screening.screen import THRESHOLD, Screen
from evals.cases import Part
from evals.screening_baselines import bag_of_words, keywords
from evals.screening_cases import FILES, Labelled, bench_rows, missing_files, own_cases, own_rows
from evals.screening_corpora import CORPORA, forum_rows, library_rows
from evals.screening_training import Corpus, planted_samples, read_corpus, row_samples
from evals.show import bullets, heading, machine_line, rate, share, table

SYSTEMS = (SCREEN, KEYWORDS, WORDS) = ("screen", "keyword list", "bag of words")
#: Of the third parties: what the balanced accuracy is taken over.
BENCHMARKS = ("BIPIA", "PIGuard", "deepset")
ALL, HARD = "third parties together", "benign with trigger words"


class Rates(Frozen):
    """How many attacks and benign texts there are, and by system which share is flagged.

    The balanced accuracy is the mean of attacks found and benign texts left alone; ``ordered``
    is the chance that an attack scores above a benign text (the area under the ROC curve), which
    depends on no threshold.
    """

    attacks: int
    benign: int
    found: dict[str, float | None]
    false_alarms: dict[str, float | None]
    ordered: dict[str, float | None]

    def balanced(self, system: str) -> float | None:
        """From 0 to 1; none where one of the two kinds is missing."""
        found, false = self.found[system], self.false_alarms[system]
        return None if found is None or false is None else (found + 1 - false) / 2


class ScreeningReport(Frozen):
    """Rates over the held-out part by source; own tuning cases that came out wrong.

    ``missing`` names third-party files that were not there.
    """

    groups: dict[str, Rates]
    mistakes: tuple[str, ...]
    missing: tuple[str, ...]


def measure(screen: Screen) -> ScreeningReport:
    """Screen the held-out part; without the third-party data, what is our own."""
    missing = missing_files((*FILES, *CORPORA))
    rows = [*own_rows(), *library_rows()]
    if not missing:
        rows += [*bench_rows(), *forum_rows()]
    held_out = [row for row in rows if row.part is Part.HELD_OUT]
    texts = [row.text for row in held_out]
    words = bag_of_words(*_known(missing=bool(missing)))
    scores = {
        SCREEN: [screen.score(text).score for text in texts],
        KEYWORDS: keywords(texts),
        WORDS: words(texts),
    }
    return ScreeningReport(
        groups={name: rates(held_out, scores, at) for name, at in _groups(held_out).items()},
        mistakes=tuple(_mistakes(screen)),
        missing=tuple(missing),
    )


def rates(rows: Sequence[Labelled], scores: dict[str, list[float]], at: list[int]) -> Rates:
    """The rates over the rows at these places; a score of .5 is flagged."""
    attacks = [place for place in at if rows[place].attack]
    benign = [place for place in at if not rows[place].attack]

    def shares(places: list[int]) -> dict[str, float | None]:
        return {
            name: share(sum(of[at] >= THRESHOLD for at in places), len(places))
            for name, of in scores.items()
        }

    return Rates(
        attacks=len(attacks),
        benign=len(benign),
        found=shares(attacks),
        false_alarms=shares(benign),
        ordered={name: _ordered(of, attacks, benign) for name, of in scores.items()},
    )


def lines(found: ScreeningReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading(
        "Screening: are instructions aimed at a model found, and benign texts left alone?"
    )
    if found.missing:
        yield (
            f"Only our own cases: {', '.join(found.missing)} not found. Set COACH_BENCHDATA to the "
            "folder of the third-party data."
        )
    yield "held-out part; found / false alarms / balanced accuracy / area under the ROC curve"
    header = ("source", "attacks", "benign", *SYSTEMS)
    yield table(header, (_row(name, of) for name, of in found.groups.items()))
    yield ""
    yield from bullets("own cases of the tuning part that came out wrong", found.mistakes)


def main() -> int:
    """Measure and print."""
    print(machine_line())
    print(*lines(measure(open_screen())), sep="\n")
    return 0


def _known(*, missing: bool) -> tuple[list[str], list[bool], list[str], list[bool]]:
    """The tuning part for the regression: the texts of the screen's verdict."""
    if missing:
        tuning = [row for row in own_rows() if row.part is Part.TUNE]
        corpus = Corpus(rows=tuning, prose=[], requests=[], writers={})
        samples = list(row_samples(corpus))
    else:
        corpus = read_corpus()
        samples = [*row_samples(corpus), *planted_samples(corpus)]
    return (
        [one.text for one in samples],
        [one.label for one in samples],
        [one.group for one in samples],
        [one.hard for one in samples],
    )


def _groups(rows: Sequence[Labelled]) -> dict[str, list[int]]:
    places = range(len(rows))
    found = {
        name: [at for at in places if rows[at].source == name]
        for name in sorted({row.source for row in rows})
    }
    together = [at for at in places if rows[at].source in BENCHMARKS]
    hard = [at for at in places if rows[at].hard]
    return {**found, **({ALL: together} if together else {}), HARD: hard}


def _mistakes(screen: Screen) -> Iterator[str]:
    for case in own_cases():
        if case.part is Part.TUNE:
            score = screen.score(case.text)
            if score.flagged != bool(case.plant):
                yield f"{score.score:.2f} {case.id} {case.text}"


def _ordered(scores: list[float], attacks: list[int], benign: list[int]) -> float | None:
    pairs = [(scores[one], scores[other]) for one in attacks for other in benign]
    won = sum((one > other) + (one == other) / 2 for one, other in pairs)
    return won / len(pairs) if pairs else None


def _row(name: str, of: Rates) -> tuple[str, ...]:
    cells = (
        " / ".join(
            rate(value)
            for value in (
                of.found[system],
                of.false_alarms[system],
                of.balanced(system),
                of.ordered[system],
            )
        )
        for system in SYSTEMS
    )
    return (name, str(of.attacks), str(of.benign), *cells)


if __name__ == "__main__":
    sys.exit(main())
