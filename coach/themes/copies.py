"""The same text under many pairs: however many there are, it is one thing that one pair said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from coach.domain.themes import Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    #: Checksums of a text's runs of words, each once. As arrays they take a tenth of sets' memory.
    Runs = NDArray[np.uint32]

_WORD = re.compile(r"[^\W_]+")
#: Words of a text at least: two people may well say a shorter one by themselves.
_LEAST = 6
#: Words of a run, and the share of runs that two texts have in common at least to be copies.
_RUN, _SHARED = 2, 0.7
#: MinHash (Broder 1997): bands of rows each; texts that agree on a whole band are compared.
_BANDS, _ROWS = 12, 2
_PRIME = (1 << 31) - 1
_SEED = 20260301


def copied(statements: Sequence[Statement]) -> list[int]:
    """For each statement the place of the first that it is a copy of, or its own place.

    Texts of fewer than six words are never copies.
    """
    first = list(range(len(statements)))
    runs = [_runs(one.text) for one in statements]
    for one, other in _alike(runs):
        root, leaf = sorted((_first(first, one), _first(first, other)))
        if root != leaf and _share(runs[one], runs[other]) >= _SHARED:
            first[leaf] = root
    return [_first(first, place) for place in range(len(first))]


def _runs(text: str) -> Runs:
    words = _WORD.findall(text.casefold())
    ends = range(_RUN, len(words) + 1) if len(words) >= _LEAST else ()
    found = [crc32(" ".join(words[end - _RUN : end]).encode("utf-8", "replace")) for end in ends]
    return np.unique(np.array(found, dtype=np.uint32))


def _alike(runs: Sequence[Runs]) -> Iterator[tuple[int, int]]:
    """Pairs of places whose texts may be copies, among them all that are the same."""
    drawn = np.random.default_rng(_SEED)
    factors = drawn.integers(1, _PRIME, (_BANDS, _ROWS), dtype=np.uint64)
    shifts = drawn.integers(0, _PRIME, (_BANDS, _ROWS), dtype=np.uint64)
    buckets: dict[tuple[int, ...], int] = {}
    for place, found in enumerate(runs):
        if not len(found):
            continue
        for band, signature in enumerate(_signatures(found, factors, shifts)):
            key = (band, *signature)
            if key in buckets:
                yield buckets[key], place
            else:
                buckets[key] = place


def _signatures(
    found: Runs, factors: NDArray[np.uint64], shifts: NDArray[np.uint64]
) -> list[list[int]]:
    values = found.astype(np.uint64) % _PRIME
    hashed = (values[:, None, None] * factors + shifts) % _PRIME
    smallest: list[list[int]] = hashed.min(axis=0).tolist()
    return smallest


def _first(first: list[int], place: int) -> int:
    while first[place] != place:
        place = first[place]
    return place


def _share(one: Runs, other: Runs) -> float:
    both = len(set(one.tolist()).intersection(other.tolist()))
    return both / (len(one) + len(other) - both)
