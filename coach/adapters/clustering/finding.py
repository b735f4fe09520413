"""From vectors to groups: how many there are, which row is in which, and what fits nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.clustering.counting import fitting_number
from coach.adapters.clustering.views import reduced, seen, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Labels = NDArray[np.int64]

_SEED = 20260301
#: More points than these are first gathered into as many small groups as ``_GATHERED``.
_MOST_POINTS, _GATHERED = 6_000, 2_000
#: Rows of one step of the gathering, and how many steps read all of them once, at most.
_BATCH, _PASSES = 8_192, 4
#: A row fits its group if it is no further out than this many times what is usual there.
_FAR = 2.5
#: Cosine to the group's middle below which nothing fits, however loose the group.
_STRANGER = 0.2


class VectorGroups:
    """Groups vectors by what they mean; the same rows in the same order give the same groups."""

    def group(
        self, vectors: Rows, deciding: NDArray[np.bool_], groups: int | None = None
    ) -> Labels:
        """See ``Clusterer.group``."""
        if not deciding.any():
            return np.full(len(vectors), -1, dtype=np.int64)
        from threadpoolctl import threadpool_limits

        # The matrices are small: more threads wait for one another, above all on a busy machine,
        # and sum in another order on another number of cores.
        with threadpool_limits(1):
            return _grouped(vectors, deciding, groups)

    def pair_up(self, likeness: Rows) -> list[tuple[int, int]]:
        """See ``Clusterer.pair_up``."""
        from scipy.optimize import linear_sum_assignment

        rows, columns = linear_sum_assignment(likeness, maximize=True)
        return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _grouped(vectors: Rows, deciding: NDArray[np.bool_], groups: int | None) -> Labels:
    chosen = vectors if deciding.all() else vectors[deciding]
    points, weights, belongs = _gathered(chosen)
    number = groups or fitting_number(points, len(chosen))
    decided = _cut(points, weights, min(number, len(points)))[belongs]
    centres = middles(chosen, decided)
    labels = np.empty(len(vectors), dtype=np.int64)
    labels[deciding] = decided
    labels[~deciding] = _nearest(vectors[~deciding], centres)
    return labels if groups else _without_strangers(vectors, labels, centres)


def middles(vectors: Rows, labels: Labels) -> Rows:
    """The middle of each group, 0 to the last, at length 1; rows of -1 count nowhere."""
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(labels >= 0)
    shape = (int(labels.max(initial=-1)) + 1, len(vectors))
    # A sum by way of a sparse matrix: the rows are the most that a release holds, so not copied.
    belongs = csr_matrix((np.ones(len(inside), np.float32), (labels[inside], inside)), shape)
    return unit(np.asarray(belongs @ vectors, dtype=np.float32))


def _gathered(vectors: Rows) -> tuple[Rows, NDArray[np.float64], Labels]:
    """Few enough points for what takes the square of their number, and whose row is in which."""
    if len(vectors) <= _MOST_POINTS:
        return vectors, np.ones(len(vectors)), np.arange(len(vectors), dtype=np.int64)
    from sklearn.cluster import MiniBatchKMeans

    rows = reduced(vectors)
    gathering = MiniBatchKMeans(
        _GATHERED,
        init="random",
        batch_size=_BATCH,
        max_iter=_PASSES,
        n_init=1,
        init_size=3 * _GATHERED,
        reassignment_ratio=0,
        random_state=_SEED,
    )
    found = gathering.fit_predict(rows)
    _, belongs = np.unique(found, return_inverse=True)
    belongs = belongs.astype(np.int64)
    return middles(vectors, belongs), np.bincount(belongs).astype(np.float64), belongs


def _cut(points: Rows, weights: NDArray[np.float64], groups: int) -> Labels:
    """Ward's groups, from which k-means starts."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.cluster import KMeans

    if groups < 2 or len(points) < 3:
        return np.zeros(len(points), dtype=np.int64)
    rows = seen(points, groups)
    first = fcluster(linkage(rows, "ward"), groups, "maxclust") - 1
    starts = np.array(
        [
            np.average(rows[first == one], axis=0, weights=weights[first == one])
            for one in range(int(first.max()) + 1)
        ],
        dtype=np.float32,
    )
    means = KMeans(len(starts), init=starts, n_init=1).fit(rows, sample_weight=weights)
    _, labels = np.unique(means.labels_, return_inverse=True)
    return labels.astype(np.int64)


def _nearest(vectors: Rows, centres: Rows) -> Labels:
    return np.asarray((vectors @ centres.T).argmax(axis=1), dtype=np.int64)


def _without_strangers(vectors: Rows, labels: Labels, centres: Rows) -> Labels:
    kept = labels.copy()
    for one, centre in enumerate(centres):
        inside = np.flatnonzero(labels == one)
        near = vectors[inside] @ centre
        usual = np.median(near)
        spread = 1.4826 * np.median(np.abs(near - usual))
        kept[inside[near < max(_STRANGER, usual - _FAR * spread)]] = -1
    return kept
