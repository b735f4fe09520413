"""Is the tact checker any good? Pairs, findings, public corpora and names, beside baselines."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.domain.guidance import Frozen
from coach.domain.phrasing import TactCheck
from evals.cases import Part
from evals.screening_cases import missing_files
from evals.show import heading, rate, share, table
from evals.tact_cases import FILES, Rated, TactPair, rated_rows, tact_pairs
from evals.tact_names import Moved, names_move

Score = Callable[[str], float]
_SEED = 20261122
#: Rows that a baseline learns from, and that are asked, of each corpus at most.
_LEARNT, _ASKED = 1_000, 700


class TactReport(Frozen):
    """Shares and areas under the curve, by part or corpus and by method."""

    pairs: dict[str, dict[str, float | None]]
    findings: dict[str, dict[str, float]]
    kinds: dict[str, float]
    corpora: dict[str, dict[str, float]]
    names_move: Moved | None


def measure(check: Callable[[str], TactCheck]) -> TactReport:
    """Everything; the corpora are left out where they are not on this machine."""

    def score(text: str) -> float:
        return check(text).score

    known = not missing_files(FILES)
    pairs: dict[str, dict[str, float | None]] = {}
    kinds: dict[str, float] = {}
    findings: dict[str, dict[str, float]] = {}
    for part in Part:
        asked = [pair for pair in tact_pairs() if pair.part is part]
        pairs[part.value] = _ranked(asked, score) | {
            name: _ranked(asked, method)["all"]
            for name, method in _baselines_of_pairs(part).items()
        }
        findings[part.value], by_kind = _found(asked, check)
        kinds = by_kind if part is Part.HELD_OUT else kinds
    return TactReport(
        pairs=pairs,
        findings=findings,
        kinds=kinds,
        corpora=_corpora(score) if known else {},
        names_move=names_move(score) if known else None,
    )


def lines(found: TactReport) -> Iterator[str]:
    """The scorecard's section, for people."""
    yield heading("Tact: what threatens face")
    parts = list(found.pairs)
    yield table(
        ("better of a pair ranked higher", *parts),
        [
            (name, *(rate(found.pairs[part].get(name)) for part in parts))
            for name in found.pairs[Part.HELD_OUT.value]
        ],
    )
    yield ""
    yield table(
        ("findings, span and kind", *parts),
        [
            (name, *(rate(found.findings[part][name]) for part in parts))
            for name in found.findings[parts[0]]
        ],
    )
    yield "F1 by kind, held out: " + ", ".join(f"{k} {v:.2f}" for k, v in found.kinds.items())
    yield ""
    if not found.corpora:
        yield "The public corpora are not on this machine, and were left out."
        return
    methods = list(next(iter(found.corpora.values())))
    yield table(
        ("held-out rows (receptiveness: rank correlation)", *methods),
        [
            (name, *(f"{values[method]:.3f}" for method in methods))
            for name, values in found.corpora.items()
        ],
    )
    if found.names_move is not None:
        yield found.names_move.line()


def _ranked(asked: Sequence[TactPair], score: Score) -> dict[str, float | None]:
    right = {pair.id: score(pair.better) > score(pair.worse) for pair in asked}
    kinds = {"all": asked} | {
        kind: [pair for pair in asked if pair.type == kind]
        for kind in ("same_point", "blunt_or_sweet")
    }
    return {
        name: share(sum(right[pair.id] for pair in group), len(group))
        for name, group in kinds.items()
    }


def _found(
    asked: Sequence[TactPair], check: Callable[[str], TactCheck]
) -> tuple[dict[str, float], dict[str, float]]:
    """Precision, recall and F1 of spans that overlap and have the same kind; F1 by kind."""
    hits: dict[str, int] = {}
    misses: dict[str, int] = {}
    alarms: dict[str, int] = {}
    for pair in asked:
        for text, labelled in ((pair.worse, pair.findings), (pair.better, ())):
            found = check(text).findings
            used = set()
            for start, end, kind in labelled:
                met = {
                    place
                    for place, one in enumerate(found)
                    if one.kind is kind and one.start < end and one.end > start
                }
                counted = hits if met else misses
                counted[kind.value] = counted.get(kind.value, 0) + 1
                used |= met
            for place, one in enumerate(found):
                if place not in used:
                    alarms[one.kind.value] = alarms.get(one.kind.value, 0) + 1
    hit, miss, alarm = (sum(counts.values()) for counts in (hits, misses, alarms))
    total = {
        "precision": hit / max(1, hit + alarm),
        "recall": hit / max(1, hit + miss),
        "F1": 2 * hit / max(1, 2 * hit + miss + alarm),
    }
    names = sorted({*hits, *misses, *alarms})
    by_kind = {
        name: 2
        * hits.get(name, 0)
        / max(1, 2 * hits.get(name, 0) + misses.get(name, 0) + alarms.get(name, 0))
        for name in names
    }
    return total, by_kind


def _baselines_of_pairs(part: Part) -> dict[str, Score]:
    """VADER, and two regressions that learn from the tuning writers alone."""
    if part is Part.TUNE:
        # The others would be shown what they learnt.
        return {"VADER": _vader()}
    learnt = [pair for pair in tact_pairs() if pair.part is Part.TUNE]
    texts = [text for pair in learnt for text in (pair.better, pair.worse)]
    labels = [1, 0] * len(learnt)
    return {
        "VADER": _vader(),
        "bag of words": _bag_of_words(texts, labels),
        "vectors": _vectors(texts, labels),
    }


def _corpora(score: Score) -> dict[str, dict[str, float]]:
    from scipy.stats import spearmanr
    from sklearn.metrics import roc_auc_score

    rows = list(rated_rows())
    found: dict[str, dict[str, float]] = {}
    for corpus in ("wikipedia", "stackexchange", "github", "receptiveness"):
        # Nobody learns from Stack Exchange: what was learnt on Wikipedia is asked about it.
        source = "wikipedia" if corpus == "stackexchange" else corpus
        learnt = [row for row in rows if row.corpus == source and not row.held_out]
        learnt = _some([row for row in learnt if row.tact is not None], _LEARNT)
        texts, labels = [row.text for row in learnt], [row.tact or 0 for row in learnt]
        asked = [row for row in rows if row.corpus == corpus and row.held_out]
        ranked = corpus == "receptiveness"
        if not ranked:
            asked = [row for row in asked if row.tact is not None]
        asked = _some(asked, _ASKED)
        methods: dict[str, Score] = {
            "coach": score,
            "VADER": _vader(),
            "bag of words": _bag_of_words(texts, labels),
            "vectors": _vectors(texts, labels),
        }
        found[corpus] = {}
        for name, method in methods.items():
            given = [method(row.text) for row in asked]
            found[corpus][name] = float(
                spearmanr([row.value for row in asked], given)[0]
                if ranked
                else roc_auc_score([row.tact for row in asked], given)
            )
    return found


def _some(rows: list[Rated], most: int) -> list[Rated]:
    chosen = random.Random(_SEED)  # noqa: S311 - a sample that stays the same
    return chosen.sample(rows, min(most, len(rows)))


def _vader() -> Score:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return lambda text: float(analyser.polarity_scores(text)["compound"])


def _bag_of_words(texts: Sequence[str], labels: Sequence[int]) -> Score:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model: Any = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=3.0, max_iter=1000, class_weight="balanced"),
    ).fit(list(texts), list(labels))
    return lambda text: float(model.decision_function([text])[0])


def _vectors(texts: Sequence[str], labels: Sequence[int]) -> Score:
    from sklearn.linear_model import LogisticRegression

    embedder = MiniLMEmbedder()
    model: Any = LogisticRegression(C=10.0, max_iter=1000, class_weight="balanced").fit(
        embedder.embed(list(texts)), list(labels)
    )
    return lambda text: float(model.decision_function(embedder.embed([text]))[0])


if __name__ == "__main__":
    from coach.bootstrap import open_phrasing

    print(*lines(measure(open_phrasing().checker.check)), sep="\n")
