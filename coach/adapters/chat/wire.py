"""What may go over the wire, to whom, and how much may come back."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from functools import cache
from importlib import import_module
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from coach.adapters.chat.faults import host_of
from coach.errors import ModelReplyError, ModelRequestError

#: Seconds to connect.
_CONNECT = 5.0
#: Whose account and project the client's own variables name.
_OPENAI = ("openai.com", "azure.com")
#: All that a server needs to know of us. Anything else (the client adds the system, the Python,
#: and what OPENAI_CUSTOM_HEADERS holds) stays here.
_NEEDED = {"host", "connection", "content-type", "content-length", "accept"}
_ACCOUNT = {"openai-organization", "openai-project"}


def on_loopback(address: str) -> bool:
    """Whether an address leads to this very machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_openais(address: str) -> bool:
    """Whether OpenAI's own service is there, or Azure's of it."""
    host = urlsplit(address).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _OPENAI)


def _library() -> Any:
    """The HTTP library below the client; it has changed its name before."""
    import openai

    return import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])


@cache
def _trusted(*, here: bool) -> ssl.SSLContext:
    """Which certificates are trusted; reading them takes longer than all else in a request."""
    context: ssl.SSLContext = _library().create_ssl_context(trust_env=not here)
    return context


@cache
def unused_client() -> Any:
    """What LangChain wants for calls that block, which are never made."""
    import openai

    return openai.DefaultHttpxClient(verify=_trusted(here=True), trust_env=False)


def patience(between: float) -> Any:
    """How long to wait: ``between`` seconds for a next piece, less for a connection."""
    import openai

    return openai.Timeout(between, connect=min(between, _CONNECT))


def http_client(base_url: str, api_key: str | None, *, most: int) -> Any:
    """An asynchronous HTTP client for one request to one endpoint.

    It follows no redirect, sends nothing but the request and the key, and breaks off a reply of
    more than ``most`` bytes.
    """
    import openai

    needed = _NEEDED | (_ACCOUNT if is_openais(base_url) else set())

    async def only_what_is_needed(request: Any) -> None:
        # The client is told the address, and still other variables might have a say in it.
        if request.url.host != type(request.url)(base_url).host:
            raise ModelRequestError(f"Nothing is sent to {str(request.url.host)!r}.")
        # An address may carry a name and a password, for a server that asks for those.
        basic = request.headers.get("authorization", "").startswith("Basic ")
        for name in set(request.headers) - needed - ({"authorization"} if basic else set()):
            del request.headers[name]
        request.headers["User-Agent"] = "reverse-mentoring-coach"
        # A few packed bytes can unpack to gigabytes.
        request.headers["Accept-Encoding"] = "identity"
        if api_key:
            request.headers["Authorization"] = f"Bearer {api_key}"

    async def only_so_much(response: Any) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ModelReplyError(f"The endpoint {host_of(base_url)!r} packs its replies.")
        if response.is_success and "text/html" in response.headers.get("content-type", ""):
            raise ModelReplyError(
                f"The endpoint {host_of(base_url)!r} answered with a web page. Check "
                "COACH_LLM_BASE_URL: it often ends in /v1."
            )
        response.stream = _bounded(response, most)

    here = on_loopback(base_url)
    return openai.DefaultAsyncHttpxClient(
        verify=_trusted(here=here),
        # What is meant for one host goes to no other, neither by its own word…
        follow_redirects=False,
        # … nor, from this machine to itself, through a proxy.
        trust_env=not here,
        event_hooks={"request": [only_what_is_needed], "response": [only_so_much]},
    )


def _bounded(response: Any, most: int) -> Any:
    """The response's bytes, until there are too many: a client keeps all that it is sent."""
    stream = response.stream
    base = _library().AsyncByteStream

    class Bounded(base):  # type: ignore[misc, valid-type]
        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = most
            async for block in stream:
                left -= len(block)
                if left < 0:
                    raise ModelReplyError(
                        "The model sent far more than it was asked for, and was cut off."
                    )
                yield block

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
