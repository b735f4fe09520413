"""Vectors from any OpenAI-compatible ``/v1/embeddings`` endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from coach.errors import EmbedderError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings
    from numpy.typing import NDArray

#: Seconds for one request, and how often a failed one is tried again.
_TIMEOUT, _RETRIES = 30.0, 2


class EndpointEmbedder:
    """Unit-length vectors from an endpoint, through LangChain's OpenAI client.

    Raises:
        EmbedderError: the endpoint does not answer, refuses, or returns
            something that is not one vector per text.
    """

    def __init__(self, base_url: str, model: str, api_key: str | None = None) -> None:
        self._base_url = base_url
        self._model = model
        self._api_key = api_key

    @property
    def identity(self) -> str:
        """The endpoint's host and model; the key is no part of it."""
        return f"endpoint:{self._host}:{self._model}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit-length row per text."""
        import openai

        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        where = f"The embeddings endpoint {self._host!r}"
        try:
            found = self._client.embed_documents(list(texts))
            lengths = {len(row) for row in found}
            vectors = np.asarray(found if len(lengths) == 1 else [], dtype=np.float32)
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise EmbedderError(
                f"{where} refused the key. Set COACH_EMBEDDINGS_API_KEY."
            ) from error
        except openai.NotFoundError as error:
            raise EmbedderError(
                f"{where} has no model {self._model!r}. Check COACH_EMBEDDINGS_MODEL."
            ) from error
        except openai.APIConnectionError as error:
            raise EmbedderError(
                f"{where} does not answer. Check COACH_EMBEDDINGS_BASE_URL, or unset it to use "
                "the built-in embedder."
            ) from error
        except openai.OpenAIError as error:
            raise EmbedderError(
                f"{where} failed: {type(error).__name__}. Try again later."
            ) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise EmbedderError(f"{where} returned something that is not vectors.") from error
        if len(vectors) != len(texts):
            raise EmbedderError(f"{where} returned {len(found)} vectors for {len(texts)} texts.")
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or (norms == 0).any():
            raise EmbedderError(f"{where} returned a vector without a direction.")
        return np.asarray(vectors / norms, dtype=np.float32)

    @property
    def _host(self) -> str:
        # Not the whole of it: an address may carry a user's name and password.
        return urlsplit(self._base_url).netloc.rpartition("@")[2]

    def warm(self) -> None:
        """Nothing to load: the endpoint has the model."""

    @cached_property
    def _client(self) -> OpenAIEmbeddings:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        return OpenAIEmbeddings(
            model=self._model,
            openai_api_base=self._base_url,
            # Local servers need no key, but the client insists on one.
            openai_api_key=SecretStr(self._api_key or "none"),
            # Sends text instead of OpenAI's token numbers, which other servers do not know.
            check_embedding_ctx_length=False,
            request_timeout=_TIMEOUT,
            max_retries=_RETRIES,
        )
