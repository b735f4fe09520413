"""Small steps with English sentences: cutting, capitals, full stops, past forms."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from coach.domain.grammar import Reading, Word
from coach.language.cues import Cues

CUES = Cues(Path(__file__).parent / "ladder_cues")
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_JOINERS = re.compile(r"^(?:and|but|so|yet|or|then|also|plus)\b,?\s+", re.IGNORECASE)
_MARKS = {",", ";", ":", "-", "–", "—", "--"}
_JOINING = {"and", "but", "so", "or", "because", "since", "yet", "though", "although"}
_RELATIVE = {"who", "which", "that", "whose", "where", "when", "while", "whereas", "with", "until"}
_SPACES = re.compile(r"\s+")
_ASKED = re.compile(
    r"(?:could|can|would|will|may|might|shall|should) (?:we|you|i)\b[^?]*\.?$", re.IGNORECASE
)
_MOST_OF_TAIL = 10
_LEADS_UP = re.compile(
    r"(?:and |but |so )?(?:when(?:ever)?|if|while|after|before|because|since|as)\b", re.IGNORECASE
)
_VOWEL_END = re.compile(r"^[^aeiou]+[aeiou][bdgklmnprt]$")


def pieces(reading: Reading) -> list[list[str]]:
    """The clauses of each sentence: cut where both sides could stand alone."""
    found: list[list[str]] = []
    for sentence in reading.sentences():
        if not any(word.is_word for word in sentence):
            continue
        cuts = [0]
        for at in range(len(sentence)):
            if 0 < at < len(sentence) - 1 and _may_cut(sentence, at):
                left, right = sentence[cuts[-1] : at], sentence[at:]
                if sentence[at - 1].text == ";" or (
                    stands(left) and stands(right) and not _goes_on(right, sentence)
                ):
                    cuts.append(at)
        parts = []
        for first, last in zip(cuts, [*cuts[1:], len(sentence)], strict=True):
            start = sentence[first].start
            end = sentence[last - 1].start + len(sentence[last - 1].text)
            parts.append(reading.text[start:end].strip())
        if found and _left_open(found[-1]):
            found[-1] += [f"{found[-1].pop()} {parts[0]}", *parts[1:]]
        elif found and _is_tail(sentence) and not found[-1][-1].endswith("?"):
            tail = f"{parts[0][0].lower()}{parts[0][1:]}"
            found[-1][-1] = f"{found[-1][-1].rstrip('.! ')}, {tail}"
        else:
            found.append(parts)
    return found


def _is_tail(words: tuple[Word, ...]) -> bool:
    """Whether it only adds where, how or when to the sentence before it: "In front of forty"."""
    real = [one for one in words if one.is_word]
    return (
        len(real) <= _MOST_OF_TAIL
        and real[0].part == "ADP"
        and real[0].lower not in {"with", "like", "as", "of", "to"}
        and not any(one.form in _FINITE | {"VB"} or one.text in {"?", ","} for one in words)
    )


def _left_open(parts: list[str]) -> bool:
    """Whether what was read as a sentence only leads up to one: 'When you ask "by when?"'."""
    return (
        len(parts) == 1
        and _LEADS_UP.match(parts[0]) is not None
        and parts[0][-1] in {'"', "”", "'", "’"}
        and parts[0][-2:-1] not in {".", "!"}
        and "," not in parts[0]
    )


def _goes_on(words: tuple[Word, ...], sentence: tuple[Word, ...]) -> bool:
    """Whether ``words`` begin with one more verb of a subject that stands before them.

    "You print it out, and get Shaz to type it" tells nobody to get Shaz.
    """
    first = next((one for one in words if one.is_word and one.lower not in _JOINING), None)
    if first is None or first.form not in {"VB", "VBP"} or first.relation != "conj":
        return False
    by_place = {one.place: one for one in sentence}
    head = by_place.get(first.head)
    while head is not None:
        if head.form in _FINITE - {"MD"} and any(
            one.head == head.place and one.relation in _SUBJECTS for one in sentence
        ):
            return True
        head = by_place.get(head.head) if head.relation == "conj" else None
    return False


def _may_cut(sentence: tuple[Word, ...], at: int) -> bool:
    word, before = sentence[at], sentence[at - 1]
    if before.text == ";":
        return True
    if word.lower in _RELATIVE or (
        before.text == ","
        and word.form in {"VBG", "VBN", "IN", "TO"}
        and word.lower not in _JOINING
    ):
        return False
    if word.lower in _JOINING and before.text not in _MARKS:
        return word.lower not in {"so", "or", "since"} or before.text in _MARKS
    return before.text in _MARKS and before.text != "-"


def stands(words: tuple[Word, ...]) -> bool:
    """Whether some words hold a verb of their own with its subject, or tell somebody to do it."""
    by_place = {word.place: word for word in words}
    # "The last three times I called" only says when.
    if any(
        word.relation in _SUBJECTS
        and word.head in by_place
        and by_place[word.head].relation != "relcl"
        for word in words
    ) and any(word.form in _FINITE or word.lower == "gonna" for word in words):
        return True
    return is_told(words)


def is_told(words: tuple[Word, ...]) -> bool:
    """Whether it begins, after small words, with a verb in its plain form and no subject."""
    skip = {"please", "kindly", "so", "and", "but", "just", "then", ",", "also", "now", ";"}
    real = [word for word in words if word.lower not in skip]
    while len(real) > 1 and real[0].part == "PROPN":
        real = real[1:]
    if len(real) < 2:
        return False
    if real[0].lower in {"do", "don't"} and real[1].lower in {"n't", "n’t", "not"}:
        return True
    return real[0].form == "VB" and not any(
        word.relation in _SUBJECTS and word.head == real[0].place for word in words
    )


def tidy(text: str) -> str:
    """``text`` without the holes that taking words out leaves."""
    text = _SPACES.sub(" ", text).strip()
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:–—-]+\s*([.!?])", r"\1", text)
    return text.strip(" ,;:–—-").strip()


def bare(text: str) -> str:
    """A clause without joining words before it and marks after it."""
    text = tidy(text).rstrip(".!?… ")
    for _ in range(2):
        text = _JOINERS.sub("", text)
    return tidy(text)


def sentence(text: str) -> str:
    """A clause as a sentence: a capital, and a full stop unless it ends in a mark."""
    text = tidy(text)
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    if _ASKED.match(text):
        # "Could we move to Mondays at 10." was typed without its mark.
        text = f"{text.rstrip('.')}?"
    return text if text.rstrip("\"'”’)")[-1:] in {".", "!", "?"} else f"{text}."


def lowered(text: str, reading: Reading) -> str:
    """``text`` as it stands inside a sentence; names and "I" keep their capital."""
    first = next((word for word in reading.words if word.is_word), None)
    keeps = first is None or bool(
        first.part == "PROPN"
        or bool(first.entity and first.entity not in {"DATE", "TIME", "CARDINAL", "ORDINAL"})
        or first.text in {"I", "I'm", "I've"}
        or (len(first.text) > 1 and first.text.isupper())
        or {first.text, first.text.removesuffix("s")} & _DAYS
    )
    return text if keeps else text[:1].lower() + text[1:]


_DAYS = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Miss",
        "Sir",
    ]
)


@cache
def _irregular() -> dict[str, str]:
    return dict(line.split() for line in CUES.lines("irregular"))


def past_of(verb: str) -> str:
    """The past form of a plain verb: ``paste`` → ``pasted``."""
    verb = verb.lower()
    if verb in _irregular():
        return _irregular()[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    if _VOWEL_END.search(verb):  # plan, stop; not open
        return f"{verb}{verb[-1]}ed"
    return f"{verb}ed"


def is_clause(reading: Reading) -> bool:
    """Whether a text is a whole statement: a verb of its own, with its subject before it."""
    words = [word for word in reading.words if word.is_word]
    if not words or words[0].form == "WDT" or words[0].lower in {"which", "who", "unlike"}:
        return False
    root = next((word for word in words if word.relation == "ROOT"), words[0])
    if root.form == "VB" and not any(
        word.head == root.place for word in words if word.relation in _SUBJECTS | {"aux"}
    ):
        return False
    if words[0].form in {"IN", "VBG", "VBN", "TO", "WDT", "RP", "CC"} and not any(
        word.relation in _SUBJECTS and word.head == root.place
        for root in words
        if root.relation == "ROOT"
        for word in words
    ):
        return False
    return any(
        word.relation in _SUBJECTS
        and any(
            head.place == word.head and head.part in {"VERB", "AUX"} and _is_finite(head, words)
            for head in words
        )
        for word in words
    )


def _is_finite(verb: Word, words: list[Word]) -> bool:
    return verb.form in _FINITE or any(
        word.head == verb.place and word.form in _FINITE for word in words
    )


#: What such a text does not begin with.
_NO_TOPIC = frozenset(
    ["no", "such", "what", "thanks", "great", "well", "nobody", "no-one", "everybody", "everyone"]
)


def is_topic(reading: Reading) -> bool:
    """Whether a text names a thing without saying anything of it: "sixty-two slides on X"."""
    words = [word for word in reading.words if word.is_word]
    root = next((word for word in words if word.relation == "ROOT"), None)
    return (
        root is not None
        and len(words) > 2
        and root.part in {"NOUN", "PROPN"}
        and words[0].part in {"NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ"}
        and words[0].lower not in _NO_TOPIC
    )
