from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.adapters.index.fusion import BREADTH, MEANING, fuse, nearness

_rows = st.integers(0, 20)
_cosines = st.dictionaries(_rows, st.floats(-1, 1), max_size=12)
_words = st.dictionaries(_rows, st.floats(0, 80), max_size=12)


@given(_cosines, _words)
def test_every_passage_of_either_half_gets_a_score_from_0_to_1(
    cosines: dict[int, float], words: dict[int, float]
) -> None:
    fused = fuse(cosines, words)

    assert cosines.keys() | words.keys() == fused.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


@given(_cosines.filter(len), _words)
def test_better_in_both_halves_is_never_worse(
    cosines: dict[int, float], words: dict[int, float]
) -> None:
    fused = fuse(cosines, words)

    for (one, near), (other, far) in product(cosines.items(), repeat=2):
        if near >= far and words.get(one, 0.0) >= words.get(other, 0.0):
            assert fused[one] >= fused[other]


def test_nothing_found_is_no_scores() -> None:
    assert {} == fuse({}, {})


def test_first_in_both_halves_scores_one_and_last_in_both_scores_nothing() -> None:
    fused = fuse({1: 0.8, 2: 0.5, 3: 0.2}, {1: 12.0, 2: 6.0})

    assert pytest.approx(1.0) == fused[1]
    assert pytest.approx(MEANING * 0.5 + (1 - MEANING) * 0.5) == fused[2]
    assert pytest.approx(0.0) == fused[3]


def test_a_passage_that_one_half_did_not_offer_counts_nothing_there() -> None:
    fused = fuse({1: 0.8, 2: 0.2}, {3: 5.0})

    assert pytest.approx(MEANING) == fused[1]
    assert pytest.approx(1 - MEANING) == fused[3]


def test_without_shared_words_meaning_decides_alone() -> None:
    assert pytest.approx({1: MEANING, 2: 0.0}) == fuse({1: 0.3, 2: 0.2}, {})


def test_the_scale_of_a_half_does_not_matter() -> None:
    small = fuse({1: 0.3, 2: 0.2, 3: 0.1}, {1: 1.0, 3: 2.0})
    large = fuse({1: 0.9, 2: 0.6, 3: 0.3}, {1: 10.0, 3: 20.0})

    assert pytest.approx(small) == large


def test_a_document_that_is_near_throughout_beats_one_lucky_sentence() -> None:
    assert nearness([0.7, 0.7, 0.7]) > nearness([0.8, 0.2, 0.1])
    assert pytest.approx((1 - BREADTH) * 0.8 + BREADTH * 0.6) == nearness([0.8, 0.4])


def test_only_a_documents_five_best_texts_count() -> None:
    assert nearness([0.9, 0.8, 0.7, 0.6, 0.5]) == nearness([0.9, 0.8, 0.7, 0.6, 0.5, 0.1, 0.0])


@given(st.floats(-1, 1))
def test_one_text_stands_for_itself(cosine: float) -> None:
    assert pytest.approx(cosine) == nearness([cosine])
