"""Which rows the screen's parts are fitted on; only ever the tuning part."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from coach.screening.windows import sentences
from evals.cases import Part
from evals.screening_cases import Labelled, bench_rows, own_cases, own_rows, planted
from evals.screening_corpora import Grouped, forum_rows, library_rows, prose, requests

FOLDS = 5
#: Share of benign tuning rows with trigger words, and of long benign texts, that may be flagged.
FALSE_ALARMS = 0.09
#: Longer texts are no single request.
_REQUEST = 250
_SEED = 20260301


@dataclass(frozen=True)
class Sample:
    """A text for one part of the screen; a ``group`` is never in two folds."""

    text: str
    group: str
    weight: float
    label: bool = False
    plant: str = ""
    hard: bool = False
    source: str = ""

    @property
    def fold(self) -> int:
        """From 0 to ``FOLDS`` - 1."""
        return fold_of(self.group)


def fold_of(group: str) -> int:
    """The fold of a group, by a hash that does not change."""
    return crc32(group.encode("utf-8", "replace")) % FOLDS


@dataclass(frozen=True)
class Corpus:
    """The tuning part of all rows, with what is read beside them."""

    rows: list[Labelled]
    prose: list[Grouped]
    requests: list[Grouped]
    writers: dict[str, str]


def read_corpus() -> Corpus:
    """Read everything; the held-out part is left out here, once and for all."""
    rows = [*own_rows(), *bench_rows(), *forum_rows(), *library_rows()]
    return Corpus(
        rows=[row for row in rows if row.part is Part.TUNE],
        prose=prose(),
        requests=requests(),
        writers={case.id: case.writer for case in own_cases()},
    )


def override_samples(corpus: Corpus) -> Iterator[Sample]:
    """Orders to a model, against every other text; plain requests are no orders of this kind."""
    for row in corpus.rows:
        if row.source in {"deepset", "PIGuard"}:
            yield Sample(row.text, row.group, 2.0 if row.hard else 1.0, label=row.attack)
        elif row.source == "own, planted":
            if not corpus.writers[row.group].startswith("errand"):
                yield Sample(row.plant, row.group, 1.0, label=True)
                yield Sample(row.text, row.group, 0.5, label=True)
        elif row.source == "BIPIA":
            if not row.attack:
                yield from _sentences(row, 0.2)
        else:
            weight = {"forums, trigger words": 0.5, "library passages": 0.2}.get(row.source, 1.0)
            yield Sample(row.text, row.group, weight)
    yield from (Sample(text, group, 0.3) for text, group in corpus.requests[:800])
    yield from _prose(corpus.prose[:150], 6, 0.15)


def ask_samples(corpus: Corpus) -> Iterator[Sample]:
    """Requests to an assistant, honest or not, against sentences that people write to people."""
    attacks = {row.plant: row.group for row in corpus.rows if row.source == "BIPIA" and row.plant}
    yield from (Sample(text, group, 6.0, label=True) for text, group in attacks.items())
    for row in corpus.rows:
        if row.source == "deepset":
            if len(row.text) < _REQUEST:
                yield Sample(row.text, row.group, 1.0, label=True)
        elif row.source == "own, planted":
            yield Sample(row.plant, row.group, 2.0, label=True)
        elif row.source in {"forums, trigger words", "library passages"}:
            yield from _sentences(row, 0.3)
        elif row.source != "PIGuard" and not row.attack:
            yield from _sentences(row, 1.0, label=corpus.writers.get(row.group) == "asker")
    yield from (Sample(text, group, 0.5, label=True) for text, group in corpus.requests[:1500])
    yield from _prose(corpus.prose[:300], 8, 0.4)


def planted_samples(corpus: Corpus) -> Iterator[Sample]:
    """Clean texts of some sentences, and the same with a request or an order among them.

    Text and plant are of the same fold, so that a model that is judged on one
    fold has seen neither the text nor that kind of plant.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a choice that can be repeated
    plants = _plants(corpus)
    mails = [row for row in corpus.rows if row.source == "BIPIA" and not row.attack]
    own = [row for row in corpus.rows if row.source[:3] == "own" and not row.attack]
    library = [row for row in corpus.rows if row.source == "library passages"]
    carriers = [
        *((row.text, row.group, 3.0, 6) for row in mails),
        *((text, group, 0.6, 2) for text, group in corpus.prose[:300]),
        *((row.text, row.group, 0.6, 2) for row in own if len(sentences(row.text)) > 1),
        *((row.text, row.group, 0.3, 1) for row in library if len(sentences(row.text)) > 1),
    ]
    for text, group, weight, times in carriers:
        yield Sample(text, group, 2 * weight, source="planted")
        choice = [plant for plant in plants if plant.fold == fold_of(group)]
        for plant in draw.choices(choice, [one.weight for one in choice], k=times):
            whole = planted(text, plant.text, draw.randrange(3))
            share = 2 * weight / times
            yield Sample(whole, group, share, label=True, plant=plant.text, source="planted")


def row_samples(corpus: Corpus) -> Iterator[Sample]:
    """The labelled rows themselves; BIPIA's attacks come through ``planted_samples``."""
    weights = {
        "BIPIA": 4.0,
        "own, planted": 1.5,
        "own, carriers": 0.7,
        "own, trigger words": 2.25,
        "forums, trigger words": 0.9,
        "library passages": 0.1,
    }
    for row in corpus.rows:
        if row.source != "BIPIA" or not row.attack:
            weight = weights.get(row.source, 1.5 if row.hard else 1.0)
            yield Sample(row.text, row.group, weight, row.attack, row.plant, row.hard, row.source)


def _plants(corpus: Corpus) -> list[Sample]:
    attacks = {row.plant: row.group for row in corpus.rows if row.source == "BIPIA" and row.plant}
    found = [Sample(text, group, 3.0, label=True) for text, group in attacks.items()]
    found += [
        Sample(row.plant, row.group, 1.0, label=True)
        for row in corpus.rows
        if "own, p" in row.source
    ]
    found += [Sample(text, group, 0.3, label=True) for text, group in corpus.requests[:600]]
    found += [
        Sample(row.text, row.group, 0.3, label=True)
        for row in corpus.rows
        if row.source == "deepset" and len(row.text) < _REQUEST
    ]
    return found


def _sentences(row: Labelled, weight: float, *, label: bool = False) -> Iterator[Sample]:
    for window in sentences(row.text):
        yield Sample(window.text, row.group, weight, label=label)


def _prose(texts: list[Grouped], most: int, weight: float) -> Iterator[Sample]:
    for text, group in texts:
        for window in sentences(text)[:most]:
            yield Sample(window.text, group, weight)
