"""Forms of English words that its dictionary does not list: "meetings", "planned", "went"."""

from __future__ import annotations

from functools import lru_cache

from coach.adapters.identifiers.analysis import WordForms, dictionary, word_forms

#: A form shorter than this is rather a word of its own: "as" is no plural.
_SHORTEST = 4


@lru_cache(maxsize=20_000)
def is_inflected(word: str) -> bool:
    """Whether ``word``, in lower case, is made from a noun, verb or adjective by an ending."""
    return any(_is_form(word, forms) for forms in word_forms().values())


def is_english(word: str) -> bool:
    """Whether ``word``, in lower case, or what it is a form of, is in the dictionary."""
    return any(word in kind for kind in dictionary()) or is_inflected(word)


@lru_cache(maxsize=20_000)
def is_finite_verb(word: str) -> bool:
    """Whether ``word``, in lower case, may be what somebody does or did: "asks", "went"."""
    plain = word.replace("’", "'")
    if plain.endswith("n't"):
        return True
    return not plain.endswith("ing") and _is_form(plain, word_forms()["verb"])


def _is_form(word: str, forms: WordForms) -> bool:
    if len(word) < _SHORTEST:
        return False
    return word in forms.irregular or any(
        word.endswith(ending) and word.removesuffix(ending) + instead in forms.words
        for ending, instead in forms.rules
    )
