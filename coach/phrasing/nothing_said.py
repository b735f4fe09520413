"""Keys struck at random, a greeting, a filler: a text in which nobody said anything."""

from __future__ import annotations

import re

from coach.phrasing.question_kinds import CUES, plain_of

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MOST_WORDS, _FEWEST_KEYS = 6, 4
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Five consonants meet in no short English word but in "strengths" and its like.
_UNSAYABLE = re.compile(r"(?!\w?ngths)[bcdfghjklmnpqrstvwxz]{5}")
_MOST_UNSAYABLE, _VOWELS_IN = 12, 0.25
_REPEATED = re.compile(r"(\w{1,3})\1{2,}")


def says_nothing(text: str) -> bool:
    """Whether none of the few words of ``text`` says anything that could be answered."""
    words = _WORD.findall(plain_of(text))
    if len(words) > _MOST_WORDS:
        return False
    fillers = CUES.word_list("fillers")
    # Capitals may be an abbreviation, which has no vowels either.
    return all(
        word in fillers or word.isdigit() or (_is_struck(word) and word.upper() not in text)
        for word in words
    )


def _is_struck(word: str) -> bool:
    """Whether no English word is spelt so: "asdf", "hhhh", "sdkjfh"."""
    if _REPEATED.fullmatch(word) or _is_run(word):
        return True
    vowels = sum(letter in "aeiouy" for letter in word)
    if word.isascii() and word.isalpha() and not vowels and len(word) > 2:
        return True
    few = vowels < len(word) * _VOWELS_IN and len(word) <= _MOST_UNSAYABLE
    return few and _UNSAYABLE.search(word) is not None


def _is_run(word: str) -> bool:
    """Whether it is nothing but neighbours on a keyboard, in one or more runs of four or more."""
    left = word
    while len(left) >= _FEWEST_KEYS:
        length = next(
            (
                size
                for size in range(len(left), _FEWEST_KEYS - 1, -1)
                if any(left[:size] in row or left[:size] in row[::-1] for row in _ROWS)
            ),
            0,
        )
        if not length:
            return False
        left = left[length:]
    # The last keys of a run may be cut short: "asdfasd".
    return bool(word) and len(word) >= _FEWEST_KEYS and any(left in row for row in _ROWS)
