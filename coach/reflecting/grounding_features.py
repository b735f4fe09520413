"""How a summary's sentence stands beside its source, in numbers that each mean one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.reflecting.grounding_converses import converse_features
from coach.reflecting.grounding_facts import fact_elsewhere
from coach.reflecting.grounding_plain import plain_features
from coach.reflecting.grounding_roles import role_features
from coach.reflecting.grounding_turned import turned_features
from coach.reflecting.grounding_words import words_of

if TYPE_CHECKING:
    from coach.reflecting.grounding_reader import Pairing

#: Of each feature, whether more of it speaks for a sentence (1) or against it (-1).
#: Nothing else may be learnt: right sentences of our writers are longer than wrong ones, and
#: say less in the source's words, which tells nothing about sentences of others.
SIGNS = {
    "near": 1, "near_best": 1,
    "number_new": -1, "number_other": -1, "date_new": -1,
    "name_new": -1, "name_elsewhere": -1, "name_not_first": -1,
    "breadth_new": -1, "breadth_new_first": -1, "already": -1, "some_lost": -1,
    "denied_missed": -1, "denied_turned": -1, "opposed": -1, "valence": -1,
    "fact_elsewhere": -1, "plain_turn": -1, "lead_renamed": 1,
    "role_swapped": -1, "role_renamed": -1, "order_turned": -1, "subject_not_speaker": -1,
    "converse_same": 1, "converse_crossed": -1,
}  # fmt: skip


def features(pair: Pairing) -> dict[str, float]:
    """Every feature of ``SIGNS`` by name."""
    return {
        "near": float(pair.near[0]),
        "near_best": float(pair.near.max()),
        **_facts(pair),
        **_names(pair),
        **_breadth(pair),
        **turned_features(pair),
        **role_features(pair),
        **converse_features(pair),
        "fact_elsewhere": fact_elsewhere(pair),
        **plain_features(pair),
        "lead_renamed": pair.lead,
    }


def new_facts(pair: Pairing) -> set[str]:
    """Numbers, days and names of a sentence that its source nowhere has, as they stand in it."""
    return {*new_numbers(pair), *new_dates(pair), *new_names(pair)}


def new_numbers(pair: Pairing) -> list[str]:
    """The figures that the source has not."""
    return [f"{number:g}" for number in sorted(pair.sentence.numbers - pair.figures)]


def new_dates(pair: Pairing) -> list[str]:
    """The days and months that the source has not."""
    return [
        day
        for day in sorted(pair.sentence.dates)
        if not all(pair.known[part] or pair.known[f"{part}s"] for part in day.split())
    ]


def new_names(pair: Pairing) -> list[str]:
    """The names that the source has not; a writer without a name is always there."""
    return [name for name in sorted(pair.sentence.names - {"writer"}) if not pair.known[name]]


def _facts(pair: Pairing) -> dict[str, float]:
    mine, theirs = pair.sentence.numbers, pair.first.numbers
    return {
        "number_new": float(len(new_numbers(pair))),
        "number_other": float(bool(theirs - mine) and bool(mine - theirs)),
        "date_new": float(len(new_dates(pair))),
    }


def _names(pair: Pairing) -> dict[str, float]:
    one = pair.sentence
    names = one.names - {"writer"}
    missing = 0 if pair.first.person else len(names - pair.first.names)
    return {
        "name_new": float(len(new_names(pair))),
        "name_elsewhere": max((_elsewhere(pair, name) for name in names), default=0.0),
        "name_not_first": float(missing),
    }


def _elsewhere(pair: Pairing, name: str) -> float:
    """How much worse the best unit with a name fits the other words than the best of all."""
    rest = [
        at for at, act in enumerate(pair.sentence.content) if act.lemma not in pair.sentence.names
    ]
    fits = [
        float(table[rest].max(axis=1).mean()) if rest and table.size else 0.0
        for table in pair.alike
    ]
    named = [fit for fit, unit in zip(fits, pair.units, strict=True) if name in unit.names]
    return max(fits) - max(named, default=0.0)


def _breadth(pair: Pairing) -> dict[str, float]:
    mine, first = set(pair.sentence.tokens), set(pair.first.tokens)
    evidence = {token for unit in pair.units for token in unit.tokens}
    every, some = words_of("all"), words_of("some")
    return {
        "breadth_new": float(len((mine & every) - evidence)),
        "breadth_new_first": float(len((mine & every) - first)),
        "already": float("already" in mine - first),
        "some_lost": float(len((first & some) - mine)),
    }
