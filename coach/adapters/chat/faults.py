"""What goes wrong between us and an endpoint, as the coach's own errors."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from coach.errors import (
    ModelBusyError,
    ModelError,
    ModelKeyError,
    ModelMissingError,
    ModelReplyError,
    ModelRequestError,
    ModelStoppedError,
    ModelTimeoutError,
    ModelUnreachableError,
)

STOPPED = "You stopped the model. The draft stays as it is."
#: From this status on, a fault is the server's own and may pass (RFC 9110, section 15.6).
_SERVERS_FAULT = 500
#: The HTTP libraries that clients are built on: their errors come through now and then.
_LIBRARIES = ("httpx2", "httpx")
#: Those of their errors that come before anything was sent.
_NEVER_BEGAN = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "UnsupportedProtocol",
    "ProxyError",
    "InvalidURL",
)


def host_of(address: str) -> str:
    """An address's host and port, without a user's name and password in it."""
    return urlsplit(address).netloc.rpartition("@")[2]


def translated(error: BaseException, *, host: str, model: str) -> ModelError:  # noqa: PLR0911 - one line a kind
    """The coach's error for a vendor's, with what happened, to what, and what to do.

    A vendor's own message is left out: it may repeat what was sent.
    """
    import openai

    own = next((cause for cause in _causes(error) if isinstance(cause, ModelError)), None)
    if own:
        return own
    where = f"The language model's endpoint {host!r}"
    if isinstance(error, InterruptedError):
        return ModelStoppedError(STOPPED)
    # Subclasses before their bases: a time-out is also a connection error.
    never_began = tuple(kind for name in _NEVER_BEGAN for kind in _library(name))
    if any(isinstance(cause, (ConnectionRefusedError, *never_began)) for cause in _causes(error)):
        return ModelUnreachableError(f"{where} does not answer. Check COACH_LLM_BASE_URL.")
    if isinstance(error, (openai.APITimeoutError, TimeoutError, *_library("TimeoutException"))):
        return ModelTimeoutError(f"{where} took too long. Try again, or choose a faster model.")
    if isinstance(error, openai.APIConnectionError):
        return ModelUnreachableError(f"{where} hung up. Try again, or check COACH_LLM_BASE_URL.")
    if isinstance(error, openai.APIStatusError):
        return _refusal(error.status_code, {error.code, error.type}, where, model)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelReplyError(f"{where} filtered the reply away. The draft stays as it is.")
    if isinstance(error, (openai.APIError, OSError, EOFError, *_library("HTTPError"))):
        return ModelReplyError(f"{where} broke off in the middle of its reply. Try again.")
    return ModelReplyError(
        f"{where} answered with something that is no chat completion. Check COACH_LLM_BASE_URL."
    )


def _refusal(status: int, codes: set[str | None], where: str, model: str) -> ModelError:  # noqa: PLR0911 - one line a kind
    if status in (401, 403):
        return ModelKeyError(f"{where} refused the key. Set COACH_LLM_API_KEY.")
    if status in (404, 405, 410) or codes & {"model_not_found", "DeploymentNotFound"}:
        return ModelMissingError(
            f"{where} has no model {model!r}, or does not speak chat completions. "
            "Check COACH_LLM_MODEL and COACH_LLM_BASE_URL."
        )
    if "insufficient_quota" in codes or status == 402:
        return ModelBusyError(
            f"{where} says that your quota there is used up. Look at your account with them."
        )
    if status in (408, 425, 429):
        return ModelBusyError(
            f"{where} has too much to do, or your quota there is used up. Try again later."
        )
    if status >= _SERVERS_FAULT:
        return ModelBusyError(f"{where} failed (status {status}). Try again later.")
    if 300 <= status < 400:
        return ModelRequestError(
            f"{where} sends us to another address (status {status}), where nothing is sent. "
            "Check COACH_LLM_BASE_URL."
        )
    if "content_filter" in codes:
        return ModelRequestError(f"{where} filtered the request away. The draft stays as it is.")
    if codes & {"context_length_exceeded", "exceed_context_size_error"}:
        return ModelRequestError(
            f"{where} finds the request too long for the model {model!r}. Shorten what you typed, "
            "or choose a model with a longer context."
        )
    return ModelRequestError(
        f"{where} refused the request (status {status}). `coach model check` tells what it can do."
    )


def may_pass(error: BaseException) -> bool:
    """Whether the same request may do better in some seconds."""
    vendors = error.__cause__
    if getattr(vendors, "code", None) == "insufficient_quota":
        return False
    if getattr(vendors, "status_code", None) == 402:
        return False
    return isinstance(error, ModelBusyError | ModelUnreachableError)


def asked_to_wait(error: BaseException | None) -> float:
    """The seconds that an endpoint asks for before the next request (RFC 9110, 10.2.3); 0 if none.

    Anything that is neither seconds nor a date counts as none.
    """
    response = getattr(error.__cause__ if error else None, "response", None)
    told = str(response.headers.get("retry-after", "")) if response is not None else ""
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, OverflowError):
            return 0.0
    return max(0.0, seconds) if seconds == seconds else 0.0  # noqa: PLR0124 - "nan" is a float too


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    # A chain of causes can, in theory, close on itself.
    for _ in range(10):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


def _library(name: str) -> tuple[type[BaseException], ...]:
    """The error of this name, of each HTTP library that is loaded: no other can have raised it."""
    loaded = (sys.modules.get(library) for library in _LIBRARIES)
    found = (getattr(module, name, None) for module in loaded if module)
    return tuple(kind for kind in found if isinstance(kind, type))
