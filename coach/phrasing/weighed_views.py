"""All that a leading question says, asked openly: "don't you think that …" as "what speaks for …".

A subject alone ("what do you make of the office?") would lose the point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.grammar import Reading, Word
from coach.phrasing.inflecting import gerund, third_person
from coach.phrasing.question_kinds import CUES

_LEADS = r"(?:(?:so|but|and|well|honestly|frankly|come on|with respect|i mean),? )*"
_ADVERBS = r"(?:(?:also|really|honestly|seriously|perhaps|maybe|just) )*"
_VIEW = re.compile(
    _LEADS + r"(?:(?:don't|do|wouldn't|would|can't|won't) you (?:not )?" + _ADVERBS + r"(?:think|"
    r"agree|say|feel|find|believe) (?:that )?|(?:isn't|is) it (?:not )?(?:true|obvious|clear|the "
    r"case|fair to say) that |surely,? (?:you(?:'d| would)? (?:agree|see|admit) (?:that )?)?|"
    r"(?:am i (?:wrong|right|alone) in thinking|i (?:assume|presume|suppose|take it)) (?:that )?|"
    r"you(?:'d| would| will|'ll| must) (?:surely )?(?:agree|admit|say|accept) (?:that )?)"
    r"(?P<view>.+)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    _LEADS + r"(?P<helper>is|are|was|were|does|do|should|would|could|can|will|must|has|have)"
    r"(?:n't)\b",
    re.IGNORECASE,
)
_YOUR_ACT = re.compile(
    _LEADS + r"(?:(?:don't|wouldn't) you " + _ADVERBS + r"(?:think|agree|say|feel) (?:that )?you "
    r"(?:should|could|might|ought to)|(?:shouldn't|couldn't) you|"
    r"why (?:don't|do not|can't|won't|didn't) you) " + _ADVERBS + r"(?P<verb>\w+) (?P<rest>.+)",
    re.IGNORECASE,
)
#: "Can't" and "won't" lose letters.
_HELPERS = {"ca": "can", "wo": "will"}
#: Words of a view that is told to somebody's face, or to speak for who is not there.
_UNSAFE = frozenset(
    ["you", "your", "you're", "you'd", "you'll", "you've", "yours", "i", "i'm", "i've", "me", "my"]
)
_NO_ACTS = {"be", "have", "stop", "admit", "accept", "see", "realise", "think", "like", "want"}
_FEWEST_WORDS, _MOST_WORDS = 4, 22
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}


def weighed_forms(sentence: str, reading: Reading) -> Iterator[str]:
    """Open questions that keep all of ``sentence``; none where that would judge somebody.

    ``reading`` is of ``sentence`` alone.
    """
    plain = _plain(sentence)
    if act := _YOUR_ACT.match(plain):
        verb, rest = act["verb"].lower(), act["rest"]
        if verb not in _NO_ACTS and not verb.endswith("ly") and _is_fair(f"{verb} {rest}", ()):
            yield f"What would {gerund(verb)} {rest} look like for you?"
        return
    view = _view_of(plain, reading)
    if view and _is_fair(view, _UNSAFE):
        small = view if view[:2].isupper() or view.startswith("I ") else view[0].lower() + view[1:]
        yield f"What speaks for the view that {small}, and what against it?"


def _plain(sentence: str) -> str:
    return re.sub(r"\s+", " ", sentence.replace("’", "'")).strip().rstrip("?!. ")


def _view_of(plain: str, reading: Reading) -> str:
    head, comma, tag = plain.rpartition(", ")
    tagged = bool(comma) and CUES.cue("tags").fullmatch(tag) is not None
    body = head if tagged else plain
    if found := _VIEW.match(body):
        return found["view"]
    if tagged:
        return re.sub(rf"^{_LEADS}", "", body, flags=re.IGNORECASE)
    return _turned_back(reading) if _TURNED.match(body) else ""


def _turned_back(reading: Reading) -> str:
    """Say "isn't it rude to shout" as "it is rude to shout"; empty where the subject is unsure."""
    helper = next((word for word in reading.words if word.part in {"AUX", "VERB"}), None)
    if helper is None:
        return ""
    verb = reading.words[helper.head] if helper.relation in {"aux", "auxpass"} else helper
    # Of "isn't it", "is" and "n't" are two words.
    subject = _phrase_from(reading, helper.place + 2, verb)
    if not subject:
        return ""
    said = reading.text[subject[0].start : _end(subject[-1])]
    rest = _after(reading, subject[-1])
    first, _, left = rest.partition(" ")
    aux = _HELPERS.get(helper.lower, helper.lower)
    # "Weren't we supposed to" reminds of a rule; it is no view that could be weighed.
    unclear = first.lower() in {"", "supposed", "meant"}
    if unclear or (aux in {"do", "does"} and first.lower() != verb.lower):
        return ""
    if aux == "does":
        rest = f"{third_person(verb.lemma)} {left}"
    return " ".join([said, rest] if aux in {"do", "does"} else [said, aux, rest])


def _phrase_from(reading: Reading, first: int, verb: Word) -> list[Word]:
    """The subject of ``verb``, if it begins at ``first`` and has no gaps."""
    for word in reading.children(verb):
        if word.relation in _SUBJECTS:
            inside = sorted(reading.under(word), key=lambda one: one.place)
            whole = inside[0].place == first and inside[-1].place - first + 1 == len(inside)
            return inside if whole else []
    return []


def _after(reading: Reading, word: Word) -> str:
    return _plain(reading.text[_end(word) :])


def _end(word: Word) -> int:
    return word.start + len(word.text)


def _is_fair(view: str, unsafe: frozenset[str] | tuple[str, ...]) -> bool:
    """Whether asking it aloud charges nobody, and is one short thought."""
    words = re.findall(r"[\w'-]+", view.lower())
    kept_out = {*unsafe, "surely", "nobody", "obviously", "just", "only"}
    kept_out |= CUES.word_list("groups") | CUES.word_list("loaded")
    return (
        not kept_out & set(words)
        and not re.search(r"[,;:?!]|\. ", view)
        and _FEWEST_WORDS <= len(words) <= _MOST_WORDS
    )
