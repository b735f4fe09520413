from __future__ import annotations

from pathlib import Path

import pytest

from coach.bootstrap import Coach, open_coach
from coach.domain.brief import Brief
from coach.domain.guidance import Audience, SearchResult
from coach.settings import CoachSettings
from evals.cases import retrieval_cases

_QUESTIONS = [case.question for case in retrieval_cases() if case.id.startswith("c")][:40]


@pytest.fixture(scope="module")
def in_chroma(built_home: Path) -> Coach:
    return open_coach(CoachSettings(home=built_home), long_lived=True)


@pytest.mark.parametrize("question", _QUESTIONS)
def test_chroma_and_the_mapped_vectors_find_the_same(
    question: str, coach: Coach, in_chroma: Coach
) -> None:
    mapped, stored = coach.search(question), in_chroma.search(question)

    assert [hit.passage.id for hit in mapped.hits] == [hit.passage.id for hit in stored.hits]
    assert [hit.score for hit in mapped.hits] == pytest.approx(
        [hit.score for hit in stored.hits], abs=1e-4
    )
    assert mapped.covered is stored.covered


def _is_well_formed(found: SearchResult) -> bool:
    scores = [hit.score for hit in found.hits]
    documents = [hit.passage.doc_id for hit in found.hits]
    return (
        scores == sorted(scores, reverse=True)
        and all(0.0 <= score <= 1.0 for score in scores)
        and len(set(documents)) == len(documents)
    )


@pytest.mark.parametrize("question", _QUESTIONS[:10])
def test_scores_fall_and_no_document_comes_twice(question: str, in_chroma: Coach) -> None:
    assert _is_well_formed(in_chroma.search(question, k=30))


@pytest.mark.parametrize(("k", "expected"), [(-1, 0), (0, 0), (1, 1), (7, 7)])
def test_k_is_the_number_of_documents(k: int, expected: int, in_chroma: Coach) -> None:
    assert expected == len(in_chroma.search("how do I open the first session?", k=k).hits)


def test_a_huge_k_returns_each_document_once_at_most(in_chroma: Coach) -> None:
    found = in_chroma.search("how do I open the first session?", k=1_000_000)

    assert 10 < len(found.hits) <= in_chroma.index.manifest.documents
    assert _is_well_formed(found)


def test_the_same_question_gets_the_same_answer(coach: Coach) -> None:
    assert coach.search(_QUESTIONS[0]) == coach.search(_QUESTIONS[0])


def test_a_search_among_documents_returns_only_those(coach: Coach, in_chroma: Coach) -> None:
    among = {"after-a-long-gap", "a-clear-purpose"}

    for opened in (coach, in_chroma):
        found = opened.index.search("how do we start", k=10, among=among)

        assert among == {hit.passage.doc_id for hit in found.hits}


@pytest.mark.parametrize("among", [(), ("no-such-card",)])
def test_a_search_among_nothing_finds_nothing(among: tuple[str, ...], coach: Coach) -> None:
    found = coach.index.search("how do we start", among=among)

    assert ((), False) == (found.hits, found.covered)


def test_among_ignores_what_it_does_not_know(coach: Coach) -> None:
    found = coach.index.search("how do we start", among=("no-such-card", "after-a-long-gap"))

    assert ["after-a-long-gap"] == [hit.passage.doc_id for hit in found.hits]


@pytest.mark.parametrize("query", ["", "   \n\t", "🙂🎉🎈", "?!…", "\u202e\u2066", "\ud83d"])
def test_a_query_without_words_finds_nothing(query: str, in_chroma: Coach) -> None:
    found = in_chroma.search(query)

    assert ((), False, 0.0) == (found.hits, found.covered, found.confidence)


@pytest.mark.parametrize(
    "query",
    [
        "mentor " * 15_000,
        "x" * 100_000,
        "كيف أبدأ الجلسة الأولى مع مديري؟",
        "איך מתחילים את הפגישה הראשונה?",
        "第一次会议怎么开始",
        "half \ud83d a character, session",
        "null \x00 byte in the session",
        "<script>alert(1)</script> [x](javascript:alert(1)) session",
    ],
    ids=["huge", "one huge word", "Arabic", "Hebrew", "Chinese", "surrogate", "null", "HTML"],
)
def test_an_odd_query_is_answered_like_any_other(query: str, in_chroma: Coach) -> None:
    found = in_chroma.search(query)

    assert 10 == len(found.hits)
    assert _is_well_formed(found)
    assert len(found.query) <= 2_000
    assert in_chroma.index.closeness(query, ["after-a-long-gap"]).keys() == {"after-a-long-gap"}


@pytest.mark.parametrize(
    "question",
    [
        "how long do I boil an egg so the yolk stays soft",
        "who won the Champions League final in 2019",
        "will it rain in Lisbon on saturday",
        "How to write a regex that matches an IPv6 address?",
    ],
)
def test_the_guidance_does_not_stretch_to_other_subjects(question: str, in_chroma: Coach) -> None:
    assert not in_chroma.search(question).covered


@pytest.mark.parametrize(
    "question",
    [
        "what do we agree on in the first session?",
        "how can I tell a senior person that their post came across badly?",
        "we have not met for months, how do I restart with my mentee?",
    ],
)
def test_what_the_guidance_holds_is_covered(question: str, in_chroma: Coach) -> None:
    assert in_chroma.search(question).covered


def test_every_hit_can_be_opened_and_names_its_sources(coach: Coach) -> None:
    for hit in coach.search("how do I open the first session?").hits:
        assert hit.passage.sources
        assert coach.passage(hit.passage.id) is not None


def test_a_worry_of_either_finds_advice_written_for_them(coach: Coach) -> None:
    mentor = coach.agenda(
        Brief(topic="team chat", worry="I am nervous because she is so senior")
    ).worry_advice
    mentee = coach.questions(
        Brief(topic="team chat", worry="what if my question sounds like a test?")
    ).worry_advice

    for advice, audience in ((mentor, Audience.MENTOR), (mentee, Audience.MENTEE)):
        assert advice is not None
        assert advice.words
        assert advice.citations
        assert all(audience in coach.library.by_key[one.key].audience for one in advice.citations)
