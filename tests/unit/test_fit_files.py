"""What was fitted: small files without code in them, which belong to the code that reads them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

import coach
from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.domain.brief import Brief
from coach.domain.proposal import Slot
from coach.verification import meaning
from coach.verification.features import features
from coach.verification.meaning import Meaning, Sources, Trees, fitted
from coach.verification.wording import fitted_heads

_ROOT = Path(coach.__file__).parent
_FITTED = sorted(path for kind in ("*.json", "*.npz") for path in _ROOT.rglob(kind))
#: A node: the feature's number or -1, threshold, left, right, value.
_FEATURE, _LEFT, _RIGHT = 0, 2, 3


def _found() -> dict[str, float]:
    sources = Sources(
        slot=Slot.OPENING,
        brief=Brief(topic="team chat", mentee_role="finance director"),
        brief_words="team chat. finance director",
        passages=("Let the learner hold the mouse.",),
        draft="This is in your hands.",
    )
    judge = Meaning(MiniLMEmbedder(), EnglishGrammar())
    seen = judge.evidence("The page is yours now, so make a start.", sources)
    return {**features(seen), **fitted_heads().odds(seen.sound)}


def test_the_judge_was_fitted_on_the_features_that_are_counted_today() -> None:
    assert sorted(_found()) == list(fitted().features)


def test_the_judge_gives_a_probability() -> None:
    assert 0.0 <= fitted().odds(_found()) <= 1.0
    assert 0.0 < fitted().threshold < 1.0


def test_every_tree_of_the_judge_comes_to_an_end() -> None:
    """A child stands after its parent, so that no walk can go round in a circle."""
    judge = fitted()

    assert judge.trees
    for tree in judge.trees:
        for place, node in enumerate(tree):
            assert all(math.isfinite(value) for value in node)
            assert -1 <= node[_FEATURE] < len(judge.features)
            assert node[_FEATURE] == -1 or place < min(node[_LEFT], node[_RIGHT])
            assert max(node[_LEFT], node[_RIGHT]) < len(tree)


def test_a_tree_goes_left_up_to_its_threshold_and_right_above() -> None:
    leaf = (-1, 0.0, 0, 0)
    judge = Trees(
        features=("near",),
        trees=(((0, 0.5, 1, 2, 9.0), (*leaf, -2.0), (*leaf, 2.0)),),
        base=0.0,
        threshold=0.5,
    )

    assert judge.odds({"near": 0.5}) == pytest.approx(1 / (1 + math.exp(2)))
    assert judge.odds({"near": 0.6}) == pytest.approx(1 / (1 + math.exp(-2)))


def test_the_judge_ships_as_a_small_file() -> None:
    assert Path(meaning.__file__).with_name("meaning.json") in _FITTED


@pytest.mark.parametrize("path", _FITTED, ids=lambda path: path.name)
def test_a_fitted_file_is_small(path: Path) -> None:
    assert path.stat().st_size < 200_000


@pytest.mark.parametrize("path", sorted(_ROOT.rglob("*.npz")), ids=lambda path: path.name)
def test_a_fitted_array_opens_without_pickle(path: Path) -> None:
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_nothing_that_ships_is_a_pickle() -> None:
    kinds = {".pkl", ".pickle", ".joblib", ".dill", ".pt", ".npy"}

    assert [] == [path for path in _ROOT.rglob("*") if path.suffix in kinds]
