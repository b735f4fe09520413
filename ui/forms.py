"""What a browser sends from a form: bounded, of the right kind, and from our own page."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

_LARGEST = 16_384
_FIELDS = 8
_KIND = "application/x-www-form-urlencoded"


class FormError(Exception):
    """A form that cannot be taken: ``status`` says why to a program, the words to a person."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class FormGuard:
    """Ties each form to the browser that was shown it, so that no other page can send it.

    A cookie holds a random value, the form its signature with the server's secret.
    """

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._secret = secret.encode()
        self._secure = secure
        self._name = "__Host-coach-form" if secure else "coach-form"

    def value(self, request: Request) -> str:
        """The browser's own value; a new one if it has none."""
        return request.cookies.get(self._name) or secrets.token_urlsafe(32)

    def token(self, value: str) -> str:
        """What the form has to send back."""
        return hmac.new(self._secret, b"form:" + value.encode(), hashlib.sha256).hexdigest()

    def give(self, response: Response, value: str) -> None:
        """Let the browser keep ``value`` until it is closed."""
        response.set_cookie(
            self._name, value, httponly=True, samesite="strict", secure=self._secure, path="/"
        )

    async def read(self, request: Request) -> Mapping[str, str]:
        """The form's fields. Raises ``FormError``."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
            raise FormError(415, "This address takes only its own form. Open it in a browser.")
        body = await _bounded(request)
        try:
            pairs = parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=_FIELDS,
            )
        except ValueError as error:
            raise FormError(400, "The form came in pieces. Open the page again.") from error
        fields = dict(pairs)
        held = request.cookies.get(self._name, "")
        if not held or not hmac.compare_digest(
            fields.get("token", "").encode(), self.token(held).encode()
        ):
            raise FormError(
                403,
                "This form was sent from another page, or your browser keeps no cookies. Open the "
                "page again here, and allow it to keep them.",
            )
        return fields


async def _bounded(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            raise FormError(413, "That was more than a form of ours can hold. Nothing was kept.")
    return bytes(body)
