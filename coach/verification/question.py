"""Is it one open question?"""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.proposal import Refusal

_WH = {"what", "which", "who", "whom", "whose", "where", "why", "how", "when"}
_AUXILIARIES = {
    *[
        "am",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
    ],
    *[
        "may",
        "might",
        "must",
        "ca",
        "wo",
        "’s",
        "'s",
        "isn",
        "aren",
        "wasn",
        "weren",
        "don",
        "doesn",
        "didn",
        "couldn",
        "wouldn",
    ],
}
_SUBJECTS = {"PRP", "DT", "NN", "NNS", "NNP", "NNPS", "PRP$", "EX", "VBG", "CD", "WDT", "JJ"}
#: Verbs that ask without a question mark: "Walk me through …".
_ASKS = {
    "tell",
    "walk",
    "describe",
    "talk",
    "trace",
    "explain",
    "show",
    "name",
    "give",
    "take",
    "paint",
}
#: The same inside a sentence: "Captions: tell me the tale", "I would love to hear how …".
_WISH = re.compile(
    r"(?:^|[:,;–—]\s*)(?:please\s)?(?:tell|show|give|walk|talk|take|fill|paint)\s(?:me|us)\b"
    r"|\bI(?:['’]d|\swould)\s(?:dearly\s|so\s|really\s|just\s)*(?:love|like)\s"
    r"to\s(?:hear|know|learn|understand)\b"
    r"|^(?:trace|describe|sketch|retell|recount)\s",
    re.IGNORECASE,
)
_LEADS = {"and", "or", "but", "so", "then", "now", "well", "also"}
#: "Could you tell me what …" asks what, not whether you could.
_POLITE = re.compile(
    r"^(?:can|could|would|will|may|might)\s+(?:you|i)\b.{0,40}?\b(tell|say|describe|show|share|ask|explain|name|walk)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def check_question(reading: Reading) -> tuple[Refusal, str] | None:
    """Why the text is not one open question, if it is not."""
    asked = [
        sentence
        for sentence in reading.sentences()
        if _text(sentence).rstrip("\"”’'").endswith("?")
    ]
    wishes = [sentence for sentence in reading.sentences() if _is_wish(sentence)]
    if len(asked) > 1 or (not asked and len(wishes) > 1):
        return Refusal.TWO_QUESTIONS, "it asks for two things"
    if not asked:
        return None if wishes else (Refusal.NOT_A_QUESTION, "nothing is asked")
    return _fault_of(asked[0], wishes)


def _fault_of(
    sentence: tuple[Word, ...], wishes: list[tuple[Word, ...]]
) -> tuple[Refusal, str] | None:
    if any(_text(wish) != _text(sentence) for wish in wishes if ":" not in _text(wish)):
        return Refusal.TWO_QUESTIONS, "a wish and a question"
    if _is_closed(sentence):
        return Refusal.CLOSED_QUESTION, _text(sentence)[:80]
    second = _second(sentence)
    return None if second is None else (Refusal.TWO_QUESTIONS, second)


def _text(sentence: tuple[Word, ...]) -> str:
    return "".join(
        word.text
        + (
            " "
            if place + 1 < len(sentence) and sentence[place + 1].start > word.start + len(word.text)
            else ""
        )
        for place, word in enumerate(sentence)
    ).strip()


def _is_wish(sentence: tuple[Word, ...]) -> bool:
    """An imperative that asks somebody to tell something."""
    if _WISH.search(_text(sentence)):
        return True
    words = [word for word in sentence if word.is_word]
    while words and words[0].lower in {*_LEADS, "please"}:
        words = words[1:]
    if (
        len(words) < 3
        or words[0].lower not in _ASKS
        or words[0].form not in {"VB", "VBP", "NN", "NNP"}
    ):
        return False
    return words[1].lower in {"me", "us"} or words[0].lower in {"name", "describe"}


def _clauses(sentence: tuple[Word, ...]) -> list[list[Word]]:
    """The pieces of a sentence between its marks."""
    pieces: list[list[Word]] = [[]]
    for word in sentence:
        if word.text in {",", ";", ":", "–", "—", "-"} or word.text in {'"', "“", "”"}:
            pieces.append([])
        elif word.is_word or word.text in {"'", "’"}:
            pieces[-1].append(word)
    return [piece for piece in pieces if piece]


def _is_closed(sentence: tuple[Word, ...]) -> bool:
    """The first clause that asks decides: an auxiliary before its subject, or a question word."""
    for piece in _clauses(sentence):
        words = list(piece)
        while words and words[0].lower in _LEADS:
            words = words[1:]
        if not words:
            continue
        if _asks_what(words):
            return _offers_two(sentence, words)
        if (
            words[0].lower in _AUXILIARIES
            and len(words) > 1
            and words[1].form in _SUBJECTS | {"RB"}
        ):
            polite = _POLITE.match(" ".join(word.text for word in words))
            if polite:
                rest = polite["rest"].lower().split()
                return not (_WH & set(rest[:3])) or bool({"whether", "if"} & set(rest))
            if words[0].lower in {"were", "had", "should"} and len(_clauses(sentence)) > 1:
                # "Were it up to you, …" is a condition.
                continue
            return True
    # Nothing stood first: a question word inside ("In whose eyes …", "And your view is what?").
    return not any(word.lower in _WH for word in sentence)


def _asks_what(words: list[Word]) -> bool:
    """Whether a clause asks with a question word: first, or after a preposition or a few words.

    "When I was talking, …" is no question, "when did …" is one.
    """
    for place, word in enumerate(words):
        if word.lower not in _WH or word.form not in {"WP", "WRB", "WDT", "WP$"}:
            continue
        rest = words[place + 1 :]
        if word.lower == "when":
            if rest and rest[0].lower in _AUXILIARIES:
                return True
            continue
        if place == 0:
            return True
        before = words[place - 1]
        if before.form == "IN" and place <= 3:
            return True
        # A question word in the middle asks if its own verb is turned round or the clause begins
        # with it after an adverbial ("Seen from your desk what …", "Out of all of these which …").
        if any(other.lower in _AUXILIARIES for other in rest[:4]) and not _has_verb(words[:place]):
            return True
    return False


def _has_verb(words: list[Word]) -> bool:
    return any(
        (word.form.startswith("VB") and word.form != "VBG") or word.form == "MD" for word in words
    )


def _offers_two(sentence: tuple[Word, ...], asking: list[Word]) -> bool:
    """Whether two answers are offered: "Which is it: this or that?"."""
    text = _text(sentence)
    _head, colon, tail = text.partition(":")
    if (
        colon
        and " or " in f" {tail} "
        and {word.lower for word in asking} & {"more", "which", "what"}
    ):
        return (
            any(word.lower in _WH for word in asking)
            and "?" in tail
            and not re.search(r"\b(?:what|which|who|where|how|why)\b", tail, re.IGNORECASE)
        )
    return False


def _second(sentence: tuple[Word, ...]) -> str | None:
    """A second question that hangs on the first by "and"."""
    words = [word for word in sentence if word.is_word or word.text in ",;–—:"]
    started = False
    for place, word in enumerate(words):
        if word.lower in _WH and not started:
            started = _asks_what(words[max(0, place - 1) :]) or place == 0
            if started:
                continue
        if not started or (word.lower not in {"and", "or", "but"} and word.text != ";"):
            continue
        rest = words[place + 1 : place + 7]
        skip = [
            other
            for other in rest
            if other.lower
            not in {
                "then",
                "so",
                "also",
                "if",
                "to",
                "for",
                "by",
                "at",
                "with",
                "in",
                "on",
                "of",
                "from",
            }
        ]
        if not skip:
            continue
        nxt = skip[0]
        if nxt.lower in _WH and nxt.form in {"WP", "WRB", "WDT", "WP$"}:
            after = words[words.index(nxt) + 1 : words.index(nxt) + 8]
            if nxt.lower == "when" or _same_question(words, place):
                continue
            if any(other.lower in _AUXILIARIES or other.form.startswith("VB") for other in after):
                return " ".join(other.text for other in words[place : place + 8])
        elif (
            nxt.lower in _AUXILIARIES
            and len(skip) > 1
            and skip[1].form == "PRP"
            and word.text in {"and", "or", "but", ";"}
        ):
            return " ".join(other.text for other in words[place : place + 6])
    return None


def _same_question(words: list[Word], place: int) -> bool:
    """Whether two question words share one verb: "where and when did you …"."""
    before = words[place - 1] if place else None
    return before is not None and before.lower in _WH
