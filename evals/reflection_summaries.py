"""What summaries of labelled reflections are like: their evidence, length, repeats and time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import numpy as np

from coach.domain.guidance import Frozen
from coach.domain.reflection import Evidence, ReflectionSummary
from coach.ports import Embedder, Grammar
from coach.reflecting.choosing import REMARK, REMARKS
from coach.reflecting.summary import Summariser
from coach.reflecting.trimming import stands_alone
from evals.cases import Part
from evals.reflection_cases import LabelledReflection, labelled_reflections
from evals.show import heading, machine_line, rate, share, table

#: Reflections of one writer that stand for long notes, and of a group that stand for a class.
_TOGETHER = 5
#: A source from which a summary may have a fifth of the words, and a reflection to be timed.
_LONG, _TIMED, _TEXTS = 300, 600, 20
_DAY = date(2026, 3, 12)
_WORD = re.compile(r"\w+")
#: What introduces notes that are no sentences: the only words that are not the writer's.
_NOTES = re.compile(r"^(?:One note says|The notes say): (?=“)")


class Shape(Frozen):
    """One summary: words of its source, share of them, its likest two sentences, and so on.

    ``whole`` and ``quoted`` count sentences: those that stand alone, and notes quoted in one.
    """

    words: int
    share: float
    repeated: float
    sentences: int
    whole: int
    quoted: int
    items: int
    grounded: int


#: How a paragraph begins to quote notes.
_QUOTING = tuple(remark.partition("{text}")[0] for remark in (REMARK, REMARKS))


def stands_on(text: str, evidence: Sequence[Evidence], texts: Sequence[str]) -> bool:
    """Whether the words of ``text``, in their order, are words of its evidence."""
    if any(not 0 <= one.start < one.end <= len(texts[one.text_index]) for one in evidence):
        return False
    spans = " ".join(texts[one.text_index][one.start : one.end] for one in evidence)
    said = iter(_WORD.findall(spans.casefold()))
    for before in _QUOTING:
        text = text.removeprefix(before)
    kept = _WORD.findall(text.casefold())
    return bool(kept) and all(word in said for word in kept)


def stated(found: ReflectionSummary) -> Iterator[tuple[str, Sequence[Evidence]]]:
    """Every item and sentence of a summary, with its evidence."""
    yield from ((item.text, item.evidence) for item in found.items)
    yield from ((sentence.text, sentence.evidence) for sentence in found.sentences)


def shape(
    texts: Sequence[str], summariser: Summariser, grammar: Grammar, embedder: Embedder
) -> Shape:
    """What the summary of ``texts`` is like."""
    found = summariser.summarise(texts, session_date=_DAY)
    shown = [one.text for one in found.sentences]
    words = sum(len(text.split()) for text in texts)
    return Shape(
        words=words,
        share=len(found.summary.split()) / words,
        repeated=_likest(shown, embedder),
        sentences=len(shown),
        whole=sum(stands_alone(grammar.read(text)) for text in shown),
        quoted=sum(text.startswith(_QUOTING) for text in shown),
        items=len(found.items),
        grounded=sum(stands_on(text, evidence, texts) for text, evidence in stated(found)),
    )


def _likest(shown: Sequence[str], embedder: Embedder) -> float:
    if len(shown) < 2:
        return 0.0
    vectors = embedder.embed(shown)
    return float(np.triu(vectors @ vectors.T, k=1).max())


def sources(cases: Sequence[LabelledReflection]) -> dict[str, list[list[str]]]:
    """Each reflection alone; one writer's as long notes; many people's short ones."""
    by_writer = [list(group) for _, group in groupby(cases, key=lambda case: case.writer)]
    notes = [
        ["\n".join(case.text for case in mine[at : at + _TOGETHER])]
        for mine in by_writer
        for at in range(0, len(mine) - _TOGETHER + 1, _TOGETHER)
    ]
    many = [cases[at :: len(cases) // _TOGETHER] for at in range(len(cases) // _TOGETHER)]
    return {
        "each reflection": [[case.text] for case in cases],
        f"{_TOGETHER} of one writer": notes,
        "of many people": [[case.text for case in group] for group in many],
    }


def lines(
    part: Part,
    cases: Sequence[LabelledReflection],
    summariser: Summariser,
    grammar: Grammar,
    embedder: Embedder,
) -> Iterator[str]:
    """What the summaries of a part are like, by how their sources come."""
    yield heading(f"Summaries, {part.value.replace('_', ' ')}")
    rows = []
    for name, given in sources(cases).items():
        shapes = [shape(texts, summariser, grammar, embedder) for texts in given]
        long = [one.share for one in shapes if one.words > _LONG]
        sentences = sum(one.sentences for one in shapes)
        count = sentences + sum(one.items for one in shapes)
        rows.append(
            (
                name,
                str(len(shapes)),
                str(count),
                rate(share(sum(one.grounded for one in shapes), count)),
                f"{max(long, default=0):.3f} of {len(long)}",
                rate(max(one.repeated for one in shapes)),
                rate(share(sum(one.whole for one in shapes), sentences)),
                rate(share(sum(one.quoted for one in shapes), sentences)),
            )
        )
    header = ("", "sources", "sentences and items", "in the evidence's words")
    more = ("longest share over 300 words", "likest two", "whole", "notes quoted")
    yield table((*header, *more), rows)


def time_lines(summariser: Summariser) -> Iterator[str]:
    """How long a reflection of 600 words takes, once everything is loaded."""
    texts = _timed_texts()
    summariser.summarise([texts[0]], session_date=_DAY)
    spent = []
    for text in texts[1:]:
        started = time.perf_counter()
        summariser.summarise([text], session_date=_DAY)
        spent.append((time.perf_counter() - started) * 1_000)
    median, late = np.median(spent), np.quantile(spent, 0.95)
    yield heading(f"Time of a reflection of {_TIMED} words, warm, {len(spent)} distinct texts")
    yield f"median {median:.0f} ms, p95 {late:.0f} ms (asked: p95 under 500 ms); {machine_line()}"


def _timed_texts() -> list[str]:
    """One text to warm up with, and twenty others."""
    found, words = [], 0
    together: list[str] = []
    for case in labelled_reflections():
        if not case.is_whole:
            continue
        for said in case.sentences:
            together.append(said.span.text)
            words += len(said.span.text.split())
            if words >= _TIMED:
                found.append(" ".join(together))
                together, words = [], 0
    return found[: _TEXTS + 1]
