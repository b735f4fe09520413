"""Verbs left without what they need: "called my plan rubbish" is not "called my plan"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.phrasing.floor_swaps import Alike
from coach.phrasing.floor_words import words_of

if TYPE_CHECKING:
    from coach.domain.grammar import Reading, Word
    from coach.phrasing.floor_pieces import Said

_JOINING = {
    "and", "but", "or", "so", "because", "please", "when", "if", "while", "which", "who",
    "before", "after", "until", "till", "once", "unless", "again",
}  # fmt: skip
_HALVES = {"as", "of", "for", "from", "like"}
_MEANT = {"VERB", "NOUN", "ADJ", "PROPN"}
#: What only calls somebody.
_CALLS = {"lah", "mate", "pal", "man", "guys", "love", "dear", "lol"}
#: From here on a word of the rewrite may stand for the one that fell away.
_STANDS_FOR = 0.6


def lost_complement(before: Said, after: Said, alike: Alike) -> str:
    """What a verb of the message says of its object, where the rewrite stops at the object."""
    kept: dict[str, list[list[Word]]] = {}
    for verb in _verbs(after.reading):
        kept.setdefault(verb.lemma, []).append(_following(after.reading, verb))
    whole = {verb.lemma: _following(before.reading, verb) for verb in _verbs(before.reading)}
    for lemma, said in whole.items():
        for left in kept.get(lemma, []):
            fallen = said[len(left) :]
            if not left or [w.lower for w in said[: len(left)]] != [w.lower for w in left]:
                continue
            lost = [word for word in fallen if _counts(word) and not _stands(word, after, alike)]
            if lost:
                gone = " ".join(word.text for word in fallen)
                return f"it breaks off before what is said: “{gone}”"
    return ""


def _verbs(reading: Reading) -> list[Word]:
    wanted = words_of("complement_verbs") | words_of("complement_prepositions")
    return [word for word in reading.words if word.part == "VERB" and word.lemma in wanted]


def _following(reading: Reading, verb: Word) -> list[Word]:
    """The words after a verb, up to a mark, a joining word or another phrase."""
    halves = _HALVES if verb.lemma in words_of("complement_prepositions") else {"of"}
    found: list[Word] = []
    for word in reading.words[verb.place + 1 :]:
        if not word.is_word and word.text not in {"'", "’"}:
            break
        if word.lower == "that":
            continue
        if word.lower in _JOINING or (word.part == "SCONJ" and word.lower not in halves):
            break
        if word.part == "ADP" and word.lower not in halves:
            break
        found.append(word)
    return found


def _counts(word: Word) -> bool:
    little = words_of("light") | words_of("calendar") | _CALLS
    return word.part in _MEANT and word.lemma not in little


def _stands(word: Word, after: Said, alike: Alike) -> bool:
    if word.lower in after.tokens:
        return True
    return any(alike(word.lemma, other.lemma) >= _STANDS_FOR for other in after.stated)
