"""The index as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict


class GuidanceRetriever(BaseRetriever):
    """Passages as LangChain documents; ``metadata`` holds score, source and coverage.

    ``index`` is a ``GuidanceIndex``, or a coach; ``k`` the number of documents. With
    ``only_covered`` a question that the guidance does not cover gets none.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    k: int = 5
    only_covered: bool = False

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - BaseRetriever's signature
    ) -> list[Document]:
        found = self.index.search(query, k=self.k)
        if self.only_covered and not found.covered:
            return []
        return [
            Document(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={
                    "key": hit.passage.doc_id,
                    "title": hit.passage.title,
                    "heading": hit.passage.heading,
                    "origin": hit.passage.origin,
                    "sources": list(hit.passage.sources),
                    "score": hit.score,
                    "covered": found.covered,
                },
            )
            for hit in found.hits
        ]
