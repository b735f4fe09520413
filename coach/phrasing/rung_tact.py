"""Whether a candidate for a rung is more tactful than its message, and for whom it is."""

from __future__ import annotations

import re

from coach.domain.phrasing import TactCheck
from coach.domain.receiver import ReceiverCard
from coach.phrasing.cutting import GRAVE
from coach.phrasing.rung_card import off_limits
from coach.phrasing.rung_marks import Marker
from coach.phrasing.seams import Checker
from coach.phrasing.slurs import has_slur

#: A rung scores better than its message by this much, unless the message scored well already.
_GAIN = 0.01
_FINE = 0.7
#: Above this score a message without a finding threatens nobody; of 990 that were written to,
#: one reaches it.
_PLAIN = 0.5
#: What a stranger's words for a rung need not exceed, however well the rung itself scores.
WELL = 0.8
_GROVELS = re.compile(
    r"\bi'?m (?:only|just) an? (?!bit\b|little\b|tad\b|touch\b)|\bprobably (?:totally |completely )?wrong|\bsorry to (?:be|waste|bother)|"  # noqa: E501 - one pattern or sentence
    r"\bforgive me|\bi know (?:you're|you are|how) (?:so |very )?busy|\bhate to (?:bother|trouble)",
    re.IGNORECASE,
)


def grovels(text: str) -> bool:
    """Whether ``text`` makes the one who says it small."""
    return _GROVELS.search(text) is not None


class RungTact:
    """Judges candidates by the receiver's card, by marks and by the score."""

    def __init__(self, checker: Checker, marks: Marker) -> None:
        self._checker = checker
        self._marks = marks

    def fault(
        self, before: TactCheck, text: str, card: ReceiverCard | None
    ) -> tuple[str, TactCheck]:
        """How ``text`` fails to be better than the message, or an empty reason, and its check."""
        word = off_limits(text, card)
        if word:
            return f"The receiver put “{word}” off limits.", before
        if grovels(text):
            return "It makes the speaker small.", before
        if has_slur(text):
            return "It repeats a slur.", before
        had = {found.kind for found in before.findings}
        left = next((f for f in self._marks(text) if f.severity >= GRAVE and f.kind in had), None)
        if left is not None:
            return f"“{text[left.start : left.end]}” still threatens face.", before
        after = self._checker.check(text)
        # Where nothing is to be mended, what a technique adds is our own: the score of a refusal
        # falls when a question follows it, though nothing in it threatens face.
        fine = before.score > _PLAIN and not before.findings and not after.findings
        if not fine and after.score < min(before.score + _GAIN, _FINE):
            return "It is no more tactful than the message.", after
        return "", after
