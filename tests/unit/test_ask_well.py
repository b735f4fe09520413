"""Questions are told apart, and offered in open forms that a person could say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from coach.adapters.grammar import EnglishGrammar
from coach.cli.ask_well import ask_well
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import QuestionKind
from coach.errors import BriefError
from coach.phrasing.ask_well import AskWell, is_note
from evals.ask_well import LabelledQuestion, first_word, labelled_questions
from evals.cases import Part


@pytest.fixture(scope="module")
def checker(library: GuidanceLibrary) -> AskWell:
    """The checker over the shipped library."""
    return AskWell(EnglishGrammar(), library)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you tell me how you plan a sprint?", "open"),
        ("Can you tell me whether the file is shared?", "closed"),
        ("Did you use the dashboard?", "closed"),
        ("Don't you think the slides are too long?", "leading"),
        ("The slides are too long, aren’t they?", "leading"),
        ("Why is your generation so impatient?", "leading"),
        ("Do you even know what API stands for?", "testing"),
        ("Remind me, how many values do we have?", "testing"),
        ("What does RTT stand for, then?", "testing"),
        ("I wonder what you make of the new policy", "open"),
    ],
)
def test_a_question_is_told_by_what_it_does(checker: AskWell, text: str, kind: str) -> None:
    assert kind == checker.check(text).kind.value


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Did you use the dashboard?", "How do you use the dashboard at the moment?"),
        ("Did you use the dashboard?", "What has the dashboard been like for you so far?"),
        ("What does API stand for?", "Where does API come up in your work?"),
        ("Don't you think the slides are too long?", "How do you find the length of the slides?"),
        (
            "The old system was fairer, wasn't it?",
            "My own view is that the old system was fairer. How do you see it?",
        ),
        ("Is the tool hard to use?", "How hard do you find the tool to use?"),
        ("Can we skip the report?", "What would it take for us to skip the report?"),
        ("Why did you choose this company?", "What led you to choose this company?"),
        (
            "Do you prefer Slack or email for our check-ins?",
            "What speaks for Slack in your eyes, and what for email?",
        ),
    ],
)
def test_a_better_form_keeps_subject_and_object(checker: AskWell, text: str, form: str) -> None:
    assert form in checker.check(text).better


@pytest.mark.parametrize(
    "text",
    [
        "And what exactly have you ever led yourself?",
        "What have you ever achieved? Tell me.",
        "Who have you ever managed?",
        "What exactly have you done for this company?",
        "What makes you an expert on hiring?",
        "Have you even ever run a budget?",
    ],
)
def test_a_belittling_question_is_no_open_one(checker: AskWell, text: str) -> None:
    check = checker.check(text)

    assert check.kind is QuestionKind.TESTING
    assert "“nothing”" in check.why
    assert all(checker.check(form).kind is QuestionKind.OPEN for form in check.better)


@pytest.mark.parametrize(
    "text",
    [
        "What is the hardest thing you have ever led?",
        "What have you built so far?",
        "What have you done for the team offsite?",
        "What have you ever done that you are proud of?",
        "What exactly have you planned for Monday?",
        "What do you know about the new policy?",
        "What makes you curious about this field?",
        "Have you ever led a team yourself?",
        "Have you ever managed anyone?",
        "Who are you going to meet this week?",
    ],
)
def test_interest_in_what_somebody_did_is_not_belittling(checker: AskWell, text: str) -> None:
    assert checker.check(text).kind is not QuestionKind.TESTING


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Don't you think people should come back to the office three days a week?",
            "people should come back to the office three days a week",
        ),
        (
            "Isn't it rude to send emails late in the evening?",
            "it is rude to send emails late in the evening",
        ),
        (
            "Wasn't the old office closer to the clients?",
            "the old office was closer to the clients",
        ),
        (
            "Surely answering emails at night is part of the job?",
            "answering emails at night is part of the job",
        ),
        (
            "Why don't you come to the office more often?",
            "What would coming to the office more often look like for you?",
        ),
        (
            "Don't you think you should call the clients first?",
            "What would calling the clients first look like for you?",
        ),
    ],
)
def test_a_better_form_of_a_leading_question_keeps_its_point(
    checker: AskWell, text: str, kept: str
) -> None:
    better = checker.check(text).better

    assert kept in better[0]
    assert not any(one.startswith("What do you make of") for one in better)


@pytest.mark.parametrize(
    "text",
    [
        "Don't you think your generation is lazy?",
        "Isn't hybrid work just an excuse for being lazy?",
        "Shouldn't juniors come to the office more often?",
        "Isn't the office where people really learn?",
        "Weren't we supposed to stop sending emails on Sundays?",
        "Don't you think you are too quiet in meetings?",
        "Isn't it?",
    ],
)
def test_a_view_that_charges_somebody_is_not_repeated(checker: AskWell, text: str) -> None:
    better = checker.check(text).better

    assert better
    assert not any("the view that" in form or "look like for you" in form for form in better)


def test_a_loaded_question_gets_forms_without_its_charge(checker: AskWell) -> None:
    check = checker.check("Why is your generation so allergic to picking up the phone?")

    assert check.better[0] == "What do you make of the phone?"
    assert not any("generation" in form or "allergic" in form for form in check.better)


def test_a_statement_is_turned_into_questions_and_said_to_be_one(checker: AskWell) -> None:
    check = checker.check("The dashboard is slow.")

    assert check.better[0] == "How do you find the speed of the dashboard?"
    assert check.why.startswith("This states something")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Is my microphone on in your calls?", "my microphone is on in your calls"),
        ("Is the printer on during your talks?", "the printer is on during your talks"),
        ("Does your team use chat in the evenings?", "your team uses chat in the evenings"),
        ("Has the board read the plan?", "the board has read the plan"),
        ("Should laptops be allowed in lectures?", "laptops were allowed in lectures"),
        ("Is it fine to send voice notes?", "sending voice notes"),
        ("Is it ok if I'm late to our call?", "me being late to our call"),
        ("Would you mind if we recorded the talk?", "us recording the talk"),
        ("Does it bother you when I eat at my desk?", "me eating at my desk"),
        ("Are we allowed to wear jeans?", "us wearing jeans"),
        ("Which channels do you read?", "Which channels do you read and why?"),
        ("Who do you follow on LinkedIn?", "Who do you follow on LinkedIn and why?"),
        ("laptops in lectures are rude", "laptops in lectures"),
        ("Don't you think jokes in emails are risky?", "jokes in emails"),
        ("Do you allow phones at lunch with clients?", "phones at lunch"),
    ],
)
def test_a_better_form_keeps_all_that_is_asked_about(
    checker: AskWell, text: str, kept: str
) -> None:
    assert kept in checker.check(text).better[0]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Did you use the dashboard in March?", "What has the dashboard been like for you so far?"),
        ("Are you happy with the tool in general?", "How happy are you with the tool in general?"),
    ],
)
def test_a_time_or_a_turn_of_phrase_is_no_place(checker: AskWell, text: str, form: str) -> None:
    assert form in checker.check(text).better


@pytest.mark.parametrize(
    "text",
    [
        "What do you enjoy most about your job?",
        "How do you prepare for a hard talk?",
        "How do u plan ur week",
        "What surprised you when you joined?",
    ],
)
def test_an_open_question_is_left_as_it_is_with_one_follow_up(checker: AskWell, text: str) -> None:
    check = checker.check(text)

    assert check.why.startswith("Use it as it is.")
    assert check.better == ("What would be an example of that?",)


@pytest.mark.parametrize(
    "text",
    ["how come", "potato???", "hi there", "any ideas?", "and then?", "Send me the slides by noon."],
)
def test_what_is_too_short_or_no_question_gets_a_note_and_no_forms(
    checker: AskWell, text: str
) -> None:
    check = checker.check(text)

    assert is_note(check)
    assert check.better == ()


@pytest.mark.parametrize("text", ["How are you?", "Is it new?", "Chat or e-mail?", "It is slow."])
def test_a_short_question_is_still_checked(checker: AskWell, text: str) -> None:
    assert not is_note(checker.check(text))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "How do you run a retro? Did you use the dashboard?",
            "How do you run a retro?",
            "How do you use the dashboard at the moment?",
        ),
        (
            "Is the tool hard to use and what do you miss in it?",
            "How hard do you find the tool to use?",
            "What do you miss in it?",
        ),
        (
            "What helped you most? What would you skip?",
            "What helped you most?",
            "What would you skip?",
        ),
    ],
)
def test_two_questions_are_given_one_after_the_other(
    checker: AskWell, text: str, first: str, second: str
) -> None:
    check = checker.check(text)

    assert check.why.startswith("You ask more than one thing")
    assert check.better == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "Can I ask you something? What do you do when a project fails?",
        "What works well and what does not?",
        "How do you plan and run a sprint?",
        "How are you? What did you learn this week?",
    ],
)
def test_one_question_is_not_taken_for_two(checker: AskWell, text: str) -> None:
    assert "more than one thing" not in checker.check(text).why


def test_another_language_is_not_checked(checker: AskWell) -> None:
    check = checker.check("Wie geht es Ihnen heute mit dem Projekt?")

    assert check.better == ()
    assert "only English is checked" in check.why


def test_each_kind_is_cited(checker: AskWell) -> None:
    keys = [
        checker.check(text).citation.key
        for text in ("How are you?", "Is it new?", "Surely it is new?", "What does API stand for?")
    ]

    assert keys == [
        "follow-up-questions",
        "open-questions",
        "ask-what-you-truly-do-not-know",
        "questions-not-meant-to-trip",
    ]


@pytest.mark.parametrize("text", ["", "  \n", "?!", "why " * 2_000])
def test_nothing_and_too_much_are_refused(checker: AskWell, text: str) -> None:
    with pytest.raises(BriefError, match=r"nothing to read|characters"):
        checker.check(text)


def test_the_labelled_questions_are_whole_and_held_out_by_writer() -> None:
    cases = labelled_questions()

    assert len({case.id for case in cases}) == len(cases) == 360
    assert {case.writer for case in cases if case.part is Part.HELD_OUT} == {"q3"}


def test_the_baseline_reads_the_first_word_alone() -> None:
    case = LabelledQuestion(id="x-1", text="Surely so?", kind=QuestionKind.LEADING)

    assert first_word(case.text) is case.kind
    assert first_word("How so?") is QuestionKind.OPEN


def test_the_command_answers_each_line(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(ask_well)
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 7, "text": "Did you use the dashboard?"}\n{"id": 8}\n', "utf-8")

    result = CliRunner().invoke(app, ["--jsonl", str(file)])
    first, second = (json.loads(line) for line in result.stdout.splitlines())

    assert (first["id"], first["kind"]) == (7, "closed")
    assert first["better"][0] == "How do you use the dashboard at the moment?"
    assert "'text'" in second["error"]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("Why do you all want to work from home?", "What makes you want to work from home?"),
        (
            "You use ChatGPT for everything, don't you?",
            "I have the impression that you use ChatGPT for everything. How is it really?",
        ),
        (
            "I assume you learned that at university, right?",
            "I have the impression that you learned that at university. How was it really?",
        ),
        (
            "Wouldn't it be better if you just asked your manager?",
            "What would change if you asked your manager?",
        ),
        (
            "Have you ever had to fire anyone?",
            "What is your experience of having to fire anyone, if you have any?",
        ),
        (
            "Did you read the strategy paper I sent?",
            "What stood out to you in the strategy paper I sent?",
        ),
    ],
)
def test_what_is_taken_for_granted_of_the_other_is_asked(
    checker: AskWell, question: str, better: str
) -> None:
    assert better == checker.check(question).better[0]


@pytest.mark.parametrize(
    "question",
    ["Why do you always waste our time?", "You kids never read anything, do you?"],
)
def test_a_charge_is_not_asked_again_as_an_impression(checker: AskWell, question: str) -> None:
    assert not any("impression" in one or "leads" in one for one in checker.check(question).better)


def test_a_hyphened_word_stays_whole(checker: AskWell) -> None:
    better = checker.check("What's wrong with using e-mail?").better

    assert "What do you make of e-mail?" in better
