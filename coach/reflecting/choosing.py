"""Which of somebody's sentences stand for the whole: a short paragraph that reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from coach.domain.reflection import Evidence, SummarySentence
from coach.reflecting.read import Sentence
from coach.reflecting.trimming import points_back, stands_alone, trimmed

#: Words above which a summary has at most a fifth of them, and never more than so many.
_LONG, _SHARE, _MOST = 300, 0.19, 160
#: Share of a shorter text, and the words that a summary may have however short the text is.
_SHORT_SHARE, _FEWEST = 0.4, 24
#: Sentences of a summary.
_SENTENCES = 7
#: Words of a sentence that is worth its place.
_SHORTEST, _LONGEST = 5, 45
#: Cosine from which a sentence repeats one that is chosen already.
_REPEATS = 0.62
#: How much a sentence of each kind says of a session; the rest of its worth is its nearness to all.
_WORTH = dict(
    zip(
        ("learning", "challenge", "win", "commitment", "surprise", "next_step", "feeling"),
        (1.0, 0.95, 0.95, 0.85, 0.8, 0.75, 0.7),
        strict=True,
    ),
    question=0.3,
    context=0.25,
)
_CENTRAL = 0.9
#: What a kind is worth that has a sentence already, and a sentence that points back.
_AGAIN, _POINTS = 0.6, 0.55
#: How notes that are no sentences are shown.
REMARK, REMARKS = "One note says: {text}.", "The notes say: {text}."
_SPEAKER = re.compile(r"^(?P<name>(?:[A-Z][\w.'’-]{0,30} ?){1,3}):\s+(?=\S)")
#: A note that is a quotation already is not quoted twice.
_QUOTED = re.compile(r"^[\"“](?P<said>[^\"“”]*)[\"”]\.?$")


def chosen(said: Sequence[Sentence], words: int) -> tuple[SummarySentence, ...]:
    """The paragraph for sentences of a source of so many ``words``, in their order."""
    budget = _budget(words)
    vectors = np.vstack([one.vector for one in said])
    middle = vectors.mean(axis=0)
    central = vectors @ (middle / (np.linalg.norm(middle) or 1.0))
    worth = np.array(
        [
            (_WORTH[one.kind] * one.weight + _CENTRAL * float(near)) * _fit(one)
            for one, near in zip(said, central, strict=True)
        ]
    )
    speakers = {found["name"] for one in said if (found := _SPEAKER.match(one.span.text))}
    shown = [_told(one, by_name=len(speakers) > 1) for one in said]
    costs = [_cost(one, text) for one, text in zip(said, shown, strict=True)]
    taken: list[int] = []
    left = budget
    while len(taken) < _SENTENCES:
        gains = [
            (gain, at)
            for at in range(len(said))
            if at not in taken
            and (gain := _gain(said, vectors, worth, taken, at)) > 0
            and costs[at] <= left
        ]
        if not gains:
            break
        _, best = max(gains)
        taken.append(best)
        left -= costs[best]
    taken = taken or [int(worth.argmax())]
    return tuple(_sentences([(said[at], shown[at]) for at in sorted(taken)]))


def _sentences(taken: Sequence[tuple[Sentence, str]]) -> Iterator[SummarySentence]:
    """Each as a sentence; notes that are none, together as quotations in one."""
    for whole, group in groupby(taken, key=lambda pair: stands_alone(pair[0].reading)):
        pairs = list(group)
        for together in [[pair] for pair in pairs] if whole else [pairs]:
            texts = [text for _, text in together]
            yield SummarySentence(
                text=texts[0] if whole else _quoted(texts),
                evidence=tuple(
                    Evidence(text_index=one.text_index, start=one.span.start, end=one.span.end)
                    for one, _ in together
                ),
            )


def _told(one: Sentence, *, by_name: bool) -> str:
    """Its own words; who said them stays where several people speak."""
    return trimmed(one.own if by_name else _SPEAKER.sub("", one.own))


def _cost(one: Sentence, text: str) -> int:
    """Words that it takes, with those that introduce a note."""
    return len((text if stands_alone(one.reading) else _quoted([text])).split())


def _quoted(notes: Sequence[str]) -> str:
    told = [_QUOTED.sub(r"\g<said>", note) for note in notes]
    said = [f"“{one.rstrip('.')}”" for one in told]
    return (REMARKS if len(said) > 1 else REMARK).format(text="; ".join(said))


def _budget(words: int) -> int:
    if words > _LONG:
        return min(int(_SHARE * words), _MOST)
    return max(_FEWEST, int(_SHORT_SHARE * words))


def _fit(one: Sentence) -> float:
    count = len(one.span.text.split())
    fit = 1.0
    if not _SHORTEST <= count <= _LONGEST:
        fit *= 0.35
    if not stands_alone(one.reading):
        fit *= 0.4
    if one.span.text.rstrip().endswith("?"):
        fit *= 0.6
    return fit


def _gain(
    said: Sequence[Sentence],
    vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    worth: np.ndarray[tuple[int], np.dtype[np.float64]],
    taken: Sequence[int],
    at: int,
) -> float:
    if taken and float((vectors[taken] @ vectors[at]).max()) >= _REPEATS:
        return 0.0
    gain = float(worth[at])
    if any(said[other].kind == said[at].kind for other in taken):
        gain *= _AGAIN
    follows = at - 1 in taken and said[at - 1].text_index == said[at].text_index
    if points_back(trimmed(said[at].span.text)) and not follows:
        gain *= _POINTS
    return gain
