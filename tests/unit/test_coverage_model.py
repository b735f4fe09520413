from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.adapters.index import coverage
from coach.adapters.index.coverage import FEATURES, Coverage, calibrated

_features = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))


@given(_features)
def test_confidence_is_a_probability(features: tuple[float, ...]) -> None:
    assert 0.0 <= calibrated().confidence(features) <= 1.0


@given(_features, st.integers(0, 3), st.floats(0, 1))
def test_a_better_match_never_lowers_the_confidence(
    features: tuple[float, ...], place: int, more: float
) -> None:
    better = tuple(value + more * (at == place) for at, value in enumerate(features))

    assert calibrated().confidence(better) >= calibrated().confidence(features)


def test_the_extremes_are_decided_both_ways() -> None:
    model = calibrated()

    assert model.confidence((0.0, 0.0, 0.0, 0.0)) < model.threshold
    assert model.confidence((0.9, 0.8, 1.0, 1.0)) > model.threshold


def test_a_model_is_a_logistic_curve() -> None:
    model = Coverage(weights=(2.0, 0.0), bias=-1.0, threshold=0.5)

    assert pytest.approx(0.5) == model.confidence((0.5, 9.0))
    assert pytest.approx(0.731, abs=1e-3) == model.confidence((1.0, 9.0))


def test_features_that_do_not_fit_the_model_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        calibrated().confidence((0.5,))


def test_the_shipped_file_has_a_weight_for_each_feature_and_a_threshold() -> None:
    text = Path(coverage.__file__).with_name("coverage.json").read_text(encoding="utf-8")
    fields = json.loads(text)

    assert set(FEATURES) == set(fields["weights"])
    assert 0.0 < fields["threshold"] < 1.0
    assert tuple(fields["weights"][name] for name in FEATURES) == calibrated().weights
