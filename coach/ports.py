"""What capabilities need from the outside, as protocols; ``coach.adapters`` provides it."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel

from coach.domain.chat import Message, Provenance, Usage
from coach.domain.grammar import Reading
from coach.domain.guidance import SearchResult
from coach.domain.identifiers import Identifier
from coach.domain.proposal import Proposal, Verdict
from coach.domain.records import Kind, Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Schema = TypeVar("Schema", bound=BaseModel)


class ChatModel(Protocol):
    """A language model. Everything that it returns is untrusted.

    Both methods send no more than a budget allows, give up after a deadline and at ``limit``
    tokens, and end early once ``stop`` is set. ``keep`` is a text whose names the reply must
    hold too. They raise ``ModelError``, each of its kinds for its cause.
    """

    @property
    def name(self) -> str:
        """The model's name, as the endpoint knows it."""
        ...

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        """The reply piece by piece; the generator returns what it took."""
        ...

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """The reply as ``schema``, checked, and what it took."""
        ...


class Judge(Protocol):
    """Says whether a model's text may take a draft's place."""

    def verify(self, proposal: Proposal) -> Verdict:
        """The verdict, with the reason for a refusal."""
        ...


class Screen(Protocol):
    """Tells text that would instruct a model."""

    def is_instruction(self, text: str) -> bool:
        """Whether ``text`` holds an instruction aimed at a model. Raises ``EmbedderError``."""
        ...


class ReplyLog(Protocol):
    """Counts what became of a model's replies; holds no text."""

    def record(self, slot: str, outcome: str, provenance: Provenance | None) -> None:
        """Count one reply: ``accepted``, a refusal's reason, or an error's name."""
        ...


class Grammar(Protocol):
    """Reads a text as a grammar does."""

    def read(self, text: str) -> Reading:
        """``text`` word by word."""
        ...


class IdentifierFinder(Protocol):
    """Finds what tells who somebody is."""

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        """People, organisations and contacts in ``text``, by position, without overlaps.

        ``participants`` are names of the pair, found in whatever script and case they are
        written, whole and in parts. Raises ``IdentifierError``.
        """
        ...


class BatchIdentifierFinder(IdentifierFinder, Protocol):
    """Finds it in many texts at once."""

    def find_many(
        self, texts: Sequence[str], *, participants: Collection[str] = ()
    ) -> tuple[tuple[Identifier, ...], ...]:
        """``find`` for each of ``texts``, in order and sooner than one by one."""
        ...


class LanguageFinder(Protocol):
    """Tells which language a text is in."""

    def language(self, text: str) -> str | None:
        """The ISO 639-1 code, or ``None`` where the text is too short to tell."""
        ...

    def english(self, text: str) -> float:
        """How likely ``text`` is English, 0 to 1, however short it is."""
        ...


class WordReader(Protocol):
    """Reads each word of a text in its context."""

    def words(self, text: str) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
        """A row per word piece, and its place in ``text``. Raises ``EmbedderError``."""
        ...


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


class Clusterer(Protocol):
    """Groups vectors of unit length by what they mean; the same rows give the same groups."""

    def group(
        self,
        vectors: NDArray[np.float32],
        deciding: NDArray[np.bool_],
        groups: int | None = None,
    ) -> NDArray[np.int64]:
        """The group of each row, from 0.

        The rows that are ``deciding`` say where the groups are, and the others join them. Without
        ``groups`` their number is found, and what fits nowhere gets -1.
        """
        ...

    def pair_up(self, likeness: NDArray[np.float32]) -> list[tuple[int, int]]:
        """Each row with one column, so that together they are as alike as can be."""
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


@dataclass(frozen=True)
class Ready:
    """New records of one kind, sealed with the key ``key_id`` and only to be written."""

    records: Sequence[Record]
    rows: Sequence[Mapping[str, Any]]
    key_id: str


class Work(Protocol):
    """One transaction over the records: all of it is kept, or nothing.

    In ``equal`` stand a field's value, or a tuple, list or set of values of which one must match;
    ``None`` matches an empty field. A sealed field can only be named if it can be looked up.
    """

    def get(self, kind: type[Kind], id: str) -> Kind:  # noqa: A002 - the field's own name
        """The record with this identifier. Raises ``MissingRecordError``."""
        ...

    def find(
        self, kind: type[Kind], /, *, order: str = "id", limit: int | None = None, **equal: Any
    ) -> tuple[Kind, ...]:
        """The records whose fields equal these, by ``order``; ``-field`` is newest first."""
        ...

    def count(self, kind: type[Record], /, **equal: Any) -> int:
        """How many there are."""
        ...

    def tally(self, kind: type[Record], /, by: tuple[str, ...], **equal: Any) -> dict[Any, int]:
        """How many there are for each value of the fields ``by``, as a tuple."""
        ...

    def add(self, record: Kind) -> Kind:
        """Keep a new record; gives it back as version 1.

        Raises ``ConflictError`` if another one stands where only one may.
        """
        ...

    def made_ready(self, records: Sequence[Record]) -> Ready:
        """New records of one kind for ``add_all``, which then holds others up for less time."""
        ...

    def add_all(self, records: Sequence[Record] | Ready) -> None:
        """Keep new records of one kind, as many as there are, in a fraction of the time.

        Raises ``ConflictError`` if another one stands where only one may.
        """
        ...

    def save(self, record: Kind) -> Kind:
        """Keep a change; gives the record back with its next version.

        Raises ``ConflictError`` with the record that is there now if it was changed meanwhile, and
        ``MissingRecordError``.
        """
        ...

    def remove(self, kind: type[Record], /, **equal: Any) -> int:
        """Delete all records whose fields equal these; gives how many there were."""
        ...


class Records(Protocol):
    """Where everything is kept. Safe for threads and processes. Raises ``RecordsError``."""

    def reading(self) -> AbstractContextManager[Work]:
        """A transaction that sees one moment, and writes nothing."""
        ...

    def writing(self) -> AbstractContextManager[Work]:
        """A transaction that is kept, on disk, once its block ends without an error."""
        ...


class Erasures(Protocol):
    """Who asked to be deleted: a list outside the records, which a restored backup obeys."""

    def record(self, person_id: str) -> None:
        """Put a person on the list, on disk. Raises ``RecordsError``."""
        ...

    def all(self) -> tuple[str, ...]:
        """Everyone on the list, as identifiers."""
        ...


class Signer(Protocol):
    """Signs texts; keys and signatures are hexadecimal digits."""

    def public(self, private: str) -> str:
        """The key that others check with."""
        ...

    def sign(self, private: str, text: str) -> str:
        """The signature of ``text``."""
        ...

    def is_signed(self, public: str, text: str, signature: str) -> bool:
        """Whether ``signature`` is of ``text`` and of this key."""
        ...


class Passwords(Protocol):
    """Turns passwords into what may be kept, and compares; slow on purpose."""

    def hashed(self, password: str) -> str:
        """A salted hash that names its own parameters."""
        ...

    def match(self, kept: str, password: str) -> bool:
        """Whether ``kept`` was made of ``password``."""
        ...

    def outdated(self, kept: str) -> bool:
        """Whether ``kept`` was made with other parameters than today's."""
        ...
