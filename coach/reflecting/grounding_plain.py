"""Plain turns: a clause that is otherwise in the source, word for word, and says the opposite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.reflecting.grounding_words import opposites_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from coach.reflecting.grounding_acts import Act
    from coach.reflecting.grounding_reader import Pairing
    from coach.reflecting.grounding_said import Said

#: From here on a word, and a whole clause, stands in the source as well.
_SAME, _COPIED = 0.9, 0.8
#: From here on a unit's vector is that of nearly the same sentence.
_NEAR = 0.7


def plain_features(pair: Pairing) -> dict[str, float]:
    """Whether a near unit has a clause, and one act of it is denied, opposed or crossed."""
    return {
        "plain_turn": float(any(_is_turned(pair, row) for row in range(len(pair.sentence.content))))
    }


def _is_turned(pair: Pairing, row: int) -> bool:
    act = pair.sentence.content[row]
    if act.part not in {"VERB", "ADJ"}:
        return False
    same = _beside(pair, row)
    if not same:
        return _is_opposed(pair, row, act)
    return all(act.denied != other.denied for other in same) or all(
        _is_crossed(act, other) for other in same
    )


def _beside(pair: Pairing, row: int) -> list[Act]:
    """The same word of each unit that has the rest of the clause."""
    return [
        unit.content[column]
        for unit, table in _near(pair)
        if _carried(pair, row, table) >= _COPIED
        for column in [int(table[row].argmax())]
        if table[row, column] >= _SAME
        if unit.content[column].part == pair.sentence.content[row].part
    ]


def _is_opposed(pair: Pairing, row: int, act: Act) -> bool:
    against = opposites_of(act.lemma)
    return any(
        other.lemma in against and other.denied == act.denied
        for unit, table in _near(pair)
        if _carried(pair, row, table) >= _COPIED
        for other in unit.content
    )


def _near(pair: Pairing) -> Iterator[tuple[Said, NDArray[np.float32]]]:
    for unit, table, near in zip(pair.units, pair.alike, pair.near, strict=True):
        if table.size and near >= _NEAR:
            yield unit, table


def _carried(pair: Pairing, row: int, table: NDArray[np.float32]) -> float:
    """How much of the rest of a word's clause a unit has."""
    content = pair.sentence.content
    rest = [
        at
        for at, other in enumerate(content)
        if at != row and other.clause == content[row].clause and other.lemma != "writer"
    ]
    return float(table[rest].max(axis=1).mean()) if rest else 0.0


def _is_crossed(act: Act, other: Act) -> bool:
    agents, patients = set(act.agents), set(act.patients)
    straight = agents & set(other.agents) or patients & set(other.patients)
    back = agents & set(other.patients) or patients & set(other.agents)
    return bool(back) and not straight
