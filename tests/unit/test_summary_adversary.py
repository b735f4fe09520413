"""The adversary of summaries: every way applies somewhere, and makes another sentence."""

from __future__ import annotations

import random

from evals.summary_adversary import WAYS, spoilt

_DRAFTS = (
    "I told him on Tuesday that the 12 tools are only good for some of us, if we ask Ana.",
    "He said “it broke” a few times, and we never had two tools, which was hard.",
    "No, she did not help my team.",
)


def test_every_way_applies_and_each_changes_the_sentence() -> None:
    draw = random.Random(1)  # noqa: S311 - to repeat a run
    found = [(draft, way, text) for draft in _DRAFTS for way, text in spoilt(draft, "Other.", draw)]

    assert set(WAYS) == {way for _, way, _ in found}
    assert not [way for draft, way, text in found if draft.split() == text.split()]
