"""Wire the coach: the only place that picks adapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.brief import Brief
from coach.domain.guidance import Passage, SearchResult
from coach.domain.library import GuidanceLibrary
from coach.domain.questions import QuestionSet
from coach.errors import CoachError
from coach.ports import Embedder
from coach.prepare.compose import Composer
from coach.prepare.questions import QuestionWriter
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from coach.adapters.documents import DocumentShelf
    from coach.adapters.drafts import DraftShelf
    from coach.adapters.index.build import BuildReport
    from coach.adapters.index.hybrid import HybridIndex
    from coach.adapters.index.shelf import GuidanceShelf, OpenShelf

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


class Coach:
    """What edges call. Safe to share between threads; holds no person's text.

    Raises:
        CoachError: from every method, with a message for people.
    """

    def __init__(
        self,
        settings: CoachSettings,
        *,
        embedder: Embedder | None = None,
        long_lived: bool = False,
        say: Say = lambda _: None,
        progress: Progress | None = None,
    ) -> None:
        from coach.adapters.documents import DocumentShelf

        self.settings = settings
        self.documents = DocumentShelf(settings.documents_path)
        self._say = say
        self._progress = progress
        self._opening = Lock()
        embedder = embedder or choose_embedder(settings)
        # The model loads beside the library, on another core. Not a daemon: a process that ends
        # while native code loads in one would crash on its way out.
        Thread(target=embedder.warm).start()
        self._shelf = _shelf(settings, embedder, long_lived=long_lived)
        self._open = self._shelf.open(say, progress)

    @property
    def library(self) -> GuidanceLibrary:
        """The cards and topic kits in use."""
        return self._now().library

    @property
    def index(self) -> HybridIndex:
        """The index over the library and the added documents."""
        return self._now().index

    def agenda(self, brief: Brief) -> Agenda:
        """A complete, cited agenda for a session. Deterministic, without a model."""
        return self._composer.agenda(brief)

    def alternatives(self, agenda: Agenda, position: int) -> tuple[AgendaItem, ...]:
        """Other versions of one item of ``agenda``."""
        return self._composer.alternatives(agenda, position)

    def questions(self, brief: Brief) -> QuestionSet:
        """Six to ten questions for the senior mentee to bring."""
        now = self._now()
        return QuestionWriter(now.library, now.index).questions(brief)

    def search(self, query: str, *, k: int = 10) -> SearchResult:
        """Passages of guidance, and whether they cover the question."""
        return self.index.search(query, k=k)

    def passage(self, passage_id: str) -> Passage | None:
        """The library's passage with this identifier."""
        card = self.library.by_key.get(passage_id.partition("#")[0])
        sections = card.sections if card else ()
        found = (self.library.passage(card, section) for section in sections if card)
        return next((passage for passage in found if passage.id == passage_id), None)

    def rebuild(self, *, force: bool = False) -> BuildReport:
        """Bring the index up to date with the library and the added documents."""
        report = self._shelf.build(force=force, progress=self._progress)
        self._now()
        return report

    def retriever(self, k: int = 5) -> BaseRetriever:
        """The index as a LangChain retriever, for use in a chain of your own."""
        from coach.adapters.index.retriever import GuidanceRetriever

        # Through the coach, so that a chain that lives long sees every new generation.
        return GuidanceRetriever(index=self, k=k)

    @property
    def _composer(self) -> Composer:
        now = self._now()
        return Composer(now.library, now.index)

    def _now(self) -> OpenShelf:
        # Another process may have published a new generation: `coach library add` in a
        # terminal shows in the pages at once.
        with self._opening:
            if self._shelf.current_generation() != self._open.generation:
                self._open = self._shelf.open(self._say, self._progress)
            return self._open


def open_coach(
    settings: CoachSettings | None = None,
    *,
    embedder: Embedder | None = None,
    long_lived: bool = False,
    say: Say = lambda _: None,
    progress: Progress | None = None,
) -> Coach:
    """A coach, ready to use; builds the index first if it must.

    ``long_lived`` searches in Chroma, which takes seconds to load and suits
    pages, batches and servers; without it the same vectors are read from a
    file, which suits a single command. ``say`` receives messages for people,
    ``progress`` (done, of how many) while the index is built.

    Raises:
        CoachError: a setting, the library or the index cannot be used.
    """
    return Coach(
        settings or read_settings(),
        embedder=embedder,
        long_lived=long_lived,
        say=say,
        progress=progress,
    )


def choose_embedder(settings: CoachSettings) -> Embedder:
    """The endpoint's embedder if one is set, the built-in one otherwise."""
    if settings.embeddings_base_url and settings.embeddings_model:
        from coach.adapters.embedders.endpoint import EndpointEmbedder

        key = settings.embeddings_api_key
        return EndpointEmbedder(
            settings.embeddings_base_url,
            settings.embeddings_model,
            key.get_secret_value() if key else None,
        )
    from coach.adapters.embedders.minilm import MiniLMEmbedder

    return MiniLMEmbedder()


def export_agenda(agenda: Agenda, kind: str, starts: datetime | None = None) -> bytes:
    """``agenda`` as a file: ``md``, ``docx``, or ``ics`` with the start in a time zone.

    Raises:
        CoachError: the kind is unknown, or a calendar file has no start.
    """
    if kind == "md":
        from coach.adapters.exports.markdown import agenda_markdown

        return agenda_markdown(agenda).encode()
    if kind == "docx":
        from coach.adapters.exports.word import agenda_word

        return agenda_word(agenda)
    if kind == "ics" and starts is not None:
        from coach.adapters.exports.calendar import agenda_calendar

        return agenda_calendar(agenda, starts)
    raise CoachError(
        f"An agenda can be written as .md, .docx, or .ics with a start; not as {kind[:20]!r}."
    )


def open_index(path: Path, *, long_lived: bool = False, say: Say = lambda _: None) -> HybridIndex:
    """Any index that was built with ``build_index_of``.

    One whose vectors come from another embedder is embedded again, from the
    passages that it holds, and ``say`` receives why. Raises ``GuidanceIndexError``.
    """
    from coach.adapters.index.build import rebuild_for
    from coach.adapters.index.generations import settled
    from coach.adapters.index.hybrid import HybridIndex

    settings = read_settings()
    embedder = choose_embedder(settings)
    server = settings.chroma_url
    report = settled(path, lambda: rebuild_for(path, embedder, server=server))
    if report:
        say(report.message)
    return settled(path, lambda: HybridIndex(path, embedder, chroma=long_lived, server=server))


def build_index_of(
    source: Path, into: Path, *, force: bool = False, progress: Progress | None = None
) -> tuple[BuildReport, tuple[str, ...]]:
    """Index a folder of Markdown or a file of JSON Lines; also what had to be left out."""
    from coach.adapters.corpus import read_corpus
    from coach.adapters.index.build import build_index

    settings = read_settings()
    corpus = read_corpus(source)
    report = build_index(
        corpus.passages,
        choose_embedder(settings),
        into,
        server=settings.chroma_url,
        force=force,
        progress=progress,
    )
    return report, corpus.faults


def build_own_index(*, force: bool = False, progress: Progress | None = None) -> BuildReport:
    """Bring the coach's own index up to date, whether or not one is there."""
    settings = read_settings()
    return _shelf(settings, choose_embedder(settings)).build(force=force, progress=progress)


def _shelf(
    settings: CoachSettings, embedder: Embedder, *, long_lived: bool = False
) -> GuidanceShelf:
    from coach.adapters.documents import DocumentShelf
    from coach.adapters.index.shelf import GuidanceShelf

    return GuidanceShelf(
        settings.library,
        settings.index_path,
        DocumentShelf(settings.documents_path),
        embedder,
        chroma=long_lived,
        server=settings.chroma_url,
    )


def open_drafts() -> DraftShelf:
    """Where pages keep what a person has not finished."""
    from coach.adapters.drafts import DraftShelf

    return DraftShelf(read_settings().drafts_path)


def export_questions(questions: QuestionSet, own: Sequence[str] = ()) -> bytes:
    """``questions``, and a person's ``own``, as a Markdown file."""
    from coach.adapters.exports.markdown import questions_markdown

    return questions_markdown(questions, own).encode()


def open_documents() -> DocumentShelf:
    """The added documents, without opening the index."""
    from coach.adapters.documents import DocumentShelf

    return DocumentShelf(read_settings().documents_path)
