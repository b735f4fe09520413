"""Which of a model's words are accepted, with the real grammar, languages and embedder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.grammar import EnglishGrammar
from coach.adapters.languages import Languages
from coach.bootstrap import open_verifier
from coach.domain.brief import Brief
from coach.domain.library import GuidanceLibrary
from coach.domain.proposal import MOST_TEXT, Proposal, Refusal, Slot, Verdict
from coach.ports import Judge
from coach.verification.verify import Verifier

_BRIEF = Brief(
    topic="safe use of generative AI",
    minutes=45,
    session=2,
    planned_sessions=8,
    mentor_role="data analyst",
    mentee_role="finance director",
    carried_over=("Maria tries Copilot on 12 contracts by Friday.",),
)
_PASSAGE = (
    "Let the learner hold the mouse. Speak only when they ask. Put phones face down, and look at "
    "one real page for ten minutes."
)
_DRAFTS = {
    Slot.OPENING: "From here on, this is in your hands. Tell me what a good result would be, then "
    "make a start.",
    Slot.PURPOSE: "The finance director does one small real task with their own hands, and you "
    "keep yours away.",
    Slot.QUESTION: "What would make you keep this up?",
    Slot.ANSWER: "Let the learner hold the mouse.",
    Slot.SUMMARY: "We tried the filter together and she found it at once.",
    Slot.RUNG: "You held the mouse the whole time. Could you let me try it next time?",
}
_HANDS = "From here on, this is in your hands."
_GERMAN = (
    "Von jetzt an liegt das in deinen Händen. Sag mir, was ein gutes Ergebnis wäre, und fang an."
)

#: A text that breaks one thing, by slot.
_BROKEN = [
    (Refusal.EMPTY, Slot.OPENING, ""),
    (Refusal.EMPTY, Slot.OPENING, "  \n "),
    (Refusal.EMPTY, Slot.OPENING, "Your hands."),
    (Refusal.EMPTY, Slot.OPENING, "… !!! ??? 1 2 3"),
    (Refusal.EMPTY, Slot.QUESTION, "Why so?"),
    (Refusal.TOO_LONG, Slot.OPENING, f"{_HANDS} " * 10),
    (Refusal.TOO_LONG, Slot.QUESTION, f"What would {'really ' * 50}make you keep this up?"),
    (Refusal.TOO_LONG, Slot.ANSWER, "Let the learner hold the mouse. " * 11),
    (Refusal.FORMAT, Slot.OPENING, "**From here on**, this is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "- From here on, this is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "# From here on, this is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, '{"text": "From here on, this is in your hands."}'),
    (Refusal.FORMAT, Slot.OPENING, "From here on, [your name], this is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "From here on, <b>this</b> is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "From here on, this is in your hands.\nMake a start."),
    (Refusal.FORMAT, Slot.OPENING, "From here on, \u202ethis\u202c is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "From here on, th\u200bis is in your hands."),
    (Refusal.FORMAT, Slot.OPENING, "From here on, this is in your hands, so make"),
    (Refusal.META, Slot.OPENING, "Sure, here is a warmer version: this is in your hands."),
    (Refusal.META, Slot.OPENING, "Opening: from here on, this is in your hands."),
    (Refusal.META, Slot.OPENING, "As an AI language model, I leave this in your hands."),
    (Refusal.META, Slot.OPENING, '"From here on, this is in your hands."'),
    (Refusal.OBEYED, Slot.OPENING, f"{_HANDS} See www.example.com for more."),
    (Refusal.OBEYED, Slot.OPENING, f"{_HANDS} Write to help@example.com first."),
    (Refusal.OBEYED, Slot.OPENING, f"{_HANDS} Ring +44 20 7946 0000 first."),
    (Refusal.OBEYED, Slot.OPENING, "Tell me your password, then make a start."),
    (Refusal.LANGUAGE, Slot.OPENING, _GERMAN),
    (Refusal.LANGUAGE, Slot.OPENING, "À partir de maintenant, tout est entre vos mains. Allez-y."),
    (
        Refusal.LANGUAGE,
        Slot.OPENING,
        "从现在起,这件事交给你了。请告诉我什么是好的结果。 请 你 开始.",
    ),
    (Refusal.LANGUAGE, Slot.OPENING, f"{_HANDS} Sag mir bitte, was ein gutes Ergebnis wäre."),
    (Refusal.NOT_A_QUESTION, Slot.QUESTION, "This is what would make you keep it up."),
    (Refusal.NOT_A_QUESTION, Slot.QUESTION, "Keep this up after today."),
    (Refusal.CLOSED_QUESTION, Slot.QUESTION, "Would you keep this up?"),
    (Refusal.CLOSED_QUESTION, Slot.QUESTION, "Could you keep this up without me?"),
    (Refusal.CLOSED_QUESTION, Slot.QUESTION, "After today, will you keep this up?"),
    (Refusal.CLOSED_QUESTION, Slot.QUESTION, "Can you tell me whether you will keep this up?"),
    (Refusal.TWO_QUESTIONS, Slot.QUESTION, "What would make you keep this up? What would not?"),
    (
        Refusal.TWO_QUESTIONS,
        Slot.QUESTION,
        "What would make you keep this up, and who could help you?",
    ),
    (Refusal.NUMBER, Slot.OPENING, f"{_HANDS} It saves 40 percent of the time."),
    (Refusal.NUMBER, Slot.OPENING, f"{_HANDS} Nine out of ten directors like it."),
    (Refusal.NUMBER, Slot.OPENING, f"{_HANDS} Half of the staff like it."),
    (Refusal.NUMBER, Slot.OPENING, f"{_HANDS} We have an hour or ninety minutes for it."),
    (Refusal.NUMBER, Slot.QUESTION, "What would make you keep this up for three weeks?"),
    (Refusal.DATE, Slot.OPENING, f"{_HANDS} Make a start on Tuesday."),
    (Refusal.DATE, Slot.OPENING, f"{_HANDS} Make a start before the end of the quarter."),
    (Refusal.DATE, Slot.QUESTION, "What would make you keep this up in March?"),
    (Refusal.NAME, Slot.OPENING, f"{_HANDS} Tell Boris what a good result would be."),
    (Refusal.NAME, Slot.OPENING, f"{_HANDS} Tell me what Deloitte would call a good result."),
    (Refusal.NAME, Slot.QUESTION, "What would make you keep up with Gemini?"),
    (Refusal.POLICY, Slot.OPENING, "Company policy says that this is in your hands."),
    (Refusal.POLICY, Slot.OPENING, f"{_HANDS} Every prompt must be approved by legal."),
    (Refusal.POLICY, Slot.PURPOSE, "The regulator wants the finance director to do one task."),
    (Refusal.PROMISE, Slot.OPENING, f"{_HANDS} I guarantee a good result."),
    (Refusal.PROMISE, Slot.OPENING, f"{_HANDS} The board will pay for your licence."),
    (Refusal.PROMISE, Slot.OPENING, f"{_HANDS} You will get a bonus for it."),
    (Refusal.CLAIM, Slot.OPENING, f"You pasted a client contract into the tool. {_HANDS}"),
    (Refusal.CLAIM, Slot.OPENING, f"I interrupted you. {_HANDS}"),
    (Refusal.CLAIM, Slot.OPENING, f"Most directors are afraid of this. {_HANDS}"),
    (Refusal.ROLES, Slot.OPENING, "From here on, this is in my hands."),
    (Refusal.ROLES, Slot.OPENING, "The finance director starts with a good result in hand."),
    (Refusal.ROLES, Slot.PURPOSE, "I do one small real task with the finance director."),
    (Refusal.MEANING, Slot.OPENING, "From here on, this is not in your hands."),
    (Refusal.MEANING, Slot.QUESTION, "What would never make you keep this up?"),
    (Refusal.UNSUPPORTED, Slot.OPENING, "Let us talk about the tomatoes in your garden."),
    (Refusal.UNSUPPORTED, Slot.QUESTION, "Which bread do you like best with soup?"),
    (Refusal.RESPECT, Slot.OPENING, f"At your age this is hard. {_HANDS}"),
    (Refusal.RESPECT, Slot.QUESTION, "Why are you so slow to keep this up?"),
    (Refusal.RESPECT, Slot.QUESTION, "What does your salary make you keep up?"),
]
_GOOD = [
    (Slot.OPENING, "The page is yours. Tell me what a good result is, then make a start."),
    (Slot.OPENING, f"{_HANDS} Tell me what a good result would be, with AI, and make a start."),
    (Slot.PURPOSE, "The finance director tries one real task with generative AI, hands on."),
    (Slot.QUESTION, "What would make it easier for you to keep this up?"),
    (Slot.QUESTION, "What would make you keep up the safe use of AI?"),
    (Slot.QUESTION, "What would help you keep this up once the session is over?"),
    (Slot.QUESTION, "Could you tell me what would make you keep this up?"),
    (Slot.ANSWER, "Let the learner hold the mouse."),
    (Slot.ANSWER, "Speak only when they ask."),
]  # fmt: skip
#: What a brief, a passage or a draft says, and the same with another fact in its place.
_GIVEN = [
    (Refusal.NUMBER, "We have 45 minutes.", "We have 50 minutes."),
    (Refusal.NUMBER, "We have forty-five minutes.", "We have ninety minutes."),
    (Refusal.NUMBER, "We have forty five minutes.", "We have forty-six minutes."),
    (Refusal.NUMBER, "This is session 2 of 8.", "This is session 2 of 9."),
    (Refusal.NUMBER, "Think of the 12 contracts.", "Think of the 14 contracts."),
    (Refusal.NUMBER, "Think of the twelve contracts.", "Think of the sixteen contracts."),
    (Refusal.NUMBER, "Take ten minutes for one page.", "Take eleven minutes for one page."),
    (Refusal.NAME, "Think of Maria.", "Think of Boris."),
    (Refusal.NAME, "Open Copilot now.", "Open Gemini now."),
    (Refusal.NAME, "Think of Maria's contracts.", "Think of Boris's contracts."),
    (Refusal.DATE, "Think of Friday.", "Think of Tuesday."),
]
_HOSTILE = {
    "nothing": "",
    "white space": " \t\r\n\u2028\u00a0",
    "20,000 letters": "a" * MOST_TEXT,
    "20,000 characters of words": ("so on " * MOST_TEXT)[:MOST_TEXT],
    "20,000 characters of brackets": "(" * MOST_TEXT,
    "20,000 characters of quotes": '"' * MOST_TEXT,
    "20,000 digits": "9" * MOST_TEXT,
    "an endless word": "What " + "a" * 15_000 + " is it?",
    "Arabic": "من الآن فصاعدًا الأمر بين يديك. أخبرني ما هي النتيجة الجيدة.",
    "Hebrew": "מעכשיו זה בידיים שלך. ספר לי מה תהיה תוצאה טובה.",
    "turned round": "\u202eFrom here on, this is in your hands.\u202c",
    "emoji": "👩‍👩‍👧‍👦 🤖 🎉 🙂 👍🏽",
    "words and emoji": "From here on 🤖 this is in your hands 🎉.",
    "NULs": "From here on,\x00 this is in\x00 your hands.",
    "only NULs": "\x00" * 50,
    "only marks": "?!.,;:–—…\"'“”()[]{}<>" * 20,
    "marks that combine": "Z" + "\u0301" * 500 + " is in your hands.",
    "odd figures": "We have ١٢ or １２ or ½ or Ⅷ or 1.2.3,4 or 1e999 or -0 minutes, you and I.",
    "unassigned": "From here on\U000e0fff this is in your hands.",
    "patterns": r"(?P<x>.*)+$ \1 {{topic}} %s {0} is in your hands.",
    "many questions": "What? " * 40,
    "commas": ", ".join(["you"] * 40) + ".",
}


def _proposal(
    slot: Slot, text: str, *, brief: Brief = _BRIEF, draft: str | None = None
) -> Proposal:
    return Proposal(
        slot=slot,
        brief=brief,
        passages=(_PASSAGE,),
        draft=_DRAFTS[slot] if draft is None else draft,
        text=text,
    )


@pytest.fixture(scope="session")
def verifier(
    tmp_path_factory: pytest.TempPathFactory, _no_settings_of_this_machine: None
) -> Iterator[Judge]:
    """The judge that the coach ships with, opened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        yield open_verifier()


@pytest.mark.parametrize(("reason", "slot", "text"), _BROKEN)
def test_a_broken_text_is_refused_for_what_is_broken(
    reason: Refusal, slot: Slot, text: str, verifier: Judge
) -> None:
    verdict = verifier.verify(_proposal(slot, text))

    assert (False, reason) == (verdict.accepted, verdict.reason), verdict.detail


def test_every_reason_that_a_text_alone_can_give_is_tried() -> None:
    """The others come from a tact score, the screen, signs of harm, and the draft beside it."""
    elsewhere = {Refusal.TACT, Refusal.SCREENED, Refusal.UNCHANGED, Refusal.PERSON}

    assert set(Refusal) - elsewhere == {reason for reason, _, _ in _BROKEN}


@pytest.mark.parametrize(("slot", "text"), _GOOD)
def test_a_good_text_is_accepted(slot: Slot, text: str, verifier: Judge) -> None:
    verdict = verifier.verify(_proposal(slot, text))

    assert verdict.accepted, verdict


@pytest.mark.parametrize(("reason", "given", "invented"), _GIVEN)
def test_a_fact_is_allowed_where_a_source_has_it_and_refused_where_none_does(
    reason: Refusal, given: str, invented: str, verifier: Judge
) -> None:
    with_source = verifier.verify(_proposal(Slot.OPENING, f"{_HANDS} {given}"))
    without = verifier.verify(_proposal(Slot.OPENING, f"{_HANDS} {invented}"))

    assert with_source.reason is not reason
    assert reason is without.reason


@pytest.mark.parametrize(
    "text",
    [
        f"Maria tries Copilot on 12 contracts. {_HANDS} Make a start.",
        "We have 45 minutes. This is in your hands: tell me what a good result would be.",
    ],
)
def test_facts_of_the_brief_do_not_keep_a_good_text_out(text: str, verifier: Judge) -> None:
    assert verifier.verify(_proposal(Slot.OPENING, text)).accepted


@pytest.mark.parametrize("slot", list(Slot))
@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_text_gets_a_verdict_like_any_other(slot: Slot, text: str, verifier: Judge) -> None:
    verdict = verifier.verify(_proposal(slot, text))

    assert verdict.accepted is (verdict.reason is None)


@pytest.mark.parametrize("source", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_sources_do_not_stop_a_verdict(source: str, verifier: Judge) -> None:
    verdict = verifier.verify(
        Proposal(
            slot=Slot.OPENING,
            brief=_BRIEF.model_copy(update={"worry": source[:600], "mentee_role": source[:80]}),
            passages=(source, source[::-1]),
            draft=source,
            text=f"{_HANDS} Make a start.",
        )
    )

    assert verdict.accepted is (verdict.reason is None)


@pytest.mark.parametrize("passages", [(), ("",), (" ", "\n")])
def test_a_text_without_passage_and_draft_is_judged_by_its_brief(
    passages: tuple[str, ...], verifier: Judge
) -> None:
    on_topic, away = (
        verifier.verify(
            Proposal(slot=Slot.QUESTION, brief=_BRIEF, passages=passages, draft="", text=text)
        )
        for text in (
            "What makes the use of generative AI safe for you?",
            "Which bread do you like best with soup?",
        )
    )

    assert on_topic.accepted
    assert Refusal.UNSUPPORTED is away.reason


def test_the_language_of_brief_and_draft_is_kept(verifier: Judge) -> None:
    german = Brief(topic="Sicherer Umgang mit künstlicher Intelligenz in unserer Abteilung")
    draft = "Jetzt liegt es in deinen Händen. Sag mir zuerst, was ein gutes Ergebnis wäre."
    kept, lost = (
        verifier.verify(_proposal(Slot.OPENING, text, brief=german, draft=draft))
        for text in (_GERMAN, "The page is all yours now, so please go ahead and make a start.")
    )

    assert kept.reason is not Refusal.LANGUAGE
    assert Refusal.LANGUAGE is lost.reason


def test_a_brief_in_another_language_than_its_draft_allows_both(verifier: Judge) -> None:
    german = Brief(topic="Sicherer Umgang mit künstlicher Intelligenz in unserer Abteilung")
    reasons = {
        verifier.verify(_proposal(Slot.OPENING, text, brief=german)).reason
        for text in (_GERMAN, _DRAFTS[Slot.OPENING])
    }

    assert Refusal.LANGUAGE not in reasons


def test_white_space_around_a_text_changes_nothing(verifier: Judge) -> None:
    plain, padded = (
        verifier.verify(_proposal(Slot.QUESTION, text))
        for text in ("What would help you keep this up?", "\n What would help you keep this up? \n")
    )

    assert plain == padded


def test_a_verdict_does_not_depend_on_what_was_judged_before(verifier: Judge) -> None:
    proposals = [_proposal(slot, text) for slot, text in _GOOD]
    before = [verifier.verify(proposal) for proposal in proposals]
    again = [open_verifier().verify(proposals[0])]
    again += [verifier.verify(proposal) for proposal in reversed(proposals[1:])][::-1]

    assert before == again


def test_one_verifier_serves_many_threads(verifier: Judge) -> None:
    proposals = [_proposal(slot, text) for slot, text in _GOOD]
    alone = [verifier.verify(proposal) for proposal in proposals]
    with ThreadPoolExecutor(max_workers=4) as threads:
        together = list(threads.map(verifier.verify, proposals * 3))

    assert alone * 3 == together


@pytest.mark.parametrize(("slot", "text"), _GOOD)
def test_support_is_a_share(slot: Slot, text: str, verifier: Judge) -> None:
    support = verifier.verify(_proposal(slot, text)).support

    assert support is not None
    assert 0.0 <= support <= 1.0


def _tactful(
    embedder: MiniLMEmbedder, library: GuidanceLibrary, scores: dict[str, float]
) -> Verifier:
    return Verifier(
        embedder, EnglishGrammar(), Languages(), library.vocabulary, tact=scores.__getitem__
    )


@pytest.mark.parametrize(("score", "reason"), [(0.05, Refusal.TACT), (0.4, None), (0.6, None)])
def test_a_rough_text_may_not_be_less_tactful_than_its_draft(
    score: float, reason: Refusal | None, embedder: MiniLMEmbedder, library: GuidanceLibrary
) -> None:
    text = "What would make it easier for you to keep this up?"
    judge = _tactful(embedder, library, {_DRAFTS[Slot.QUESTION]: 0.5, text: score})
    verdict = judge.verify(_proposal(Slot.QUESTION, text))

    assert (reason is None, reason) == (verdict.accepted, verdict.reason)
    assert verdict.support is not None


def test_a_text_that_belittles_is_refused_for_its_tact(verifier: Judge) -> None:
    text = "What would it take for somebody your age to finally keep this up, for once?"
    verdict = verifier.verify(_proposal(Slot.QUESTION, text))

    assert not verdict.accepted


def test_tact_is_asked_last_and_only_beside_a_draft(
    embedder: MiniLMEmbedder, library: GuidanceLibrary
) -> None:
    """The scores hold no text, so that asking for one would fail."""
    judge = _tactful(embedder, library, {})
    refused = judge.verify(_proposal(Slot.QUESTION, "Would you keep this up?"))
    alone = judge.verify(
        _proposal(Slot.QUESTION, "What makes the use of generative AI safe for you?", draft="")
    )

    assert Refusal.CLOSED_QUESTION is refused.reason
    assert alone.reason is not Refusal.TACT


_WORDS = sorted({word for draft in _DRAFTS.values() for word in draft.split()})


@settings(max_examples=80)
@given(
    slot=st.sampled_from(Slot),
    text=st.text(max_size=200)
    # Words of the drafts come past the rules of form.
    | st.lists(st.sampled_from([*_WORDS, "not", "Maria", "12", "—", "who"]), max_size=25).map(
        lambda words: " ".join(words) + "."
    ),
)
def test_any_text_gets_a_verdict_that_fits_together(slot: Slot, text: str, verifier: Judge) -> None:
    verdict = verifier.verify(_proposal(slot, text))

    assert isinstance(verdict, Verdict)
    assert verdict.accepted is (verdict.reason is None)
    assert verdict.support is None or 0.0 <= verdict.support <= 1.0
    assert verdict.support is not None or not verdict.accepted


def test_a_proposal_is_not_longer_than_what_is_read() -> None:
    with pytest.raises(ValueError, match="at most 20000"):
        _proposal(Slot.OPENING, "a" * (MOST_TEXT + 1))


def test_the_verifier_opens_without_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "fresh"))
    open_verifier()

    assert not (tmp_path / "fresh" / "index").exists()
