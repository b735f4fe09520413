"""Whether a model's sentence may stand in a summary in the place of the writer's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from coach.domain.proposal import MOST_TEXT, Refusal, Slot, Verdict
from coach.domain.reflection import Evidence, Grounding
from coach.reflecting.rewriting_tokens import spelt_out
from coach.reflecting.rewriting_words import same_words
from coach.reflecting.sentences import sentences_of
from coach.reflecting.trimming import stands_alone
from coach.verification.form import check_form
from coach.verification.language import check_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.grammar import Reading
    from coach.phrasing.seams import Floor
    from coach.ports import Grammar, LanguageFinder, Screen

Fault = tuple[Refusal, str]
#: The least support that ``ground`` gives to words that may stand.
LEAST_SUPPORT = 0.5
_ARTICLES = {"a", "an", "the"}
#: What an article, "this" or "my" is to its noun.
_DETERMINING = {"det", "poss", "nummod"}
#: Sentences before and after the evidence that are read with it.
_BESIDE = 1


class SentenceJudge:
    """Judges one sentence at a time. Keeps no text.

    ``ground`` says how well a source carries a text, and ``is_grave`` whether words hold a sign
    that needs people.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - wired once
        self,
        ground: Callable[[str, str], Grounding],
        floor: Floor,
        grammar: Grammar,
        languages: LanguageFinder,
        screen: Screen,
        is_grave: Callable[[str], bool],
    ) -> None:
        self._ground = ground
        self._floor = floor
        self._grammar = grammar
        self._languages = languages
        self._screen = screen
        self._is_grave = is_grave

    def unsent(self, draft: str) -> Refusal | None:
        """Why ``draft`` must not go to a model at all; ``None`` if it may."""
        if self._is_grave(draft):
            return Refusal.PERSON
        if self._languages.language(draft) not in {None, "en"}:
            return Refusal.LANGUAGE
        return Refusal.SCREENED if self._screen.is_instruction(draft) else None

    def verify(self, draft: str, source: str, text: str) -> Verdict:
        """Whether ``text`` may stand for ``draft``; the first fault is the reason.

        ``source`` are the words of the evidence with those around it. Raises ``EmbedderError``.
        """
        fault = (
            _form_fault(draft, text)
            or check_language(text, {"en"}, self._languages)
            or same_words(draft, text)
            or self._whole_fault(draft, text)
            or self._floor_fault(draft, text)
        )
        if fault is not None:
            return Verdict(accepted=False, reason=fault[0], detail=fault[1])
        found = self._ground(spelt_out(source), text).sentences[0]
        fault = _ground_fault(found.score, found.unsupported) or self._flagged(text)
        if fault is not None:
            return Verdict(accepted=False, reason=fault[0], detail=fault[1], support=found.score)
        return Verdict(accepted=True, support=found.score)

    def _whole_fault(self, draft: str, text: str) -> Fault | None:
        before, after = self._grammar.read(draft), self._grammar.read(text)
        if stands_alone(before) and not stands_alone(after):
            return Refusal.FORMAT, "no whole sentence"
        new = Counter(_articles(after)) - Counter(_articles(before))
        wrong = next((noun for noun, fits in new if not fits), "")
        return (Refusal.MEANING, f"an article for “{wrong}”") if wrong else None

    def _floor_fault(self, draft: str, text: str) -> Fault | None:
        known = spelt_out(draft)
        for one, other in ((known, text), (text, known)):
            verdict = self._floor.keeps(one, other)
            if not verdict.kept:
                return Refusal.MEANING, verdict.reason
        return None

    def _flagged(self, text: str) -> Fault | None:
        if self._screen.is_instruction(text):
            return Refusal.OBEYED, "it gives orders"
        return (Refusal.PERSON, "") if self._is_grave(text) else None


def source_of(texts: Sequence[str], evidence: Sequence[Evidence]) -> str:
    """The words of ``evidence`` and the sentence before and after each."""
    found: list[str] = []
    for one in evidence:
        spans = sentences_of(texts[one.text_index])
        inside = [
            at for at, span in enumerate(spans) if span.start < one.end and one.start < span.end
        ]
        near = spans[max(0, inside[0] - _BESIDE) : inside[-1] + 1 + _BESIDE] if inside else ()
        found += [span.text for span in near] or [texts[one.text_index][one.start : one.end]]
    return "\n".join(dict.fromkeys(found))


def _articles(reading: Reading) -> Iterator[tuple[str, bool]]:
    """What each article stands with, and whether it is one thing that has no other word for it.

    "People" and "the people" are not the same ones; "separate room" only lacks an article.
    """
    for word in reading.words:
        if word.lower in _ARTICLES:
            noun = reading.words[word.head]
            others = [one for one in reading.children(noun) if one.relation in _DETERMINING]
            fits = noun.form == "NN" and noun.place > word.place and len(others) == 1
            yield noun.lower, fits


def _form_fault(draft: str, text: str) -> Fault | None:
    if (fault := check_form(Slot.SUMMARY, text[:MOST_TEXT], draft)) is not None:
        return fault
    if len(text.split()) > 2 * len(draft.split()):
        return Refusal.TOO_LONG, "more than twice the draft's words"
    if len(sentences_of(text)) != len(sentences_of(draft)):
        return Refusal.FORMAT, "another number of sentences"
    return None


def _ground_fault(score: float, unsupported: Sequence[str]) -> Fault | None:
    if unsupported:
        return Refusal.UNSUPPORTED, ", ".join(unsupported)
    return (Refusal.UNSUPPORTED, f"{score:.2f}") if score < LEAST_SUPPORT else None
