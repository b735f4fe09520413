"""The tact ladder: what a message becomes, and what never stands in a rung."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.bootstrap import open_phrasing
from coach.cli.phrase import card_of, ladder_fields, shown
from coach.domain.grammar import Reading
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import (
    Channel,
    Context,
    Finding,
    FloorVerdict,
    Ladder,
    Level,
    Point,
    TactCheck,
    Threat,
)
from coach.domain.receiver import Directness, ReceiverCard, Way
from coach.errors import BriefError
from coach.library.load import load_library
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.ladder_notes import NOT_FOUND
from coach.phrasing.rung_marks import Mark
from coach.phrasing.sentences import past_of
from coach.phrasing.spelling import written_out

_GRAVE = {
    Threat.INSULT: r"you absolute muppet|\bidiots?\b",
    Threat.MIND_READING: r"you don't care\b[^.]*",
    Threat.CRITICISM_OF_PERSON: r"you are (?:so )?careless",
    Threat.COMPARISON: r"even the interns manage it",
    Threat.ACCUSING_QUESTION: r"why do(?:n't)? you keep\b[^?]*",
    Threat.ABSOLUTE: r"you (?:always|never)\b",
    Threat.COMMAND: r"^stop\b|you need to",
}


class _Checker:
    """Finds a few grave words; the score falls with each."""

    def __init__(self, library: GuidanceLibrary) -> None:
        card = library.by_key["behaviour-not-character"]
        self._citation = library.cite(card, card.sections[0])

    def check(self, text: str) -> TactCheck:
        """Findings by a handful of patterns."""
        found = tuple(
            Finding(
                start=hit.start(),
                end=hit.end(),
                kind=kind,
                severity=0.7,
                why="It hurts.",
                instead="Say what you saw.",
                citation=self._citation,
            )
            for kind, pattern in _GRAVE.items()
            for hit in re.finditer(pattern, text, re.IGNORECASE)
        )
        care = "Speak to somebody whom you trust." if "kill" in text else ""
        return TactCheck(
            text=text, score=max(0.0, 0.9 - 0.3 * len(found)), findings=found, care=care
        )


class _Floor:
    """Keeps everything, or, if ``shut``, nothing."""

    def __init__(self, *, shut: bool = False) -> None:
        self._shut = shut

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """The same verdict for every pair."""
        del original, rewrite
        return FloorVerdict(kept=not self._shut, reason="It loses the point." if self._shut else "")


def _no_point(reading: Reading) -> Point:
    return Point(statements=(reading.text,))


@pytest.fixture(scope="module")
def builder() -> LadderBuilder:
    return _builder(_Floor())


def _builder(floor: _Floor) -> LadderBuilder:
    library = load_library(Path("knowledge"))
    checker = _Checker(library)

    def marks(text: str) -> tuple[Mark, ...]:
        return tuple(
            Mark(start=one.start, end=one.end, kind=one.kind, severity=one.severity)
            for one in checker.check(text).findings
        )

    return LadderBuilder(checker, floor, EnglishGrammar(), library, _no_point, marks)


def _text(ladder: Ladder, level: Level) -> str:
    return next(rung.text for rung in ladder.rungs if rung.level is level)


def test_a_command_becomes_a_request_of_growing_directness(builder: LadderBuilder) -> None:
    ladder = builder.build("Stop interrupting me in the Monday call.", Context())

    assert _text(ladder, Level.GENTLE) == (
        "May I ask you something? Would you be willing to stop interrupting me in the Monday call?"
    )
    assert _text(ladder, Level.BALANCED) == ("Could you stop interrupting me in the Monday call?")
    assert _text(ladder, Level.DIRECT) == "Please stop interrupting me in the Monday call."


def test_an_insult_goes_and_the_fact_and_its_number_stay(builder: LadderBuilder) -> None:
    ladder = builder.build(
        "The room was booked twice on 3 May, you absolute muppet. Even the interns manage it."
    )

    assert _text(ladder, Level.DIRECT) == "The room was booked twice on 3 May."


def test_an_accusing_question_becomes_an_observation(builder: LadderBuilder) -> None:
    ladder = builder.build("Why do you keep cutting me off in planning?")

    assert _text(ladder, Level.DIRECT) == (
        "I have noticed you cutting me off in planning, more than once."
        " I'd like to know how that came about."
    )


def test_never_becomes_often_not_and_keeps_its_negation(builder: LadderBuilder) -> None:
    ladder = builder.build("You never answer my mails.")

    assert _text(ladder, Level.DIRECT) == "You often don't answer my mails."


def test_who_did_it_to_whom_stays(builder: LadderBuilder) -> None:
    ladder = builder.build("You interrupted me twice on Tuesday, and you don't care.")

    assert all("interrupted me" in rung.text for rung in ladder.rungs)
    assert all("I interrupted you" not in rung.text for rung in ladder.rungs)


def test_the_effect_is_asked_for_and_never_invented(builder: LadderBuilder) -> None:
    ladder = builder.build("You sent the report on Friday, you are so careless.")

    blanks = {rung.level: rung.blanks for rung in ladder.rungs}

    assert blanks[Level.BALANCED] == ("[…what did it change for you?]",)
    assert blanks[Level.DIRECT] == ()


def test_only_an_insult_has_no_rung_and_a_note_that_says_so(builder: LadderBuilder) -> None:
    ladder = builder.build("You idiot.")

    assert ladder.rungs == ()
    assert "What happened" in ladder.check.note


def test_a_message_that_needs_care_is_not_polished(builder: LadderBuilder) -> None:
    ladder = builder.build("I will kill you. The report is late.")

    assert ladder.rungs == ()
    assert ladder.refused == ()


@pytest.mark.parametrize("message", ["", "   ", "?!", "…"])
def test_nothing_has_no_rung(builder: LadderBuilder, message: str) -> None:
    ladder = builder.build(message)

    assert ladder.rungs == ()


def test_what_the_floor_refuses_is_not_shown_as_a_rung() -> None:
    ladder = _builder(_Floor(shut=True)).build("You did it.")

    assert ladder.rungs == ()
    assert {refusal.reason for refusal in ladder.refused} == {"It loses the point."}


def test_where_no_wording_keeps_the_point_a_frame_asks_for_it_and_keeps_the_figures() -> None:
    message = "You are so careless with the 12 errors. Please fix them."
    ladder = _builder(_Floor(shut=True)).build(message)

    assert [rung.level for rung in ladder.rungs] == list(Level)
    assert all("[…" in rung.text and "12 errors" in rung.text for rung in ladder.rungs)
    assert all("fix them" in rung.text for rung in ladder.rungs)
    assert {refusal.reason for refusal in ladder.refused} == {"It loses the point."}


def test_what_stands_word_for_word_fills_the_frame() -> None:
    ladder = _builder(_Floor(shut=True)).build("The report has 12 errors. Please fix them.")

    assert [rung.level for rung in ladder.rungs] == list(Level)
    assert all("The report has 12 errors." in rung.text for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("Sixty-two slides were shown, and you are so careless.", "sixty-two"),
        ("You are so careless. It lay on your desk for nine days.", "nine days"),
        ("For the third time, please approve the request.", "third time"),
    ],
)
def test_a_figure_stays_however_it_is_written(
    builder: LadderBuilder, message: str, fact: str
) -> None:
    ladder = builder.build(message)

    assert [rung.level for rung in ladder.rungs] == list(Level)
    assert all(fact in rung.text.lower() for rung in ladder.rungs)


def test_every_rung_cites_the_card_of_its_technique(builder: LadderBuilder) -> None:
    ladder = builder.build("You cut the budget by 20 percent. Stop doing that.")

    assert [rung.level for rung in ladder.rungs] == list(Level)
    assert all(rung.citation.sources and rung.why for rung in ladder.rungs)


def test_the_card_puts_its_level_first_and_quotes_what_helps(builder: LadderBuilder) -> None:
    card = ReceiverCard(
        directness=Directness.DIRECT,
        way=Way.WRITTEN,
        notice=True,
        helps="Say it before lunch",
        consented=date(2026, 1, 5),
    )

    ladder = builder.build("You cut the budget by 20 percent.", Context(), card)

    assert ladder.rungs[0].level is Level.DIRECT
    assert all(rung.text.startswith("Is now a good moment") for rung in ladder.rungs)
    assert any("“Say it before lunch”" in line for line in ladder.followed)
    assert any("e-mail" in line for line in ladder.followed)


def test_a_word_off_limits_refuses_the_rung(builder: LadderBuilder) -> None:
    card = ReceiverCard(off_limits=("budget",), consented=date(2026, 1, 5))

    ladder = builder.build("You cut the budget by 20 percent.", Context(), card)

    assert ladder.rungs == ()
    assert all("budget" in refusal.reason for refusal in ladder.refused)


def test_a_revoked_card_is_not_followed(builder: LadderBuilder) -> None:
    card = ReceiverCard(
        directness=Directness.DIRECT,
        off_limits=("budget",),
        consented=date(2026, 1, 5),
        revoked=date(2026, 2, 5),
    )

    ladder = builder.build("You cut the budget by 20 percent.", Context(), card)

    assert ladder.rungs[0].level is Level.GENTLE
    assert ladder.followed == ("The receiver's card is not in force, so it was not followed.",)


def test_what_happened_fills_the_blank_in_the_persons_own_words() -> None:
    context = Context(what_happened="On Monday you moved the deadline to Friday.")

    ladder = _builder(_Floor(shut=True)).build("The planning was careless.", context)

    assert all("On Monday you moved the deadline to Friday." in r.text for r in ladder.rungs)
    assert not any("did you see" in rung.text for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("context", "level"),
    [
        (Context(), Level.GENTLE),
        (Context(relationship="my director"), Level.BALANCED),
        (Context(relationship="an intern who reports to me"), Level.GENTLE),
        (Context(channel=Channel.CHAT), Level.DIRECT),
        (Context(channel=Channel.EMAIL), Level.BALANCED),
    ],
)
def test_the_suggested_rung_follows_who_they_are_and_where(
    builder: LadderBuilder, context: Context, level: Level
) -> None:
    ladder = builder.build("You cut the budget by 20 percent.", context)

    assert ladder.suggested is level
    assert ladder.suggestion


def test_the_card_counts_more_than_the_channel(builder: LadderBuilder) -> None:
    card = ReceiverCard(directness=Directness.GENTLE, way=Way.WRITTEN, consented=date(2026, 1, 5))

    ladder = builder.build("You cut the budget by 20 percent.", Context(), card)

    assert ladder.suggested is Level.GENTLE
    assert ladder.channel is Channel.EMAIL


def test_the_chat_form_is_short_and_the_email_leaves_the_name_blank(builder: LadderBuilder) -> None:
    ladder = builder.build("Stop sending e-mails at night.")

    assert 0 < len(ladder.chat.split()) <= 30
    assert ladder.email.startswith("Hello […name],")
    assert ladder.question == "Could you stop sending e-mails at night?"


def test_the_batch_line_has_every_field(builder: LadderBuilder) -> None:
    fields = ladder_fields(builder.build("Stop sending e-mails at night."))

    assert set(fields) == {
        "rungs",
        "refused",
        "question",
        "chat",
        "email",
        "followed",
        "suggested",
        "care",
        "note",
    }
    assert set(fields["rungs"][0]) == {
        "level",
        "text",
        "technique",
        "why",
        "kept",
        "blanks",
        "score",
        "provenance",
    }


def test_the_terminal_says_that_nothing_passed() -> None:
    ladder = _builder(_Floor(shut=True)).build("You did it.")

    assert NOT_FOUND in shown(ladder)
    assert "See --json for what was refused" in shown(ladder)


def test_a_faulty_card_names_the_field() -> None:
    with pytest.raises(BriefError, match="directness"):
        card_of({"directness": "brutal"})


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("paste", "pasted"),
        ("cut", "cut"),
        ("plan", "planned"),
        ("reply", "replied"),
        ("open", "opened"),
    ],
)
def test_past_forms(verb: str, past: str) -> None:
    assert past_of(verb) == past


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("If you cancel again, please tell me a day before.", "if you cancel again"),
        ("When the client calls, please ring me first.", "when the client calls"),
        ("Unless you turn captions on, Amira can't follow.", "Unless you turn captions on"),
        ("Before you book a room, please ask Tom.", "before you book a room"),
    ],
)
def test_a_condition_stays_with_what_depends_on_it(
    builder: LadderBuilder, message: str, kept: str
) -> None:
    ladder = builder.build(message)

    assert ladder.rungs
    assert all(kept.lower() in rung.text.lower() for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("You called my plan rubbish and Amira's idea great.", "my plan rubbish"),
        ("You called me an idiot.", "called me an idiot"),
        ("He described our work as garbage.", "our work as garbage"),
        ("Don't call me sweetie.", "call me sweetie"),
    ],
)
def test_a_rude_word_that_is_reported_stays(message: str, kept: str) -> None:
    ladder = open_phrasing().ladder.build(message)

    assert ladder.rungs
    assert all(kept in rung.text for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ur late", "You're late"),
        ("ur slides are long", "Your slides are long"),
        ("you dont listen", "You don't listen"),
        ("thats not ok", "That's not ok"),
        ("its exhausting", "It's exhausting"),
        ("the team and its goals", "The team and its goals"),
        ("The U.S. office", "The U.S. office"),
    ],
)
def test_a_hurried_spelling_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


def test_a_question_that_only_presses_goes(builder: LadderBuilder) -> None:
    ladder = builder.build("You didn't read the brief. Did you?")

    assert ladder.rungs
    assert not any("Did you" in rung.text for rung in ladder.rungs)


def test_their_divorce_is_off_limits_whosever_words_name_it(builder: LadderBuilder) -> None:
    card = ReceiverCard(off_limits=("my divorce",), consented=date(2026, 1, 5))

    ladder = builder.build("You cut the budget since your divorce.", Context(), card)

    assert not any("divorce" in rung.text for rung in ladder.rungs)


def test_a_long_message_is_checked_and_asked_to_be_shorter(builder: LadderBuilder) -> None:
    ladder = builder.build("You cut the budget by 20 percent. " * 40)

    assert ladder.rungs == ()
    assert "one point that matters most" in ladder.check.note


def test_a_message_in_another_language_gets_no_english_around_it() -> None:
    ladder = open_phrasing().ladder.build(
        "Deine Folien sind leider völlig unleserlich und viel zu lang für uns alle."
    )

    assert ladder.rungs == ()
    assert "English" in ladder.check.note
