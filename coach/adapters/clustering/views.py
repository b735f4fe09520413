"""Several views of the same vectors; what they agree on is worth more than what one of them says.

Each view alone is better on some texts and worse on others. Side by side, every row of each at
length 1, they are better than the best of them (``python -m evals.themes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Rows = NDArray[np.float32]

_SEED = 20260301
#: Dimensions that statements of one program really use.
_DIMENSIONS = 48
#: Dimensions of all views together that are kept; more cost time and tell no more.
_KEPT = 128
#: Neighbours of a row: many by cosine, fewer by the fuzzy measure of UMAP.
_MANY, _FEW = 25, 15
#: A cosine to this power is the weight of an edge, so that near neighbours count most.
_SHARPNESS = 3
#: How often, and by how much, a row is moved to where its neighbours are.
_SMOOTHINGS, _SMOOTHING = 3, 0.5
#: Harmonics of a graph that are worked out at most; each costs as much as the last.
_HARMONICS = 200
#: The iteration that finds them: harmonics to spare, turns, and steps of each.
_SPARE, _TURNS, _STEPS = 10, 8, 4
#: Rows whose cosines to all others are held at once.
_BLOCK = 1024


def seen(vectors: Rows, groups: int) -> Rows:
    """The views side by side, fit to be cut into ``groups`` groups."""
    plain = reduced(vectors)
    if len(vectors) < 4 * _FEW:
        return plain
    near, cosines = _neighbours(vectors, _MANY)
    fuzzy = _fuzzy(near[:, :_FEW], cosines[:, :_FEW])
    views = (
        plain,
        _smoothed(fuzzy, vectors),
        _spectral(_graph(near, np.maximum(cosines, 0) ** _SHARPNESS), groups),
        _spectral(_by_cosine(plain), groups),
        _spectral(fuzzy, groups),
    )
    return _directions(np.hstack(views) / np.float32(np.sqrt(len(views))), _KEPT)


def seen_plainly(vectors: Rows) -> Rows:
    """The views that do not depend on how many groups there are."""
    plain = reduced(vectors)
    if len(vectors) < 4 * _FEW:
        return plain
    fuzzy = _fuzzy(*_neighbours(vectors, _FEW))
    return np.hstack((plain, _smoothed(fuzzy, vectors))) / np.float32(np.sqrt(2))


def reduced(vectors: Rows) -> Rows:
    """The main directions of ``vectors``, every row at length 1."""
    return unit(_directions(vectors, _DIMENSIONS))


def unit(rows: Rows) -> Rows:
    """``rows`` at length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def _directions(rows: Rows, count: int) -> Rows:
    from sklearn.decomposition import PCA

    size = min(count, *rows.shape)
    # By the covariance where it is the smaller matrix: exact, and the fastest for many rows.
    solver = "covariance_eigh" if len(rows) > rows.shape[1] else "full"
    found = PCA(size, svd_solver=solver).fit_transform(rows)
    return np.asarray(found, dtype=np.float32)


def _neighbours(rows: Rows, count: int) -> tuple[NDArray[np.int64], Rows]:
    """The ``count`` rows nearest to each, nearest first, and their cosines to it."""
    count = min(count, len(rows) // 4)
    near = np.empty((len(rows), count), dtype=np.int64)
    cosines = np.empty((len(rows), count), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] @ rows.T
        here = np.arange(len(block))
        block[here, start + here] = -2
        found = np.argpartition(-block, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(block, found, axis=1)
        # A tie is broken by place, so that the same rows always have the same neighbours.
        order = np.lexsort((found, -values), axis=1)
        near[start : start + len(block)] = np.take_along_axis(found, order, axis=1)
        cosines[start : start + len(block)] = np.take_along_axis(values, order, axis=1)
    return near, cosines


def _by_cosine(rows: Rows) -> csr_matrix:
    near, cosines = _neighbours(rows, _MANY)
    return _graph(near, np.maximum(cosines, 0) ** _SHARPNESS)


def _graph(near: NDArray[np.int64], weights: Rows) -> csr_matrix:
    directed = _directed(near, weights)
    return ((directed + directed.T) / 2).tocsr()


def _fuzzy(near: NDArray[np.int64], cosines: Rows) -> csr_matrix:
    """UMAP's graph: every row has neighbours, also one far from all (McInnes et al. 2018)."""
    beyond = np.maximum(cosines[:, :1] - cosines, 0)
    wanted = np.log2(near.shape[1])
    low = np.full((len(near), 1), 1e-6, dtype=np.float32)
    high = np.full_like(low, 10)
    for _ in range(40):
        middle = (low + high) / 2
        above = np.exp(-beyond / middle).sum(axis=1, keepdims=True) > wanted
        high, low = np.where(above, middle, high), np.where(above, low, middle)
    directed = _directed(near, np.exp(-beyond / ((low + high) / 2)))
    return (directed + directed.T - directed.multiply(directed.T)).tocsr()


def _directed(near: NDArray[np.int64], weights: Rows) -> csr_matrix:
    from scipy.sparse import csr_matrix

    rows = np.repeat(np.arange(len(near)), near.shape[1])
    return csr_matrix((weights.ravel() + 1e-6, (rows, near.ravel())), shape=(len(near),) * 2)


def _spectral(graph: csr_matrix, groups: int) -> Rows:
    """Rows by the graph's first ``groups`` harmonics (Ng, Jordan and Weiss 2001).

    They come by subspace iteration (Halko and others 2011): near enough, in half the time.
    """
    from scipy.sparse import diags, identity

    count = graph.shape[0]
    size = min(groups, _HARMONICS, count - 2)
    scaled = diags(1 / np.sqrt(np.asarray(graph.sum(axis=1)).ravel()))
    even = (scaled @ graph @ scaled).astype(np.float32)
    step = ((even + identity(count, dtype=np.float32)) / np.float32(2)).tocsr()
    drawn = np.random.default_rng(_SEED).normal(size=(count, min(size + _SPARE, count)))
    found: Rows = drawn.astype(np.float32)
    for _ in range(_TURNS):
        for _ in range(_STEPS):
            found = step @ found
        found, _ = np.linalg.qr(found)
    _, turned = np.linalg.eigh(found.T @ (even @ found))
    return unit((found @ turned)[:, ::-1][:, :size])


def _smoothed(graph: csr_matrix, vectors: Rows) -> Rows:
    from scipy.sparse import diags

    step = diags(1 / np.asarray(graph.sum(axis=1)).ravel()) @ graph
    rows = vectors
    for _ in range(_SMOOTHINGS):
        rows = (1 - _SMOOTHING) * rows + _SMOOTHING * (step @ rows)
    return unit(rows)
