"""What somebody has undertaken to do, as a short phrase: "send me the glossary"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.domain.grammar import Reading, Word
    from coach.reflecting.due_days import DueDay

_MARKED = re.compile(
    r"^\W*(?:(?:homework|task|job|to-?do|action)s?\s+)?(?:(?:for|from|on)\s+)?"
    r"(?:me|i|myself|mine|he|she|they|him|her|them|both|we|us|partner|mentor|mentee|\w+)\s*"
    r"[:=–—>]+\s*",
    re.IGNORECASE,
)
#: Who leaves out "I" leaves its verb: "Will ask Priya tomorrow".
_LEFT_OUT = re.compile(
    r"^\W*(?:will|shall|going to|gonna|must|need to|have to|to)\s+", re.IGNORECASE
)
_SUBJECTS = {"nsubj", "nsubjpass"}
_HELPING = {"aux", "auxpass", "neg"}
_NEITHER = re.compile(r"^\W*(?:neither|none|nobody|no one)\b", re.IGNORECASE)
#: What somebody does who owes something.
_GIVEN = {"owe": "give"}
_REPORTED = re.compile(
    r"[,;]?\s*(?:(?:he|she|they|i|we) (?:said|says|promised|agreed)|as agreed|i promised|promise"
    r"|(?:and |so )?(?:i|we|he|she|they)(?:['’]ll| will) do (?:that|this|it|so))[\s.!]*$",
    re.IGNORECASE,
)
#: Verbs whose object is what is undertaken: "promised to send", "is going to write".
_LEADING = frozenset(
    [
        *("promise", "agree", "offer", "undertake", "volunteer", "commit", "accept", "go", "have"),
        *("plan", "decide", "mean", "aim", "be", "want", "get", "say", "swear", "intend", "need"),
        *("consent", "tell", "vow", "pledge", "arrange", "propose", "insist", "take", "give"),
        "suppose",
    ]
)
#: After these somebody else acts: "have HR rewrite the ad".
_CAUSING = frozenset({"have", "get", "let", "want"})
#: Words of an act; a longer one is cut at a comma.
_MOST_WORDS = 16


def act_of(sentence: Reading, due: DueDay | None) -> str:
    """The act that ``sentence`` promises, without who and when."""
    text = sentence.text
    verb = _verb(sentence)
    if verb is None:
        kept = _without(text, due, 0)
        return _tidy(_LEFT_OUT.sub("", _MARKED.sub("", kept)))
    rest = _without(text, due, verb.start + len(verb.text))
    denied = _NEITHER.match(text) is not None or any(
        word.relation == "neg" and word.head == verb.place for word in sentence.words
    )
    act = f"{_GIVEN.get(verb.lemma, verb.lemma)} {rest.strip()}"
    return _tidy(f"not {act}" if denied else act)


def _verb(sentence: Reading) -> Word | None:
    by_place = {word.place: word for word in sentence.words}
    subjects = [word for word in sentence.words if word.relation in _SUBJECTS]
    if not subjects:
        return None
    verb = by_place[subjects[0].head]
    for _ in range(4):
        below = [word for word in sentence.words if word.head == verb.place and word is not verb]
        inner = next(
            (w for w in below if w.relation in {"xcomp", "ccomp"} and w.part in {"VERB", "AUX"}),
            None,
        )
        if verb.lemma not in _LEADING or inner is None:
            break
        others = any(w.relation in _SUBJECTS and w.head == inner.place for w in sentence.words)
        if verb.lemma in _CAUSING and others:
            break
        verb = inner
    return verb if verb.part in {"VERB", "AUX"} else None


def _without(text: str, due: DueDay | None, start: int) -> str:
    if due is None or due.end <= start:
        return text[start:]
    return f"{text[start : max(start, due.start)].rstrip(' ,')} {text[due.end :].lstrip(' ,')}"


def _tidy(act: str) -> str:
    act = _REPORTED.sub("", act.strip().rstrip(".!…"))
    if len(act.split()) > _MOST_WORDS:
        act = re.split(r"[,;:(–—]\s", act)[0]
    return " ".join(act.split()[: 2 * _MOST_WORDS]).strip(' ,;:.–—-"“”')
