"""The hard facts of a message: figures, names, days and times, in forms that compare."""

from __future__ import annotations

import re
from collections import Counter

from coach.domain.grammar import Reading, Word
from coach.phrasing.floor_words import words_of

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_SMALL: dict[str, float] = {word: float(value) for value, word in enumerate(_NAMES.split())}
_SMALL |= {word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)}
_SMALL |= {"dozen": 12.0, "twice": 2.0, "thrice": 3.0, "double": 2.0, "half": 0.5, "fortnight": 14}
_SMALL |= {"both": 2.0, "triple": 3.0, "couple": 2.0, "quarter": 0.25}
_ORDINAL: dict[str, float] = {
    word: float(value) for value, word in enumerate(_ORDINALS.split()) if value > 2
}
_SCALE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6}
_TOKEN = re.compile(r"\d[\d.,]*(?:st|nd|rd|th)?|[a-z]+")
_NO_COUNT = re.compile(
    r"\b(?:a |one )?(?:million|thousand|hundred|zillion|billion)s?(?: of)?"
    r"(?: and one)? (?:times?|things|reasons|years)\b",
    re.IGNORECASE,
)
#: "The two of us", "one of those", "at first" count nothing that a rewrite must keep.
_LOOSE = {0.0, 1.0}
_NAMED = {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP"}
_DAYS = {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday",
    "thu": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
    "jan": "january", "feb": "february", "apr": "april", "aug": "august", "sept": "september",
    "oct": "october", "nov": "november", "dec": "december",
}  # fmt: skip
_SPANS = re.compile(
    r"\b(this|next|last|past|coming|previous|following|end of (?:the |this |next )?)\s*"
    r"(week|month|year|quarter|sprint|semester|spring|summer|autumn|winter|term)\b",
    re.IGNORECASE,
)


def numbers_of(text: str) -> dict[float, str]:
    """Every figure with the words it stands in; exaggerations are left out."""
    lower = _NO_COUNT.sub(" ", text).lower().replace("’", "'")
    lower = re.sub(r"\b(\d+)[.:]00\b", r"\1", lower)
    # A time of day is one figure, however its minutes are parted.
    lower = re.sub(r"\b(\d{1,2}):([0-5]\d)\b", r"\1.\2", lower)
    lower = re.sub(r"\b(?:an|one) hour and a half\b", "90 minutes", lower)
    lower = re.sub(r"\bhalf an hour\b", "30 minutes", lower)
    lower = re.sub(r"\ba quarter of an hour\b", "15 minutes", lower)
    lower = re.sub(r"\bgrand\b", "thousand", lower)
    found: dict[float, str] = {}
    said: list[str] = []
    value: float | None = None
    for part in [*_TOKEN.findall(lower.replace("-", " ")), ""]:
        if (one := _value(part)) is not None and part[:1].isdigit():
            _put(found, value, said)
            value, said = one, [part.rstrip(".,")]
        elif part in _SCALE and value is not None:
            value, said = value * _SCALE[part], [*said, part]
        elif part in _SCALE and len(part) > 1:
            value, said = _SCALE[part], [part]
        elif one is not None:
            joins = (
                value is not None
                and said
                and ((20 <= value < 100 and value % 10 == 0 and one < 10) or said[-1] in _SCALE)
            )
            if joins and value is not None:
                value, said = value + one, [*said, part]
            else:
                _put(found, value, said)
                value, said = one, [part]
        elif part != "and" or not said or said[-1] not in _SCALE:
            _put(found, value, said)
            value, said = None, []
    return found


def _put(found: dict[float, str], value: float | None, said: list[str]) -> None:
    if value is not None and value not in _LOOSE:
        found.setdefault(value, " ".join(said))


def _value(token: str) -> float | None:
    if token[:1].isdigit():
        bare = re.sub(r"(?:st|nd|rd|th)$", "", token).rstrip(".,").replace(",", "")
        try:
            return float(bare)
        except ValueError:
            return -1.0
    return _SMALL.get(token, _ORDINAL.get(token))


def dates_of(reading: Reading) -> dict[str, str]:
    """Days, months and times of day, in one form each, with the words of the text."""
    found: dict[str, str] = {}
    calendar = words_of("calendar")
    for word in reading.words:
        bare = word.lower.rstrip(".").removesuffix("'s").removesuffix("’s")
        if bare in _DAYS and word.text[:1].isupper():
            found.setdefault(_DAYS[bare], word.text)
        single = bare.removesuffix("s")
        if single in {"march", "may"} and word.text[:1].islower():
            continue
        if single in calendar and not (single in {"may", "march"} and word.part in {"AUX", "VERB"}):
            found.setdefault(single, word.text)
    for span in _SPANS.finditer(reading.text):
        which = span[1].lower().split()[0]
        which = {"past": "last", "previous": "last", "coming": "next", "following": "next"}.get(
            which, which
        )
        found.setdefault(f"{which} {span[2].lower()}", span[0])
    return found


def names_of(reading: Reading) -> dict[str, str]:
    """Names of people, teams, firms and products, in lower case, as they stand in the text."""
    found: dict[str, str] = {}
    calendar, everyday = words_of("calendar"), words_of("unnamed")
    last: Word | None = None
    for word in reading.words:
        starts = last is None or word.sentence != last.sentence or last.text[-1:] in '.?!:;"“(–—…'
        last = word
        bare = bare_of(word)
        if not word.text[:1].isupper() or len(bare) < 2 or bare in everyday:
            continue
        if bare in calendar or bare.removesuffix("s") in calendar or bare in _DAYS:
            continue
        if re.fullmatch(r"[a-z]?\d+", bare):
            continue
        if starts and (word.part != "PROPN" or _is_ordinary(word)):
            continue
        found.setdefault(bare, word.text)
    return found


def _is_ordinary(word: Word) -> bool:
    return word.entity not in _NAMED and not word.text.isupper() and word.relation not in {
        "nsubj", "nsubjpass", "poss", "compound", "npadvmod", "dobj", "pobj"
    }  # fmt: skip


def bare_of(word: Word) -> str:
    """A name without its genitive."""
    return word.lower.removesuffix("'s").removesuffix("’s")


def said_in(text: str) -> Counter[str]:
    """All words of a text, without genitives."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
    parts = [part for word in words for part in re.split(r"['’-]", word) if part]
    return Counter([*words, *parts])
