"""Frames: what a message is about, where most of what it says cannot stay as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.bootstrap import open_phrasing
from coach.domain.phrasing import FloorVerdict, Level, TactCheck
from coach.library.load import load_library
from coach.phrasing.cleaned import Cleaned
from coach.phrasing.cutting import Cutter
from coach.phrasing.framing import NOT_DONE, Framer
from coach.phrasing.ladder import LadderBuilder
from coach.phrasing.mending import mended
from coach.phrasing.point import point_of
from coach.phrasing.rung_marks import marks_of


class _Shut:
    """A floor that keeps nothing."""

    def keeps(self, original: str, rewrite: str) -> FloorVerdict:
        """It loses the point, whatever it is."""
        return FloorVerdict(kept=original == rewrite, reason="It loses the point.")


class _Checker:
    """Finds nothing, and nothing is better than anything else."""

    def check(self, text: str) -> TactCheck:
        """The same score for every text."""
        return TactCheck(text=text, score=0.5, findings=())


@pytest.fixture(scope="module")
def builder() -> LadderBuilder:
    """The ladder as it runs."""
    return open_phrasing().ladder


def _texts(builder: LadderBuilder, message: str) -> list[str]:
    ladder = builder.build(message)
    assert [rung.level for rung in ladder.rungs] == list(Level)
    return [rung.text for rung in ladder.rungs]


def test_a_sneer_that_denies_takes_no_fact_with_it(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "Three sessions cancelled on the same day, and I prepared for each. You clearly don't want"
        " to learn from a junior, but if it's only about Thursdays, we can change the day.",
    )

    for text in texts:
        assert "Three sessions cancelled on the same day, and I prepared for each." in text
        assert "we can change the day" in text
        assert "a junior" not in text


def test_a_question_that_presses_denies_nothing(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Wouldn't you agree that the rota changed twice? I lost my Friday.")

    assert not any(NOT_DONE in text for text in texts)


def test_a_denial_that_cannot_stay_is_asked_for(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "I'm sure someone as important as you had no time to open the guideline, bless. It says "
        "hourly checks, not two-hourly, as everybody knows.",
    )

    for text in texts:
        assert re.search(r"\bnot two-hourly\b", text) or NOT_DONE in text


def test_what_is_told_is_not_named_once_more(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "The site file is missing the March permits. You are a walking disaster, and it'll be your"
        " fault if we're shut.",
    )

    for text in texts:
        assert text.count("March permits") == 1
        assert "fault" not in text
        assert "what happened if" not in text


def test_times_are_no_subject(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "You never answer anything, and because of you the agency closed its bookings yesterday. "
        "The locum rota needs signing by noon.",
    )

    assert not any(re.search(r"about (?:noon|yesterday)", text) for text in texts)
    assert all("noon" in text and "yesterday" in text for text in texts)


def test_a_frame_still_asks_for_what_is_asked(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "You only want us in five days because you don't trust anybody. "
        "Stop emailing us at 11 p.m., you clearly don't care about anyone's evening.",
    )

    assert all("emailing us at 11 p.m" in text for text in texts)


@pytest.mark.parametrize(
    "message", ["They were leaving early.", "We were asked for 7:40 on Monday."]
)
def test_a_past_form_is_no_hurried_spelling(builder: LadderBuilder, message: str) -> None:
    assert all("were" in text and "we're" not in text for text in _texts(builder, message))


def test_a_time_of_day_is_one_figure(builder: LadderBuilder) -> None:
    ladder = builder.build("Normal people sleep at 23:40, you fool. You mailed me at 23:40.")

    assert ladder.point.numbers == ("23:40",)
    assert all("23:40" in rung.text for rung in ladder.rungs)
    assert not any("with 40" in rung.text for rung in ladder.rungs)


@pytest.mark.parametrize(
    ("clause", "kept"),
    [
        ("Right now it is late", "Right now it is late"),
        ("look at the second slide", "look at the second slide"),
        ("Well, it is late", "it is late"),
        ("it skips line 2, as any fool can see", "it skips line 2"),
        ("it'll be your fault if we're shut", ""),
    ],
)
def test_only_what_presses_is_taken_off_the_front(clause: str, kept: str) -> None:
    assert mended(clause) == kept


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("What a soothing hour, thank you. The twelve slides took forty minutes.", "I'd like what"),
        ("They might be in the blue folder, so shout if they're not, please.", "I'd like shout"),
    ],
)
def test_only_a_thing_is_wished_for(builder: LadderBuilder, message: str, gone: str) -> None:
    assert not any(gone in rung.text for rung in builder.build(message).rungs)


def test_nobody_is_asked_for_what_they_did(builder: LadderBuilder) -> None:
    texts = _texts(
        builder, "You still print the rota, scribble on it, and get Shaz to type it back in."
    )

    assert not any("willing to get Shaz" in text or "Please get Shaz" in text for text in texts)


def test_what_hangs_on_a_question_is_not_stated(builder: LadderBuilder) -> None:
    ladder = builder.build(
        "You cancelled both sessions. Do you suppose I clear my diary because I'm lonely?"
    )

    assert ladder.rungs
    assert not any(re.search(r"(?<!because )I'm lonely", rung.text) for rung in ladder.rungs)


def test_a_second_time_of_theirs_is_no_second_time_of_mine(builder: LadderBuilder) -> None:
    texts = _texts(builder, "You came with nothing prepared for the second time, on 6 June.")

    assert all("nothing prepared for the second time" in text for text in texts)
    assert not any("I bring it up" in text for text in texts)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (
            "Dear Dr Whitcombe, you are so useless. The 30-page briefing was not read.",
            "Dr Whitcombe",
        ),
        ("G'day Trev, you are so useless. The new system is not used by you.", "Trev"),
    ],
)
def test_whom_it_greets_is_not_what_it_is_about(
    builder: LadderBuilder, message: str, name: str
) -> None:
    for text in _texts(builder, message):
        assert text.startswith(f"{name}, ")
        assert text.count(name) == 1


def test_a_message_that_was_fine_still_gets_its_rungs(builder: LadderBuilder) -> None:
    texts = _texts(builder, "I can hear your speakerphone calls from desk 22, every bloody one.")

    assert all("desk 22" in text and "bloody" not in text for text in texts)


def test_a_list_that_nobody_could_hear_is_no_frame() -> None:
    grammar = EnglishGrammar()
    framer = Framer(marks_of, grammar, Cutter(marks_of, grammar))
    rooms = "We had 4 rooms, 5 lamps, 6 chairs, 7 screens, 8 hubs, 9 mice, 11 cables and 12 desks."
    facts = ("4", "5", "6", "7", "8", "9", "11", "12")

    assert framer.framed(rooms, Cleaned(), facts, "").empty
    assert framer.framed(rooms, Cleaned(), facts[:3], "").topic == "4 rooms, 5 lamps and 6 chairs"


def test_what_is_named_twice_is_named_once() -> None:
    grammar = EnglishGrammar()
    framer = Framer(marks_of, grammar, Cutter(marks_of, grammar))
    told = "The second slide was late. You never sent the second slide or the slide."

    assert framer.framed(told, Cleaned(), (), "").topic.count("slide") <= 2
    assert "the second slide" in framer.framed(told, Cleaned(), (), "").topic


def test_several_things_at_once_are_to_be_taken_one_by_one() -> None:
    shut = LadderBuilder(
        _Checker(), _Shut(), EnglishGrammar(), load_library(Path("knowledge")), point_of
    )
    rooms = "We had 4 rooms. It has 5 lamps, 6 chairs, 7 screens, 8 hubs, 9 mice and 11 cables."
    ladder = shut.build(f"I am writing with a heavy heart. You said 12 desks. {rooms}")

    assert ladder.rungs == ()
    assert "one at a time, such as: “You said 12 desks.”" in ladder.check.note


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (
            "Oga, I did not say the staff are afraid of you. I said some don't know you well.",
            "I did not say the staff are afraid of you.",
        ),
        (
            "Chidi from IT told me you said my sessions are a waste of time. Is it true?",
            "you said my sessions are a waste of time",
        ),
        ("You took my slides and I am not stupid, only slow with this tool.", "I am not stupid"),
        (
            "In my time no junior corrected a director. You corrected me two times at Hoffmann.",
            "two times",
        ),
    ],
)
def test_what_somebody_said_or_is_not_stays_as_it_is(
    builder: LadderBuilder, message: str, kept: str
) -> None:
    assert all(kept in text for text in _texts(builder, message))


def test_a_polite_request_comes_through_its_courtesies(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "Good morning ma. Please I am very sorry to disturb you, I know you are very busy, but if "
        "it is not too much trouble can we move our session to 4pm on Thursday? Thank you ma.",
    )

    assert all("an we move our session to 4pm on Thursday?" in text for text in texts)
    assert not any("good morning ma" in text or "disturb" in text for text in texts)


@pytest.mark.parametrize(
    "message",
    [
        "You keep talking over me. I have had 5 minutes of airtime in three sessions.",
        "I cannot be doing your PowerPoint slides for you again. It is not part of the mentoring.",
    ],
)
def test_nobody_seeks_advice_on_what_they_refuse_or_mind(
    builder: LadderBuilder, message: str
) -> None:
    assert not any("advice" in text for text in _texts(builder, message))


def test_an_answer_is_not_a_name(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Nah, the new dashboard isn't broken. You never logged in on 3 June.")

    assert not any(text.startswith("Nah") for text in texts)
    assert all("3 June" in text for text in texts)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("The budget is finished; do apply in July.", "apply in July"),
        ("Do send me the deck before Monday, will you.", "send me the deck before Monday"),
        ("Do your own slides next time.", "do your own slides next time"),
    ],
)
def test_a_do_that_only_gives_weight_is_not_asked_for(
    builder: LadderBuilder, message: str, asked: str
) -> None:
    for text in _texts(builder, message):
        assert re.search(rf"(?<!do ){asked}[.?]", text), text


def test_who_asked_why_still_asks(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Our launch slipped twice. Why didn't you just read the brief?")

    assert all("you didn't read the brief" in text.lower() for text in texts)
    assert all("how that came about" in text for text in texts)


def test_nobody_asks_why_of_another_thing(builder: LadderBuilder) -> None:
    texts = _texts(builder, "Why did you cancel our meeting? I had prepared for two days.")

    assert not any("how that came about" in text for text in texts)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "I'm only a technician and probably totally wrong, so sorry, but ten can't log in.",
            "Ten can't log in.",
        ),
        (
            "I'm only the tech, and I know how swamped you are. I could redo them by Thursday.",
            "I could redo them by Thursday.",
        ),
        (
            "Three days do not fit my son's hours, which any normal person could see. Give me two.",
            "Three days do not fit my son's hours.",
        ),
        (
            "It says hourly checks, not two-hourly, as everybody knows, so please fix it.",
            "It says hourly checks, not two-hourly",
        ),
    ],
)
def test_what_makes_small_or_sneers_leaves_the_fact_beside_it(
    builder: LadderBuilder, message: str, said: str
) -> None:
    for text in _texts(builder, message):
        assert said.lower() in text.lower()
        assert not re.search(r"only|swamped|wrong|any normal|everybody", text), text


def test_nobody_is_small_who_is_a_bit_confused(builder: LadderBuilder) -> None:
    assert builder.build("I'm just a bit confused by slide 4.").rungs


def test_a_choice_of_yes_or_no_denies_nothing(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "The licence question is open since nine days. Please, yes or no, you will manage.",
    )

    assert not any("did not happen" in text for text in texts)


def test_no_word_is_cut_in_half(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "No worries about the two days, I've told the whole team you're still finding your feet.",
    )

    assert not any(re.search(r"\W['’]re\b", text) for text in texts)


def test_what_hangs_on_a_place_is_no_fact(builder: LadderBuilder) -> None:
    ladder = builder.build(
        "Only an olodo puts customer numbers in there when compliance has a masked version."
        " I saw it on Friday."
    )

    assert ladder.rungs
    assert not any("in there when" in rung.text.lower() for rung in ladder.rungs)


def test_a_time_of_day_stays_as_it_was_typed(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "Thanks for the handover at 7:40, so early. I started blind with 12 open tickets because"
        " you're lazy with paperwork.",
    )

    assert all("7:40" in text for text in texts)


def test_a_view_that_hides_in_a_question_is_kept(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        "Wouldn't you agree, just a little, that six weeks of design are a lot when there is cash"
        " for four months?",
    )

    for text in texts:
        assert "I think six weeks of design are a lot when there is cash for four months" in text


def test_a_jibe_that_hides_in_a_question_goes(builder: LadderBuilder) -> None:
    ladder = builder.build(
        "Isn't it a bit rich making us come in on Tuesdays when you dial in from home?"
    )

    assert not any("rich" in rung.text for rung in ladder.rungs)


def test_what_was_said_when_stays_with_its_when(builder: LadderBuilder) -> None:
    texts = _texts(
        builder,
        'When I said that I will be out from 1 November, you said "that\'s the project gone then"'
        " and people laughed. I went and sat in my car.",
    )

    assert all("1 November, you said" in text for text in texts)


@pytest.mark.parametrize(
    "message", ["The report is late.", "The sheet for Monday is not filled in."]
)
def test_what_threatens_nobody_has_three_rungs(builder: LadderBuilder, message: str) -> None:
    assert all(message in text for text in _texts(builder, message))
