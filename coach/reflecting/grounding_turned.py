"""What a sentence denies that its source affirms, or the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.language.lexicon import are_turned_by_prefix
from coach.reflecting.grounding_words import opposites_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.reflecting.grounding_acts import Act
    from coach.reflecting.grounding_reader import Pairing
    from coach.reflecting.grounding_said import Said

#: From here on two single words surely mean one thing.
_SAME = 0.72
#: What a word of the second-best unit is worth less.
_SECOND = 0.02


def turned_features(pair: Pairing) -> dict[str, float]:
    """Denials that are missed or turned, opposites, and praise for what the source regrets."""
    turned, agreed = _compared(pair)
    return {
        "denied_missed": _missed(pair),
        "denied_turned": len(turned) / max(1, len(turned) + len(agreed)),
        "opposed": float(len(opposed_words(pair))),
        "valence": _valence_clash(pair),
    }


def turned_words(pair: Pairing) -> set[str]:
    """The words of a sentence that it denies and its source affirms, or the other way round."""
    turned = {act.lower for act in _compared(pair)[0] if act.part in {"VERB", "ADJ"}}
    return turned | opposed_words(pair)


def opposed_words(pair: Pairing) -> set[str]:
    """Words for which the best unit has the opposite, and not the word itself."""
    there = {form: act for act in pair.first.acts for form in (act.lemma, act.lower)}
    return {
        act.lower
        for act in pair.sentence.acts
        if not {act.lemma, act.lower} & there.keys()
        and any(
            other in there and there[other].denied == act.denied for other in _against(act, there)
        )
    }


def _against(act: Act, there: Iterable[str]) -> frozenset[str]:
    turned = (other for other in there if are_turned_by_prefix(act.lemma, other))
    return opposites_of(act.lemma) | opposites_of(act.lower) | frozenset(turned)


def _compared(pair: Pairing) -> tuple[list[Act], list[Act]]:
    """The words that are denied here and not there, or there and not here; and all others."""
    turned: list[Act] = []
    agreed: list[Act] = []
    for row, act in enumerate(pair.sentence.content):
        if act.part in {"PROPN", "NUM"}:
            continue
        near, denied = max(
            (
                (float(table[row, column]) - _SECOND * rank, other.denied)
                for rank, (unit, table) in enumerate(zip(pair.units, pair.alike, strict=True))
                if rank < 2
                for column, other in enumerate(unit.content)
            ),
            default=(0.0, False),
        )
        if near >= _SAME:
            (turned if act.denied != denied else agreed).append(act)
    return turned, agreed


def _missed(pair: Pairing) -> float:
    """How near the nearest affirmed word is to a verb or quality that the best unit denies."""
    table, found = pair.alike[0], 0.0
    for column, other in enumerate(pair.first.content):
        if other.denied and other.part in {"VERB", "ADJ"} and table.size:
            row = int(table[:, column].argmax())
            found = max(found, float(table[row, column]) * (not pair.sentence.content[row].denied))
    return found


def _valence_clash(pair: Pairing) -> float:
    mine = _valence(pair.sentence)
    theirs = next((value for unit in pair.units[:2] if (value := _valence(unit))), 0)
    return min(2.0, abs(mine)) if mine * theirs < 0 else 0.0


def _valence(one: Said) -> int:
    """Words of approval and success, less those of refusal and failure; denied ones turned."""
    good, bad, denying = words_of("welcome"), words_of("unwelcome"), words_of("denying")
    total = int("yes" in one.tokens)
    for act in one.acts:
        forms = {act.lemma, act.lower}
        sign = bool(forms & good) - bool(forms & bad)
        total += -sign if act.denied and act.lemma not in denying else sign
    return total
