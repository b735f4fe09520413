"""Does the right guidance come up? The fusion beside each of its halves, on the same passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from coach.bootstrap import Coach, choose_embedder
from coach.domain.guidance import Frozen
from evals.cases import Part, RetrievalCase, retrieval_cases
from evals.halves import Halves
from evals.interval import mean_with_interval
from evals.show import heading, rate, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

FUSION, DENSE, WORDS = "fusion", "dense alone", "BM25 alone"
SYSTEMS = (FUSION, DENSE, WORDS)
HIT, MRR = "hit@3", "MRR"
MEASURES = (HIT, MRR)
ALL = "all"

#: A person reads about three results; a right one below the tenth counts as not found.
_READ, _DEPTH = 3, 10

#: By measure and system, one number per question.
Points = dict[str, dict[str, "NDArray[np.float64]"]]


class Difference(Frozen):
    """Fusion minus the better half, with a bootstrap 95% interval over questions."""

    measure: str
    better_half: str
    difference: float
    low: float
    high: float


class Group(Frozen):
    """Mean hit@3 and MRR (``means``: measure, system), 0 to 1, over some questions."""

    questions: int
    means: dict[str, dict[str, float]]
    differences: tuple[Difference, ...]


class Retrieval(Frozen):
    """The rates by part of the cases, with ``all``, and by writer."""

    parts: dict[str, Group]
    writers: dict[str, Group]

    @property
    def holds(self) -> bool:
        """Whether the fusion is nowhere below the better half, over all questions."""
        return all(found.difference >= 0 for found in self.parts[ALL].differences)


def measure(coach: Coach, cases: Sequence[RetrievalCase] | None = None) -> Retrieval:
    """Ask every question of the three systems; all labelled cases unless told which."""
    cases = retrieval_cases() if cases is None else cases
    points = _points(coach, cases)
    parts = {part.value: np.array([case.part is part for case in cases]) for part in Part}
    writers = {
        writer: np.array([case.writer == writer for case in cases])
        for writer in sorted({case.writer for case in cases})
    }
    everything = np.ones(len(cases), dtype=np.bool_)
    return Retrieval(
        parts={
            name: group(points, mask)
            for name, mask in {**parts, ALL: everything}.items()
            if mask.any()
        },
        writers={name: group(points, mask) for name, mask in writers.items()},
    )


def group(points: Points, mask: NDArray[np.bool_]) -> Group:
    """The means over the questions in ``mask``, and how far the fusion is from the better half."""
    chosen = {
        name: {system: values[mask] for system, values in systems.items()}
        for name, systems in points.items()
    }
    return Group(
        questions=int(mask.sum()),
        means={
            name: {system: float(values.mean()) for system, values in systems.items()}
            for name, systems in chosen.items()
        },
        differences=tuple(_difference(name, systems) for name, systems in chosen.items()),
    )


def reciprocal_rank(order: Sequence[str], relevant: Sequence[str]) -> float:
    """1 over the place of the first relevant document, or 0 if it is not among the first ten."""
    places = (place for place, name in enumerate(order[:_DEPTH], start=1) if name in relevant)
    return 1 / next(places, float("inf"))


def lines(found: Retrieval) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Retrieval: is the right card or kit among the documents found?")
    yield f"hit@{_READ}, and MRR to rank {_DEPTH}; each half ranks as the fusion sees it."
    yield table(("part", "questions", *_columns()), _rows(found.parts))
    yield ""
    yield table(("writer", "questions", *_columns()), _rows(found.writers))
    yield ""
    header = ("fusion − better half", "better half", "difference", "95% from", "to")
    yield table(header, _differences(found.parts))


def _points(coach: Coach, cases: Sequence[RetrievalCase]) -> Points:
    halves = Halves(coach.settings.index_path, choose_embedder(coach.settings))
    ranks = np.array(
        [
            [
                reciprocal_rank(order, case.relevant)
                for order in (
                    [hit.passage.doc_id for hit in coach.search(case.question, k=_DEPTH).hits],
                    halves.dense(case.question),
                    halves.lexical(case.question),
                )
            ]
            for case in cases
        ]
    )
    hits = (ranks >= 1 / _READ).astype(np.float64)
    return {
        HIT: dict(zip(SYSTEMS, hits.T, strict=True)),
        MRR: dict(zip(SYSTEMS, ranks.T, strict=True)),
    }


def _difference(name: str, systems: Mapping[str, NDArray[np.float64]]) -> Difference:
    better = max((DENSE, WORDS), key=lambda half: float(systems[half].mean()))
    mean, low, high = mean_with_interval(systems[FUSION] - systems[better])
    return Difference(measure=name, better_half=better, difference=mean, low=low, high=high)


def _columns() -> Iterator[str]:
    return (f"{name} {system}" for name in MEASURES for system in SYSTEMS)


def _rows(groups: Mapping[str, Group]) -> Iterator[tuple[str, ...]]:
    for name, of in groups.items():
        means = (rate(of.means[measured][system]) for measured in MEASURES for system in SYSTEMS)
        yield (name, str(of.questions), *means)


def _differences(groups: Mapping[str, Group]) -> Iterator[tuple[str, ...]]:
    for name, of in groups.items():
        for found in of.differences:
            numbers = (f"{value:+.3f}" for value in (found.difference, found.low, found.high))
            yield (f"{name}, {found.measure}", found.better_half, *numbers)
