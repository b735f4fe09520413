from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from corpora import TEXTS, generations_in, passages_of, write_lines
from fakes import CountingEmbedder, HashEmbedder

from coach.adapters.corpus import read_corpus
from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.adapters.index.build import build_index, rebuild_for
from coach.adapters.index.generations import current, read_manifest
from coach.adapters.index.hybrid import HybridIndex
from coach.bootstrap import build_index_of, open_coach, open_index
from coach.errors import GuidanceIndexError, LibraryError
from coach.settings import CoachSettings


def test_json_lines_become_a_searchable_index(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "texts.jsonl")

    report, faults = build_index_of(source, tmp_path / "index")
    found = open_index(tmp_path / "index", long_lived=True).search("when does my train depart?")

    assert (5, 5, 5, 0) == (report.documents, report.passages, report.embedded, report.reused)
    assert () == faults
    assert "d1" == found.hits[0].passage.doc_id


def test_a_folder_of_markdown_becomes_a_searchable_index(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "bread.md").write_text(f"---\nkey: x\n---\n# Bread\n\n## Dough\n\n{TEXTS[2]}\n")
    (folder / "deep" / "sea.md").write_text(TEXTS[4])
    (folder / "latin.md").write_bytes(b"caf\xe9")

    report, faults = build_index_of(folder, tmp_path / "index")
    found = open_index(tmp_path / "index").search("how long must I work the dough?")

    assert 2 == report.documents
    assert ("latin.md: not readable UTF-8 text",) == faults
    assert ("bread", "Dough") == (found.hits[0].passage.doc_id, found.hits[0].passage.heading)


def test_faulty_lines_are_left_out_and_named(tmp_path: Path) -> None:
    source = tmp_path / "texts.jsonl"
    source.write_text(
        '{"id": "a", "text": "Bread"}\nnot json\n[1]\n{"text": "no id"}\n\n'
        '{"id": "a", "text": "again"}\n{"id": "b"}\n{"id": "c", "text": "half \\ud83d of it"}\n'
    )

    report, faults = build_index_of(source, tmp_path / "index")

    assert 2 == report.documents
    assert ["line 2", "line 3", "line 4", "line 6", "line 7"] == [f.split(":")[0] for f in faults]


@pytest.mark.parametrize("content", ["", "\n\n", "not json\n", "[]\n"])
def test_a_file_without_a_usable_line_is_refused(content: str, tmp_path: Path) -> None:
    source = tmp_path / "texts.jsonl"
    source.write_text(content)

    with pytest.raises(LibraryError, match="no usable line"):
        build_index_of(source, tmp_path / "index")

    assert not (tmp_path / "index").exists()


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="nothing at"):
        read_corpus(tmp_path / "nowhere")


def test_only_new_texts_are_embedded(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    counting = CountingEmbedder(embedder)
    build_index(passages_of(), counting, tmp_path)
    counting.asked.clear()
    changed = (*TEXTS[:2], "Bake it for forty minutes.", *TEXTS[3:])

    report = build_index(passages_of(changed), counting, tmp_path)
    found = HybridIndex(tmp_path, embedder, chroma=True).search("how long in the oven?")

    assert ["Bake it for forty minutes."] == counting.asked
    assert (1, 4) == (report.embedded, report.reused)
    assert "d2" == found.hits[0].passage.doc_id


def test_an_unchanged_corpus_keeps_its_generation(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    counting = CountingEmbedder(embedder)
    build_index(passages_of(), counting, tmp_path)
    before = current(tmp_path)
    counting.asked.clear()

    report = build_index(passages_of(), counting, tmp_path)

    assert [] == counting.asked
    assert "The index is up to date." == report.message
    assert before == current(tmp_path)


def test_force_embeds_everything_again(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    build_index(passages_of(), embedder, tmp_path)

    report = build_index(passages_of(), embedder, tmp_path, force=True)

    assert (5, 0) == (report.embedded, report.reused)


def test_reused_vectors_are_those_of_a_fresh_build(
    tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(TEXTS[::-1]), embedder, tmp_path / "grown")
    build_index(passages_of(), embedder, tmp_path / "grown")
    build_index(passages_of(), embedder, tmp_path / "fresh")

    grown, fresh = (
        np.load(folder / "vectors.npy")
        for name in ("grown", "fresh")
        if (folder := current(tmp_path / name))
    )

    np.testing.assert_allclose(fresh, grown, atol=1e-5)


def test_nothing_is_left_of_a_removed_text(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    build_index(passages_of(), embedder, tmp_path)
    build_index(passages_of(TEXTS[:4]), embedder, tmp_path)

    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert b"guitar" in kept
    assert b"barometer" not in kept
    assert 1 == len(generations_in(tmp_path))


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    texts = [f"text number {number}" for number in range(150)]

    build_index(
        passages_of(texts),
        HashEmbedder(),
        tmp_path,
        progress=lambda done, total: steps.append((done, total)),
    )

    assert [(64, 150), (128, 150), (150, 150)] == steps


def test_another_embedder_rebuilds_an_index_from_its_own_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), HashEmbedder("old:1", 8), tmp_path / "index")
    monkeypatch.setattr("coach.bootstrap.indexes.choose_embedder", lambda _: embedder)
    said: list[str] = []

    found = open_index(tmp_path / "index", say=said.append).search("baking bread")
    folder = current(tmp_path / "index")

    assert folder is not None
    assert (5, 384) == np.load(folder / "vectors.npy").shape
    assert "d2" == found.hits[0].passage.doc_id
    assert 1 == len(said)
    assert "changed from 'old:1' to 'all-MiniLM" in said[0]


def test_another_embedder_rebuilds_the_coachs_own_index(
    tmp_path: Path, small_library: Path, embedder: MiniLMEmbedder
) -> None:
    settings = CoachSettings(home=tmp_path / "home", library=small_library)
    open_coach(settings, embedder=HashEmbedder("old:1", 8))
    said: list[str] = []

    coach = open_coach(settings, embedder=embedder, say=said.append)
    manifest = coach.index.manifest

    assert embedder.identity == manifest.embedder
    assert "after-a-long-gap" == coach.search("we have not met for months").hits[0].passage.doc_id
    assert "every passage was embedded again" in said[-1]


def test_vectors_of_two_embedders_are_never_compared(tmp_path: Path) -> None:
    build_index(passages_of(), HashEmbedder("old:1", 8), tmp_path)

    with pytest.raises(GuidanceIndexError, match=r"built with 'old:1'.*Build it again"):
        HybridIndex(tmp_path, HashEmbedder("new:1", 8))

    assert rebuild_for(tmp_path, HashEmbedder("old:1", 8)) is None


def test_an_embedder_that_changes_behind_its_name_is_noticed(tmp_path: Path) -> None:
    build_index(passages_of(), HashEmbedder("same", 8), tmp_path)

    index = HybridIndex(tmp_path, HashEmbedder("same", 16))

    with pytest.raises(GuidanceIndexError, match="now gives 16 numbers"):
        index.search("bread")


def test_an_index_of_nothing_is_refused_and_the_old_one_stays(
    tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    build_index(passages_of(), embedder, tmp_path)

    with pytest.raises(GuidanceIndexError, match="no text to index"):
        build_index((), embedder, tmp_path)

    assert HybridIndex(tmp_path, embedder).search("bread").hits


def test_a_persons_own_files_beside_an_index_survive(
    tmp_path: Path, embedder: MiniLMEmbedder
) -> None:
    """Someone may give ``--into`` a folder that is not empty."""
    (tmp_path / "g-photos").mkdir()
    (tmp_path / "g-photos" / "beach.jpg").write_bytes(b"mine")
    (tmp_path / "CURRENT.txt").write_text("mine")

    build_index(passages_of(), embedder, tmp_path)
    build_index(passages_of(TEXTS[:2]), embedder, tmp_path)

    assert (tmp_path / "g-photos" / "beach.jpg").is_file()
    assert (tmp_path / "CURRENT.txt").is_file()


def test_the_manifest_says_what_the_index_holds(tmp_path: Path, embedder: MiniLMEmbedder) -> None:
    build_index(passages_of(), embedder, tmp_path)
    folder = current(tmp_path)
    manifest = read_manifest(folder) if folder else None

    assert manifest is not None
    assert (5, 5, embedder.identity) == (manifest.documents, manifest.passages, manifest.embedder)


def test_chroma_says_nothing_to_the_outside(
    tmp_path: Path, embedder: MiniLMEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        build_index(passages_of(), embedder, tmp_path)

    assert not [record for record in caplog.records if "posthog" in record.name]
