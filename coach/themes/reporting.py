"""A release as the lead reads it, made of found themes and of what may be shown of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from coach.domain.themes import (
    Advice,
    Count,
    Statement,
    Suppression,
    Theme,
    ThemeReport,
    Withheld,
    number_of_pairs,
)
from coach.themes.budget import bounded
from coach.themes.counts import CountNoise
from coach.themes.disclosing import Disclosure, Found, Rules, Shown, disclosed
from coach.themes.history import direction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Finds what a lead can do about a theme, by its label.
Advise = Callable[[str], tuple[Advice, ...]]
#: Says which themes of a report hold words that could tell of somebody, by their ids.
Audit = Callable[[ThemeReport, Sequence[Statement]], Collection[str]]


@dataclass(frozen=True)
class Mined:
    """A theme as it was found; ``members`` are places in the list of statements.

    ``shared`` and ``copies`` are as in ``Found``. One without a ``label`` has no general words.
    """

    id: str
    members: tuple[int, ...]
    centre: NDArray[np.float32]
    label: str = ""
    sentence: str = ""
    words: tuple[str, ...] = ()
    shared: int | None = None
    copies: frozenset[str] = frozenset()


class Finds(Protocol):
    """Finds themes in statements: the same in the same statements, whatever their order."""

    def __call__(
        self,
        statements: Sequence[Statement],
        vectors: NDArray[np.float32],
        *,
        min_pairs: int,
        before: Mapping[str, NDArray[np.float32]],
        themes: int | None = None,
    ) -> tuple[Mined, ...]:
        """The themes; one that is like one of ``before`` has its identifier."""
        ...


@dataclass(frozen=True)
class Terms:
    """What a report is made by; ``previous`` are the bands of the themes when last shown."""

    rules: Rules
    number: int = 1
    made: date = date.min
    previous: Mapping[str, Count] = field(default_factory=dict)
    noise: CountNoise | None = None
    epsilon: float | None = None


def reported(
    statements: Sequence[Statement],
    mined: Sequence[Mined],
    terms: Terms,
    advise: Advise = lambda _label: (),
    audit: Audit = lambda _report, _statements: (),
) -> tuple[ThemeReport, Disclosure]:
    """The report on ``statements``, and what is behind it, which nobody may read.

    Whatever ``audit`` objects to is withheld.
    """
    contributing = frozenset(one.pair for one in statements)
    behind = {one.id: frozenset(statements[at].pair for at in one.members) for one in mined}
    if terms.noise is not None:
        behind = bounded(behind, terms.noise.most_themes)
    found = {
        one.id: Found(
            pairs=behind[one.id],
            shared=one.shared if one.label else 0,
            copies=one.copies,
        )
        for one in mined
    }
    disclosure = disclosed(found, contributing, terms.rules, terms.noise)
    themes = tuple(
        _theme(one, shown, terms, advise)
        for one in mined
        if isinstance(shown := disclosure.themes[one.id], Shown)
    )
    bad = audit(_report(terms, themes, disclosure.contributing, None), statements)
    themes = tuple(theme for theme in themes if theme.id not in bad)
    held = {name: Withheld.WORDS if name in bad else one for name, one in disclosure.themes.items()}
    names = {theme.id for theme in themes}
    told = sum(len(one.members) for one in mined if one.id in names)
    suppression = _suppression(told, len(statements), terms.rules.min_pairs) if themes else None
    report = _report(terms, themes, disclosure.contributing, suppression)
    return report, replace(disclosure, themes=held)


def withdrawn(report: ThemeReport, disclosure: Disclosure) -> ThemeReport:
    """``report`` once pairs withdrew: less of it, and nothing else."""
    left = []
    for theme in report.themes:
        shown = disclosure.themes[theme.id]
        if isinstance(shown, Shown):
            segments = theme.segments if shown.segments else {}
            left.append(theme.model_copy(update={"segments": segments}))
    if not left:
        explained = {
            "suppression": None,
            "explanation": _explained(report.min_pairs, report.running),
        }
        return report.model_copy(update={"themes": (), **explained})
    return report.model_copy(update={"themes": tuple(left)})


def nothing_yet(terms: Terms) -> ThemeReport:
    """A report for so few pairs that nothing was looked at."""
    return ThemeReport(
        number=terms.number,
        made=terms.made,
        min_pairs=terms.rules.min_pairs,
        running=_running(terms.rules),
        explanation=_explained(terms.rules.min_pairs, _running(terms.rules)),
    )


def _report(
    terms: Terms,
    themes: tuple[Theme, ...],
    contributing: Count | None,
    suppression: Suppression | None,
) -> ThemeReport:
    least = terms.rules.min_pairs
    ordered = sorted(themes, key=lambda one: (-one.pairs.least, one.label, one.id))
    return ThemeReport(
        number=terms.number,
        made=terms.made,
        min_pairs=least,
        contributing=contributing,
        running=_running(terms.rules),
        themes=tuple(ordered),
        suppression=suppression,
        explanation="" if themes else _explained(least, _running(terms.rules)),
        epsilon=terms.epsilon,
    )


def _theme(one: Mined, shown: Shown, terms: Terms, advise: Advise) -> Theme:
    return Theme(
        id=one.id,
        label=one.label,
        sentence=one.sentence,
        words=one.words,
        pairs=shown.pairs,
        direction=direction(terms.previous.get(one.id), shown.pairs) if terms.previous else None,
        segments=dict(sorted(shown.segments.items())),
        advice=advise(one.label),
    )


def _running(rules: Rules) -> int | None:
    return None if rules.running is None else len(rules.running)


def _suppression(told: int, said: int, least: int) -> Suppression:
    """How much is withheld: of the statements, whose number nobody knows.

    A number of themes, also a rough one, or none, would tell somebody who knows of so many that
    are withheld that there is no other: that nobody told of it.
    """
    withheld = 1 - told / said
    parts = ("less than a third", "a third to two thirds", "more than two thirds")
    part = parts[(withheld >= 1 / 3) + (withheld > 2 / 3)]
    others = "1 other" if least == 1 else f"{least} others"
    why = _WHY.format(pairs=number_of_pairs(least), others=others)
    return Suppression(themes=f"{part} of what was said", why=why)


_WHY = (
    "A theme is shown when at least {pairs} told of it and at least {others} did not, "
    "and when it can be told in general words: the library's, or words that as many used. All "
    "others are withheld. Why each one is, nobody is told: a reason could tell of somebody."
)


def _explained(least: int, running: int | None) -> str:
    of = "" if running is None else f" in a program of {3 * least} or more"
    return (
        f"There is no theme that can be shown yet. One needs at least {least} pairs that tell of "
        f"the same thing, in words that can be general, and {least} that do not; so at least "
        f"{2 * least} pairs whose members let their statements join, and leave them there until "
        f"it is locked{of}. Which of these was missing is not told: that protects the few who "
        "did. What helps: tell your pairs what happens with their words, let them see the "
        "preview, and come back after their next sessions. Meanwhile your pairs can tell you "
        "what they wish to tell."
    )
