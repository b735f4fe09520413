"""What capabilities need from the outside, as protocols; ``coach.adapters`` provides it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from coach.domain.guidance import SearchResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def identity(self) -> str:
        """Names model, version and dimension; vectors of two identities never mix."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, each of length 1. Raises ``EmbedderError``."""
        ...

    def warm(self) -> None:
        """Load what the first ``embed`` would wait for; a failure is left for it to raise."""
        ...


class GuidanceIndex(Protocol):
    """Finds passages of guidance."""

    def search(
        self, query: str, *, k: int = 10, among: Collection[str] | None = None
    ) -> SearchResult:
        """The ``k`` best documents for ``query``, one passage each, best first.

        ``among`` limits the search to these ``doc_id``. The order is the same
        for the same query and index. Raises ``EmbedderError``.
        """
        ...

    def closeness(self, query: str, among: Collection[str]) -> dict[str, float]:
        """How near each of these documents is to ``query`` as a whole, -1 to 1.

        Unlike a search's score, it can be compared between queries.
        """
        ...
