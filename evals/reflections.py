"""What does ``coach summarise`` see in reflections? ``python -m evals.reflections``.

Kinds, promises, days and sentences against labels, on the writers that the model was fitted on
and on those held out, beside a bag of words and a regression on the embedder's vectors; then what
summaries are like, and how they compare with people's summaries of meetings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from coach.domain.reflection import ItemKind
from coach.ports import Embedder, Grammar
from coach.reflecting.due_days import due_day
from coach.reflecting.kinds import fitted_kinds
from coach.reflecting.promises import ME, People, who_promised
from coach.reflecting.read import Reader
from coach.reflecting.sentences import sentences_of
from evals.cases import Part
from evals.fit_reflections import Seen, f1, macro, told_kinds
from evals.reflection_cases import LabelledReflection, labelled_reflections
from evals.show import heading, machine_line, rate, share, table

_SEED = 20261122
_PROMISE = ItemKind.COMMITMENT.value
#: The kind of a sentence, and the one that was found.
Pairs = list[tuple[str, str]]


def read_cases(grammar: Grammar, embedder: Embedder) -> tuple[Seen, ...]:
    """All labelled reflections, with the words and vectors of their sentences."""
    reader = Reader(grammar, embedder)
    return tuple(
        Seen(case, *reader.parts(case.text, [said.span for said in case.sentences]))
        for case in labelled_reflections()
    )


def baselines(fitted_on: Sequence[Seen], asked: Sequence[Seen]) -> dict[str, Pairs]:
    """Kinds by a bag of words and by a regression on vectors."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def regression() -> Any:
        return LogisticRegression(max_iter=3000, class_weight="balanced", random_state=_SEED)

    labels, words, vectors = _rows(fitted_on)
    true, asked_words, asked_vectors = _rows(asked)
    bag = make_pipeline(TfidfVectorizer(sublinear_tf=True), regression()).fit(words, labels)
    near = regression().fit(vectors, labels)
    return {
        "bag of words": list(zip(true, bag.predict(asked_words), strict=True)),
        "vectors": list(zip(true, near.predict(asked_vectors), strict=True)),
    }


def _rows(seen: Sequence[Seen]) -> tuple[list[str], list[str], Any]:
    said = [line for one in seen for line in one.case.sentences]
    vectors = np.vstack([one.vectors for one in seen])
    return [line.kind for line in said], [line.span.text for line in said], vectors


def kind_lines(part: Part, found: dict[str, Pairs]) -> Iterator[str]:
    """F1 of each kind, by each method."""
    count = len(found["coach"])
    yield heading(f"Kinds of sentences, {part.value.replace('_', ' ')}: F1 of {count:,} sentences")
    kinds = [kind.value for kind in ItemKind]
    eight = [float(np.mean([f1(pairs, kind) for kind in kinds])) for pairs in found.values()]
    yield table(
        ("", "sentences", *found),
        [
            ("macro, eight kinds", "", *map(rate, eight)),
            ("macro, with context", "", *(rate(macro(pairs)) for pairs in found.values())),
            *(
                (
                    kind,
                    str(sum(true == kind for true, _ in found["coach"])),
                    *(rate(f1(pairs, kind)) for pairs in found.values()),
                )
                for kind in (*kinds, "context")
            ),
        ],
    )


def promise_lines(part: Part, seen: Sequence[Seen], reader: Reader, grammar: Grammar) -> str:
    """Promises found, with whom and by when; persons and days on all labelled promises."""
    whom: list[tuple[str, str]] = []
    days: list[tuple[bool, bool]] = []
    for one in seen:
        mine, due = _promises(one, grammar)
        whom += mine
        days += due
    dated = [right for right, said in days if said]
    constant = share(sum(true == ME for true, _ in whom), len(whom))
    rows = [
        ("promises found, F1, own sentences", rate(_found(seen, reader)), str(len(whom))),
        ("right person", rate(share(sum(a == b for a, b in whom), len(whom))), str(len(whom))),
        ("  always the writer", rate(constant), str(len(whom))),
        ("right day, or none", rate(share(sum(r for r, _ in days), len(days))), str(len(days))),
        ("  where a day is said", rate(share(sum(dated), len(dated))), str(len(dated))),
        ("sentences with their exact span", *_exact(seen)),
    ]
    return table((f"Promises and sentences, {part.value.replace('_', ' ')}", "", "of"), rows)


def _found(seen: Sequence[Seen], reader: Reader) -> float | None:
    """F1 of promises, a sentence counted only where its whole span was found."""
    right = of = 0
    for one in seen:
        labelled = {_place(said.span) for said in one.case.sentences if said.kind == _PROMISE}
        told = {_place(s.span) for s in reader.read(one.case.text) if s.kind == _PROMISE}
        right += len(labelled & told)
        of += len(labelled) + len(told)
    return share(2 * right, of)


def _promises(one: Seen, grammar: Grammar) -> tuple[list[tuple[str, str]], list[tuple[bool, bool]]]:
    people = People(grammar.read(one.case.text))
    whom, days, before = [], [], None
    for said, reading in zip(one.case.sentences, one.readings, strict=True):
        if said.kind != _PROMISE or one.case.session_date is None:
            continue
        whom.append((said.who, who_promised(reading, people)))
        due = due_day(said.span.text, one.case.session_date, before=before)
        day = due.day if due else None
        days.append((day == said.when, said.when is not None))
        before = day or before
    return whom, days


def _exact(seen: Sequence[Seen]) -> tuple[str, str]:
    right = count = 0
    for one in seen:
        found = {_place(span) for span in sentences_of(one.case.text)}
        labelled = {_place(said.span) for said in one.case.sentences}
        right += len(found & labelled)
        count += len(labelled)
    return rate(share(right, count)), str(count)


def _place(span: Any) -> tuple[int, int]:
    return span.start, span.end


def wholes(part: Part) -> list[LabelledReflection]:
    """The whole reflections of a part, by writer."""
    return [case for case in labelled_reflections() if case.part is part and case.is_whole]


def main() -> None:
    """Print both parts, then summaries and meetings."""
    from coach.adapters.embedders.minilm import MiniLMEmbedder
    from coach.adapters.grammar import EnglishGrammar
    from coach.bootstrap import open_reflecting
    from evals import meetings, reflection_summaries

    grammar, embedder = EnglishGrammar(), MiniLMEmbedder()
    reader = Reader(grammar, embedder)
    seen = read_cases(grammar, embedder)
    fitted_on = [one for one in seen if one.case.part is Part.TUNE]
    print(machine_line())
    for part in Part:
        asked = [one for one in seen if one.case.part is part and one.case.is_whole]
        coach = {"coach": told_kinds(fitted_kinds(), asked)}
        print(*kind_lines(part, coach | baselines(fitted_on, asked)), sep="\n")
        print(f"\n{promise_lines(part, asked, reader, grammar)}", flush=True)
    summariser = open_reflecting().summariser
    for part in Part:
        cases = wholes(part)
        print(*reflection_summaries.lines(part, cases, summariser, grammar, embedder), sep="\n")
    print(*reflection_summaries.time_lines(summariser), sep="\n", flush=True)
    print(*meetings.lines(summariser), sep="\n")


if __name__ == "__main__":
    main()
