"""Which language a text is in, by py3langid's model of 97 languages."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Characters below which the model guesses, and the probability from which it is believed.
_FEWEST, _SURE = 12, 0.9
#: Chatty English is often taken for Nigerian Pidgin.
_ENGLISH = {"en", "pcm"}
_loading = Lock()


class Languages:
    """Tells languages apart; says nothing where it would guess."""

    def language(self, text: str) -> str | None:
        """The ISO 639-1 code, or ``None`` where the text is too short to tell."""
        if len(text.strip()) < _FEWEST:
            return None
        with _loading:
            code, probability = _identifier().classify(text[:5_000])
        return str(code) if probability >= _SURE else None

    def english(self, text: str) -> float:
        """How likely ``text`` is English, 0 to 1, however short it is."""
        with _loading:
            ranked = _identifier().rank(text[:5_000])
        return float(sum(share for code, share in ranked if code in _ENGLISH))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
