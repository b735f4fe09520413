"""What a rewrite does to who did what, and to what is denied, as features."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from coach.phrasing.floor_pieces import Said
from coach.phrasing.floor_roles import Link, Stated
from coach.phrasing.floor_words import words_of

#: How near two single words are in meaning, 0 to 1.
Alike = Callable[[str, str], float]
#: Cosine from which two single words may mean one thing; and surely do.
NEAR, _SAME = 0.5, 0.72
_OTHER = {"object", "other", "owner", "source"}


def best(word: Stated, others: Sequence[Stated], alike: Alike) -> float:
    """How near the nearest of ``others`` is to a word."""
    return max((alike(word.lemma, other.lemma) for other in others), default=0.0)


def role_features(before: Said, after: Said, alike: Alike) -> dict[str, float]:
    """Ties of persons that stand, that clash, and that would fit if I and you were exchanged."""
    match, clash, name_clash, missing = _compare(before.links, after.links, alike)
    flipped, flip_clash, _, _ = _compare(
        before.links, tuple(link.flipped for link in after.links), alike
    )
    found = {
        "role_match": match,
        "role_clash": clash,
        "role_name_clash": name_clash,
        "role_missing": missing,
        "role_flip_gain": flipped - match,
        "role_flip_clash": clash - flip_clash,
        "role_share": match / max(1.0, match + clash),
    }
    for who in ("i", "you", "we"):
        for role in ("agent", "object", "owner", "other"):
            one = sum(link.who == who and link.role == role for link in before.links)
            other = sum(link.who == who and link.role == role for link in after.links)
            found[f"{who}_{role}"] = float(other - one)
    for who in ("i", "you"):
        found[f"{who}_had"] = float(sum(link.who == who for link in before.links))
        found[f"{who}_has"] = float(sum(link.who == who for link in after.links))
    return found


def _compare(
    one: Sequence[Link], other: Sequence[Link], alike: Alike
) -> tuple[float, float, float, float]:
    match = clash = named = missing = 0.0
    for link in one:
        near = [(alike(link.what, found.what), found) for found in other]
        near = [(score, found) for score, found in near if score >= NEAR]
        same = [score for score, found in near if _same(link, found)]
        against = [(score, found) for score, found in near if _against(link, found)]
        if same and max(same) >= max((score for score, _ in against), default=0.0):
            match += max(same)
        elif against:
            score, found = max(against, key=lambda pair: pair[0])
            if link.who in {"i", "you", "we"} and found.who in {"i", "you", "we"}:
                clash += score
            else:
                named += score
        else:
            missing += 1
    return match, clash, named, missing


def _same(link: Link, found: Link) -> bool:
    if link.who != found.who and {link.who, found.who} != {"i", "we"}:
        return False
    if link.role == found.role:
        return True
    return bool({link.role, found.role} & {"owner", "source"}) or (
        link.role in _OTHER and found.role in _OTHER
    )


def _against(link: Link, found: Link) -> bool:
    if link.role == found.role:
        return link.who != found.who and {link.who, found.who} != {"i", "we"}
    return link.who == found.who and {link.role, found.role} == {"agent", "object"}


def denial_features(before: Said, after: Said, alike: Alike) -> dict[str, float]:
    """Denials and opposites, by the words that they are about."""
    turned = agreed = 0.0
    for word in before.stated:
        near = [(alike(word.lemma, found.lemma), found) for found in after.stated]
        near = [(score, found) for score, found in near if score >= _SAME]
        if not near:
            continue
        best = max(score for score, _ in near)
        if any(found.denied == word.denied for score, found in near if score >= best - 0.05):
            agreed += best
        else:
            turned += best
    loose = 0.0
    for word in before.stated:
        scored = [(alike(word.lemma, found.lemma), found.denied) for found in after.stated]
        score, denied = max(scored, default=(0.0, word.denied))
        loose = max(loose, score * (denied != word.denied))
    denials = words_of("denial")
    one, other = Counter(before.tokens), Counter(after.tokens)
    count, count_after = (sum(bag[word] for word in denials) for bag in (one, other))
    gone, new = one - other, other - one
    pairs = [pair.split("/") for pair in words_of("opposites")]
    crossed = sum((a in gone and b in new) or (b in gone and a in new) for a, b in pairs)
    seen = sum((a in gone and b in other) or (b in gone and a in other) for a, b in pairs)
    return {
        "denied_turned": turned,
        "denied_turned_loose": loose,
        "denial_lost": _unmatched(before.stated, after.stated, alike),
        "denial_new": _unmatched(after.stated, before.stated, alike),
        "denied_words_more": float(
            sum(w.denied for w in after.stated) - sum(w.denied for w in before.stated)
        ),
        "denied_agreed": agreed,
        "denials_more": float(count_after - count),
        "denials_had": float(count),
        "denial_odd": float(abs(count_after - count) % 2),
        "opposites": float(crossed),
        "opposites_loose": float(seen),
        "un_new": float(sum(_un(word) for word in new)),
        "un_gone": float(sum(_un(word) for word in gone)),
    }


def _unmatched(one: Sequence[Stated], other: Sequence[Stated], alike: Alike) -> float:
    """How far the denied words of one text are from all denied words of the other."""
    denied = [word for word in other if word.denied]
    verbs = [word for word in one if word.denied and word.part in {"VERB", "ADJ"}]
    return max((1.0 - best(word, denied, alike) for word in verbs), default=0.0)


def _un(word: str) -> bool:
    return bool(re.match(r"(?:un|in|im|dis|mis|non)[a-z]{4,}", word)) or word.endswith("less")
