"""Check a message: the words that may threaten face, and how tactful it sounds as a whole."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from coach.domain.guidance import Citation
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import MOST_MESSAGE, Finding, TactCheck, Threat
from coach.phrasing.caring import care_for
from coach.phrasing.neutral import without_names
from coach.phrasing.rung_marks import Mark, marks_of
from coach.phrasing.threats import ABOUT
from coach.phrasing.tone import fitted_tone
from coach.ports import LanguageFinder, WordReader

#: How far a grave finding takes the odds down; fitted nowhere, chosen on the tuning writers.
_WEIGHT = 0.9
#: In a text of more words than these, findings weigh less: one hard word does not make a long
#: reply hard. Without this the rank correlation with receptiveness was .34, with it .39.
_SHORT = 12
#: Findings beyond these add nothing.
_MOST_FINDINGS = 4
_OTHER_LANGUAGE = "Only English is checked; this looks like another language."
_EMPTY = "There is nothing to check yet."
_CUT = f"Only the first {MOST_MESSAGE:,} characters were checked."


class Checker:
    """Scores messages and finds what in them may threaten face. Writes none of them down.

    The weights belong to the built-in embedder, so that no text leaves the machine for this.
    """

    def __init__(
        self, reader: WordReader, languages: LanguageFinder, library: GuidanceLibrary
    ) -> None:
        self._reader = reader
        self._languages = languages
        self._library = library

    def check(self, text: str) -> TactCheck:
        """Score and findings of ``text``. Raises ``EmbedderError``."""
        if not text.strip():
            return TactCheck(text=text, score=1.0, findings=(), note=_EMPTY)
        read = text[:MOST_MESSAGE]
        if self._languages.language(read) not in {None, "en"}:
            care = care_for(read)
            return TactCheck(
                text=text, score=0.5, findings=(), note=_OTHER_LANGUAGE, care=care, english=False
            )
        found = marks_of(read)
        return TactCheck(
            text=text,
            score=round(self._score(read, found), 4),
            findings=tuple(self._finding(mark) for mark in found),
            note=_CUT if len(text) > MOST_MESSAGE else "",
            care=care_for(read),
        )

    def score(self, text: str) -> float:
        """The score alone, from 0 (threatens face) to 1 (tactful)."""
        return self.check(text).score

    def _score(self, text: str, found: tuple[Mark, ...]) -> float:
        tone = fitted_tone()
        neutral = without_names(text, self._plain_words)
        vectors, _ = self._reader.words(neutral)
        vector = vectors.mean(axis=0)
        sounds = tone.score(neutral, vector / max(float(np.linalg.norm(vector)), 1e-12))
        gravest = sorted((one.severity for one in found), reverse=True)
        sounds = min(max(sounds, 1e-6), 1 - 1e-6)
        weight = _WEIGHT * min(1.0, _SHORT / max(1, len(text.split())))
        odds = np.log(sounds / (1 - sounds)) - weight * sum(gravest[:_MOST_FINDINGS])
        return float(1 / (1 + np.exp(-odds)))

    def _finding(self, mark: Mark) -> Finding:
        about = ABOUT[mark.kind]
        return Finding(
            start=mark.start,
            end=mark.end,
            kind=mark.kind,
            severity=about.severity,
            why=about.why,
            instead=about.instead,
            citation=self._citations[mark.kind],
        )

    @cached_property
    def _citations(self) -> dict[Threat, Citation]:
        found = {}
        for kind, about in ABOUT.items():
            card = self._library.by_key[about.card]
            section = card.section("Why it works") or card.sections[0]
            found[kind] = self._library.cite(card, section)
        return found

    @cached_property
    def _plain_words(self) -> frozenset[int]:
        return fitted_tone().plain_words
