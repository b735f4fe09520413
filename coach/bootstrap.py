"""Wire the coach: the only place that picks adapters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from coach.domain.agenda import Agenda, AgendaItem
from coach.domain.answer import Answer
from coach.domain.brief import Brief
from coach.domain.guidance import Passage, SearchResult
from coach.domain.library import GuidanceLibrary
from coach.domain.questions import QuestionSet
from coach.domain.refinement import Refinement
from coach.errors import CoachError, SettingsError
from coach.ports import ChatModel, Embedder, IdentifierFinder, Judge
from coach.prepare.compose import Composer
from coach.prepare.questions import QuestionWriter
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from coach.adapters.chat.budget import Ledger
    from coach.adapters.chat.endpoint import EndpointChat
    from coach.adapters.chat.journal import Journal
    from coach.adapters.chat.local import LocalChat
    from coach.adapters.documents import DocumentShelf
    from coach.adapters.drafts import DraftShelf
    from coach.adapters.index.build import BuildReport
    from coach.adapters.index.hybrid import HybridIndex
    from coach.adapters.index.shelf import GuidanceShelf, OpenShelf
    from coach.asking.nearness import Nearness
    from coach.asking.synthesis import Synthesiser
    from coach.domain.model_report import ModelCheck
    from coach.prepare.refine import Refiner
    from coach.screening.screen import Screen

Say = Callable[[str], None]
Progress = Callable[[int, int], None]
#: Where a model is asked that is set without an address.
_OPENAI = "https://api.openai.com/v1"


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

    @property
    def model_name(self) -> str | None:
        """The configured model's name, or ``None``: the library alone composes then."""
        return model_name(self.settings)

    @property
    def hides_names(self) -> bool:
        """Whether a model is set that names are kept from, as one on another machine is."""
        return self.model_name is not None and _hides_names(self.settings)

    def refine_agenda(self, agenda: Agenda, *, stop: Event | None = None) -> Iterator[Refinement]:
        """What came of asking the model for each slot of ``agenda``, as it comes.

        Nothing comes without a model. ``coach.prepare.refined.take`` puts accepted words in.
        """
        refiner = self._refiner(agenda.brief.participants)
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
        self, found: QuestionSet, *, stop: Event | None = None
    ) -> Iterator[Refinement]:
        """The same for a question set."""
        refiner = self._refiner(found.brief.participants)
        return refiner.questions(found, stop=stop) if refiner else iter(())

    @cached_property
    def judge(self) -> Judge:
        """Verifies every word of a model, whatever it is for."""
        return _judge(self._embedder, self.library)

    def _refiner(self, participants: Collection[str]) -> Refiner | None:
        from coach.prepare.refine import Refiner
        from coach.screening.screen import Screen

        if self.model_name is None:
            return None
        model = open_model(self.settings, participants=participants)
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

        now = self._now()
        return Asker(now.library, now.index, self._nearness).ask(question)

    def synthesised(
        self, answer: Answer, *, participants: Collection[str] = (), stop: Event | None = None
    ) -> Answer:
        """``answer`` in the model's verified words; the same answer without a model.

        Waits for the model, which never sees the names of ``participants`` outside this
        machine. What went wrong stands in the answer.
        """
        synthesiser = self._synthesiser(participants)
        return synthesiser.synthesised(answer, stop=stop) if synthesiser else answer

    @cached_property
    def _nearness(self) -> Nearness:
        from coach.asking.nearness import Nearness

        return Nearness(self._embedder)

    def _synthesiser(self, participants: Collection[str]) -> Synthesiser | None:
        from coach.asking.synthesis import Synthesiser
        from coach.screening.screen import Screen

        model = open_model(self.settings, participants=participants)
        if model is None:
            return None
        screen = Screen(self._embedder)
        journal = open_journal(self.settings)
        return Synthesiser(model, self.judge, screen, journal, self._nearness)

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


def open_identifiers() -> IdentifierFinder:
    """What finds names, without opening the library or the index; loads at its first text."""
    from coach.adapters.identifiers.finder import PresidioFinder

    return PresidioFinder()


def model_is_set(settings: CoachSettings | None = None) -> bool:
    """Whether the settings name a language model; without one the coach composes by itself."""
    settings = settings or read_settings()
    return bool(settings.llm_model or settings.local_gguf)


def open_model(
    settings: CoachSettings | None = None,
    *,
    person: str = "local",
    participants: Collection[str] = (),
) -> ChatModel | None:
    """The language model of the settings, or ``None`` if there is none; nothing is sent yet.

    It is held to the daily budget of ``person``, and, outside this machine, gets placeholders
    for names, among them those of ``participants``. Raises ``SettingsError``.
    """
    settings = settings or read_settings()
    model = _bare_model(settings)
    if model is None:
        return None
    from coach.adapters.chat.budget import BudgetedChat

    chat = BudgetedChat(model, _ledger(settings), person)
    if not _hides_names(settings):
        return chat
    from coach.adapters.chat.shielded import ShieldedChat

    return ShieldedChat(chat, open_identifiers(), participants)


def open_journal(settings: CoachSettings | None = None) -> Journal:
    """Where it is counted what came of a model's replies."""
    from coach.adapters.chat.journal import Journal

    return Journal((settings or read_settings()).model_path)


def check_model(
    settings: CoachSettings | None = None, *, person: str = "local"
) -> ModelCheck | None:
    """What the model of the settings can do, tried out now; ``None`` if none is set.

    Raises ``SettingsError``, and ``ModelError`` for a file that cannot be loaded.
    """
    from coach.adapters.chat.budget import BudgetedChat
    from coach.adapters.chat.local import LocalChat
    from coach.adapters.chat.probe import Probe

    settings = settings or read_settings()
    model = _bare_model(settings)
    if model is None:
        return None
    endpoint = model.endpoint() if isinstance(model, LocalChat) else model
    ledger = _ledger(settings)
    chat = BudgetedChat(endpoint, ledger, person)
    return Probe(endpoint, chat, ledger, person=person, hidden=_hides_names(settings)).check()


def _bare_model(settings: CoachSettings) -> EndpointChat | LocalChat | None:
    from coach.adapters.chat.endpoint import EndpointChat
    from coach.adapters.chat.local import LocalChat, local_model

    if settings.local_gguf:
        local = local_model(settings.local_gguf, settings.local_threads)
        return LocalChat(local, temperature=settings.llm_temperature)
    if not settings.llm_model:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    if not settings.llm_base_url and not key:
        raise SettingsError(
            "COACH_LLM_MODEL is set without COACH_LLM_BASE_URL, which means OpenAI's own service, "
            "and that needs a key. Set COACH_LLM_API_KEY, or the address of another server."
        )
    return EndpointChat(
        settings.llm_base_url or _OPENAI,
        settings.llm_model,
        key,
        temperature=settings.llm_temperature,
    )


def _ledger(settings: CoachSettings) -> Ledger:
    from coach.adapters.chat.budget import Allowance, Ledger

    allowance = Allowance(
        tokens=settings.llm_daily_tokens,
        cost=settings.llm_daily_cost,
        price_prompt=settings.llm_price_prompt,
        price_reply=settings.llm_price_reply,
    )
    return Ledger(settings.model_path, allowance)


def _hides_names(settings: CoachSettings) -> bool:
    from coach.adapters.chat.wire import on_loopback

    if settings.llm_hide_names == "always":
        return True
    return not settings.local_gguf and not on_loopback(settings.llm_base_url or _OPENAI)


def open_verifier() -> Judge:
    """The judge of a model's words, without the index."""
    from coach.library.load import load_library

    settings = read_settings()
    return _judge(choose_embedder(settings), load_library(settings.library))


def model_name(settings: CoachSettings) -> str | None:
    """The name of the model that is set, or ``None``."""
    if settings.local_gguf:
        return settings.local_gguf.stem
    return settings.llm_model


def _judge(embedder: Embedder, library: GuidanceLibrary) -> Judge:
    from coach.adapters.grammar import EnglishGrammar
    from coach.adapters.languages import Languages
    from coach.verification.verify import Verifier

    return Verifier(embedder, EnglishGrammar(), Languages(), library.vocabulary)


def open_screen() -> Screen:
    """What scores texts for instructions aimed at a model, without the library or the index."""
    from coach.screening.screen import Screen

    return Screen(choose_embedder(read_settings()))
