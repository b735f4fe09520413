"""What every answer and every request has to keep to, before Streamlit sees it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from coach.serving import Serving

_HARMLESS = {"GET", "HEAD", "OPTIONS"}
_HEALTH = "/_stcore/health"
#: What a browser may ask for before anybody is signed in.
_OPEN = ("/account/", "/_stcore/")
_DEFAULTS = {
    "Content-Security-Policy": "frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Guard:
    """Refuses requests that only a trick can bring, and makes every answer strict.

    Another host's name in a request means that a strange page had its own name point to this
    server; another origin means that a strange page sends or listens with this browser's cookies.
    """

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif not self._known(scope) and scope["path"] != _HEALTH:
            await self._refuse(scope, receive, send)
        else:
            await self._app(scope, receive, self._strict(send))

    def _known(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(f"//{host}") not in self._serving.names:
            return False
        origin = headers.get("origin")
        if origin is None or (scope["type"] == "http" and scope["method"] in _HARMLESS):
            return True
        if self._serving.local:
            # By whichever of its names this machine was asked.
            return urlsplit(origin).netloc.lower() == host.lower()
        return origin.lower() == self._serving.origin

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
            return
        words = (
            f"This is not the coach's address, or another page sent this. The coach is at "
            f"{self._serving.origin}\n"
        )
        await PlainTextResponse(words, status_code=403)(scope, receive, send)

    def _strict(self, send: Send) -> Send:
        async def strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _DEFAULTS.items():
                    headers.setdefault(name, value)
                if self._serving.secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                    _bind_cookies(message)
            await send(message)

        return strictly


class ToSignIn:
    """Leads a browser that brings no ``cookie`` to the sign-in, before it loads a page.

    Whether a cookie still holds is asked by the page itself, at every step.
    """

    def __init__(self, app: ASGIApp, cookie: str) -> None:
        self._app = app
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        answer: ASGIApp = self._app
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            request = Request(scope)
            page = "text/html" in request.headers.get("accept", "") and scope["method"] == "GET"
            if page and self._cookie not in request.cookies:
                here = quote(f"{scope['path']}?{request.url.query}".rstrip("?"), safe="/")
                answer = RedirectResponse(f"/account/sign-in?next={here}", status_code=303)
        await answer(scope, receive, send)


def _bind_cookies(message: Message) -> None:
    """Let every cookie travel by TLS only; Streamlit's own do not say so."""
    message["headers"] = [
        (name, value + b"; Secure")
        if name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        else (name, value)
        for name, value in message["headers"]
    ]


def _name(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
