"""A stand-in for what finds themes: a statement belongs to each word that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from fakes import HashEmbedder
from numpy.typing import NDArray

from coach.domain.themes import Advice, Statement, ThemeReport
from coach.themes.releasing import Mining
from coach.themes.reporting import Mined


def find_words(*words: str, objecting: str = "") -> Mining:
    """A theme for each of ``words``; no advice, and an auditor that objects to one of them."""

    def audit(report: ThemeReport, statements: Sequence[Statement]) -> set[str]:
        del statements
        return {theme.id for theme in report.themes if objecting and objecting in theme.words}

    def find(
        statements: Sequence[Statement],
        vectors: NDArray[np.float32],
        *,
        min_pairs: int,
        before: Mapping[str, NDArray[np.float32]],
        themes: int | None = None,
    ) -> tuple[Mined, ...]:
        del min_pairs, before, themes
        found = []
        for word in words:
            members = tuple(at for at, one in enumerate(statements) if word in one.text)
            pairs = {statements[at].pair for at in members}
            if members:
                found.append(
                    Mined(
                        id=f"theme-{word}",
                        members=members,
                        centre=vectors[list(members)].mean(axis=0),
                        label=word.capitalize(),
                        sentence=f"Pairs tell of {word}.",
                        words=(word,),
                        shared=len(pairs),
                    )
                )
        return tuple(found)

    return Mining(HashEmbedder, lambda: find, lambda: _no_advice, lambda: audit)


def _no_advice(_label: str) -> tuple[Advice, ...]:
    return ()
