"""Whether those who act in a sentence act in its source, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.reflecting.grounding_acts import PRONOUNS, Act

if TYPE_CHECKING:
    from coach.reflecting.grounding_reader import Pairing
    from coach.reflecting.grounding_said import Said

#: From here on two verbs may tell of one act.
_NEAR = 0.5
#: What a verb of each next unit is worth less.
_LATER = 0.02
#: How well a pronoun fits: of nobody in particular, of somebody named shortly before, of others.
_ANYBODY, _NAMED_BEFORE, _NOT_NAMED, _UNSAID = 0.6, 0.7, 0.4, 0.5


def role_features(pair: Pairing) -> dict[str, float]:
    """Exchanged sides of an act, another name for who acts, and persons in another order."""
    swapped = renamed = 0.0
    named = pair.sentence.names.union(*(unit.names for unit in pair.units))
    for row, act in enumerate(pair.sentence.content):
        near, other = _same_act(pair, row, act)
        if other is None:
            continue
        agent, patient = (
            _fit(act.agents, other.agents, pair),
            _fit(act.patients, other.patients, pair),
        )
        crossed = max(0.0, _fit(act.agents, other.patients, pair) - agent)
        back = max(0.0, _fit(act.patients, other.agents, pair) - patient)
        swapped = max(swapped, near * (crossed + back))
        if set(act.agents) & pair.sentence.names and set(other.agents) & named:
            renamed = max(renamed, near * (not set(act.agents) & set(other.agents)))
    return {
        "role_swapped": swapped,
        "role_renamed": renamed,
        "order_turned": float(_order_turned(pair)),
        "subject_not_speaker": float(_subject_not_speaker(pair)),
    }


def _same_act(pair: Pairing, row: int, act: Act) -> tuple[float, Act | None]:
    """The verb of the units that is nearest to one of the sentence's, if one is near."""
    best: tuple[float, Act | None] = (_NEAR, None)
    if act.part != "VERB" or not (act.agents or act.patients):
        return best
    for rank, (unit, table) in enumerate(zip(pair.units, pair.alike, strict=True)):
        for column, other in enumerate(unit.content):
            near = float(table[row, column]) - _LATER * rank
            if other.part == "VERB" and near > best[0]:
                best = (near, other)
    return best


def _fit(ones: tuple[str, ...], others: tuple[str, ...], pair: Pairing) -> float:
    """How well those on one side of an act fit those on a side of another, 0 to 1."""
    if not ones or not others:
        return _UNSAID
    if set(ones) & set(others):
        return 1.0
    if set(others) & PRONOUNS:
        return _NAMED_BEFORE if set(ones) & pair.recent else _NOT_NAMED
    if set(ones) & PRONOUNS:
        return _ANYBODY
    return max(
        (
            float(table[row, column])
            for unit, table in zip(pair.units, pair.alike, strict=True)
            for row, one in enumerate(pair.sentence.content)
            if one.lemma in ones
            for column, other in enumerate(unit.content)
            if other.lemma in others
        ),
        default=0.0,
    )


def _order_turned(pair: Pairing) -> bool:
    """Whether two persons stand in another order than in a unit, without a passive."""
    mine = _persons(pair.sentence)
    for unit in pair.units[:2]:
        theirs = dict.fromkeys([*sorted(unit.speaker), *_persons(unit)])
        both, other = [n for n in mine if n in theirs], [n for n in theirs if n in mine]
        if len(both) > 1:
            return both != other and "by" not in pair.sentence.tokens
    return False


def _persons(one: Said) -> dict[str, None]:
    return dict.fromkeys(act.lemma for act in one.acts if act.lemma in one.names)


def _subject_not_speaker(pair: Pairing) -> bool:
    """Whether the first who acts is named, and the best unit's speaker is another."""
    subject = next((act.agents[0] for act in pair.sentence.acts if act.agents), "")
    speaker = pair.first.speaker - {"writer"}
    return bool(speaker) and subject in pair.sentence.names and subject not in speaker
