"""Ladders of messages that quote, threaten, wish or press: what they mean is kept."""

from __future__ import annotations

import pytest

from coach.bootstrap import open_phrasing
from coach.domain.phrasing import Level
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.rung_marks import marks_of


@pytest.fixture(scope="module")
def builder() -> LadderBuilder:
    """The ladder as it runs."""
    return open_phrasing().ladder


def _texts(builder: LadderBuilder, message: str) -> dict[Level, str]:
    return {rung.level: rung.text for rung in builder.build(message).rungs}


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ('You keep saying "back in my day" and everybody rolls their eyes.', '"back in my day"'),
        (
            'When I explained the dashboard you said "I\'m too old for this" for the fifth time.',
            '"I\'m too old for this" for the fifth time',
        ),
        ('It scares me when you reply "noted." at 11pm.', 'reply "noted" at 11pm'),
        ("You never turn your camera on and it makes people think you are not listening.", "came"),
        ("I was told that you think I'm too quiet. I'd have liked to hear that from you.", "quiet"),
        ("As your mentee I have to say that the sessions feel like an interview.", "an interview"),
        ("When I asked a question you laughed.", "When I asked a question you laughed."),
        ("I wish you would tell us why the budget was cut by 15%.", "why the budget was cut"),
        (
            'When you ask me "can you do this by tomorrow" I say yes, but it is not possible.',
            'When you ask me "can you do this by tomorrow" I say yes',
        ),
        (
            'You told the department that I "didn\'t get there yet". In front of forty people.',
            'yet", in front of forty people',
        ),
        (
            "When Pune speaks, you look at your phone; when London speaks, you take notes.",
            "When London speaks, you take notes.",
        ),
        ("As the youngest I often feel stupid when you use abbreviations.", "feel stupid when"),
        ("You call me at home. My wife is angry and my son cannot sleep.", "my son cannot sleep"),
        (
            "The last three times I called, your assistant said you were out.",
            "three times I called, your assistant said",
        ),
        ("That's not how Git works, and I explained it last week.", "how Git works"),
        (
            "It would be nice if you knew our names. There are four of us.",
            "knew our names. There are four of us.",
        ),
        ("Our mails are so long that my whole team just deletes them.", "deletes them"),
    ],
)
def test_what_is_meant_stands_in_every_rung(
    builder: LadderBuilder, message: str, kept: str
) -> None:
    texts = _texts(builder, message)

    assert set(texts) == set(Level)
    assert all(kept in text for text in texts.values())


@pytest.mark.parametrize(
    ("message", "direct"),
    [
        (
            "If you don't start answering my emails I'm going to your boss.",
            "I'd like you to start answering my emails.",
        ),
        (
            "If you do not send me the minutes by Friday, I'll escalate this.",
            "Please send me the minutes by Friday.",
        ),
        (
            "Either you trust me with the client or you find someone else.",
            "Please trust me with the client.",
        ),
        ("Would it kill you to say good morning?", "Please say good morning."),
        (
            "Could you maybe possibly think about not sending voice notes? It's probably me.",
            "Please stop sending voice notes.",
        ),
        (
            "I need you to stop cc'ing my line manager every time we speak.",
            "Please stop cc'ing my line manager every time we speak.",
        ),
        (
            "Could you stop humming in the open-plan office, it's unbearable.",
            "Please stop humming in the open-plan office. It's unbearable.",
        ),
        (
            "You sent me an invite for 7am on a Sunday, are you serious?",
            "You sent me an invite for 7am on a Sunday.",
        ),
        (
            "Don't take this the wrong way, but your writing on the board is hard to read.",
            "Your writing on the board is hard to read.",
        ),
        (
            "If you had asked any of us, you'd have known that nobody uses the intranet.",
            "Nobody uses the intranet.",
        ),
        (
            "You answer your phone a lot during our hour. Maybe we could put phones away?",
            "You answer your phone a lot during our hour. Let's put phones away.",
        ),
        (
            "I know you are busy and I am probably being silly but I have no access to the folder.",
            "I have no access to the folder.",
        ),
        ("You must stop to call me at home.", "I'd like you to stop calling me at home."),
        (
            "I feel like you don't trust us to work from home.",
            "We don't feel trusted to work from home.",
        ),
    ],
)
def test_what_presses_or_threatens_goes_and_the_point_stays(
    builder: LadderBuilder, message: str, direct: str
) -> None:
    texts = _texts(builder, message)

    assert set(texts) == set(Level)
    assert texts[Level.DIRECT] == direct


def test_a_wish_is_asked_about_as_a_wish(builder: LadderBuilder) -> None:
    texts = _texts(builder, "I would appreciate it if you gave me credit in the newsletter.")

    assert texts[Level.GENTLE].endswith("in the newsletter. Would that be possible?")


@pytest.mark.parametrize(
    "text",
    [
        'You keep saying "back in my day" in our meetings.',
        "You told Mei “that is stupid” on Friday.",
        "Please stop posting my drafts in front of everyone.",
        "You said it for the fifth time.",
        "I was told that you think I am slow.",
    ],
)
def test_what_the_other_said_or_did_is_no_threat_of_the_speakers(text: str) -> None:
    assert not [one for one in marks_of(text) if one.kind != "command"]


@pytest.mark.parametrize(
    "text",
    [
        "For the fifth time, the file is in the folder.",
        "I'm cc'ing your manager on this.",
        "You always think you know best.",
        'Your so-called "leadership" is a joke.',
    ],
)
def test_the_speakers_own_threats_are_marked(text: str) -> None:
    assert marks_of(text)
