"""Fit the judge of meaning on the tuning writers: ``python -m evals.fit_verification``.

Writes ``coach/verification/wording.npz`` and ``meaning.json``. ``make eval`` then shows the
held-out writers. Texts that only break a rule of form are left out: rules refuse those.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.verification import meaning
from coach.verification.features import features
from coach.verification.meaning import Meaning, Sources
from coach.verification.verify import brief_in_words
from coach.verification.wording import SIZE, WEIGHTS, Heads, Sound, keep_heads
from evals.cases import Part
from evals.fitted_trees import nodes_of
from evals.verification import LabelledText, labelled_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_SEED = 20261122
#: The kinds that no rule of form or fact sees.
_OF_MEANING = {
    "roles_swapped",
    "inverted",
    "policy",
    "promise",
    "unsupported",
    "off_topic",
    "respect",
    "other",
}
#: Share of good texts, of writers that a fit did not see, that the judge alone may refuse.
_GOOD_LOST = 0.045
#: What a draft weighs beside a text that somebody wrote: it only shows what is near to nothing.
_OF_A_DRAFT = 0.5
#: Parts of the writers that each fit for unseen writers leaves out in turn.
_FOLDS = 7


def main() -> None:
    """Fit, choose the threshold on unseen writers, write the files, print what came out."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold

    written = [
        case
        for case in labelled_texts()
        if case.part is Part.TUNE and (case.good or case.broken in _OF_MEANING)
    ]
    cases = [*written, *_drafts(written)]
    rows, sounds = _read(cases)
    labels = np.array([0 if case.good else 1 for case in cases])
    writers = np.array([case.writer for case in cases])
    folds = list(GroupKFold(_FOLDS).split(labels, labels, writers))
    heard: list[dict[str, float]] = [{} for _ in cases]
    asked = np.arange(len(cases)) < len(written)
    weights = np.where(asked, 1.0, _OF_A_DRAFT)
    for seen, unseen in folds:
        told = seen[asked[seen]]
        heads = _fit_heads([sounds[at] for at in told], labels[told])
        for at in unseen:
            heard[at] = heads.odds(sounds[at])
    names = sorted({**rows[0], **heard[0]})
    found = [{**row, **odds} for row, odds in zip(rows, heard, strict=True)]
    table = np.array([[row[name] for name in names] for row in found])
    judged = np.zeros(len(cases))
    for seen, unseen in folds:
        judged[unseen] = _trees(table[seen], labels[seen], weights[seen]).predict_proba(
            table[unseen]
        )[:, 1]
    limit = float(np.quantile(judged[asked & (labels == 0)], 1 - _GOOD_LOST))
    keep_heads(_fit_heads(sounds[: len(written)], labels[asked]))
    target = _keep_trees(_trees(table, labels, weights), names, 1 - limit)
    size = target.stat().st_size + WEIGHTS.stat().st_size
    print(f"{len(written)} texts of {len(set(writers))} writers, {size:,} bytes")
    print(f"unseen writers: AUC {roc_auc_score(labels[asked], judged[asked]):.3f}")
    for name in heard[0]:
        alone = np.array([odds[name] for odds in heard])
        print(f"  {name} alone: AUC {roc_auc_score(labels[asked], alone[asked]):.3f}")
    for kind in sorted(_OF_MEANING):
        of_kind = np.array([case.broken == kind for case in cases])
        print(f"  {kind}: {(judged >= limit)[of_kind].mean():.2f} refused by the judge alone")


def _drafts(cases: list[LabelledText]) -> list[LabelledText]:
    """The draft of each context, as a good text that nobody asks about: it must stay one."""
    by_draft = {(case.proposal.draft, case.writer): case for case in cases}
    return [
        case.model_copy(
            update={
                "proposal": case.proposal.model_copy(update={"text": case.proposal.draft}),
                "good": True,
                "broken": "",
            }
        )
        for case in by_draft.values()
    ]


def _read(cases: list[LabelledText]) -> tuple[list[dict[str, float]], list[Sound]]:
    judge = Meaning(MiniLMEmbedder(), EnglishGrammar())
    seen = [judge.evidence(case.proposal.text, _sources(case)) for case in cases]
    return [features(one) for one in seen], [one.sound for one in seen]


def _fit_heads(sounds: Sequence[Sound], labels: NDArray[np.int64]) -> Heads:
    vectors = _logistic(np.array([one.vector for one in sounds]), labels, 0.03, balanced=False)
    words = _logistic(_sparse([one.words for one in sounds]), labels, 30.0)
    new = _logistic(_sparse([one.new_words for one in sounds]), labels, 30.0)
    biases = np.array([vectors[-1], words[-1], new[-1]])
    return Heads(vectors[:-1], words[:-1], new[:-1], biases)


def _logistic(
    table: Any, labels: NDArray[np.int64], strength: float, *, balanced: bool = True
) -> NDArray[np.float64]:
    """Weights and, last, the bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=strength, max_iter=1000, class_weight="balanced" if balanced else None
    ).fit(table, labels)
    return np.append(model.coef_[0], model.intercept_[0])


def _sparse(counted: Sequence[Mapping[int, float]]) -> Any:
    from scipy import sparse

    starts = np.cumsum([0, *map(len, counted)])
    places = [place for found in counted for place in found]
    values = [value for found in counted for value in found.values()]
    return sparse.csr_matrix((values, places, starts), shape=(len(counted), SIZE))


def _trees(
    table: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=450,
        max_leaf_nodes=8,
        learning_rate=0.04,
        l2_regularization=5.0,
        max_features=0.3,
        class_weight="balanced",
        random_state=_SEED,
    ).fit(table, labels, sample_weight=weights)


def _keep_trees(model: Any, names: list[str], threshold: float) -> Path:
    kept = {
        "about": "Does a text still mean what its sources mean? Boosted trees; see CARD.md.",
        "fitted_by": "python -m evals.fit_verification",
        "seed": _SEED,
        "features": names,
        "base": round(float(model._baseline_prediction.ravel()[0]), 6),  # noqa: SLF001 - no public way
        "threshold": round(threshold, 4),
        "trees": [nodes_of(stage[0]) for stage in model._predictors],  # noqa: SLF001
    }
    target = Path(meaning.__file__).with_name("meaning.json")
    target.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")
    return target


def _sources(case: LabelledText) -> Sources:
    proposal = case.proposal
    return Sources(
        slot=proposal.slot,
        brief=proposal.brief,
        brief_words=brief_in_words(proposal.brief),
        passages=proposal.passages,
        draft=proposal.draft,
    )


if __name__ == "__main__":
    main()
