"""The pair's own names, however they are written: whole, in parts, in any case and spelling."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from coach.adapters.identifiers.folding import Folded, folded
from coach.adapters.identifiers.scripts import is_letter, is_unspaced, script
from coach.adapters.identifiers.words import word_set

#: Parts that name nobody by themselves. "Van den Berg" is found as a whole.
_PARTICLES = word_set(
    "van von der den de del della di da do dos das du la le el al bin ibn abu ben bint ter ten te "
    "zu zum and y e i af av mc mac st san santa dr mr mrs ms mx prof sir dame jr sr ii iii"
)
#: Names that are among the commonest words of English: in lower case they are the word.
_WORDS = word_set(
    "an as at be but by can do for go had has he her him his how if in is it its may me my no nor "
    "not of off on or our out per she so than that the their them then they this to too up us was "
    "we were what when who why will with you your am are did does ill long much many see say"
)
_LATIN_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
#: "and", "to", "in", "from" that Arabic and Hebrew write onto the name.
_CLITICS = {"ARABIC": "وفبلك", "HEBREW": "ולבכמשה"}
#: Case endings of Slavic names: Ивана, Ивану, Иваном, Анны.
_CYRILLIC_ENDING = "(?:а|у|ом|е|ы|и|ой|ою|ю|я|ем|ей|ым|их|ых|ого|ому)?"
#: What follows one CJK character that is a surname and no other word.
_HONORIFIC = (
    "(?=さん|さま|様|氏|君|くん|ちゃん|先生|课长|部长|課長|部長|社長|"
    "总|總|经理|經理|先|女士|小姐|老师|님|씨)"
)
_MAX_WORDS = 8
#: Without the punctuation of the same blocks.
_CJK = r"[\u2e80-\u2fff\u3005\u3040-\u30fa\u30fc-\u9fff\uac00-\ud7af\uf900-\ufaff]"


def find_participants(text: str, participants: Collection[str]) -> Iterator[tuple[int, int]]:
    """Spans of ``text`` that name a participant, in order, without overlaps."""
    pattern = _pattern(tuple(sorted({name for name in participants if name.strip()})))
    if pattern is None:
        return
    flat = Folded(text)
    position = 0
    while match := pattern.search(flat.text, position):
        start, end = match.span()
        position = end
        first, last = flat.span(start, end)
        word = text[first:last]
        if flat.text[start:end] in _WORDS and word == word.lower():
            continue
        yield first, last


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    forms: dict[str, None] = {}
    for name in names:
        for spelling in _spellings(name):
            for form in _forms(spelling):
                forms[form] = None
    if not forms:
        return None
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(_bounded(form) for form in ordered))


def _spellings(name: str) -> Iterator[str]:
    yield folded(name)
    lower = name.casefold()
    if any(mark in _LATIN_PLAIN for mark in lower):
        yield folded("".join(_LATIN_PLAIN.get(mark, mark) for mark in lower))


def _forms(name: str) -> Iterator[str]:
    """The name, each run of its words, and each word that names somebody; folded."""
    words = [word for word in re.split(r"[\s,;·・/.()\"]+", name) if _substance(word)][:_MAX_WORDS]
    for size in range(len(words), 1, -1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
    for word in words:
        if word not in _PARTICLES and (len(word) > 1 or is_unspaced(word)):
            yield word
        for part in word.split("-"):
            if part != word and len(part) > 1 and part not in _PARTICLES:
                yield part
        yield from _parts_of_unspaced(word)


def _substance(word: str) -> bool:
    return any(map(is_letter, word))


def _parts_of_unspaced(word: str) -> Iterator[str]:
    # 山田太郎 is family and given name in one; where one ends depends on the country.
    if not all(script(mark) in ("CJK", "HANGUL") for mark in word):
        return
    if 2 <= len(word) <= 5:
        for cut in range(1, len(word)):
            yield from (word[:cut], word[cut:])


def _bounded(form: str) -> str:
    # Between the words of a name any space, hyphen or nothing: Min-jun, Minjun, Min jun.
    gap = r"[\s\-.·・,_]{0,2}"
    body = gap.join(re.escape(word) for word in re.split(r"[\s\-]+", form) if word)
    if len(form) == 1:
        return rf"(?<!{_CJK}){body}(?:{_HONORIFIC}|(?!{_CJK}))"
    letter = _letter(form[0])
    left = "" if is_unspaced(form[0]) else f"(?<!{letter})"
    clitics = _CLITICS.get(script(form[0]))
    if clitics:
        left = f"(?:(?<!{letter})|(?<=(?<!{letter})[{clitics}]))"
    if is_unspaced(form[-1]):
        return left + body
    ending = ""
    if script(form[-1]) == "CYRILLIC" and len(form) > 3:
        ending = _CYRILLIC_ENDING
        if form[-1] in "ая":
            body = f"{body[:-1]}{form[-1]}?"
    elif script(form[-1]) == "LATIN" and len(form) > 3:
        ending = "s?"  # "Priyas plan", typed in haste
    return f"{left}{body}{ending}(?!{_letter(form[-1])})"


def _letter(mark: str) -> str:
    """A pattern for what continues a word of this letter's script."""
    if mark < "\u0900":
        return f"[^\\W\\d_{_CJK[1:-1]}]"
    # To Python the vowel signs of Indic scripts are no letters; their blocks have 128 places.
    first = ord(mark) & ~0x7F
    return f"(?:[^\\W\\d_{_CJK[1:-1]}]|[{chr(first)}-{chr(first + 0x7F)}])"
