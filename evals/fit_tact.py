"""Fit the tone of messages: ``python -m evals.fit_tact``.

Writes ``coach/phrasing/tone.npz``. Needs the third-party corpora (``COACH_BENCHDATA``) and some
ten minutes; ``python -m evals.tact`` prints what came out, beside baselines.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.language.grams import SIZE, grams
from coach.phrasing.neutral import place_of, without_names
from coach.phrasing.signs import signs
from coach.phrasing.tone import SCALES, WEIGHTS, Tone, keep
from evals.cases import Part
from evals.floor import written_pairs
from evals.screening_cases import missing_files
from evals.tact_cases import FILES, rated_rows, tact_pairs
from evals.verification import labelled_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

_SEED = 20261122
#: Which corpus teaches which head, and how strongly it is held back.
_HEADS = {
    "request": ("wikipedia", 0.05),
    "comment": ("github", 0.015),
    "reply": ("receptiveness", 0.05),
    "message": ("own", 0.3),
}
#: Where readers gave a number, one standard deviation of it above the mean counts as this much
#: log-odds of being tactful. Rows near the mean teach too: with the outer ones alone, each 0 or 1,
#: the rank correlation with receptiveness was .459 in three folds of the tuning rows, now .473,
#: and the area under the curve for Wikipedia .917, now .924.
_STEEP = 2.0
_BY_NUMBER = frozenset({"wikipedia", "receptiveness"})
#: A word that stands in lower case this often is an ordinary one.
_ORDINARY = 3
#: Of the texts of sessions every third is enough; more of them would be heard in other registers.
_EVERY = 3
_LOWER = re.compile(r"\b[a-z]+(?:['’-][a-z]+)*\b")


def main() -> int:
    """Fit, write the file, and print its size."""
    missing = missing_files(FILES)
    if missing:
        print(f"Nothing was fitted: {', '.join(missing)} not found. Set COACH_BENCHDATA.")
        return 1
    texts, chances = _training()
    # Every word more that counts as ordinary hides some name behind the same place: what is
    # said in sessions adds none.
    ordinary = _ordinary([text for group in texts.values() for text in group])
    for text, label in list(_said_in_sessions())[::_EVERY]:
        texts["own"].append(text)
        chances["own"] = np.append(chances["own"], label)
    plain = frozenset(ordinary)
    neutral = {name: [without_names(t, plain) for t in group] for name, group in texts.items()}
    embedder = MiniLMEmbedder()
    toned = np.array([signs(text) for group in neutral.values() for text in group])
    centre, spread = toned.mean(axis=0), toned.std(axis=0) + 0.05
    tables = {}
    for name, group in neutral.items():
        tables[name] = _table(group, embedder, centre, spread)
        print(f"{name}: {len(group)} texts read", flush=True)
    fitted = []
    for corpus, strength in _HEADS.values():
        fitted.append(_logistic(tables[corpus], chances[corpus], strength))
    fitted += _gates([tables[corpus] for corpus, _ in _HEADS.values()])
    weights = np.array(fitted)
    width = embedder.embed(["width"]).shape[1]
    vectors, counted, by_signs, biases = np.split(
        weights, [width, width + SIZE, width + SIZE + len(centre)], axis=1
    )
    keep(Tone(vectors, counted, by_signs, biases[:, 0], centre, spread, np.array(sorted(ordinary))))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB; seed {_SEED}")
    return 0


def _training() -> tuple[dict[str, list[str]], dict[str, Row]]:
    """Texts of each corpus, and the chance from 0 to 1 that each is tactful."""
    texts: dict[str, list[str]] = {}
    chances: dict[str, list[float]] = {}
    for row in rated_rows():
        by_number = row.corpus in _BY_NUMBER
        if row.held_out or (row.tact is None and not by_number):
            continue
        texts.setdefault(row.corpus, []).append(row.text)
        chance = 1 / (1 + np.exp(-_STEEP * row.value)) if by_number else float(row.tact or 0)
        chances.setdefault(row.corpus, []).append(chance)
    for pair in tact_pairs():
        if pair.part is Part.TUNE:
            texts.setdefault("own", []).extend((pair.better, pair.worse))
            chances.setdefault("own", []).extend((1.0, 0.0))
    return texts, {name: np.array(group) for name, group in chances.items()}


def _said_in_sessions() -> Iterator[tuple[str, int]]:
    """What the coach itself says and accepts in plans is tactful; what belittles or pries is not.

    Without these the score takes plain advice and questions for attacks.
    """
    drafts = set()
    for case in labelled_texts():
        if case.part is not Part.TUNE:
            continue
        drafts.add(case.proposal.draft)
        if case.good or case.broken == "respect":
            yield case.proposal.text, int(case.good)
    for draft in sorted(drafts):
        yield draft, 1
    for pair in written_pairs():
        if pair.part is Part.TUNE and pair.kept:
            yield pair.rewrite, 1


def _ordinary(texts: Sequence[str]) -> set[int]:
    counts = Counter(word for text in texts for word in _LOWER.findall(text))
    return {place_of(word.replace("’", "'")) for word, n in counts.items() if n >= _ORDINARY}


def _table(texts: list[str], embedder: MiniLMEmbedder, centre: Row, spread: Row) -> Any:
    from scipy import sparse

    by_vector, by_grams, by_signs = SCALES
    counted = [grams(text) for text in texts]
    starts = np.cumsum([0, *map(len, counted)])
    places = [place for found in counted for place in found]
    values = [by_grams * value for found in counted for value in found.values()]
    rows = sparse.csr_matrix((values, places, starts), shape=(len(texts), SIZE))
    vectors = np.concatenate(
        [embedder.embed(texts[at : at + 64]) for at in range(0, len(texts), 64)]
    )
    toned = by_signs * (np.array([signs(text) for text in texts]) - centre) / spread
    blocks = [sparse.csr_matrix(by_vector * vectors), rows, sparse.csr_matrix(toned)]
    return sparse.hstack(blocks).tocsr()


def _logistic(table: Any, chances: Row, strength: float) -> Row:
    """Each row is there as tactful and as not, by its chance; both sides weigh the same."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    sides = np.repeat([1, 0], len(chances))
    weights = np.concatenate([chances / chances.mean(), (1 - chances) / (1 - chances).mean()]) / 2
    model = LogisticRegression(C=strength, max_iter=1000, random_state=_SEED).fit(
        sparse.vstack([table, table]), sides, sample_weight=weights
    )
    return np.append(model.coef_[0], model.intercept_[0])


def _gates(tables: list[Any]) -> list[Row]:
    """Log-odds of each register, as one softmax model."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    labels = np.repeat(np.arange(len(tables)), [table.shape[0] for table in tables])
    model = LogisticRegression(C=0.05, max_iter=1000, class_weight="balanced").fit(
        sparse.vstack(tables), labels
    )
    return [np.append(row, bias) for row, bias in zip(model.coef_, model.intercept_, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
