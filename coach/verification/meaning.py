"""Does a text still mean what its sources mean? A small fitted judge over what can be counted."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from coach.domain.brief import Brief
from coach.domain.grammar import Reading
from coach.domain.proposal import Refusal, Slot
from coach.ports import Embedder, Grammar
from coach.verification.features import Evidence, features, pieces_of
from coach.verification.grown import only_grown
from coach.verification.wording import fitted_heads, sound_of

#: Texts whose vectors are kept at a time.
_RECENT = 64
#: Cosine below which a text has little to do with a source, and nothing: 3 of the 780 good texts
#: that were tuned on lie below the second.
_FAR, _NOTHING = 0.35, 0.25


@dataclass(frozen=True)
class Sources:
    """What a text may stand on."""

    slot: Slot
    brief: Brief
    brief_words: str
    passages: tuple[str, ...]
    draft: str


class Meaning:
    """Scores how well sources carry a text, 0 to 1, and refuses what they do not carry.

    Boosted trees over named features and over how the text sounds, fitted with the built-in
    embedder by ``python -m evals.fit_verification``; CARD.md says on what, and how well. The
    rules before it catch what has a name; this catches much of the rest.
    """

    def __init__(self, embedder: Embedder, grammar: Grammar) -> None:
        self._embedder = embedder
        self._grammar = grammar
        self._recent: dict[str, NDArray[np.float32]] = {}
        self._guard = Lock()

    def judge(self, text: str, sources: Sources) -> tuple[float, tuple[Refusal, str] | None]:
        """The support of ``text``, and the fault if it is too little. Raises ``EmbedderError``."""
        seen = self.evidence(text, sources)
        found = {**features(seen), **fitted_heads().odds(seen.sound)}
        trees = fitted()
        support = 1.0 - trees.odds(found)
        if found["near_any"] < _NOTHING:
            # The trees have seen few short texts that could stand anywhere.
            return support, (Refusal.UNSUPPORTED, "it is about something else")
        if support >= trees.threshold or only_grown(sources.draft, text):
            return support, None
        return support, (_reason(found), f"support {support:.2f}")

    def evidence(self, text: str, sources: Sources) -> Evidence:
        """What the features are computed from."""
        passage = "\n".join(sources.passages)
        text_reading, draft, passages, brief = (
            self._grammar.read(source)
            for source in (
                text,
                sources.draft or sources.brief.topic,
                passage or " ",
                sources.brief_words,
            )
        )
        text_vectors, draft_vectors = self._vectors(text_reading), self._vectors(draft)
        known = f"{draft.text} {passages.text} {brief.text}"
        return Evidence(
            sound=sound_of(text, known, text_vectors[0], draft_vectors[0]),
            slot=sources.slot.value,
            mentor_role=sources.brief.mentor_role,
            mentee_role=sources.brief.mentee_role,
            text=text_reading,
            draft=draft,
            passage=passages,
            brief=brief,
            text_vectors=text_vectors,
            draft_vectors=draft_vectors,
            passage_vectors=self._vectors(passages),
            brief_vectors=self._vectors(brief),
        )

    def _vectors(self, reading: Reading) -> NDArray[np.float32]:
        with self._guard:
            kept = self._recent.get(reading.text)
        if kept is None:
            kept = self._embedder.embed(pieces_of(reading))
            with self._guard:
                # One draft's slots share passages and brief; nothing is kept for longer.
                if len(self._recent) >= _RECENT:
                    self._recent.clear()
                self._recent[reading.text] = kept
        return kept


def _reason(found: dict[str, float]) -> Refusal:
    """The name for what the trees refuse, by what stands out."""
    if found["near_any"] < _FAR and found["near_draft"] < _FAR:
        return Refusal.UNSUPPORTED
    if found["verbs_swapped"] or found["learn_teach"] or found["do_swap"] or found["as_role"]:
        return Refusal.ROLES
    if found["past_you"] or found["past_other"] or found["given"] or found["general"]:
        return Refusal.CLAIM
    return Refusal.MEANING


@dataclass(frozen=True)
class Trees:
    """Boosted trees: each a list of nodes (feature or -1, threshold, left, right, value).

    A text is refused if its support lies below ``threshold``.
    """

    features: tuple[str, ...]
    trees: tuple[tuple[tuple[int, float, int, int, float], ...], ...]
    base: float
    threshold: float

    def odds(self, found: dict[str, float]) -> float:
        """The probability, 0 to 1, that a careful reader would refuse the text."""
        row = [found[name] for name in self.features]
        drive = self.base + sum(_leaf(tree, row) for tree in self.trees)
        return 1.0 / (1.0 + math.exp(-drive))


def _leaf(tree: tuple[tuple[int, float, int, int, float], ...], row: list[float]) -> float:
    place = 0
    while True:
        feature, threshold, left, right, value = tree[place]
        if feature < 0:
            return value
        place = left if row[feature] <= threshold else right


@lru_cache(maxsize=1)
def fitted() -> Trees:
    """The judge that ships with the coach."""
    kept = json.loads(Path(__file__).with_name("meaning.json").read_text(encoding="utf-8"))
    return Trees(
        features=tuple(kept["features"]),
        trees=tuple(tuple(tuple(node) for node in tree) for tree in kept["trees"]),
        base=kept["base"],
        threshold=kept["threshold"],
    )
