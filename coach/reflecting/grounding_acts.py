"""Who does what to whom in a sentence, and what of it is denied."""

from __future__ import annotations

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.reflecting.grounding_words import words_of

PRONOUNS = {
    "he", "she", "him", "her", "his", "hers", "himself", "herself", "they", "them", "their",
    "theirs", "themselves", "we", "us", "our", "ours", "who", "whom", "it", "its", "you", "your",
    "i", "me", "my", "that", "this", "which", "everyone", "everybody", "someone", "somebody", "one",
}  # fmt: skip
_AGENT, _PATIENT = {"nsubj", "csubj"}, {"dobj", "nsubjpass", "dative", "oprd"}
#: Relations over which a denial reaches down from a word's head.
_CARRYING = {
    "xcomp", "acomp", "attr", "dobj", "pcomp", "pobj", "prep", "advmod", "oprd", "ccomp",
    "nsubjpass",
}  # fmt: skip
_BESIDE = {"xcomp", "advcl", "conj", "pcomp", "acl", "ccomp"}
_JOINED = {"conj", "appos", "compound", "flat", "nmod"}
_PARTS = {"VERB", "NOUN", "ADJ", "ADV", "PROPN", "NUM"}
_TURNING = ("no longer", "rather than", "instead of", "too ")
#: How far up or down a sentence's tree is looked.
_STEPS = 4
Below = dict[int, list[Word]]
_HEADS = {"ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj"}


class Act(Frozen):
    """A word that says something; of verbs also who does it (``agents``), and to whom.

    ``denied`` counts denials by twos: "failed not to" denies nothing. ``clause`` is the place of
    the verb whose clause it stands in.
    """

    lemma: str
    lower: str
    part: str
    denied: bool
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    clause: int = 0


def acts_of(reading: Reading, names: frozenset[str]) -> tuple[Act, ...]:
    """The words of a sentence that say something, in order; ``names`` are in lower case."""
    below = below_of(reading)
    return tuple(
        Act(
            lemma=lemma_of(word, names),
            lower=word.lower,
            part=word.part,
            denied=_is_denied(reading, below, word),
            agents=agents_of(reading, below, word, names) if word.part == "VERB" else (),
            patients=patients_of(below, word, names) if word.part == "VERB" else (),
            clause=_clause_of(reading, word),
        )
        for word in reading.words
        if word.is_word and word.part in _PARTS and word.lower not in PRONOUNS
    )


def below_of(reading: Reading) -> Below:
    """What depends on each word, by its place."""
    below: Below = {word.place: [] for word in reading.words}
    for word in reading.words:
        if word.head != word.place:
            below[word.head].append(word)
    return below


def lemma_of(word: Word, names: frozenset[str]) -> str:
    """A word's lemma; of a name its lower case without the genitive."""
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    return bare if bare in names else word.lemma


def _filled(below: Below, word: Word, names: frozenset[str], steps: int = _STEPS) -> list[str]:
    """A noun with those that are joined to it."""
    found = [lemma_of(word, names)]
    for child in below[word.place]:
        if steps and child.relation in _JOINED:
            found += _filled(below, child, names, steps - 1)
    return found


def agents_of(reading: Reading, below: Below, verb: Word, names: frozenset[str]) -> tuple[str, ...]:
    """Who acts, also where the verb of a clause above says it."""
    at = verb
    for _ in range(_STEPS):
        passive = any(child.relation in {"auxpass", "nsubjpass"} for child in below[at.place])
        found: list[str] = []
        for child in below[at.place]:
            if child.relation in _AGENT:
                found += _filled(below, child, names)
            elif child.relation == "agent" or (passive and child.lower == "by"):
                found += [who for one in below[child.place] for who in _filled(below, one, names)]
        if found or passive:
            return tuple(found)
        head = reading.words[at.head]
        if at.relation == "relcl" or (at.relation == "acl" and at.form == "VBG"):
            return tuple(_filled(below, head, names))
        if at.relation not in _BESIDE or head is at:
            return ()
        asked = next((child for child in below[head.place] if child.relation == "dobj"), None)
        if at.relation in {"xcomp", "ccomp"} and asked is not None and asked.place < at.place:
            return tuple(_filled(below, asked, names))
        at = head if head.part in {"VERB", "AUX"} else reading.words[head.head]
    return ()


def patients_of(below: Below, verb: Word, names: frozenset[str]) -> tuple[str, ...]:
    """Whom or what a verb is done to."""
    found: list[str] = []
    for child in below[verb.place]:
        if child.relation in _PATIENT:
            found += _filled(below, child, names)
        elif child.relation == "prep" and child.lower != "by":
            found += _hanging(below, child, {"pobj"}, names)
        elif child.relation == "ccomp":
            found += _hanging(below, child, _AGENT, names)
    return tuple(found)


def _hanging(below: Below, word: Word, relations: set[str], names: frozenset[str]) -> list[str]:
    return [
        who
        for child in below[word.place]
        if child.relation in relations
        for who in _filled(below, child, names)
    ]


def _is_denied(reading: Reading, below: Below, word: Word) -> bool:
    denying, at, denied = words_of("denying"), word, False
    for _ in range(_STEPS + 1):
        for child in below[at.place]:
            denied ^= child.relation == "neg" or (
                child.lower in denying and child.relation in {"det", "advmod", "nsubj", "preconj"}
            )
        before = " ".join(w.lower for w in reading.words[max(0, at.place - 3) : at.place])
        denied ^= any(cue in before for cue in _TURNING)
        if at.relation not in _CARRYING or at.head == at.place:
            break
        at = reading.words[at.head]
        denied ^= at.lemma in denying or at.lower in denying
    return denied


def _clause_of(reading: Reading, word: Word) -> int:
    """The place of the verb whose clause ``word`` stands in."""
    at = word
    for _ in range(_STEPS):
        if at.head == at.place or (at.part in {"VERB", "AUX"} and at.relation in _HEADS):
            break
        at = reading.words[at.head]
    return at.place
