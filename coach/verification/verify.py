"""Verify a model's text: form, facts, claims, meaning; the first fault decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from coach.domain.brief import Brief
from coach.domain.proposal import Proposal, Refusal, Slot, Verdict
from coach.ports import Embedder, Grammar, LanguageFinder
from coach.verification.address import check_address
from coach.verification.claims import check_claims
from coach.verification.dates import check_dates
from coach.verification.form import broken_up, check_form
from coach.verification.language import check_language
from coach.verification.meaning import Meaning, Sources
from coach.verification.names import check_names
from coach.verification.numbers import check_numbers
from coach.verification.question import check_question
from coach.verification.turned import check_turned

Fault = tuple[Refusal, str]
#: From this tact on a text threatens nobody. A score is too coarse to compare two kind texts: two
#: thirds of good ones score below their draft, and 1 in 250 below this.
_ROUGH = 0.1


class Verifier:
    """The one verifier that every capability uses. Safe to share between threads.

    ``vocabulary`` are words that are ordinary in lower case. ``tact`` scores a text from 0
    (threatens face) to 1 (tactful); a rough text that scores lower than its draft is refused.
    """

    def __init__(
        self,
        embedder: Embedder,
        grammar: Grammar,
        languages: LanguageFinder,
        vocabulary: frozenset[str],
        *,
        tact: Callable[[str], float] | None = None,
    ) -> None:
        self._meaning = Meaning(embedder, grammar)
        self._grammar = grammar
        self._languages = languages
        self._vocabulary = vocabulary
        self._tact = tact

    def verify(self, proposal: Proposal) -> Verdict:
        """Whether ``proposal.text`` may take the draft's place; the first fault is the reason."""
        text = proposal.text.strip()
        # An answer is for no session, so that a brief's figures say nothing for it.
        of_brief = brief_in_words if proposal.slot is Slot.ANSWER else said_in
        known = " ".join((of_brief(proposal.brief), *proposal.passages, proposal.draft))
        fault = check_form(proposal.slot, text, known) or self._language_fault(proposal, text)
        if fault is None:
            fault = self._fact_fault(proposal, text, known)
        if fault is not None:
            return Verdict(accepted=False, reason=fault[0], detail=fault[1])
        support, fault = self._meaning.judge(text, _sources(proposal))
        if fault is None:
            fault = self._tact_fault(proposal.draft, text)
        if fault is not None:
            return Verdict(accepted=False, reason=fault[0], detail=fault[1], support=support)
        return Verdict(accepted=True, support=support)

    def _language_fault(self, proposal: Proposal, text: str) -> Fault | None:
        return check_language(text, self._expected(proposal.brief, proposal.draft), self._languages)

    def _expected(self, brief: Brief, draft: str) -> set[str]:
        """The languages of the draft and of the brief; English where they are too short to tell."""
        found = {self._languages.language(draft), self._languages.language(typed_in(brief))}
        return {language for language in found if language} or {"en"}

    def _fact_fault(self, proposal: Proposal, text: str, known: str) -> Fault | None:
        reading, sources = self._grammar.read(text), _sources(proposal)
        fault = self._question_fault(proposal, text) if proposal.slot is Slot.QUESTION else None
        if fault is not None and fault[0] is Refusal.TWO_QUESTIONS and self._asks_two(proposal):
            fault = None
        return (
            fault
            or check_address(proposal.slot, text, proposal.draft)
            or check_turned(text, proposal.draft)
            or check_numbers(reading, known)
            or check_dates(reading, known)
            or check_names(reading, known, self._vocabulary)
            or check_claims(
                reading,
                [
                    self._grammar.read(source)
                    for source in (sources.draft, *sources.passages, sources.brief_words)
                ],
                pair_of(proposal.brief),
            )
        )

    def _question_fault(self, proposal: Proposal, text: str) -> Fault | None:
        # "Race and who gets stretch work" asks nothing: it is what the session is about.
        topic = proposal.brief.topic
        text = re.sub(re.escape(topic), "it", text, flags=re.IGNORECASE) if topic else text
        return check_question(self._grammar.read(text))

    def _asks_two(self, proposal: Proposal) -> bool:
        """Some of the library's questions ask two things on purpose; so may their rewording."""
        found = check_question(self._grammar.read(broken_up(proposal.draft)))
        return found is not None and found[0] is Refusal.TWO_QUESTIONS

    def _tact_fault(self, draft: str, text: str) -> Fault | None:
        if self._tact is None or not draft:
            return None
        after = self._tact(text)
        if after >= _ROUGH:
            return None
        before = self._tact(draft)
        return (Refusal.TACT, f"{after:.2f}, the draft {before:.2f}") if after < before else None


def _sources(proposal: Proposal) -> Sources:
    """What the grammar reads of a proposal, beside its text."""
    return Sources(
        slot=proposal.slot,
        brief=proposal.brief,
        brief_words=brief_in_words(proposal.brief),
        passages=tuple(broken_up(passage) for passage in proposal.passages),
        draft=broken_up(proposal.draft),
    )


def pair_of(brief: Brief) -> frozenset[str]:
    """The words that name the two people."""
    roles = f"{brief.mentor_role} {brief.mentee_role}".lower().split()
    return frozenset(word for word in roles if len(word) > 2 and word not in {"the", "and"})


@lru_cache(maxsize=64)
def typed_in(brief: Brief) -> str:
    """What people typed in a brief, as one text."""
    return ". ".join((brief.topic, brief.worry, *brief.carried_over)).strip(". ")


@lru_cache(maxsize=64)
def brief_in_words(brief: Brief) -> str:
    """A brief's words without its figures."""
    parts = (brief.topic, brief.mentor_role, brief.mentee_role, brief.worry, *brief.carried_over)
    return ". ".join(part for part in (*parts, brief.setting.value) if part)


@lru_cache(maxsize=64)
def said_in(brief: Brief) -> str:
    """A brief's words and figures: what a text may name because the brief does."""
    half = "half an hour" if brief.minutes == 30 else ""
    return (
        f"{brief_in_words(brief)}. session {brief.session} of {brief.planned_sessions}, "
        f"after session {max(1, brief.session - 1)}, {brief.minutes} minutes {half}"
    )
