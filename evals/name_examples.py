"""The words that the name model is fitted on: what is known of each, and whether it is a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from coach.adapters.identifiers.analysis import analyse
from coach.adapters.identifiers.evidence import Evidence
from coach.adapters.identifiers.weighing import PIECES
from coach.adapters.identifiers.words import words
from evals.cases import Part
from evals.name_carriers import foreign_sentences, library_sentences, questions, sentences, swapped
from evals.name_pieces import WordVectors
from evals.names import Name, Sentence, presidio_sentences, wnut_sentences


class Examples(NamedTuple):
    """Words of sentences: what is known of each, and whether it is a name."""

    rows: NDArray[np.float32]
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]
    #: Words with the same number stand in the same sentence, or in its likeness.
    groups: NDArray[np.int64]
    #: Whether it is a word of the noisy sentences, by which the threshold is set.
    noisy: NDArray[np.bool_]


def examples(people: Sequence[Name], vectors: WordVectors, *, seed: int, turn: int) -> Examples:
    """Words of the tuning part, and of sentences with ``people``'s names put in.

    ``turn`` 0 or 1 gives every second sentence; the two together give all.
    """
    noisy = [one for one in wnut_sentences() if one.part is Part.TUNE]
    labelled = [*presidio_sentences(), *library_sentences(), *questions()]
    kinds: list[tuple[Sequence[Sentence], float]] = [
        (noisy, 1.0),
        ([sentence for sentence in labelled if sentence.part is Part.TUNE], 1.0),
        (list(swapped(people, seed=seed)), 0.5),
        (list(sentences(people, seed=seed, count=3800)), 0.6),
        (foreign_sentences(), 0.9),
    ]
    rows: list[NDArray[np.float32]] = []
    facts: list[tuple[int, float, int, bool]] = []
    for every, weight in kinds:
        group = every[turn::2]
        for sentence, analysis in zip(group, analyse([one.text for one in group]), strict=True):
            found = tuple(words(sentence.text))
            if not found:
                continue
            evidence = Evidence(sentence.text, analysis, found)
            number = crc32((sentence.group or sentence.text).encode())
            spans = [s for s in sentence.spans if s[2].upper() == "PERSON"]
            own = [at for at in range(len(found)) if evidence.is_candidate(at)]
            cues = [evidence.features(at)[: -len(PIECES)] for at in own]
            known = vectors.of([word.text for word in found])
            rows += [
                np.array((*cue, *known[at]), np.float32) for cue, at in zip(cues, own, strict=True)
            ]
            for at in own:
                is_name = any(a < found[at].end and found[at].start < b for a, b, _ in spans)
                facts.append((int(is_name), weight, number, every is noisy))
    labels, weights, groups, is_noisy = (np.array(column) for column in zip(*facts, strict=True))
    return Examples(np.array(rows), labels, weights, groups, is_noisy)
