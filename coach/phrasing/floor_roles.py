"""Who is said to do what to whom: every word that a person or a name hangs on, and how."""

from __future__ import annotations

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.phrasing.floor_words import words_of

_SELF, _YOU, _US = "i", "you", "we"
_PERSONS = {
    "i": _SELF, "me": _SELF, "my": _SELF, "mine": _SELF, "myself": _SELF,
    "you": _YOU, "your": _YOU, "yours": _YOU, "yourself": _YOU, "ya": _YOU, "u": _YOU,
    "yourselves": _YOU, "we": _US, "us": _US, "our": _US, "ours": _US, "ourselves": _US,
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "he", "her": "he", "hers": "he", "herself": "he",
    "they": "he", "them": "he", "their": "he", "theirs": "he",
}  # fmt: skip
_CONTROL = {"xcomp", "advcl", "conj", "pcomp", "acl", "ccomp", "prep"}
_DENIALS = {"not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "neither", "without"}
_PREPS = {"by": "agent", "from": "source", "of": "owner"}
_FLIP = {_SELF: _YOU, _YOU: _SELF, _US: _YOU}


class Link(Frozen):
    """A person or name (``who``), what they do (``role``), and the word it hangs on."""

    what: str
    role: str
    who: str

    @property
    def flipped(self) -> Link:
        """The same with speaker and listener in each other's place."""
        return self.model_copy(update={"who": _FLIP.get(self.who, self.who)})


class Stated(Frozen):
    """A verb, noun or adjective, whether it is denied, and who does it."""

    lemma: str
    part: str
    denied: bool


def links_of(reading: Reading, names: frozenset[str]) -> tuple[Link, ...]:
    """Every tie between a person, or one of ``names`` in lower case, and a word."""
    found: list[Link] = []
    for word in reading.words:
        who = person_of(word, names)
        if who is None:
            continue
        found += _ties(reading, word, who)
    for word in reading.words:
        if word.part == "VERB" and (agent := _unsaid(reading, word, names)):
            found.append(Link(what=word.lemma, role="agent", who=agent))
    return tuple(dict.fromkeys(found))


def person_of(word: Word, names: frozenset[str]) -> str | None:
    """I, you, we, he (or she, or they), a name, or nobody."""
    if (said := _PERSONS.get(word.lower)) is not None:
        return said
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    return bare if bare in names else None


def _ties(reading: Reading, word: Word, who: str) -> list[Link]:
    head, relation = reading.words[word.head], word.relation
    steps = 0
    while (
        relation in {"conj", "compound", "nmod", "appos"} and head.place != head.head and steps < 4
    ):
        if relation == "compound" and head.part == "NOUN":
            break
        relation, head, steps = head.relation, reading.words[head.head], steps + 1
    if relation in {"poss", "compound"}:
        # "My slides are late": what the slides do is tied to me, loosely.
        return [Link(what=head.lemma, role="owner", who=who)]
    if relation in {"nsubj", "csubj"}:
        return [Link(what=head.lemma, role="agent", who=who), *_complement(reading, head, who)]
    if relation in {"nsubjpass", "dobj"}:
        return [Link(what=head.lemma, role="object", who=who)]
    if relation == "dative":
        return [Link(what=head.lemma, role="other", who=who)]
    if relation in {"pobj", "pcomp"} and head.part == "ADP":
        role = _PREPS.get(head.lower, "other")
        above = reading.words[head.head]
        if role == "owner" and above.part == "VERB":
            role = "other"
        return [Link(what=above.lemma, role=role, who=who)]
    return []


def _complement(reading: Reading, verb: Word, who: str) -> list[Link]:
    """With "You were unclear", the adjective says it, not the verb."""
    if verb.lemma not in {"be", "seem", "feel", "get", "have", "do", "make"}:
        return []
    return [
        Link(what=child.lemma, role="agent", who=who)
        for child in reading.children(verb)
        if child.relation in {"acomp", "attr", "oprd"}
    ]


def _unsaid(reading: Reading, verb: Word, names: frozenset[str]) -> str | None:
    """Who does what no subject is written for: commands, and verbs under another."""
    for _ in range(4):
        below = {child.relation: child for child in reversed(reading.children(verb))}
        if "auxpass" in below or {"nsubjpass", "csubj"} & below.keys():
            return None
        if "nsubj" in below:
            return person_of(below["nsubj"], names)
        if verb.relation == "ROOT":
            return _YOU if verb.form in {"VB", "VBP"} else None
        above = reading.words[verb.head]
        if verb.relation not in _CONTROL or above.part not in {"VERB", "AUX"}:
            return None
        verb = above
        patient = next((c for c in reading.children(verb) if c.relation == "dobj"), None)
        if patient is not None and (who := person_of(patient, names)):
            return who
    return None


def stated_of(reading: Reading) -> tuple[Stated, ...]:
    """Every content word and whether it is denied."""
    light = words_of("light")
    found = []
    for word in reading.words:
        if word.part not in {"VERB", "NOUN", "ADJ", "ADV", "PROPN"} or not word.is_word:
            continue
        if word.lemma in light or word.lower in _DENIALS or len(word.lemma) < 2:
            continue
        found.append(Stated(lemma=word.lemma, part=word.part, denied=_is_denied(reading, word)))
    return tuple(dict.fromkeys(found))


def _is_denied(reading: Reading, word: Word) -> bool:
    at, denied = word, False
    for _ in range(4):
        if any(
            child.lower in _DENIALS or child.relation == "neg" for child in reading.children(at)
        ):
            denied = not denied
        if _ends(reading, at):
            denied = not denied
        if at.relation not in _CARRYING:
            break
        above = reading.words[at.head]
        if above.lemma in _ENDING or above.lower in {"without", "instead"}:
            denied = not denied
        at = above
    return denied


#: "Stop shouting", "refuse to help", "without asking": what hangs on these does not happen.
_ENDING = {
    "stop", "quit", "avoid", "refuse", "fail", "cease", "refrain", "forget", "prevent", "decline",
    "lack", "miss", "skip", "neglect", "omit",
}  # fmt: skip
_CARRYING = {
    "xcomp", "acomp", "attr", "dobj", "pcomp", "pobj", "prep", "advmod", "oprd", "ccomp",
    "nsubjpass",
}  # fmt: skip


def _ends(reading: Reading, word: Word) -> bool:
    """Whether "no longer", "rather than" or "instead of" stands before a word."""
    before = " ".join(w.lower for w in reading.words[max(0, word.place - 3) : word.place])
    return any(cue in before for cue in ("no longer", "rather than", "instead of"))
