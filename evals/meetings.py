"""How close are our paragraphs to people's summaries of meetings? ROUGE on QMSum's validation part.

The meetings lie beside the project (``COACH_BENCHDATA``); without them the section says so. The
same words of the meeting are given to the first words of the same length and to TextRank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from coach.reflecting.sentences import sentences_of
from coach.reflecting.summary import Summariser
from evals.screening_cases import missing_files, read_bench
from evals.show import heading, rate, table

_NAME = "qmsum_val"
_SCORES = ("rouge1", "rouge2", "rougeL")
#: What the transcribers noted beside the words.
_NOTED = re.compile(r"\{\w+\}\s*")


def first_words(texts: Sequence[str], count: int) -> str:
    """The first ``count`` words of what was said."""
    return " ".join(" ".join(texts).split()[:count])


def text_rank(texts: Sequence[str], count: int) -> str:
    """The sentences that share most words with others, in their order, cut at ``count`` words."""
    import networkx as nx
    from sklearn.feature_extraction.text import CountVectorizer

    said = [span.text for text in texts for span in sentences_of(text)]
    counts: Any = CountVectorizer(binary=True, stop_words="english").fit_transform(said)
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    shared: Any = (counts @ counts.T).tocoo()
    kept = shared.row < shared.col
    row, col = shared.row[kept], shared.col[kept]
    weights = shared.data[kept] / (np.log(sizes[row] + 1) + np.log(sizes[col] + 1))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(said)))
    graph.add_weighted_edges_from(zip(row.tolist(), col.tolist(), weights.tolist(), strict=True))
    ranks = nx.pagerank(graph)
    taken: list[int] = []
    words = 0
    for at in sorted(ranks, key=lambda at: -ranks[at]):
        if words >= count:
            break
        taken.append(at)
        words += len(said[at].split())
    return first_words([said[at] for at in sorted(taken)], count)


def lines(summariser: Summariser) -> Iterator[str]:
    """Mean F1 over the meetings, each against people's general summaries of it."""
    yield heading("Meetings (QMSum, validation): ROUGE F1 against people's general summaries")
    if missing_files([_NAME]):
        yield f"{_NAME}.jsonl is not there; skipped."
        return
    meetings = read_bench(_NAME)
    scored = [_scored(meeting, summariser) for meeting in meetings]
    methods = ("coach", "first words", "TextRank")
    means = np.array(scored).mean(axis=0)
    rows = [(name, *map(rate, means[at])) for at, name in enumerate(methods)]
    yield table((f"{len(meetings)} meetings", *_SCORES), rows)


def _scored(meeting: dict[str, Any], summariser: Summariser) -> list[list[float]]:
    """A row of scores for each method."""
    from rouge_score.rouge_scorer import RougeScorer

    turns = [
        (turn["speaker"], _NOTED.sub("", turn["content"]).strip())
        for turn in meeting["meeting_transcripts"]
    ]
    said = [content for _, content in turns]
    ours = summariser.summarise(["\n".join(f"{who}: {content}" for who, content in turns)]).summary
    count = len(ours.split())
    scorer = RougeScorer(_SCORES, use_stemmer=True)
    people = [one["answer"] for one in meeting["general_query_list"]]
    return [
        [
            float(np.mean([scorer.score(answer, text)[name].fmeasure for answer in people]))
            for name in _SCORES
        ]
        for text in (ours, first_words(said, count), text_rank(said, count))
    ]


if __name__ == "__main__":
    from coach.bootstrap import open_reflecting

    print(*lines(open_reflecting().summariser), sep="\n")
