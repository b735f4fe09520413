from __future__ import annotations

from langchain_core.retrievers import BaseRetriever

from coach.adapters.index.retriever import GuidanceRetriever
from coach.bootstrap import Coach

_OFF_TOPIC = "how long do I boil an egg so the yolk stays soft"


def test_the_coach_offers_a_langchain_retriever(coach: Coach) -> None:
    retriever = coach.retriever(k=3)

    documents = retriever.invoke("how do I open the first session?")
    hits = coach.search("how do I open the first session?", k=3).hits

    assert isinstance(retriever, BaseRetriever)
    assert [hit.passage.id for hit in hits] == [document.id for document in documents]
    assert [hit.passage.text for hit in hits] == [document.page_content for document in documents]
    assert {
        "key": hits[0].passage.doc_id,
        "title": hits[0].passage.title,
        "heading": hits[0].passage.heading,
        "origin": "library",
        "sources": list(hits[0].passage.sources),
        "score": hits[0].score,
        "covered": True,
    } == documents[0].metadata


def test_it_can_be_part_of_a_chain(coach: Coach) -> None:
    titles = coach.retriever(k=2) | (lambda found: [doc.metadata["title"] for doc in found])

    assert 2 == len(titles.invoke("how do I open the first session?"))


def test_only_covered_returns_nothing_for_another_subject(coach: Coach) -> None:
    everything = GuidanceRetriever(index=coach.index)
    covered = GuidanceRetriever(index=coach.index, only_covered=True)

    assert 5 == len(everything.invoke(_OFF_TOPIC))
    assert [] == covered.invoke(_OFF_TOPIC)
    assert 5 == len(covered.invoke("how do I open the first session?"))
