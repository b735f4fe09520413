"""What a sentence of a reflection looks like in numbers, for the model that tells its kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.language.cues import Cues
from coach.language.grams import word_grams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coach.domain.grammar import Word

_CUES = Cues(Path(__file__).with_name("cues"))
_LISTS = (
    *("surprise", "learning", "feeling", "win", "challenge", "next_step", "question"),
    "commitment",
)
#: Penn Treebank tags that are counted.
_FORMS = (
    *("VBD", "VBZ", "VBP", "VB", "VBG", "VBN", "MD", "JJ", "JJR", "RB", "NN", "NNP", "CD", "PRP"),
)
_SUBJECTS = ({"i"}, {"we"}, {"he", "she", "they"}, {"it", "this", "that"})
_ROOTS = ("VBD", "VBZ", "VBP", "VB", "VBG", "VBN", "JJ", "NN")
_TOKEN = re.compile(r"[\w']+|[?!.…:]")
#: How many places runs of words are hashed to.
GRAMS = 8192
_LONGEST_RUN = 3
#: Which of the signs need no grammar: the first and the last ones.
WITHOUT_GRAMMAR = (slice(0, 5), slice(-len(_LISTS), None))
#: Words beyond which a sentence is only long.
_LONG = 40


def runs(text: str) -> dict[int, float]:
    """Place and weight of every run of up to three words and marks, with both ends of the text."""
    words = _TOKEN.findall(text.lower().replace("’", "'"))
    return word_grams(["<", *words, ">"], _LONGEST_RUN, GRAMS)


def signs(text: str, words: Sequence[Word]) -> NDArray[np.float64]:
    """What can be counted: marks, forms of words, whom it is about, and words that tell a kind."""
    lower = text.lower().replace("’", "'")
    forms = [word.form for word in words]
    count = len(forms) or 1
    subject = next((w.lower for w in words if w.relation in {"nsubj", "nsubjpass"}), "")
    places = {word.place for word in words}
    root = next((w for w in words if w.relation == "ROOT" or w.head not in places), None)
    among = [subject in known for known in _SUBJECTS]
    return np.array(
        [
            min(len(text.split()), _LONG) / _LONG * 2,
            "?" in text,
            text.endswith("?"),
            "!" in text,
            '"' in text or "“" in text,
            *(forms.count(form) / count * 5 for form in _FORMS),
            *among,
            not subject,
            bool(subject) and not any(among),
            *(root is not None and root.form == form for form in _ROOTS),
            any(word.relation == "neg" for word in words),
            any(word.lower in {"but", "though", "yet", "still"} for word in words),
            *(_CUES.cue(name).search(lower) is not None for name in _LISTS),
        ],
        dtype=np.float64,
    )
