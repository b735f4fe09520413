"""Signs that need people: what is seen, what is no alarm, and what the note says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.cli.main import app
from coach.domain.reflection import CareSignal
from coach.errors import CoachError
from coach.reflecting.caring import Carer
from coach.reflecting.caring_long import worth_reading
from coach.reflecting.caring_notes import care_note
from coach.reflecting.sentences import sentences_of
from evals.care import care_cases, figures, keyword
from evals.cases import Part

_CARER = Carer(MiniLMEmbedder())
_ORDINARY = "We looked at the new dashboard and agreed on two steps for next week. "
_LONG = (
    "The room was cold and we laughed about it, though I was cross with the projector. She had "
    "done her homework, which surprised me. I hate our time sheet, and I said so, and she hates "
    "it too. We argued about the colours for a quarter of an hour. It was a good argument. "
)
_HARM = "She told me that she cut herself again last week."


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("He keeps touching my knee under the table.", CareSignal.HARASSMENT),
        ("Someone has been following me home.", CareSignal.HARASSMENT),
        (
            "I complained about the overtime. The next week my contract was not renewed.",
            CareSignal.RETALIATION,
        ),
        (_HARM, CareSignal.RISK_OF_HARM),
        ("My husband hit me on Sunday.", CareSignal.RISK_OF_HARM),
        ("I don’t want to be here any more.", CareSignal.RISK_OF_HARM),
        ("My boss screams at me in front of everyone.", CareSignal.HARASSMENT),
        ("When I present he mimics my accent.", CareSignal.DISCRIMINATION),
        ("I was told the new laptop is wasted on me at my age.", CareSignal.DISCRIMINATION),
        ("Since I told HR about it I have been taken off every project.", CareSignal.RETALIATION),
        (
            "He asked whether women my age still think about children before I get the client.",
            CareSignal.DISCRIMINATION,
        ),
        ("He still calls me by my old name. I have told him twice.", CareSignal.DISCRIMINATION),
        ("They keep using my old name on purpose.", CareSignal.DISCRIMINATION),
        ("Her director refuses to use her pronouns.", CareSignal.DISCRIMINATION),
        ("He keeps misgendering me in front of the team.", CareSignal.DISCRIMINATION),
        ("He showed me a video on his phone that I had not asked to see.", CareSignal.HARASSMENT),
        ("He says I should smile more, the clients like it.", CareSignal.HARASSMENT),
    ],
)
def test_a_sign_is_seen_wherever_it_stands(text: str, signal: CareSignal) -> None:
    assert signal is _CARER.signal_of(text)
    assert signal is _CARER.signal_of(f"{_ORDINARY}\n\n- {text}\n{_ORDINARY}")
    assert signal is _CARER.signal_of(f"{_LONG}{_ORDINARY}{text} {_ORDINARY}{_LONG}")


@pytest.mark.parametrize(
    "text",
    [
        "This app is killing me.",
        "He murdered the presentation.",
        "I could have died of embarrassment.",
        "She attacked my argument and she was right.",
        "We discussed discrimination in hiring.",
        "We read a case study on harassment.",
        "I am sick of these meetings.",
        "I have never been harassed here.",
        "The handbook says that nobody may be punished for a report.",
        "He threatened me with another PowerPoint.",
        "I complained about the parking places and got an answer the same day.",
        "!!!",
        "Schedule my emails for the morning.",
        "The team reads my emails as orders.",
        "I still talk over people when the clock is running and I don't know how to stop it.",
        "I do not know if he will remember.",
        "You don't, Martin.",
        "We asked whether people our age still read e-mails at all.",
        "I asked whether women my age still get asked about children.",
        "My mentee asked if she could bring her baby to the session.",
        "He asked whether I had told the kids about the trip.",
        "He showed me pictures of his holiday that I did not want to see, as I was late.",
        "She sent me photos of the whiteboard, which I had not asked for.",
        "In the nineties her boss told her to smile more.",
        "My mentor said I should smile more on camera.",
        "My aunt still calls me by my old name.",
        "Since the wedding all still call me by my old name, and I told them that I do not mind.",
        "I asked IT twice, and the directory still uses my old name.",
        "He misgendered me once, said sorry and moved on.",
    ],
)
def test_ordinary_frustration_is_no_sign(text: str) -> None:
    assert _CARER.signal_of(text) is None


def test_the_words_that_led_to_a_sign_are_named() -> None:
    text = f"{_ORDINARY}{_HARM} {_ORDINARY}"

    found = _CARER.care_in(text)

    assert [_HARM] == [text[one.start : one.end] for one in found]


def test_a_sign_in_two_sentences_names_both() -> None:
    text = "I complained about the overtime. The next week my contract was not renewed."

    (found,) = _CARER.care_in(text)

    assert text == text[found.start : found.end]


def test_the_gravest_of_several_signs_is_answered_first() -> None:
    found = _CARER.care_in(f"He keeps touching my knee under the table. {_HARM}")

    assert [CareSignal.RISK_OF_HARM, CareSignal.HARASSMENT] == [one.signal for one in found]


@pytest.mark.parametrize("at", [0, 1_200, 2_499])
def test_a_sign_in_an_hours_transcript_is_found(at: int) -> None:
    said = [
        f"On day {n} we compared the plan for region {n} with the numbers." for n in range(2_500)
    ]
    said[at] = _HARM
    text = " ".join(said)

    found = _CARER.care_in(text)

    assert _HARM == text[found[0].start : found[0].end]


def test_only_some_sentences_of_a_very_long_text_are_read() -> None:
    text = " ".join(f"On day {n} we spoke about subject {n}." for n in range(4_000))

    runs = worth_reading(sentences_of(text), ("danger",))

    assert sum(map(len, runs)) <= 200


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(CoachError, match="Write what happened"):
        _CARER.signal_of(text)


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in _CARER.care_in(text))


@pytest.mark.parametrize("signal", CareSignal)
def test_the_note_names_the_contacts_and_judges_nobody(signal: CareSignal) -> None:
    note = care_note(signal, "Ana Ruiz, room 4, or the helpline on 5555.")

    assert "your program's contacts: Ana Ruiz, room 4, or the helpline on 5555." in note
    assert "you are" not in note.lower()
    assert "was harassed" not in note
    assert "may" in note


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("I feel like a burden to everybody.", CareSignal.RISK_OF_HARM),
        ("I have started giving my things away.", CareSignal.RISK_OF_HARM),
        ("I'm at the end of my rope.", CareSignal.RISK_OF_HARM),
        ("I'm not eating any more.", CareSignal.RISK_OF_HARM),
        ("I need three glasses of whisky before I can open my laptop.", CareSignal.RISK_OF_HARM),
        ("I passed out at my desk, the doctor says burnout.", CareSignal.RISK_OF_HARM),
        ("I can't get out of bed and I don't see the point any more.", CareSignal.RISK_OF_HARM),
        ("We had two glasses of wine to celebrate the launch.", None),
        ("I need a bottle of water to get through the training.", None),
        ("The app collapsed at work.", None),
        ("He waits for me at the car park although I asked him not to.", CareSignal.HARASSMENT),
        ("He keeps asking me what I wear at home.", CareSignal.HARASSMENT),
        (
            "She said people with my accent should stay off client calls.",
            CareSignal.DISCRIMINATION,
        ),
        ("She told me to go back where I came from.", CareSignal.DISCRIMINATION),
        ("He threatened to have my visa cancelled.", CareSignal.RETALIATION),
        ("I don't want to be a burden to the project team, so I wrote a guide.", None),
        ("I'm giving away my old books because we are moving.", None),
        ("I'm at the end of my rope with this printer.", None),
        ("I'm not eating any more meat since May.", None),
        ("He waits for me at the canteen every Friday and we walk in together.", None),
        ("People with an accent should be proud of it, she said.", None),
        ("We went back to where I came from for the summer.", None),
        ("My visa was renewed in March and he was glad.", None),
    ],
)
def test_plain_signs_are_heard_and_their_look_alikes_are_not(
    text: str, signal: CareSignal | None
) -> None:
    assert signal == _CARER.signal_of(text)


def test_the_note_without_contacts_still_says_where_to_go() -> None:
    assert "your program's contacts. Whether" in care_note(CareSignal.RETALIATION)


def test_where_harm_is_near_the_emergency_number_comes_first() -> None:
    first = care_note(CareSignal.RISK_OF_HARM).split(".")[0]

    assert "emergency number" in first


def test_each_line_gets_its_signal_and_a_faulty_one_its_error() -> None:
    lines = [{"id": 1, "text": _HARM}, {"id": 2, "text": _ORDINARY}, {"id": 3, "text": " "}]

    ran = CliRunner().invoke(app, ["care", "--jsonl", "-"], input="\n".join(map(json.dumps, lines)))
    harm, ordinary, empty = (json.loads(line) for line in ran.stdout.splitlines())

    assert {"id": 1, "signal": "risk_of_harm"} == harm
    assert {"id": 2, "signal": None} == ordinary
    assert "Write what happened" in empty["error"]
    assert 1 == ran.exit_code


def test_a_person_gets_a_note_in_words() -> None:
    told = CliRunner().invoke(app, ["care", _HARM]).stdout
    quiet = CliRunner().invoke(app, ["care", _ORDINARY]).stdout

    assert "emergency number" in told
    assert "contacts" in told
    assert "Nothing here" in quiet


def test_the_tuning_texts_suffice_and_are_better_read_than_by_keywords() -> None:
    cases = care_cases(Part.TUNE)
    read, base = figures(cases, _CARER.signal_of), figures(cases, keyword)

    assert all(sum(case.signal is signal for case in cases) >= 25 for signal in CareSignal)
    assert sum(case.signal is None for case in cases) >= 80
    assert all((read.seen[signal] or 0) > (base.seen[signal] or 0) + 0.3 for signal in CareSignal)
    assert (read.alarms or 0) <= 0.03 < (base.alarms or 0)
