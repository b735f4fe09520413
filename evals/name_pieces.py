"""The embedder's own vectors of its word pieces, read out of its ONNX file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.adapters.embedders.minilm import model_bytes, word_pieces
from coach.adapters.identifiers.pieces import pieces

_WEIGHTS, _SCALES = "word_embeddings.weight_q", "word_embeddings.weight_scale"
#: Numbers of the ONNX format's fields: model.graph, graph.initializer, tensor.name and its bytes.
_GRAPH, _TENSOR, _NAME, _RAW = 7, 5, 8, 9


def piece_vectors(size: int) -> NDArray[np.float32]:
    """A row of ``size`` numbers per word piece: the directions in which they differ most."""
    tensors = dict(_tensors(model_bytes()))
    scales = np.frombuffer(_ending(tensors, _SCALES), np.float32)
    rows = np.frombuffer(_ending(tensors, _WEIGHTS), np.int8).reshape(len(scales), -1)
    vectors = rows.astype(np.float32) * scales[:, None]
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    found = vectors @ directions[:, ::-1][:, :size]
    scaled: NDArray[np.float32] = found / np.linalg.norm(found, axis=1).mean()
    return scaled


class WordVectors:
    """The mean of a word's pieces."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self.vectors = vectors
        self._tokenizer = word_pieces()
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """A row per word: itself, the word before it, and the one after it, side by side."""
        own = np.array([self._one(word) for word in words])
        nobody = np.zeros((1, own.shape[1]), np.float32)
        return np.hstack((own, np.vstack((nobody, own[:-1])), np.vstack((own[1:], nobody))))

    def _one(self, word: str) -> NDArray[np.float32]:
        if word not in self._known:
            rows = self.vectors[pieces(self._tokenizer, word)]
            mean = rows.mean(axis=0) if len(rows) else np.zeros(self.vectors.shape[1])
            self._known[word] = mean.astype(np.float32)
        return self._known[word]


def _ending(tensors: dict[str, bytes], name: str) -> bytes:
    return next(raw for full, raw in tensors.items() if full.endswith(name))


def _tensors(model: bytes) -> Iterator[tuple[str, bytes]]:
    for number, graph in _fields(model):
        if number == _GRAPH:
            for inner, tensor in _fields(graph):
                if inner == _TENSOR:
                    parts = dict(_fields(tensor))
                    yield parts.get(_NAME, b"").decode(), parts.get(_RAW, b"")


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each field of a protocol buffer's message; a plain number has none."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            _, at = _number(data, at)
        else:
            size, at = _number(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            yield key >> 3, data[at : at + size]
            at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 0x80:
            return value, at
