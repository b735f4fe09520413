"""What to say to somebody who told one something hard."""

from __future__ import annotations

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.domain.library import GuidanceLibrary
from coach.errors import BriefError
from coach.phrasing.receive import Receive
from coach.phrasing.retold import as_it_was_said


@pytest.fixture(scope="module")
def receive(library: GuidanceLibrary) -> Receive:
    """The advice over the shipped library."""
    return Receive(EnglishGrammar(), library)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("You interrupt people.", "When did you last notice me interrupting people?"),
        ("You never listen to us.", "When did you last notice me not listening to you?"),
        ("You talk over me in calls.", "When did you last notice me talking over you in calls?"),
        ("Your slides are hard to read.", "Which moment with my slides do you have in mind?"),
        (
            "You come across as too corporate.",
            "When did you notice me coming across as corporate, and what had I just said or done?",
        ),
    ],
)
def test_an_instance_is_asked_for_with_the_persons_turned(
    receive: Receive, told: str, asked: str
) -> None:
    assert asked == receive.advise(told).replies[1]


def test_what_was_missed_is_asked_for_as_it_should_have_been(receive: Receive) -> None:
    advice = receive.advise("You don't answer my messages.")

    assert advice.replies[2] == "What would answering your messages have looked like, just then?"


def test_a_wish_is_said_back_as_a_wish(receive: Receive) -> None:
    advice = receive.advise("You need to delegate more.")

    assert "You would like me to delegate more." in advice.replies[0]
    assert advice.advice_question == "What would you try first in my place, to delegate more?"


def test_hearsay_and_a_label_are_named_as_such(receive: Receive) -> None:
    advice = receive.advise("People say you are difficult.")

    assert "never who said it" in advice.note
    assert "This is a label" in advice.note


def test_praise_gets_a_smaller_question(receive: Receive) -> None:
    advice = receive.advise("Great session, I really enjoyed it.")

    assert advice.note.startswith("This is praise.")
    assert len(advice.replies) == 3


@pytest.mark.parametrize(
    "told", ["You are a stupid old dinosaur", "If you tell anyone you will be fired."]
)
def test_abuse_gets_no_reply_but_the_right_people(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert advice.replies == ()
    assert "HR" in advice.care
    assert advice.citations[0].key == "when-a-line-is-crossed"


def test_another_language_gets_general_replies(receive: Receive) -> None:
    advice = receive.advise("Du unterbrichst die Leute immer in den Besprechungen")

    assert "only English is checked" in advice.note
    assert len(advice.replies) == 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            "Nobody is honest with you, you shout at them.",
            "nobody is honest with me, and that I shout at them",
        ),
        (
            "You're never on time. Your notes are a mess. You ignored our survey.",
            "I'm never on time, that my notes are a mess, and that I ignored your survey",
        ),
        (
            "You cut us off, you skip the demos and you take the credit for my work.",
            "I cut you off, I skip the demos and I take the credit for your work",
        ),
        (
            "People avoid you because you weren't fair to us.",
            "people avoid me because I wasn't fair to you",
        ),
        ("u dont reply and ur slides are unreadable", "I don't reply and my slides are unreadable"),
        ("YOU NEVER ASK ANYONE", "I never ask anyone"),
        (
            "You promised you'd help me, but you went home.",
            "I promised I'd help you, but I went home",
        ),
        ("They expect you to shout when we fail.", "they expect me to shout when you fail"),
        ("Stop mocking me. Let Ana speak.", "you would like me to stop mocking you"),
        ("You never let me lead the demo.", "I never let you lead the demo"),
        ("You owe us an apology.", "I owe you an apology"),
        ("When I speak, you sigh.", "when you speak, I sigh"),
        ("You never say thank you.", "I never say thank you"),
    ],
)
def test_all_of_it_is_said_back_with_the_persons_turned(
    receive: Receive, told: str, said: str
) -> None:
    assert f"What I heard is that {said}" in receive.advise(told).replies[0]


@pytest.mark.parametrize(
    "told",
    [
        "You shout. You sulk.",
        "Nobody trusts you, you gossip.",
        "Your emails are cold and you never greet us.",
        "You should delegate more and stop checking everything.",
        "I'm afraid of you and I don't want to be your mentor.",
    ],
)
def test_of_several_things_none_is_picked_for_the_other(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert advice.replies[1].startswith("Which of these matters most to you")
    assert advice.advice_question.startswith("Which of these")
    assert "more than one thing" in advice.note


@pytest.mark.parametrize(
    "told",
    [
        "You interrupt people.",
        "I think you interrupt people.",
        "Can I be honest? You dominate every meeting.",
        "People say you are difficult.",
        "When I present, you yawn.",
    ],
)
def test_one_thing_is_not_taken_for_several(receive: Receive, told: str) -> None:
    assert "more than one thing" not in receive.advise(told).note


@pytest.mark.parametrize(
    "told",
    [
        "You put your hand on her knee.",
        "You stare at my legs.",
        "Your hair looks unprofessional.",
        "You talked about Ana's weight.",
        "You stroked his shoulder at lunch.",
    ],
)
def test_no_part_of_a_body_is_said_back(receive: Receive, told: str) -> None:
    advice = receive.advise(told)
    said = " ".join((*advice.replies, advice.advice_question))

    assert not [part for part in ("knee", "legs", "hair", "weight", "shoulder") if part in said]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("You talk behind people's backs.", "talking behind people's backs"),
        ("You roll your eyes at us.", "rolling my eyes"),
        ("Your figures are always wrong.", "my figures"),
        ("You never face problems.", "face problems"),
        ("You put words in my mouth.", "I put words in your mouth"),
    ],
)
def test_a_way_to_speak_is_no_part_of_a_body(receive: Receive, told: str, kept: str) -> None:
    advice = receive.advise(told)

    assert kept in " ".join(advice.replies)


@pytest.mark.parametrize(
    "told",
    [
        "You owe us an apology.",
        "The way you talk to the interns is awful.",
        "You act like you own the team.",
        "You should know better.",
    ],
)
def test_what_is_no_act_is_not_asked_to_be_stopped(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert advice.advice_question.startswith("What is one thing you would try in my place")


@pytest.mark.parametrize("told", ["The new analyst is unhappy.", "Your assistant is unhappy."])
def test_nobody_is_asked_what_they_would_change_about_a_person(receive: Receive, told: str) -> None:
    assert "change about" not in receive.advise(told).advice_question


@pytest.mark.parametrize("told", ["You boomers never learn.", "Too slow."])
def test_what_cannot_be_said_back_whole_is_not_said_back_in_part(
    receive: Receive, told: str
) -> None:
    assert "What I heard" not in receive.advise(told).replies[0]


def test_what_to_avoid_and_the_citations_are_always_there(receive: Receive) -> None:
    advice = receive.advise("You interrupt people.")

    assert len(advice.avoid) == 3
    assert [one.key for one in advice.citations] == [
        "thank-and-probe",
        "listen-before-you-reply",
        "ask-for-advice-not-feedback",
        "invite-candour",
    ]


def test_nothing_is_refused(receive: Receive) -> None:
    with pytest.raises(BriefError, match="nothing to read"):
        receive.advise(" ")


@pytest.mark.parametrize(
    "told", ["asdf", "qwer zxcv", "sdkjfh asdkjh", "hmm", "hello", "xxx", "ok"]
)
def test_where_nothing_is_said_nothing_is_answered(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert advice.replies == ()
    assert not advice.advice_question
    assert advice.note.startswith("There is nothing here to answer yet.")


@pytest.mark.parametrize(
    "told",
    [
        "Too bossy",
        "micromanaging",
        "KPI obsession",
        "Your catchphrase",
        "No feedback",
        "HR",
        "Pünktlichkeit",
        "You lack rhythm",
        "Nothing new",
        "strengths",
    ],
)
def test_a_few_words_are_still_a_remark(receive: Receive, told: str) -> None:
    assert len(receive.advise(told).replies) == 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("She said I am slow to decide.", "I am slow to decide"),
        ("My mentor told me that I interrupt her when she speaks.", "I interrupt you when you sp"),
        ("he says i never answer his emails", "I never answer your emails"),
        ("He said my feedback makes him feel small.", "my feedback makes you feel small"),
        ("Aisha told me I don't listen. That hurt.", "I don't listen"),
        ("She said I interrupted Ana and took her idea.", "I interrupted Ana and took her idea"),
    ],
)
def test_what_is_retold_of_oneself_is_said_back_in_ones_own_person(
    receive: Receive, told: str, said: str
) -> None:
    assert f"What I heard is that {said}" in receive.advise(told).replies[0]


def test_what_is_retold_is_read_as_it_was_said(receive: Receive) -> None:
    assert receive.advise("She said I am a dinosaur.").care.startswith("This is an insult")
    assert receive.advise("She said I keep touching her knee.").care.startswith("Take this")


@pytest.mark.parametrize(
    "told",
    [
        "My manager said I am not ready for promotion.",
        "She said I could come to you.",
        "She said the team is unhappy.",
        "People say you are difficult.",
        "I feel ignored in meetings.",
        "He said nothing.",
        "She told me about her mother.",
        "She thought the meeting was too long.",
        'He said "I never listen".',
    ],
)
def test_what_others_said_is_not_turned(told: str) -> None:
    assert told == as_it_was_said(told, EnglishGrammar())


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            "Three things: you talk too much, you're late, and your feedback is vague.",
            "I talk too much, I'm late, and my feedback is vague",
        ),
        ("1. You interrupt. 2. You are late.", "I interrupt, and that I am late"),
        ("- You never greet us\n- Your emails are cold", "I never greet you, and that my emails"),
        (
            "First, you interrupt us. Second, you never prepare. Third, you sulk.",
            "I interrupt you, that I never prepare, and that I sulk",
        ),
        (
            "You interrupt. You're late. Your slides are bad. You never say thank you.",
            "I interrupt, that I'm late, that my slides are bad, and that I never say thank you",
        ),
        ("You were first, and we came second.", "I was first, and you came second"),
        (
            "There are three problems with your plan. Nobody reads it.",
            "there are three problems with my plan, and that nobody reads it",
        ),
        ("You arrive at 9. We start at 8.", "I arrive at 9, and that you start at 8"),
    ],
)
def test_every_point_of_a_list_is_said_back(receive: Receive, told: str, said: str) -> None:
    assert f"What I heard is that {said}" in receive.advise(told).replies[0]


@pytest.mark.parametrize(
    "told",
    [
        "You boomers never learn. You are late. You shout.",
        "You interrupt. Why are you always late? And your emails are rude.",
        "Too loud, too fast.",
        "Du unterbrichst die Leute immer in den Besprechungen",
    ],
)
def test_nothing_is_announced_that_does_not_follow(receive: Receive, told: str) -> None:
    thanks = receive.advise(told).replies[0]

    assert "say back" not in thanks
    assert "What I heard" not in thanks


@pytest.mark.parametrize(
    "told",
    [
        "Your joke about women drivers was not funny.",
        "Your comments on my accent were not OK.",
        "Your jokes are often at the expense of the interns.",
    ],
)
def test_nobody_is_asked_to_change_what_was_said_once(receive: Receive, told: str) -> None:
    advice = receive.advise(told)

    assert "would you do about it in my place" in advice.advice_question
    assert advice.replies[1].startswith("Take me to that moment.")
    assert advice.replies[2].startswith("What would you rather have heard")


@pytest.mark.parametrize(
    "told",
    [
        "Your slides are hard to read.",
        "Your feedback is vague.",
        "Your emails are cold.",
        "Your plan for the joke night is too long.",
        "Your agenda is too full.",
        "Your calendar is always full.",
    ],
)
def test_what_can_be_changed_is_asked_about_in_ones_place(receive: Receive, told: str) -> None:
    assert receive.advise(told).advice_question.startswith(
        "In my place, what is one thing you would change about my "
    )


def test_a_contrast_is_not_lost_or_turned_round(receive: Receive) -> None:
    advice = receive.advise("It would help if you gave me feedback that week and not months later.")

    assert "not months later" in advice.replies[0]
    assert not any("later" in one for one in advice.replies[1:])


def test_what_one_is_quoted_with_is_said_back_word_for_word(receive: Receive) -> None:
    advice = receive.advise('When I told you about my burnout you said "we\'ve all been tired".')

    assert 'when you told me about your burnout I said "we\'ve all been tired"' in advice.replies[0]
    assert not any("change about your burnout" in one for one in advice.replies)
    assert "change about" not in advice.advice_question


def test_a_promise_is_nothing_to_stop(receive: Receive) -> None:
    advice = receive.advise("You promised three times to send me the contacts.")

    assert "I promised three times to send you the contacts" in advice.replies[0]
    assert "promising" not in " ".join((*advice.replies, advice.advice_question))


def test_an_insult_with_a_word_before_it_gets_no_reply(receive: Receive) -> None:
    advice = receive.advise("You're an arrogant prick.")

    assert advice.care
    assert not advice.replies
