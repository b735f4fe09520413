"""Stand-ins that share the ports' types."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from coach.domain.chat import Message, Provenance, Usage
from coach.domain.guidance import Hit, Passage, SearchResult
from coach.domain.library import GuidanceLibrary
from coach.domain.proposal import Proposal, Refusal, Verdict
from coach.errors import ModelStoppedError
from coach.ports import Embedder, Schema

if TYPE_CHECKING:
    from numpy.typing import NDArray


class CountingEmbedder:
    """Another embedder, with a history of what it was asked to embed."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.asked: list[str] = []

    @property
    def identity(self) -> str:
        """The real one's."""
        return self._real.identity

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The real one's vectors."""
        self.asked += texts
        return self._real.embed(texts)

    def warm(self) -> None:
        """As the real one does."""
        self._real.warm()


class HashEmbedder:
    """Unit vectors from a text's hash: instant, repeatable, and without any meaning."""

    def __init__(self, identity: str = "hash:1", size: int = 384) -> None:
        self.identity = identity
        self._size = size

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text."""
        rows = [self._vector(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._size)

    def warm(self) -> None:
        """Nothing to load."""

    def _vector(self, text: str) -> NDArray[np.float64]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).normal(size=self._size)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float64)


class WordIndex:
    """A guidance index that ranks by shared words, with a history of what it was asked.

    ``covered`` and ``close`` are its answers to whether the guidance covers a
    question, and to how near a document is; without ``close`` a document's
    nearness is the share of the query's words that it holds.
    """

    def __init__(
        self,
        library: GuidanceLibrary,
        *,
        covered: bool = True,
        close: Mapping[str, float] | None = None,
    ) -> None:
        self._covered = covered
        self._close = close
        self._passages: dict[str, list[Passage]] = {}
        self._words: dict[str, frozenset[str]] = {}
        for passage in library.passages():
            self._passages.setdefault(passage.doc_id, []).append(passage)
            said = _words(f"{passage.title} {passage.text} {' '.join(passage.hints)}")
            self._words[passage.doc_id] = self._words.get(passage.doc_id, frozenset()) | said
        self.searches: list[str] = []

    def search(
        self, query: str, *, k: int = 10, among: Collection[str] | None = None
    ) -> SearchResult:
        """See ``GuidanceIndex.search``."""
        self.searches.append(query)
        near = self._nearness(query, self._passages if among is None else among)
        names = sorted(near, key=lambda name: (-near[name], name))[:k]
        hits = tuple(Hit(passage=self._passages[name][0], score=near[name]) for name in names)
        covered = self._covered and bool(hits)
        return SearchResult(query=query, hits=hits, covered=covered, confidence=float(covered))

    def closeness(self, query: str, among: Collection[str]) -> dict[str, float]:
        """See ``GuidanceIndex.closeness``."""
        if self._close is not None:
            return {name: self._close[name] for name in among if name in self._close}
        return self._nearness(query, among)

    def _nearness(self, query: str, among: Collection[str]) -> dict[str, float]:
        asked = _words(query)
        return {
            name: len(asked & self._words[name]) / len(asked) if asked else 0.0
            for name in among
            if name in self._words
        }


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text.casefold()))


class ScriptedModel:
    """A chat model that answers from a script, keeps what it was asked, and fails when it runs out.

    A reply is a text, which comes word by word, or an error to raise. Without a script, ``answer``
    says what to reply to a request's last turn; both may take their time.
    """

    name = "scripted"

    def __init__(
        self, *replies: str | Exception, answer: Callable[[str], str | Exception] | None = None
    ) -> None:
        self._replies = list(replies)
        self._answer = answer
        self.asked: list[str] = []
        self.kept: list[str] = []
        self.limits: list[int] = []

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        """The next reply; see ``ChatModel.stream``."""
        self.asked.append("\n".join(message.text for message in messages))
        self.kept.append(keep)
        self.limits.append(limit)
        reply = self._answer(messages[-1].text) if self._answer else self._next()
        if stop is not None and stop.is_set():
            raise ModelStoppedError("You stopped the model.")
        if isinstance(reply, Exception):
            raise reply
        yield from re.findall(r"\S+\s*|\s+", reply)
        return Usage(prompt_tokens=10, reply_tokens=len(reply.split()), milliseconds=5)

    def structured(
        self,
        messages: Sequence[Message],
        schema: type[Schema],
        *,
        limit: int,
        stop: Event | None = None,
    ) -> tuple[Schema, Usage]:
        """The next reply as ``schema``; see ``ChatModel.structured``."""
        replies = self.stream(messages, limit=limit, stop=stop)
        pieces: list[str] = []
        while True:
            try:
                pieces.append(next(replies))
            except StopIteration as end:
                return schema.model_validate_json("".join(pieces)), end.value

    def _next(self) -> str | Exception:
        if not self._replies:
            raise AssertionError("The script ran out: the model was asked once more than expected.")
        return self._replies.pop(0)


class ScriptedJudge:
    """A judge that refuses texts with ``bad`` in them, and keeps what it was asked."""

    def __init__(self, bad: str = "bad", reason: Refusal = Refusal.NUMBER) -> None:
        self._bad = bad
        self._reason = reason
        self.asked: list[Proposal] = []

    def verify(self, proposal: Proposal) -> Verdict:
        """See ``Judge.verify``."""
        self.asked.append(proposal)
        if self._bad in proposal.text:
            return Verdict(accepted=False, reason=self._reason, detail=self._bad)
        return Verdict(accepted=True, support=1.0)


class WordScreen:
    """A screen that flags every text with ``word`` in it, and keeps what it was asked."""

    def __init__(self, word: str = "ignore") -> None:
        self._word = word
        self.asked: list[str] = []

    def is_instruction(self, text: str) -> bool:
        """See ``Screen.is_instruction``."""
        self.asked.append(text)
        return self._word in text


class ListedLog:
    """A log that keeps its rows: slot, outcome, and where the words came from."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, Provenance | None]] = []

    def record(self, slot: str, outcome: str, provenance: Provenance | None) -> None:
        """See ``ReplyLog.record``."""
        self.rows.append((slot, outcome, provenance))
