from __future__ import annotations

import re

import pytest
from fakes import WordIndex
from hypothesis import given
from strategies import briefs

from coach.domain.brief import Brief
from coach.domain.guidance import TopicKit
from coach.domain.library import GuidanceLibrary
from coach.domain.questions import Depth, QuestionSet
from coach.errors import LibraryError
from coach.prepare.kits import NO_KIT
from coach.prepare.questions import QuestionWriter, parts_of

CLOSED = re.compile(
    r"(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might|am)\b",
    re.IGNORECASE,
)
STAGES = [(1, "first"), (2, "early"), (4, "middle"), (7, "late"), (8, "last")]
#: How the library speaks of the subject and the senior, and marks what it cites.
UNNAMED = re.compile(r"\[@|\bthis subject\b|\bthe senior\b", re.IGNORECASE)


def must_be_whole(found: QuestionSet, library: GuidanceLibrary) -> None:
    assert 6 <= len(found.questions) <= 10
    assert len({question.text for question in found.questions}) == len(found.questions)
    places = [list(Depth).index(question.depth) for question in found.questions]
    assert sorted(places) == places
    assert {Depth.OPENING, Depth.EXPLORING, Depth.DEEPER} == {q.depth for q in found.questions}
    for question in found.questions:
        assert question.text.endswith("?")
        assert not CLOSED.match(question.text)
        assert question.listen_for.strip()
        assert question.offer_back.strip()
        assert "|" not in question.text + question.listen_for + question.offer_back
        for citation in question.citations:
            card = library.by_key[citation.key]
            texts = {library.passage(card, section).text for section in card.sections}
            assert citation.passage in texts


@pytest.mark.parametrize(("session", "stage"), STAGES)
def test_every_kit_has_open_questions_by_depth_for_every_stage(
    library: GuidanceLibrary, question_writer: QuestionWriter, session: int, stage: str
) -> None:
    for kit in library.kits:
        if kit.general:
            continue
        brief = Brief(topic=kit.title, session=session)

        found = question_writer.questions(brief)

        assert stage == brief.stage
        assert found.topic_kit is not None
        assert kit.key == found.topic_kit.key
        assert () == found.not_covered
        must_be_whole(found, library)


@pytest.mark.parametrize(("session", "stage"), STAGES)
def test_a_subject_without_a_kit_has_questions_too_and_says_so(
    library: GuidanceLibrary, session: int, stage: str
) -> None:
    brief = Brief(topic="the history of beekeeping", session=session)

    found = QuestionWriter(library, WordIndex(library, close={})).questions(brief)

    assert stage == brief.stage
    assert found.topic_kit is None
    assert "No topic kit matches “the history of beekeeping”." in found.not_covered[0]
    must_be_whole(found, library)


@given(briefs())
def test_any_brief_gets_seven_or_eight_questions(
    question_writer: QuestionWriter, brief: Brief
) -> None:
    found = question_writer.questions(brief)

    assert (7 if brief.session == 1 else 8) == len(found.questions)
    assert found == question_writer.questions(brief)


def test_no_question_of_any_kit_or_of_none_speaks_as_the_library_does(
    library: GuidanceLibrary, question_writer: QuestionWriter
) -> None:
    for kit in (NO_KIT, *(kit.key for kit in library.kits if not kit.general)):
        for session in range(1, 9):
            found = question_writer.questions(
                Brief(topic="quiet zebras", kit=kit, session=session, worry="I feel too old")
            )

            assert found.worry_advice is not None
            said = [
                *(q.text + q.listen_for + q.offer_back for q in found.questions),
                found.worry_advice.advice,
                *found.worry_advice.words,
            ]
            assert [] == [line for line in said if UNNAMED.search(line)]


def test_later_sessions_go_deeper_than_the_first(question_writer: QuestionWriter) -> None:
    first = question_writer.questions(Brief(topic="team chat", session=1)).questions
    last = question_writer.questions(Brief(topic="team chat", session=8)).questions

    deep = [sum(question.depth is Depth.DEEPER for question in some) for some in (first, last)]
    assert deep[0] < deep[1]


def test_the_next_session_begins_with_another_question(question_writer: QuestionWriter) -> None:
    second = question_writer.questions(Brief(topic="team chat", session=4))
    third = question_writer.questions(Brief(topic="team chat", session=5))

    assert second.questions[0].text != third.questions[0].text


def test_a_worry_changes_no_question_and_gets_advice(question_writer: QuestionWriter) -> None:
    brief = Brief(topic="team chat", worry="what if I ask something that sounds like a test?")

    plain = question_writer.questions(brief.model_copy(update={"worry": ""}))
    worried = question_writer.questions(brief)

    assert plain.questions == worried.questions
    assert plain.worry_advice is None
    assert worried.worry_advice is not None
    assert brief.worry == worried.worry_advice.worry
    assert worried.worry_advice.citations


@given(briefs(worry="zebraworry quaggafear"))
def test_a_worry_stays_out_of_the_questions(question_writer: QuestionWriter, brief: Brief) -> None:
    found = question_writer.questions(brief)

    shared = found.model_dump_json(exclude={"brief": True, "worry_advice": True})
    assert "zebraworry" not in shared
    assert "quaggafear" not in shared


def test_a_set_without_a_kit_on_purpose_names_the_topic_and_says_nothing_is_missing(
    question_writer: QuestionWriter,
) -> None:
    found = question_writer.questions(Brief(topic="team chat", kit="none"))

    assert found.topic_kit is None
    assert () == found.not_covered
    assert any("“team chat”" in question.text for question in found.questions)


def test_a_kit_with_few_questions_is_filled_up_from_the_general_one(
    library: GuidanceLibrary,
) -> None:
    """The library's check asks for two of each depth, and a first session wants three."""
    thin = with_questions(library, "team-chat", 2)

    found = QuestionWriter(thin, WordIndex(thin)).questions(Brief(topic="team chat"))

    keys = [question.citations[0].key for question in found.questions]
    assert ["team-chat", "team-chat", "any-topic"] == keys[:3]
    must_be_whole(found, thin)


def test_a_library_with_too_few_questions_says_where_to_add_them(library: GuidanceLibrary) -> None:
    thin = with_questions(library, "team-chat", 2)
    alone = thin.model_copy(update={"kits": tuple(k for k in thin.kits if not k.general)})

    with pytest.raises(LibraryError, match=r"knowledge/topics/any-topic\.md"):
        QuestionWriter(alone, WordIndex(alone)).questions(Brief(topic="team chat"))


def with_questions(library: GuidanceLibrary, key: str, count: int) -> GuidanceLibrary:
    """The library with only ``count`` questions of each depth in one kit."""
    kit = library.by_key[key]
    assert isinstance(kit, TopicKit)
    sections = tuple(
        section.model_copy(update={"text": "\n".join(f"- {b}" for b in section.bullets[:count])})
        if section.path[0] == "Questions for the mentee"
        else section
        for section in kit.sections
    )
    thin = kit.model_copy(update={"sections": sections})
    kits = tuple(thin if other is kit else other for other in library.kits)
    return GuidanceLibrary(cards=library.cards, kits=kits, sources=library.sources)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Why? | Listen for: a | Offer back: b", ("Why?", "a", "b")),
        ("Why?", ("Why?", "", "")),
        ("Why? | Listen for: a: b", ("Why?", "a: b", "")),
    ],
)
def test_a_kits_line_has_three_parts(line: str, parts: tuple[str, str, str]) -> None:
    assert parts == parts_of(line)
