"""Themes in statements: found, named, and called as they were before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.themes import Statement
from coach.ports import Clusterer
from coach.themes.discovering import Group, discover
from coach.themes.identity import by_members, identified
from coach.themes.naming import Name, Namer, Vocabulary
from coach.themes.reporting import Mined
from coach.themes.subjects import KnownFirst, Subjects

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ThemeFinder:
    """Finds themes; see ``coach.themes.reporting.Finds``. Safe to share between threads."""

    def __init__(
        self,
        clusterer: Clusterer,
        vocabulary: Callable[[], Vocabulary],
        subjects: Subjects | None = None,
    ) -> None:
        self._clusterer = clusterer
        self._vocabulary = vocabulary
        self._subjects = subjects

    def __call__(
        self,
        statements: Sequence[Statement],
        vectors: NDArray[np.float32],
        *,
        min_pairs: int,
        before: Mapping[str, NDArray[np.float32]],
        themes: int | None = None,
    ) -> tuple[Mined, ...]:
        """The themes, by identifier. Raises ``EmbedderError``.

        What is about a subject that the library knows is a theme in the library's words; the rest
        is grouped, and named by words that enough pairs used. A given number is of groups, each in
        the library's words if it is about a subject as a whole.
        """
        known = self._subjects
        first = KnownFirst(known, self._clusterer) if known and themes is None else None
        clusterer = first or self._clusterer
        groups = discover(statements, vectors, clusterer, themes=themes)
        namer = Namer(groups, self._vocabulary(), min_pairs)
        named = identified(groups, before, self._clusterer, by_members)
        return tuple(
            _mined(one, named[one], _name(named[one], vectors, namer, known))
            for one in sorted(named)
        )


def _name(
    group: Group, vectors: NDArray[np.float32], namer: Namer, subjects: Subjects | None
) -> Name | None:
    place = _about(group, vectors, subjects) if subjects else -1
    if subjects is None or place < 0:
        return namer.name(group)
    told = namer.telling(group)
    said, kind_is_in = subjects.sentence(place, told.kind)
    return Name(
        label=subjects.all[place].label,
        sentence=told.few or told.sentence(said, kind_is_in=kind_is_in),
        words=(),
        shared=told.behind,
    )


def _about(group: Group, vectors: NDArray[np.float32], subjects: Subjects) -> int:
    """The subject of the group as a whole, or of most of its statements; -1 for none."""
    whole = int(subjects.of(group.centre[np.newaxis])[0])
    if whole >= 0:
        return whole
    # Copies went where the first of their kind is, whatever they are about themselves.
    places = subjects.of(vectors[list(group.members)])
    most = int(np.bincount(places[places >= 0], minlength=1).argmax())
    return most if 2 * int((places == most).sum()) > len(places) else -1


def _mined(ident: str, group: Group, name: Name | None) -> Mined:
    return Mined(
        id=ident,
        members=group.members,
        centre=group.centre,
        label=name.label if name else "",
        sentence=name.sentence if name else "",
        words=name.words if name else (),
        shared=name.shared if name else 0,
        copies=group.copies,
    )
