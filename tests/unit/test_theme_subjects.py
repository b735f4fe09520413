"""The subjects that the library knows: found in statements, told by kind, and advised on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import WordIndex

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap.attacking import library_texts
from coach.domain.reflection import ItemKind
from coach.domain.themes import Count, Statement, Subject, Theme, ThemeReport
from coach.errors import LibraryError
from coach.library.load import load_library
from coach.library.subjects import load_subjects
from coach.ports import Clusterer
from coach.resources import shipped
from coach.themes.advising import Advisor
from coach.themes.attack.auditor import Auditor
from coach.themes.subjects import KnownFirst, Subjects

KNOWN = load_subjects(shipped("knowledge") / "subjects.yaml")
LIBRARY = load_library(shipped("knowledge"))


@pytest.fixture(scope="module")
def embedder() -> MiniLMEmbedder:
    return MiniLMEmbedder()


@pytest.fixture(scope="module")
def subjects(embedder: MiniLMEmbedder) -> Subjects:
    return Subjects(KNOWN, embedder)


def told(subjects: Subjects, embedder: MiniLMEmbedder, text: str) -> str:
    place = int(subjects.of(embedder.embed([text]))[0])
    return KNOWN[place].key if place >= 0 else ""


@pytest.mark.parametrize("subject", KNOWN, ids=lambda one: one.key)
def test_each_subject_has_guidance_that_is_there_and_sentences_of_its_own(subject: Subject) -> None:
    assert all(key in LIBRARY.by_key for key in subject.guidance)
    assert 3 == len({subject.good, subject.hard, subject.plain})
    assert all(said.startswith("Several pairs ") for said in (subject.good, subject.hard))


def test_labels_are_told_apart() -> None:
    assert len(KNOWN) == len({one.label for one in KNOWN})


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("We could not find a date, her calendar was full for weeks.", "finding-time"),
        ("The screen froze and we lost the sound in the middle of the call.", "technology-fails"),
        ("I was afraid to contradict a director.", "rank"),
        ("We tried an AI assistant on her own report and checked its answers.", "ai-at-work"),
    ],
)
def test_plain_statements_find_their_subject(
    subjects: Subjects, embedder: MiniLMEmbedder, said: str, key: str
) -> None:
    assert told(subjects, embedder, said) in {key, "speaking-up" if key == "rank" else key}


@pytest.mark.parametrize(
    "said", ["The soup needs more salt.", "My card was charged twice at the cash machine.", ""]
)
def test_what_is_about_none_of_them_finds_none(
    subjects: Subjects, embedder: MiniLMEmbedder, said: str
) -> None:
    assert "" == told(subjects, embedder, said)


def test_the_sentence_follows_what_is_told(subjects: Subjects) -> None:
    first = KNOWN[0]

    assert (first.good, True) == subjects.sentence(0, ItemKind.WIN)
    assert (first.hard, True) == subjects.sentence(0, ItemKind.CHALLENGE)
    assert (first.plain, False) == subjects.sentence(0, ItemKind.QUESTION)
    assert (first.plain, False) == subjects.sentence(0, None)


class _OneGroup(Clusterer):
    """Puts everything together, and keeps how much it was given."""

    def __init__(self) -> None:
        self.rows: list[int] = []

    def group(
        self,
        vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
        deciding: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
        groups: int | None = None,
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        del deciding, groups
        self.rows.append(len(vectors))
        return np.zeros(len(vectors), dtype=np.int64)

    def pair_up(
        self, likeness: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    ) -> list[tuple[int, int]]:
        return [(0, 0)] if likeness.size else []


def test_only_what_is_about_no_subject_is_grouped_and_a_given_number_is_of_groups_alone(
    subjects: Subjects, embedder: MiniLMEmbedder
) -> None:
    vectors = embedder.embed([KNOWN[0].examples[0], "The soup needs more salt.", "Rain again."])
    inner = _OneGroup()
    known = KnownFirst(subjects, inner)
    deciding = np.ones(3, dtype=np.bool_)

    labels = known.group(vectors, deciding)
    known.group(vectors, deciding, 2)

    assert [2, 3] == inner.rows
    assert 0 == labels[0]
    assert labels[1] == labels[2] >= len(KNOWN)


def test_advice_for_the_two_says_to_pass_it_on_and_advice_for_leads_does_not() -> None:
    advise = Advisor(LIBRARY, WordIndex(LIBRARY), KNOWN)
    by_label = {one.label: one for one in KNOWN}

    pacing = advise(by_label["Going too fast"].label)
    worth = advise(by_label["Is it worth it"].label)

    assert pacing[0].text.startswith("Pass on to your pairs: Do the thing once")
    assert not worth[0].text.startswith("Pass on")
    assert "show-once-slowly" == pacing[0].citation.key


def test_of_a_topic_a_lead_is_pointed_to_an_exercise_of_its_kit() -> None:
    advise = Advisor(LIBRARY, WordIndex(LIBRARY), KNOWN)

    safety, _ = advise("AI at work")

    assert "generative-ai-safety" == safety.citation.key
    kit = LIBRARY.by_key["generative-ai-safety"]
    exercises = [one.path[-1] for one in kit.sections if one.path[0] == "Hands-on"]
    assert f"Offer your pairs a session on “{kit.title}”." in safety.text
    assert f"“{exercises[0]}”" in safety.text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- key: a", "label"),
        ("nonsense", "cannot be read|dictionary"),
        ("", "cannot be read"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "subjects.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(LibraryError, match=f"subjects.yaml.*({fault})"):
        load_subjects(tmp_path / "subjects.yaml")


def test_the_auditor_lets_the_librarys_own_lines_be_whoever_says_such_words() -> None:
    subject = next(one for one in KNOWN if one.key == "ai-at-work")
    statements = [
        Statement(id=str(at), pair=str(at), text=f"We used AI {at} times.") for at in range(6)
    ]
    theme = Theme(id="t", label=subject.label, sentence=subject.plain, pairs=Count(least=5, most=9))
    report = ThemeReport(made=date(2026, 3, 2), min_pairs=5, themes=(theme,))
    own = theme.model_copy(update={"sentence": "Pairs like AI."})

    auditor = Auditor(library_texts())

    assert () == auditor.audit(report, statements)
    assert auditor.audit(report.model_copy(update={"themes": (own,)}), statements)
