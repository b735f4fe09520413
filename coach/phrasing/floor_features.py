"""What can be counted of a message and a rewrite: names and values for the fitted floor."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from coach.language.turns import turn_features
from coach.phrasing.floor_pieces import Said
from coach.phrasing.floor_swaps import NEAR, Alike, best, denial_features, role_features
from coach.phrasing.floor_turned import piece_turns
from coach.phrasing.floor_words import cue_of, words_of


def features(before: Said, after: Said, alike: Alike) -> dict[str, float]:
    """Every feature of the rewrite ``after`` beside the message ``before``."""
    return {
        **_nearness(before, after),
        **_words(before, after, alike),
        **role_features(before, after, alike),
        **denial_features(before, after, alike),
        **_manner(before, after),
        **_facts(before, after),
        **_turns(before.tokens, after.tokens),
        **piece_turns(before, after),
        **turn_features(before.told, after.told),
    }


def _facts(before: Said, after: Said) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("numbers", "names", "dates"):
        one, other = getattr(before, name), getattr(after, name)
        found[f"{name}_gone"] = float(len([key for key in one if key not in other]))
        found[f"{name}_new"] = float(len([key for key in other if key not in one]))
        found[f"{name}_count"] = float(len(one))
    return found


def _nearness(before: Said, after: Said) -> dict[str, float]:
    whole = float(before.whole @ after.whole)
    near = before.vectors @ after.vectors.T
    to_whole = after.vectors @ before.whole
    from_whole = before.vectors @ after.whole
    kept, told = near.max(axis=1), near.max(axis=0)
    told_best = np.maximum(told, to_whole)
    kept_best = np.maximum(kept, from_whole)
    found = {
        "whole": whole,
        "flipped": float(before.whole @ after.flipped) - whole,
        "kept_least": float(kept_best.min()),
        "kept_mean": float(kept_best.mean()),
        "told_least": float(told_best.min()),
        "told_mean": float(told_best.mean()),
        "told_last": float(told_best[-1]),
        "pieces_more": float(len(after.pieces) - len(before.pieces)),
    }
    asked = [at for at, piece in enumerate(before.pieces) if piece.asks]
    answered = [at for at, piece in enumerate(after.pieces) if piece.asks]
    found["request_kept"] = float(kept_best[asked].min()) if asked else 1.0
    found["request_to_request"] = (
        float(near[np.ix_(asked, answered)].max(axis=1).min())
        if asked and answered
        else (1.0 if not asked else 0.0)
    )
    claims = [at for at, piece in enumerate(after.pieces) if piece.claims and not piece.asks]
    found["claim_least"] = float(told_best[claims].min()) if claims else 1.0
    return found


def _words(before: Said, after: Said, alike: Alike) -> dict[str, float]:
    soft = words_of("soft")
    one = list(before.stated)
    other = list(after.stated)
    gone = [(w, best(w, other, alike)) for w in one]
    new = [(w, best(w, one, alike)) for w in other]
    firm_new = [score for word, score in new if word.lemma not in soft]
    firm_gone = [score for word, score in gone if word.lemma not in soft]
    by_piece = [
        sum(
            1.0 - best(word, one, alike)
            for word in piece.stated
            if word.lemma not in soft and best(word, one, alike) < NEAR
        )
        for piece in after.pieces
    ]
    lost_by_piece = [
        float(np.mean([best(w, other, alike) for w in piece.stated])) if piece.stated else 1.0
        for piece in before.pieces
    ]
    said, kept = set(before.tokens), set(after.tokens)
    return {
        "overlap": len(said & kept) / max(1, len(said)),
        "overlap_back": len(said & kept) / max(1, len(kept)),
        "new_far": float(sum(score < NEAR for score in firm_new)),
        "new_share": float(np.mean([score < NEAR for score in firm_new])) if firm_new else 0.0,
        "new_mass": float(sum(1 - score for score in firm_new)),
        "gone_far": float(sum(score < NEAR for score in firm_gone)),
        "gone_share": float(np.mean([score < NEAR for score in firm_gone])) if firm_gone else 0.0,
        "gone_mass": float(sum(1 - score for score in firm_gone)),
        "new_cluster": max(by_piece, default=0.0),
        "lost_piece": min(lost_by_piece, default=1.0),
        "longer": len(after.tokens) / max(1, len(before.tokens)),
        "length": float(len(before.tokens)),
        "inserted": float(_inserted(before.tokens, after.tokens, soft)),
    }


def _inserted(before: Sequence[str], after: Sequence[str], soft: frozenset[str]) -> int:
    """The longest run of words that the message does not have, without soft ones."""
    matched = SequenceMatcher(None, before, after, autojunk=False)
    return max(
        (
            len([w for w in after[low:high] if w not in soft and len(w) > 3])
            - len([w for w in before[start:end] if len(w) > 3])
            for kind, start, end, low, high in matched.get_opcodes()
            if kind != "equal"
        ),
        default=0,
    )


def _manner(before: Said, after: Said) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("asking", "offering", "linking"):
        one, other = (len(cue_of(name).findall(said.text)) for said in (before, after))
        found[f"{name}_had"], found[f"{name}_more"] = float(one), float(other - one)
    for name in ("warm", "cold"):
        words = words_of(name)
        one, other = (sum(token in words for token in said.tokens) for said in (before, after))
        found[f"{name}_had"], found[f"{name}_more"] = float(one), float(other - one)
    one, other = (sum(piece.asks for piece in said.pieces) for said in (before, after))
    found["requests_had"], found["requests_has"] = float(one), float(other)
    found["requests_lost"] = float(bool(one) and not other)
    found["question_had"], found["question_has"] = (
        float(said.text.count("?")) for said in (before, after)
    )
    return found


def _turns(before: Sequence[str], after: Sequence[str]) -> dict[str, float]:
    """What changed between sentences that are nearly one."""
    matched = SequenceMatcher(None, before, after, autojunk=False)
    persons = {"i": "me", "me": "me", "my": "me", "mine": "me", "you": "you", "your": "you"}
    persons |= {"yours": "you", "we": "us", "us": "us", "our": "us"}
    swapped, small = 0, 0
    for kind, start, end, low, high in matched.get_opcodes():
        if kind != "replace":
            continue
        one = [persons[w] for w in before[start:end] if w in persons]
        other = [persons[w] for w in after[low:high] if w in persons]
        swapped += sum(a != b and {a, b} == {"me", "you"} for a, b in zip(one, other, strict=False))
        small += end - start == high - low == 1
    return {
        "near_copy": matched.ratio(),
        "persons_swapped": float(swapped),
        "one_for_one": float(small),
        "moved": _moved(before, after),
    }


def _moved(before: Sequence[str], after: Sequence[str]) -> float:
    """How far words that both have stand in another order."""
    shared = [word for word in before if word in after and len(word) > 3]
    places = [after.index(word) for word in shared]
    if len(places) < 2:
        return 0.0
    return float(np.mean(np.diff(places) < 0))
