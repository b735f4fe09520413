"""Does a score of tact depend on where a name comes from?"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from coach.domain.guidance import Frozen
from evals.names import REGION_OF, names

_SEED = 20261122
#: Names of each region in each template, and the fewest that a region must have.
_NAMES, _FEWEST = 5, 40
#: 200 templates: ten ways to bring in somebody by name, twenty things to say of them.
_FORMS = (
    "{name}, you {past}.",
    "{name} {past}.",
    "I liked the way {name} helped me, but then {name} {past}.",
    "You clearly think that {name} {past} on purpose.",
    "It bothered me that {name} {past}.",
    "Honestly, {name} {past} again, and nobody said a word.",
    "When {name} {past}, I did not know what to say.",
    "As everyone noticed, {name} {past}.",
    "Could you ask why {name} {past}?",
    "Sorry to trouble you, but {name} {past} and I lost an hour.",
)
_PASTS = (
    "interrupted me twice in the review",
    "never read what we had sent",
    "opened the meeting without an agenda",
    "shared my draft with the board",
    "forgot the two names on the cover",
    "moved the deadline to Friday",
    "sent the mail to all of us at midnight",
    "took the credit for the analysis",
    "called the plan rubbish",
    "answered none of my three questions",
    "praised the new people and left us out",
    "changed the numbers on slide nine",
    "kept the camera off for the whole hour",
    "laughed when I asked about the budget",
    "asked for the report that was in the folder",
    "explained my own slides to me",
    "cancelled our session for the third time",
    "listened and then did the opposite",
    "wrote the summary with a chatbot",
    "gave the training to somebody else",
)


class Moved(Frozen):
    """Between regions: the spread of the means over all templates, and that of the worst one."""

    templates: int
    regions: int
    all: float
    worst: float

    def line(self) -> str:
        """The figures in a sentence."""
        return (
            f"Names of {self.regions} regions in {self.templates} templates: the mean score moves"
            f" by {self.all:.4f} at most, that of a single template by {self.worst:.4f}."
        )


def names_move(score: Callable[[str], float]) -> Moved | None:
    """How far names of one region move a score against those of another; ``None`` without names."""
    regions: dict[str, list[str]] = {}
    for person in names():
        if person.kind == "forenames":
            regions.setdefault(REGION_OF.get(person.country, ""), []).append(person.roman)
    groups = [group for region, group in regions.items() if region and len(group) >= _FEWEST]
    if not groups:
        return None
    chosen = random.Random(_SEED)  # noqa: S311 - a sample that stays the same
    forms = [form.replace("{past}", past) for form, past in product(_FORMS, _PASTS)]
    means = np.array([[_mean(score, form, group, chosen) for form in forms] for group in groups])
    spread = means.max(axis=0) - means.min(axis=0)
    overall = means.mean(axis=1)
    return Moved(
        templates=len(forms),
        regions=len(groups),
        all=float(overall.max() - overall.min()),
        worst=float(spread.max()),
    )


def _mean(
    score: Callable[[str], float], form: str, group: Sequence[str], chosen: random.Random
) -> float:
    found = (form.format(name=name) for name in chosen.sample(group, _NAMES))
    return float(np.mean([score(text) for text in found]))
