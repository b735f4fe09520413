from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import openai
import pytest

from coach.adapters.chat.faults import asked_to_wait, may_pass, translated
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

_VENDOR = "VENDOR TEXT: what you sent"
_HOST = "models.example:8443"
#: The HTTP library below the client, under whichever name it goes.
_HTTP = import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])

#: What each error of the client means to a person. A new one must be given its place here.
_OPENAI: dict[str, type[ModelError]] = {
    "OpenAIError": ModelReplyError,
    "APIError": ModelReplyError,
    "APIResponseValidationError": ModelReplyError,
    "APIStatusError": ModelRequestError,
    "APIConnectionError": ModelUnreachableError,
    "APITimeoutError": ModelTimeoutError,
    "BadRequestError": ModelRequestError,
    "AuthenticationError": ModelKeyError,
    "OAuthError": ModelKeyError,
    "PermissionDeniedError": ModelKeyError,
    "NotFoundError": ModelMissingError,
    "ConflictError": ModelRequestError,
    "UnprocessableEntityError": ModelRequestError,
    "RateLimitError": ModelBusyError,
    "InternalServerError": ModelBusyError,
    "LengthFinishReasonError": ModelReplyError,
    "ContentFilterFinishReasonError": ModelReplyError,
    "InvalidWebhookSignatureError": ModelReplyError,
    "SubjectTokenProviderError": ModelReplyError,
    "WebSocketConnectionClosedError": ModelReplyError,
    "WebSocketQueueFullError": ModelReplyError,
    "StreamAlreadyConsumed": ModelReplyError,
    "APIRemovedInV1": ModelReplyError,
    "MutuallyExclusiveAuthError": ModelReplyError,
    "MissingDependencyError": ModelReplyError,
    "_AmbiguousModuleClientUsageError": ModelReplyError,
}
_NEVER_BEGAN = {"ConnectError", "UnsupportedProtocol", "ProxyError", "InvalidURL"}


def _all_below(error: type[BaseException]) -> Iterator[type[BaseException]]:
    yield error
    for below in error.__subclasses__():
        yield from _all_below(below)


def _of_openai() -> dict[str, type[BaseException]]:
    # The client loads its services on first use, and some bring errors of their own.
    import_module("openai.resources.embeddings")
    own = [*_all_below(openai.OpenAIError), openai.InvalidWebhookSignatureError]
    # LangChain, and the client's other services, derive from them for their own ends.
    return {kind.__name__: kind for kind in own if kind.__module__.partition(".")[0] == "openai"}


def _of_http() -> dict[str, type[BaseException]]:
    kinds = inspect.getmembers(_HTTP, inspect.isclass)
    return {name: kind for name, kind in kinds if issubclass(kind, Exception)}


def _made(kind: type[BaseException], status: int = 409) -> BaseException:
    """An error of this kind, as its own library would make it."""
    request = _HTTP.Request("POST", f"https://{_HOST}/v1/chat/completions")
    fixed = getattr(kind, "status_code", status)
    given: dict[str, Any] = {
        "message": _VENDOR,
        "request": request,
        "response": _HTTP.Response(fixed if isinstance(fixed, int) else status, request=request),
        "body": {"message": _VENDOR},
        "completion": None,
        "unsent_messages": [],
    }
    if kind.__name__ == "InternalServerError":
        given["response"] = _HTTP.Response(503, request=request)
    if kind.__name__ == "LengthFinishReasonError":
        given["completion"] = SimpleNamespace(usage=None)
    try:
        wanted = inspect.signature(kind).parameters.values()
    except ValueError:
        # Python's own way of making an error.
        return kind(_VENDOR)
    fixed_ways = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return kind(
        **{
            one.name: given.get(one.name, _VENDOR)
            for one in wanted
            if one.kind not in fixed_ways and (one.default is one.empty or one.name in given)
        }
    )


def test_every_error_of_the_client_has_its_place() -> None:
    assert set(_OPENAI) == set(_of_openai())


@pytest.mark.parametrize("name", sorted(_OPENAI))
def test_every_error_of_the_client_is_translated(name: str) -> None:
    found = translated(_made(_of_openai()[name]), host=_HOST, model="some-model")

    assert _OPENAI[name] is type(found)
    assert _HOST in str(found)
    assert "VENDOR" not in str(found)
    assert "\n" not in str(found)


@pytest.mark.parametrize("name", sorted(_of_http()))
def test_every_error_of_the_http_library_is_translated(name: str) -> None:
    kind = _of_http()[name]
    error = _made(kind)

    found = translated(error, host=_HOST, model="some-model")

    expected: type[ModelError] = ModelReplyError
    if issubclass(kind, _HTTP.TimeoutException):
        expected = ModelTimeoutError
    if name in _NEVER_BEGAN or name in ("ConnectTimeout", "PoolTimeout"):
        expected = ModelUnreachableError
    assert expected is type(found)
    assert _HOST in str(found)
    assert "VENDOR" not in str(found)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (InterruptedError(), ModelStoppedError),
        (TimeoutError(), ModelTimeoutError),
        (ConnectionRefusedError(_VENDOR), ModelUnreachableError),
        (ConnectionResetError(_VENDOR), ModelReplyError),
        (EOFError(_VENDOR), ModelReplyError),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, _VENDOR), ModelReplyError),
        (ValueError(_VENDOR), ModelReplyError),
        (RecursionError(_VENDOR), ModelReplyError),
    ],
)
def test_what_pythons_own_errors_mean(error: Exception, expected: type[ModelError]) -> None:
    found = translated(error, host=_HOST, model="some-model")

    assert expected is type(found)
    assert "VENDOR" not in str(found)


def test_an_error_of_the_coachs_own_comes_through_whatever_wraps_it() -> None:
    own = ModelReplyError("The endpoint packs its replies.")
    wrapped = _made(openai.APIConnectionError)
    wrapped.__cause__ = own

    assert own is translated(wrapped, host=_HOST, model="m")


def test_a_host_that_cannot_be_reached_in_time_is_unreachable() -> None:
    wrapped = _made(openai.APITimeoutError)
    wrapped.__cause__ = _HTTP.ConnectTimeout(_VENDOR)

    assert ModelUnreachableError is type(translated(wrapped, host=_HOST, model="m"))


@pytest.mark.parametrize(
    ("status", "code", "expected", "says"),
    [
        (402, None, ModelBusyError, "quota there is used up. Look"),
        (429, "insufficient_quota", ModelBusyError, "quota there is used up. Look"),
        (429, "rate_limit_exceeded", ModelBusyError, "too much to do"),
        (408, None, ModelBusyError, "too much to do"),
        (400, "content_filter", ModelRequestError, "filtered the request"),
        (400, "context_length_exceeded", ModelRequestError, "too long for the model 'm'"),
        (400, "model_not_found", ModelMissingError, "no model 'm'"),
        (404, "DeploymentNotFound", ModelMissingError, "no model 'm'"),
        (405, None, ModelMissingError, "does not speak chat completions"),
        (308, None, ModelRequestError, "another address"),
        (529, None, ModelBusyError, "status 529"),
    ],
)
def test_codes_tell_more_than_a_status(
    status: int, code: str | None, expected: type[ModelError], says: str
) -> None:
    request = _HTTP.Request("POST", f"https://{_HOST}/v1")
    response = _HTTP.Response(status, request=request)
    error = openai.APIStatusError(_VENDOR, response=response, body={"code": code})

    found = translated(error, host=_HOST, model="m")

    assert expected is type(found)
    assert says in str(found)


def _busy(code: str | None = None, **headers: str) -> ModelError:
    request = _HTTP.Request("POST", f"https://{_HOST}/v1")
    response = _HTTP.Response(429, request=request, headers=headers)
    vendors = openai.RateLimitError(_VENDOR, response=response, body={"code": code})
    error = translated(vendors, host=_HOST, model="m")
    error.__cause__ = vendors
    return error


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("-4", 0.0),
        ("nan", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("inf", float("inf")),
    ],
)
def test_what_an_endpoint_asks_us_to_wait(told: str, seconds: float) -> None:
    assert seconds == asked_to_wait(_busy(**{"Retry-After": told}))


def test_a_date_in_the_future_is_waited_for() -> None:
    assert asked_to_wait(_busy(**{"Retry-After": "Fri, 31 Dec 2998 23:59:59 GMT"})) > 8.0


def test_a_used_up_quota_does_not_pass_in_seconds() -> None:
    assert may_pass(_busy())
    assert not may_pass(_busy("insufficient_quota"))
    assert not may_pass(ModelRequestError("no"))


def test_the_http_library_is_found_by_the_faults() -> None:
    """Where the client moves to another library, its errors must still be known by name."""
    assert _HTTP.__name__ in sys.modules
    assert _HTTP.__name__ in ("httpx", "httpx2")
