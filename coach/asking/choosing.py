"""Choose the sentences of found passages that answer a question best, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.asking.nearness import Nearness
from coach.asking.sentences import Sentence, sentences_of
from coach.domain.answer import MOST_SENTENCES
from coach.domain.guidance import Passage

#: A run of sentences of the best document opens the answer; single ones of others follow.
_RUN = 3
#: How near a single sentence must be. What opens a document is its gist, and needs less.
_NEAR_ENOUGH, _GIST_ENOUGH = 0.35, 0.2
#: What a run loses that does not begin where its passage does: its first words may be missed.
_CUT_IN = 0.15
#: What a section gains that a question asks for by its kind.
_ASKED_FOR = 0.15
_KINDS = (
    (re.compile(r"\bwhy\b|\breasons?\b|\bevidence\b|\bresearch\b|\bproof\b"), "why"),
    (
        re.compile(
            r"\bsay\b|\bwords?\b|\bwording\b|\bphrase\b|\btell (?:him|her|them|my)\b|\bput it\b"
        ),
        "words",
    ),
    (
        re.compile(r"\bquestions? (?:to|can|could|should|do)\b|\bwhat (?:can|should|do) i ask\b"),
        "questions",
    ),
    (re.compile(r"\bwhat if\b|\bawkward\b|\brefuses?\b|\bsays? no\b"), "if it gets awkward"),
    (re.compile(r"\bshould i (?:not|never|avoid)\b|\bwhen not\b|\bis it ok(?:ay)?\b"), "when not"),
)


@dataclass(frozen=True)
class Choice:
    """A sentence and the passage in which it stands."""

    passage: Passage
    sentence: Sentence


@dataclass(frozen=True)
class _Rated:
    passage: Passage
    sentence: Sentence
    near: float
    gist: bool

    @property
    def place(self) -> tuple[str, int]:
        return self.passage.id, self.sentence.place


def choose(
    question: str,
    documents: Sequence[Sequence[Passage]],
    nearness: Nearness,
    *,
    leave_out: Callable[[Passage, str], bool] = lambda _passage, _text: False,
) -> tuple[Choice, ...]:
    """Two to five sentences from ``documents``; fewer where they hold no more.

    A document is its passages in reading order, the best document first. The best gives a run
    of sentences that belong together, the others single ones that are near enough. None is
    taken that ``leave_out`` names.
    """
    rated = _rated(question, documents, nearness, leave_out)
    run: list[_Rated] = []
    best = 0
    while best < len(rated) and not run:
        run = _best_run(rated[best])
        best += 1
    taken = {one.place for one in run}
    singles = list(_singles(rated, taken))
    chosen = [*run, *_most(singles, MOST_SENTENCES - len(run))]
    if len(chosen) == 1:
        chosen += _most([one for found in rated for one in found if one.place not in taken], 1)
    order = {one.place: place for place, one in enumerate(one for found in rated for one in found)}
    chosen.sort(key=lambda one: order[one.place])
    return tuple(Choice(one.passage, one.sentence) for one in chosen)


def _rated(
    question: str,
    documents: Sequence[Sequence[Passage]],
    nearness: Nearness,
    leave_out: Callable[[Passage, str], bool],
) -> list[list[_Rated]]:
    found = [
        [
            (passage, sentence)
            for passage in passages
            for sentence in sentences_of(passage)
            if not leave_out(passage, sentence.text)
        ]
        for passages in documents
    ]
    values = iter(nearness.of([one.text for pairs in found for _, one in pairs], question))
    kinds = _kinds(question)
    return [
        [
            _Rated(
                passage=passage,
                sentence=sentence,
                near=next(values) + (_ASKED_FOR if _is_asked_for(passage, kinds) else 0.0),
                gist=passage is passages[0] and sentence.place == 0,
            )
            for passage, sentence in pairs
        ]
        for pairs, passages in zip(found, documents, strict=True)
    ]


def _best_run(rated: Sequence[_Rated]) -> list[_Rated]:
    """The nearest run within one passage; words to say make one only where nothing else does."""
    told = [one for one in rated if not one.sentence.spoken]
    runs = [run for passage in _by_passage(told or rated) for run in _runs(passage)]
    return max(runs, key=_worth, default=[])


def _runs(rated: Sequence[_Rated]) -> Iterator[list[_Rated]]:
    for begin in range(max(1, len(rated) - _RUN + 1)):
        if not rated[begin].sentence.leans:
            yield list(rated[begin : begin + _RUN])


def _worth(run: Sequence[_Rated]) -> float:
    cut_in = _CUT_IN if run[0].sentence.place else 0.0
    return sum(one.near for one in run) / _RUN - cut_in


def _singles(rated: Sequence[Sequence[_Rated]], taken: set[tuple[str, int]]) -> Iterator[_Rated]:
    """The nearest sentence of each document that stands without the one before it."""
    for found in rated:
        fit = [
            one
            for one in found
            if one.place not in taken
            and not one.sentence.leans
            and one.near >= (_GIST_ENOUGH if one.gist else _NEAR_ENOUGH)
        ]
        if fit:
            yield max(fit, key=lambda one: one.near)


def _most(rated: Iterable[_Rated], count: int) -> list[_Rated]:
    return sorted(rated, key=lambda one: -one.near)[:count]


def _by_passage(rated: Sequence[_Rated]) -> list[list[_Rated]]:
    found: dict[str, list[_Rated]] = {}
    for one in rated:
        found.setdefault(one.passage.id, []).append(one)
    return list(found.values())


def _kinds(question: str) -> frozenset[str]:
    asked = question.casefold()
    return frozenset(kind for pattern, kind in _KINDS if pattern.search(asked))


def _is_asked_for(passage: Passage, kinds: frozenset[str]) -> bool:
    return any(passage.heading.casefold().startswith(kind) for kind in kinds)
