"""How many groups there are, where nobody has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coach.adapters.clustering.views import seen_plainly

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEED = 20260301
#: Statements that a group has on average at least, and the most groups that a page can show.
_EACH, _MOST = 10, 200
#: Numbers that are tried, and statements that each is judged by.
_TRIED, _JUDGED = 24, 1_500
#: Fewer groups are better where they are nearly as clear as the clearest.
_NEARLY = 0.97


def fitting_number(points: NDArray[np.float32], statements: int) -> int:
    """The number of groups that are clearest, by their silhouette (Rousseeuw 1987).

    ``points`` are the statements, or what many of them were gathered to.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.metrics import euclidean_distances, silhouette_score

    most = min(_MOST, statements // _EACH, len(points) - 1)
    if most < 2:
        return 1
    rows = seen_plainly(points)
    tree = linkage(rows, "ward")
    some = np.random.default_rng(_SEED).permutation(len(rows))[:_JUDGED]
    apart = euclidean_distances(rows[some])
    np.fill_diagonal(apart, 0)
    clear: dict[int, float] = {}
    for number in sorted({round(one) for one in np.geomspace(2, most, _TRIED)}):
        labels = fcluster(tree, number, "maxclust")[some]
        if 1 < len(set(labels)) < len(some):
            clear[number] = float(silhouette_score(apart, labels, metric="precomputed"))
    best = max(clear.values(), default=0.0)
    return min((number for number, score in clear.items() if score >= _NEARLY * best), default=1)
