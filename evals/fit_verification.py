"""Fit the judge of meaning on the tuning writers: ``python -m evals.fit_verification``.

Writes ``coach/verification/meaning.json``. ``make eval`` then shows the held-out writers.
Texts that only break a rule of form are left out: rules refuse those.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.verification import meaning
from coach.verification.features import features
from coach.verification.meaning import Meaning, Sources
from coach.verification.verify import brief_in_words
from evals.cases import Part
from evals.verification import LabelledText, labelled_texts

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
#: Share of good texts, of writers that a fit did not see, that the trees alone may refuse.
_GOOD_LOST = 0.06


def main() -> None:
    """Fit, choose the threshold on unseen writers, write the file, print what came out."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

    cases = [
        case
        for case in labelled_texts()
        if case.part is Part.TUNE and (case.good or case.broken in _OF_MEANING)
    ]
    rows = _rows(cases)
    names = sorted(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    labels = np.array([0 if case.good else 1 for case in cases])
    writers = np.array([case.writer for case in cases])
    model = HistGradientBoostingClassifier(
        max_iter=200,
        max_leaf_nodes=8,
        learning_rate=0.05,
        l2_regularization=2.0,
        class_weight="balanced",
        random_state=_SEED,
    )
    unseen = cross_val_predict(
        model, table, labels, groups=writers, cv=LeaveOneGroupOut(), method="predict_proba"
    )[:, 1]
    limit = float(np.quantile(unseen[labels == 0], 1 - _GOOD_LOST))
    model.fit(table, labels)
    kept = {
        "about": "Does a text still mean what its sources mean? Boosted trees; see CARD.md.",
        "fitted_by": "python -m evals.fit_verification",
        "seed": _SEED,
        "features": names,
        "base": round(float(model._baseline_prediction.ravel()[0]), 6),  # noqa: SLF001 - no public way
        "threshold": round(1 - limit, 4),
        "trees": [_nodes(stage[0]) for stage in model._predictors],  # noqa: SLF001
    }
    target = Path(meaning.__file__).with_name("meaning.json")
    target.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(cases)} texts of {len(set(writers))} writers, {target.stat().st_size:,} bytes")
    print(f"unseen writers: AUC {roc_auc_score(labels, unseen):.3f}")
    refused = unseen >= limit
    for kind in sorted(_OF_MEANING):
        of_kind = np.array([case.broken == kind for case in cases])
        print(f"  {kind}: {refused[of_kind].mean():.2f} refused by the trees alone")


def _rows(cases: list[LabelledText]) -> list[dict[str, float]]:
    judge = Meaning(MiniLMEmbedder(), EnglishGrammar())
    return [features(judge.evidence(case.proposal.text, _sources(case))) for case in cases]


def _sources(case: LabelledText) -> Sources:
    proposal = case.proposal
    return Sources(
        slot=proposal.slot,
        brief=proposal.brief,
        brief_words=brief_in_words(proposal.brief),
        passages=proposal.passages,
        draft=proposal.draft,
    )


def _nodes(tree: Any) -> list[list[float | int]]:
    return [
        [
            -1 if node["is_leaf"] else int(node["feature_idx"]),
            0.0 if node["is_leaf"] else round(float(node["num_threshold"]), 5),
            int(node["left"]),
            int(node["right"]),
            round(float(node["value"]), 5),
        ]
        for node in tree.nodes
    ]


if __name__ == "__main__":
    main()
