"""Signs in what somebody wrote that people, not a summary, should take up.

A sign is a reason to offer help, never a finding: it says nothing about what somebody is or did.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.guidance import Frozen
from coach.domain.reflection import CareSignal
from coach.errors import CoachError
from coach.phrasing.care_lists import fits, without_idioms
from coach.phrasing.slurs import has_slur
from coach.reflecting.caring_long import worth_reading
from coach.reflecting.sentences import Span, sentences_of

#: Lists of which one line is enough, by what they are signs of, and the gravest first.
_ALONE = {
    CareSignal.RISK_OF_HARM: ("danger", "harmed"),
    CareSignal.RETALIATION: ("avenged",),
    CareSignal.HARASSMENT: ("harassment", "hounded", "advances"),
}
#: Lists that mean something together, within as many sentences.
_TOGETHER = {
    CareSignal.RETALIATION: (("spoke_up", "paid_for", "upon"), 2),
    CareSignal.DISCRIMINATION: (("lesser", "slighted"), 2),
}
_LISTS = tuple(name for names in _ALONE.values() for name in names) + tuple(
    name for names, _ in _TOGETHER.values() for name in names
)
#: Where several signs are found, the first is answered: what may kill, then what keeps somebody
#: from speaking, then what is done to them.
_ORDER = (
    CareSignal.RISK_OF_HARM,
    CareSignal.RETALIATION,
    CareSignal.HARASSMENT,
    CareSignal.DISCRIMINATION,
)


class CareFound(Frozen):
    """A sign, and the characters ``start`` to ``end``, excluded, that led to it."""

    signal: CareSignal
    start: int
    end: int


def signal_of(text: str) -> CareSignal | None:
    """What ``text`` shows signs of, if anything. Raises ``CoachError`` for an empty text."""
    found = care_in(text)
    return found[0].signal if found else None


def care_in(text: str) -> tuple[CareFound, ...]:
    """Every sign in ``text``, the one to answer first at the front.

    Of a very long text the sentences are read that use most of the words of the lists.
    Raises ``CoachError`` for an empty text.
    """
    if not text.strip():
        raise CoachError("There is no text. Write what happened, in your own words.")
    runs = worth_reading(sentences_of(text), _LISTS)
    found = [one for run in runs for one in _found_in(run)]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.signal), one.start)))


def _found_in(run: Sequence[Span]) -> list[CareFound]:
    """The signs in sentences that follow one another."""
    plain = [without_idioms(sentence.text) for sentence in run]
    plain = ["" if fits(sentence, "told_apart") else sentence for sentence in plain]
    found = [
        CareFound(signal=signal, start=sentence.start, end=sentence.end)
        for sentence, said in zip(run, plain, strict=True)
        for signal, names in _ALONE.items()
        if said and (fits(said, *names) or (signal is CareSignal.HARASSMENT and _slurred(said)))
    ]
    for signal, (names, longest) in _TOGETHER.items():
        found += _together(run, plain, signal, names, longest)
    return found


def _slurred(said: str) -> bool:
    return has_slur(said) and fits(said, "named")


def _together(
    run: Sequence[Span],
    plain: Sequence[str],
    signal: CareSignal,
    names: Sequence[str],
    longest: int,
) -> list[CareFound]:
    """The shortest runs of sentences in which every list has a line that fits."""
    has = [frozenset(name for name in names if said and fits(said, name)) for said in plain]
    found: list[CareFound] = []
    for count in range(1, longest + 1):
        for at in range(len(run) - count + 1):
            last = at + count - 1
            start, end = run[at].start, run[last].end
            apart = all(one.end <= start or one.start >= end for one in found)
            ends_count = bool(has[at]) and bool(has[last])
            if apart and ends_count and len(frozenset().union(*has[at : last + 1])) == len(names):
                found.append(CareFound(signal=signal, start=start, end=end))
    return found
