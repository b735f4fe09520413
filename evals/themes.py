"""Are the themes the right ones? ``python -m evals.themes``, beside BERTopic in the same run.

Short texts whose topics people labelled, with the number of topics given. BERTopic gets the same
vectors, once with k-means on its UMAP and once with HDBSCAN and topics merged to the number; both
are printed, and the better one counts. It is installed for this alone::

    .venv/bin/uv pip install --no-deps --require-hashes -r requirements-peers.lock

Both sets are development data. On halves of their labels the finding is measured alone, with the
number given and not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.clustering import VectorGroups
from coach.adapters.embedders.minilm import MiniLMEmbedder
from evals.screening_cases import missing_files, read_bench
from evals.show import heading, machine_line, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SETS = ("banking77_test", "clinc150_test")
#: Rows of clinc150 that belong to no topic.
_NO_TOPIC = "oos"
_SEED, _HALVES = 20260301, 2

Labels = Any


@dataclass(frozen=True)
class Labelled:
    """Texts with their vectors and topics."""

    name: str
    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    topics: NDArray[np.str_]

    @property
    def count(self) -> int:
        """How many topics there are."""
        return len(set(self.topics))

    def half(self, number: int) -> Labelled:
        """The texts of half of the topics, drawn with a seed."""
        names = np.unique(self.topics)
        drawn = np.random.default_rng(_SEED + number).permutation(names)[: len(names) // 2]
        rows = np.flatnonzero(np.isin(self.topics, drawn))
        return Labelled(
            f"{self.name}, half {number + 1}",
            tuple(self.texts[row] for row in rows),
            self.vectors[rows],
            self.topics[rows],
        )


def main() -> int:
    """Print the figures; 1 where BERTopic is missing or better."""
    if find_spec("bertopic") is None:
        print(
            "BERTopic is not installed, so there is nothing to compare with. Install it:\n"
            ".venv/bin/uv pip install --no-deps --require-hashes -r requirements-peers.lock"
        )
        return 1
    missing = missing_files(_SETS)
    if missing:
        print(f"Nothing was measured: {', '.join(missing)} not found. Set COACH_BENCHDATA.")
        return 1
    print(machine_line())
    sets = [_labelled(name) for name in _SETS]
    _warm(sets[0].half(0))
    holds = [_compare(one) for one in sets]
    for line in _alone([one.half(number) for one in sets for number in range(_HALVES)]):
        print(line)
    return 0 if all(holds) else 1


def _labelled(name: str) -> Labelled:
    rows = [row for row in read_bench(name) if row["label"] != _NO_TOPIC]
    texts = tuple(str(row["text"]) for row in rows)
    topics = np.array([str(row["label"]) for row in rows])
    return Labelled(name, texts, MiniLMEmbedder().embed(texts), topics)


def _compare(one: Labelled) -> bool:
    print(heading(f"{one.name}: {len(one.texts):,} texts, {one.count} topics, which are given"))
    systems: dict[str, Callable[[Labelled], Labels]] = {
        "the coach": _ours,
        "TF-IDF, k-means": _words,
        "BERTopic, k-means": _bertopic_means,
        "BERTopic, HDBSCAN": _bertopic_merged,
    }
    figures = {name: _figures(one, find) for name, find in systems.items()}
    print(table(("", *_MEASURES), ((name, *_shown(found)) for name, found in figures.items())))
    ours, *peers = figures.values()
    best = max(peers, key=lambda found: found[0])
    faster = ours[-1] <= best[-1] / 2
    tops = (max(values) for values in zip(*(peer[:-1] for peer in peers), strict=True))
    better = all(mine > top for mine, top in zip(ours[:-1], tops, strict=True))
    print(f"above every other on every measure: {'yes' if better else 'no'}")
    print(f"at most half of the best peer's time: {'yes' if faster else 'no'}", flush=True)
    return better and faster


_MEASURES = ("adjusted Rand", "adjusted mutual", "normalised mutual", "seconds")


def _figures(one: Labelled, find: Callable[[Labelled], Labels]) -> tuple[float, ...]:
    started = time.perf_counter()
    found = find(one)
    return (*_agreement(one.topics, found), time.perf_counter() - started)


def _agreement(topics: NDArray[np.str_], found: Labels) -> tuple[float, ...]:
    from sklearn import metrics

    return (
        float(metrics.adjusted_rand_score(topics, found)),
        float(metrics.adjusted_mutual_info_score(topics, found)),
        float(metrics.normalized_mutual_info_score(topics, found)),
    )


def _shown(found: Sequence[float]) -> tuple[str, ...]:
    return (*(f"{value:.3f}" for value in found[:-1]), f"{found[-1]:.1f}")


def _ours(one: Labelled) -> Labels:
    everything = np.ones(len(one.vectors), dtype=np.bool_)
    return VectorGroups().group(one.vectors, everything, one.count)


def _words(one: Labelled) -> Labels:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(one.texts)
    found: Labels = KMeans(one.count, n_init=10, random_state=_SEED).fit_predict(rows)
    return found


def _bertopic_means(one: Labelled) -> Labels:
    from sklearn.cluster import KMeans

    return _bertopic(one, hdbscan_model=KMeans(one.count, n_init=10, random_state=_SEED))


def _bertopic_merged(one: Labelled) -> Labels:
    # Those in no topic are one more.
    return _bertopic(one, nr_topics=one.count + 1)


def _bertopic(one: Labelled, **options: object) -> Labels:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from umap import UMAP

        # BERTopic's own settings, with a seed, so that the figures come again.
        shrink = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=_SEED
        )
        model = BERTopic(umap_model=shrink, **options)
        found: Labels = model.fit_transform(list(one.texts), embeddings=one.vectors)[0]
    return found


def _warm(one: Labelled) -> None:
    """Load and compile everything beforehand: what is timed is the finding."""
    for find in (_ours, _words, _bertopic_means, _bertopic_merged):
        find(one)


def _alone(parts: Sequence[Labelled]) -> Iterator[str]:
    yield heading("Halves of the topics, the coach alone")
    rows = []
    for one in parts:
        everything = np.ones(len(one.vectors), dtype=np.bool_)
        given, found = _ours(one), VectorGroups().group(one.vectors, everything)
        inside = found >= 0
        rows.append(
            (
                one.name,
                str(one.count),
                f"{_agreement(one.topics, given)[0]:.3f}",
                str(int(found.max()) + 1),
                f"{_agreement(one.topics[inside], found[inside])[0]:.3f}",
                f"{1 - inside.mean():.3f}",
            )
        )
    yield table(("", "topics", "adjusted Rand", "found", "of what fits", "fits nowhere"), rows)


if __name__ == "__main__":
    sys.exit(main())
