"""The coach itself: every capability behind one object."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from coach.bootstrap.indexes import Progress, Say, shelf_of
from coach.bootstrap.judges import choose_embedder, judge_of
from coach.bootstrap.models import LOCAL, hides_names, model_name, open_journal, open_model
from coach.bootstrap.phrasing import Phrasing
from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.answer import Answer
from coach.domain.brief import Brief
from coach.domain.guidance import Passage, SearchResult
from coach.domain.library import GuidanceLibrary
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Refinement
from coach.ports import Embedder, Judge
from coach.prepare.compose import Composer
from coach.prepare.questions import QuestionWriter
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from coach.adapters.documents import AddedDocument
    from coach.adapters.index.build import BuildReport
    from coach.adapters.index.hybrid import HybridIndex
    from coach.adapters.index.shelf import OpenShelf
    from coach.asking.nearness import Nearness
    from coach.asking.synthesis import Synthesiser
    from coach.prepare.refine import Refiner


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
        self._embedder = embedder
        # The model loads beside the library, on another core. Not a daemon: a process that ends
        # while native code loads in one would crash on its way out.
        Thread(target=embedder.warm).start()
        self._shelf = shelf_of(settings, embedder, long_lived=long_lived)
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

    @property
    def model_name(self) -> str | None:
        """The configured model's name, or ``None``: the library alone composes then."""
        return model_name(self.settings)

    @property
    def hides_names(self) -> bool:
        """Whether a model is set that names are kept from, as one on another machine is."""
        return self.model_name is not None and hides_names(self.settings)

    def refine_agenda(
        self, agenda: Agenda, *, stop: Event | None = None, person: str = LOCAL
    ) -> Iterator[Refinement]:
        """What came of asking the model for each slot of ``agenda``, as it comes.

        Nothing comes without a model, and the daily budget of ``person`` pays for it.
        ``coach.prepare.refined.take`` puts accepted words in.
        """
        refiner = self._refiner(agenda.brief.participants, person)
        return refiner.agenda(agenda, stop=stop) if refiner else iter(())

    def refined_agenda(self, agenda: Agenda) -> tuple[Agenda, tuple[Refinement, ...]]:
        """``agenda`` with all that the model's words are accepted for, and what came of each slot.

        Waits for the model; without one, ``agenda`` as it is.
        """
        from coach.prepare.refined import take

        came = tuple(self.refine_agenda(agenda))
        for one in came:
            agenda = take(agenda, one)
        return agenda, came

    def refined_questions(self, found: QuestionSet) -> tuple[QuestionSet, tuple[Refinement, ...]]:
        """The same for a question set."""
        from coach.prepare.refined import mark_of, with_words

        came = tuple(self.refine_questions(found))
        marks = [mark for one in came if (mark := mark_of(one))]
        return with_words(found, marks), came

    def refine_questions(
        self, found: QuestionSet, *, stop: Event | None = None, person: str = LOCAL
    ) -> Iterator[Refinement]:
        """The same for a question set."""
        refiner = self._refiner(found.brief.participants, person)
        return refiner.questions(found, stop=stop) if refiner else iter(())

    @cached_property
    def judge(self) -> Judge:
        """Verifies every word of a model, whatever it is for."""
        return judge_of(self._embedder, self.library)

    def _refiner(self, participants: Collection[str], person: str) -> Refiner | None:
        from coach.prepare.refine import Refiner
        from coach.screening.screen import Screen

        if self.model_name is None:
            return None
        model = open_model(self.settings, person=person, participants=participants)
        if model is None:
            return None
        return Refiner(
            model,
            self.judge,
            Screen(self._embedder),
            open_journal(self.settings),
            # The local server answers two at once; more would wait with their deadline running.
            parallel=min(self.settings.llm_parallel, 2 if self.settings.local_gguf else 64),
        )

    def ask(self, question: str) -> Answer:
        """What the guidance says to ``question``, in its own words, each with its passage."""
        from coach.asking.answer import Asker
        from coach.screening.screen import Screen

        now = self._now()
        screen = Screen(self._embedder)
        return Asker(now.library, now.index, self._nearness, screen).ask(question)

    def synthesised(
        self,
        answer: Answer,
        *,
        participants: Collection[str] = (),
        stop: Event | None = None,
        person: str = LOCAL,
    ) -> Answer:
        """``answer`` in the model's verified words; the same answer without a model.

        Waits for the model, which never sees the names of ``participants`` outside this
        machine. What went wrong stands in the answer.
        """
        synthesiser = self._synthesiser(participants, person)
        return synthesiser.synthesised(answer, stop=stop) if synthesiser else answer

    @cached_property
    def _nearness(self) -> Nearness:
        from coach.asking.nearness import Nearness

        return Nearness(self._embedder)

    def _synthesiser(self, participants: Collection[str], person: str) -> Synthesiser | None:
        from coach.asking.synthesis import Synthesiser
        from coach.screening.screen import Screen

        model = open_model(self.settings, person=person, participants=participants)
        if model is None:
            return None
        screen = Screen(self._embedder)
        journal = open_journal(self.settings)
        return Synthesiser(model, self.judge, screen, journal, self._nearness)

    @cached_property
    def phrasing(self) -> Phrasing:
        """Everything of *Say it well*."""
        return Phrasing(self.library, self.settings)

    def search(self, query: str, *, k: int = 10) -> SearchResult:
        """Passages of guidance, and whether they cover the question."""
        return self.index.search(query, k=k)

    def passage(self, passage_id: str) -> Passage | None:
        """The library's passage with this identifier."""
        card = self.library.by_key.get(passage_id.partition("#")[0])
        sections = card.sections if card else ()
        found = (self.library.passage(card, section) for section in sections if card)
        return next((passage for passage in found if passage.id == passage_id), None)

    def add_document(self, path: Path) -> tuple[AddedDocument, tuple[str, ...]]:
        """Keep a document to be searched, and what in it gives orders to a language model.

        Such words are never obeyed, and left out of answers. ``rebuild`` brings the document
        into the index. Raises ``DocumentError``.
        """
        from coach.screening.screen import Screen

        document = self.documents.add(path)
        screen = Screen(self._embedder)
        orders = []
        for passage in document.passages:
            found = screen.score(passage.text)
            if found.flagged:
                start, end = found.span or (0, len(passage.text))
                orders.append(passage.text[start:end])
        return document, tuple(orders)

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
