"""Needles pass over patterns that cannot fit, and never over one that does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.needles import Needles
from coach.phrasing import spotting
from evals.cases import Part
from evals.tact_cases import tact_pairs

_PATTERNS = [
    r"(?<!\w)(?:you (?:never|always) listen)",
    r"(?:a|b)?(?:clearly)\b",
    r"as (?:I|we) (?:said|told you)",
    r"\w+ \d+",
    r"(?:really ){1,2}(?!good)bad",
    r"(?:grow|man)(?: the fuck)? up",
    r"kid(?:do|dies)?",
]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("You NEVER listen to me", [0, 3]),
        ("Clearly not", [1, 3]),
        ("as ı told you", [2, 3]),
        ("really bad kids", [3, 4, 6]),
        ("grow up", [3, 5]),
        ("", [3]),
    ],
)
def test_only_patterns_whose_words_stand_in_the_text_are_tried(
    text: str, places: list[int]
) -> None:
    assert list(Needles(_PATTERNS).may_fit(text)) == places


@given(st.text(alphabet="youneralwisten cldbkKıſ123 gupam", max_size=60))
def test_no_pattern_that_fits_is_passed_over(text: str) -> None:
    may_fit = set(Needles(_PATTERNS).may_fit(text))
    fits = {at for at, one in enumerate(_PATTERNS) if re.search(one, text, re.IGNORECASE)}
    assert fits <= may_fit


def test_the_lists_of_threats_find_the_same_with_needles_and_without() -> None:
    patterns, needles = spotting._patterns()
    tried = fitting = 0
    for pair in tact_pairs()[::12]:
        if pair.part is not Part.TUNE:
            continue
        may_fit = set(needles.may_fit(pair.worse))
        fits = {at for at, (_, one) in enumerate(patterns) if one.search(pair.worse)}
        assert fits <= may_fit, pair.worse
        tried += len(may_fit)
        fitting += len(fits)
    # Else the needles would be of no use, or the sentences no test.
    assert 50 < fitting < tried < 60 * len(patterns)
