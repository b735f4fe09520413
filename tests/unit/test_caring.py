"""Where people are needed and no wording: every tool says so, and ordinary talk raises no alarm."""

from __future__ import annotations

import time

import pytest

from coach.adapters.grammar import EnglishGrammar
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import Threat
from coach.phrasing.ask_well import AskWell
from coach.phrasing.caring import care_for, care_when_told
from coach.phrasing.prying import prying_note
from coach.phrasing.receive import Receive
from coach.phrasing.repair import repair
from coach.phrasing.slurs import has_slur
from coach.phrasing.spotting import spots

_DANGER = (
    "I just wanna die",
    "He makes me want to die",
    "i dont want to be alive anymore",
    "I wish I had never been born",
    "Nobody would notice if I disappeared",
    "My friends would be better off without me",
    "I cannot keep living like this",
    "I am thinking about ending it all",
    "What is the point of living?",
    "I cut myself when he shouts",
    "She told me she wants to die",
    "I took too many pills last night",
    "Ich will nicht mehr leben",
)
_DONE_TO_ONE = (
    "She keeps rubbing my shoulders",
    "My manager put his hand on my thigh",
    "How do I stop him touching me?",
    "He wolf-whistles when I walk in",
    "A colleague follows me home",
    "He invited me to his hotel room",
    "He sends me dirty pictures",
    "My husband beats me",
    "Peter punched me",
    "She threw a mug at me",
    "He might hit me",
    "He said he will ruin my career if I report it",
    "They excluded me after I reported him",
    "They pay me less because I'm a woman",
    "They make fun of my religion",
    "He calls me a retard",
)
_ORDINARY = (
    "I'm dying for a coffee.",
    "I was so embarrassed I wanted to die.",
    "I don't want to live in London.",
    "The team would be better off without me on that call.",
    "I killed myself to finish the deck.",
    "That launch would be career suicide.",
    "We can't go on like this, the process is broken.",
    "I can't go on Friday.",
    "This launch is killing us.",
    "Your story touched me deeply.",
    "You never touched my slides.",
    "You touch your hair when you present.",
    "Your body language is closed.",
    "He looked at my body of work.",
    "You hit me with forty slides.",
    "He beat me to it.",
    "I'll shoot you an e-mail.",
    "We will beat them on price.",
    "I pushed him to decide.",
    "You kicked me off the call.",
    "She grabbed me for a coffee.",
    "You rubbed me up the wrong way.",
    "The client threatened to leave.",
    "I do not feel safe speaking up.",
    "I told him about my pregnancy.",
    "He asked me out of the blue.",
    "He follows me on LinkedIn.",
    "What is our policy on bullying?",
    "You ignored me after I raised the bug.",
    "Stop calling me during lunch.",
)


@pytest.fixture(scope="module")
def receive(library: GuidanceLibrary) -> Receive:
    """Receive over the shipped library."""
    return Receive(EnglishGrammar(), library)


@pytest.fixture(scope="module")
def asking(library: GuidanceLibrary) -> AskWell:
    """Ask well over the shipped library."""
    return AskWell(EnglishGrammar(), library)


@pytest.mark.parametrize("text", _DANGER)
def test_a_wish_to_die_brings_the_danger_note_in_every_tool(
    text: str, receive: Receive, asking: AskWell, library: GuidanceLibrary
) -> None:
    told, kit, question = receive.advise(text), repair(text, library), asking.check(text)

    assert "emergency number" in care_for(text)
    assert {told.care, kit.care, question.why} == {care_for(text)}
    assert (told.replies, kit.opener, kit.prompts, question.better) == ((), "", (), ())


@pytest.mark.parametrize("text", _DONE_TO_ONE)
def test_what_was_done_to_one_points_to_people_in_every_tool(
    text: str, receive: Receive, asking: AskWell, library: GuidanceLibrary
) -> None:
    told, kit, question = receive.advise(text), repair(text, library), asking.check(text)

    assert "what happened deserves more" in care_for(text)
    assert kit.care == question.why == care_for(text)
    assert "HR" in told.care
    assert (told.replies, kit.opener, question.better) == ((), "", ())


@pytest.mark.parametrize(
    "text",
    [
        "I slapped her.",
        "I have hit a colleague.",
        "I lost my temper, grabbed him by the collar and shook him.",
        "We argued, and then I kicked him.",
    ],
)
def test_violence_of_ones_own_gets_safety_first_and_no_kit(
    text: str, library: GuidanceLibrary
) -> None:
    kit = repair(text, library)

    assert "Safety first" in kit.care
    assert (kit.opener, kit.agenda) == ("", ())


@pytest.mark.parametrize(
    "text",
    [
        "Would it be OK to slap him?",
        "I feel like punching her",
        "I am going to hit my boss.",
        "You will regret reporting me.",
        "Unless you sleep with me you will lose your contract",
    ],
)
def test_a_threat_is_not_reworded(text: str) -> None:
    assert care_for(text).startswith("This reads as a threat")


@pytest.mark.parametrize(
    "text",
    [
        "He told HR that I groped him",
        "He complained that I flirt with him",
        "My mentee says I harassed her",
        "There is a complaint against me for sexual remarks",
        "I stroked her hair",
        "They say my jokes are sexist",
    ],
)
def test_who_is_said_to_have_crossed_a_line_is_told_to_take_it_seriously(
    text: str, receive: Receive, library: GuidanceLibrary
) -> None:
    assert "Do not approach" in care_for(text)
    assert receive.advise(text).care == repair(text, library).care == care_for(text)


@pytest.mark.parametrize(
    "text", ["Stop touching me.", "You make comments about my legs.", "Your jokes are racist."]
)
def test_you_is_the_reader_when_it_was_said_to_them(text: str) -> None:
    assert "what happened deserves more" in care_for(text)
    assert care_when_told(text).startswith("Take this seriously.")


def test_a_threat_that_one_was_told_is_no_threat_of_ones_own() -> None:
    assert care_when_told("I will punch you.").startswith("This is no feedback")


@pytest.mark.parametrize("text", _ORDINARY)
def test_ordinary_talk_raises_no_alarm(text: str) -> None:
    assert (care_for(text), care_when_told(text), prying_note(text)) == ("", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Is she expecting?",
        "When will you have kids?",
        "What is your religion?",
        "Do you take antidepressants?",
        "Are you gay?",
        "How much does Peter earn?",
        "When do you plan to retire?",
        "Are you married or single?",
    ],
)
def test_a_question_that_pries_gets_a_note_and_no_other_forms(text: str, asking: AskWell) -> None:
    found = asking.check(text)

    assert found.better == ()
    assert "private" in found.why
    assert found.citation.key == "off-limits-and-a-pause-word"


@pytest.mark.parametrize(
    "text",
    [
        "How old is the system?",
        "What do you make of the budget?",
        "Are you expecting a delivery?",
        "When are you due to present?",
        "Do you have any problems with the tool?",
        "What is our salary structure?",
        "What is wrong with your laptop?",
        "How much does the tool cost?",
    ],
)
def test_a_question_about_work_is_not_prying(text: str) -> None:
    assert prying_note(text) == ""


@pytest.mark.parametrize(
    "text", ["You retard.", "You are a n1gger.", "those fucking wogs", "such a f@ggot", "you slut"]
)
def test_a_slur_is_an_insult_and_is_never_said_back(
    text: str, receive: Receive, asking: AskWell, library: GuidanceLibrary
) -> None:
    told, kit, question = receive.advise(text), repair(text, library), asking.check(text)
    written = [*told.replies, told.care, told.note, kit.opener, kit.care, question.why]
    written += [*question.better, *(prompt.line for prompt in kit.prompts)]

    assert has_slur(text)
    assert Threat.INSULT in {spot.kind for spot in spots(text)}
    assert not any(has_slur(one) for one in written)
    assert told.care
    assert kit.care


@pytest.mark.parametrize(
    "text",
    [
        "a chink in the armour",
        "the room was spic and span",
        "Homo sapiens",
        "a Maine Coon cat",
        "the fire retardant foam",
        "the Nigerian team sniggered at the niggle",
        "kaffir lime leaves",
        "the Pakistani office",
        "he went for a fag break",
        "Mr Van Dyke",
        "our queer network",
    ],
)
def test_words_that_only_look_like_slurs_are_left_alone(text: str) -> None:
    assert not has_slur(text)


def test_a_long_hostile_text_is_read_in_time() -> None:
    begun = time.perf_counter()
    for piece in ("i ", "and then ", "my boss and ", "touch my ", "you really suddenly "):
        care_for(piece * (5_000 // len(piece)))

    assert time.perf_counter() - begun < 10
