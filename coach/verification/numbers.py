"""Figures: none may appear that no source has."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.proposal import Refusal
from coach.verification.lists import word_list

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_SMALL: dict[str, float] = {word: float(value) for value, word in enumerate(_WORDS.split())}
_SMALL |= {word: 10.0 * value for value, word in enumerate(["thirty", "forty", "fifty"], 3)}
_SMALL |= {
    word: 10.0 * value for value, word in enumerate(["sixty", "seventy", "eighty", "ninety"], 6)
}
_SMALL |= {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
#: "Forty-five" is one number, however it is joined.
_JOINED = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]+"
    r"(one|two|three|four|five|six|seven|eight|nine)\b"
)
#: Up to here a number word may be a manner of speaking: "two of us", "three things".
_SPOKEN = 3
#: What makes a small number a figure: "two weeks" is a fact, "the two of you" is not.
_UNITS = re.compile(
    r"^(?:hours?|days?|weeks?|months?|quarters?|years?|decades?|times?|percent|per|%|pounds?|euros?|"
    r"dollars?|employees?|directors?|leaders?|managers?|customers?|clients?|companies|firms?|studies|"
    r"sites?|countries|grand|k|m)$",
    re.IGNORECASE,
)
#: With a larger number, these too: "four minutes" is no fact because a source counts four people.
_COUNTED = re.compile(
    r"^(?:seconds?|minutes?|people|persons?|colleagues?|staff|steps?)$", re.IGNORECASE
)
_NUMERAL = re.compile(r"\d[\d.,]*")
#: "Half the page" is no figure.
_LOOSE = {"ladder", "way", "sheet", "page", "table", "time", "battle", "sentence", "screen", "cup"}
_PARTS = {"third": {"of"}, "quarter": {"of"}}
_FRACTIONS = {"half", "halves", "twice", "double", *_PARTS}
_TIMES = {"of", "as", "the", "all", "our", "your"}


def check_numbers(reading: Reading, sources: str) -> tuple[Refusal, str] | None:
    """A figure, in digits or in words, that no source has."""
    known, said = _values(sources), sources.lower()
    words = [word for word in reading.words if word.is_word or word.text == "%"]
    for place, word in enumerate(words):
        if _is_new(words, place, known, said):
            after = words[place + 1].text if place + 1 < len(words) else ""
            return Refusal.NUMBER, f"{word.text} {after}".strip()
    return None


def _is_new(words: list[Word], place: int, known: set[float], said: str) -> bool:
    word = words[place]
    if numeral := _NUMERAL.search(word.text):
        value = _number(numeral[0])
        return value not in known or not _has_unit(value, _lower(words, place + 1), said)
    if _is_joined(words, place - 1):
        # Its first half was looked at with it.
        return False
    if _is_joined(words, place):
        value = _SMALL[word.lower] + _SMALL[_lower(words, place + 1)]
        return _is_new_count(words, place + 1, value, known, said)
    if word.lower in _SMALL:
        return _is_new_count(words, place, _SMALL[word.lower], known, said)
    # "Half an hour" in a source is no reason for "half of the staff".
    share = f"{word.lower} {_lower(words, place + 1)}" if word.lower in _FRACTIONS else word.lower
    return word.lower in word_list("shares") and share not in said and _is_share(words, place)


def _is_joined(words: list[Word], place: int) -> bool:
    return bool(_JOINED.fullmatch(f"{_lower(words, place)} {_lower(words, place + 1)}"))


def _is_new_count(
    words: list[Word], place: int, value: float, known: set[float], said: str
) -> bool:
    after = _lower(words, place + 1)
    if _is_ratio(words, place):
        of = _SMALL.get(_lower(words, place + 2))
        is_session = f"session {value:g} of {of:g}" in said if of else False
        as_said = " ".join(_lower(words, place + step) for step in range(3)) in said
        return not is_session and not as_said
    if value > _SPOKEN:
        return value not in known or not _has_unit(value, after, said)
    if value == 1 and after == "day":
        # "If I had your chair one day" counts nothing.
        return False
    return bool(_UNITS.match(after)) and f"{words[place].lower} {after}".rstrip("s") not in said


def _has_unit(value: float, unit: str, said: str) -> bool:
    """Whether a source has this number with this unit; true where there is no unit."""
    if not _UNITS.match(unit) and not _COUNTED.match(unit):
        return True
    stem = re.escape(unit.rstrip("s"))
    return bool(re.search(rf"\b(?:{value:g}|{_in_words(value)})\b[\s-]+{stem}", said))


def _in_words(value: float) -> str:
    """A pattern for the words of a number, where it has any here."""
    words = {number: word for word, number in _SMALL.items()}
    one = value % 10
    if 20 < value < 100 and one in words and one:
        return rf"{words[value - one]}[\s-]+{words[one]}"
    return words.get(value, "0")


def _is_ratio(words: list[Word], place: int) -> bool:
    """Nine out of ten, one remark in five."""
    rest = [_lower(words, place + step) for step in range(1, 5)]
    for step, word in enumerate(rest[:-1]):
        # "Two versions of one piece" and "one risk in one line" share nothing out.
        if (word == "in" and step <= 2) or (word == "of" and step <= 1):
            following = rest[step + 1]
            # "Two faces in two little windows" is no ratio either.
            same = following == words[place].lower
            return following != "one" and not same and (following in _SMALL or following.isdigit())
    return False


def _is_share(words: list[Word], place: int) -> bool:
    word, before, after = words[place].lower, _lower(words, place - 1), _lower(words, place + 1)
    if word in _PARTS:
        return before in {"a", "one", "two", "three", "last", "every"} and after in _PARTS[word]
    if word in _FRACTIONS:
        rest = {_lower(words, place + step) for step in range(1, 4)}
        # "Two halves of what we know" shares nothing out.
        return before != "two" and after in _TIMES and not rest & _LOOSE
    return True


def _lower(words: list[Word], place: int) -> str:
    return words[place].lower if 0 <= place < len(words) else ""


def _values(text: str) -> set[float]:
    found = {_number(numeral) for numeral in _NUMERAL.findall(text)}
    joined = _JOINED.findall(text.lower())
    found |= {_SMALL[tens] + _SMALL[ones] for tens, ones in joined}
    apart = _JOINED.sub(" ", text.lower())
    found |= {_SMALL[word] for word in re.findall(r"[a-z]+", apart) if word in _SMALL}
    return found | {1.0}


def _number(numeral: str) -> float:
    try:
        return float(numeral.rstrip(".,").replace(",", ""))
    except ValueError:
        return -1.0
