"""The server: the coach's pages, with the sign-in beside them."""

from __future__ import annotations

import asyncio
import os
import sys
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import engine
import streamlit as st
from account_routes import AccountRoutes
from forms import FormGuard
from guarding import Guard, ToSignIn
from many_at_once import prepare_for_many
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config
from streamlit.web.bootstrap import load_config_options

from coach.bootstrap import open_cookie_secret
from coach.errors import SettingsError
from coach.serving import Serving, cookie_name
from coach.settings import CoachSettings

HERE = Path(__file__).parent
#: What Streamlit must be set to, and why: a setting of its own could undo the sign-in.
_MUST_BE: dict[str, tuple[Any, str]] = {
    "server.enableXsrfProtection": (True, "other pages could send forms in people's names"),
    "server.enableCORS": (True, "other pages could read what people see"),
    "server.corsAllowedOrigins": ([], "other pages could read what people see"),
    "server.xsrfCookieSameSite": ("lax", "other pages could send forms in people's names"),
    "server.trustedUserHeaders": ({}, "whoever sends such a header could be anybody"),
    "server.enableAgentApi": (False, "programs could use the pages without a sign-in"),
    "server.baseUrlPath": ("", "the sign-in would not be where the pages look for it"),
    "global.developmentMode": (False, "other pages could read what people see"),
}


def pages(serving: Serving, settings: CoachSettings, *, browser: bool) -> st.App:
    """The application, which opens a ``browser`` at its start.

    Raises ``SettingsError`` for what would make it unsafe.
    """
    # Streamlit looks for its files beside the program that was started.
    sys.argv = [str(HERE / "streamlit_app.py")]
    try:
        load_config_options(_options(serving))
    except RuntimeError as error:
        raise SettingsError(f"Streamlit refuses the options it was given: {error}") from error
    for name, (wanted, otherwise) in _MUST_BE.items():
        if st.get_option(name) not in (wanted, None):
            raise SettingsError(
                f"Streamlit's option {name} is set to {st.get_option(name)!r}: {otherwise}. Take "
                "it out of the environment and of .streamlit/config.toml."
            )
    if st.get_option("server.sslCertFile") and not serving.secure:
        raise SettingsError(
            "Streamlit's option server.sslCertFile is set, and the coach's address has no https. "
            f"Set COACH_PUBLIC_URL, for example {serving.bound.replace('http', 'https', 1)}."
        )
    middleware = [Middleware(Guard, serving=serving)]
    routes: list[Route] = []
    secrets: dict[str, Any] | None = None
    if serving.sign_in == "accounts":
        cookie = cookie_name(settings)
        forms = FormGuard(open_cookie_secret(settings), secure=serving.secure)
        accounts = AccountRoutes(engine.opened_workspace, forms, cookie, secure=serving.secure)
        routes = accounts.routes()
        middleware.append(Middleware(ToSignIn, cookie=cookie))
    elif serving.sign_in == "oidc":
        secrets = _provider(serving, settings)
    return st.App(
        HERE / "streamlit_app.py",
        routes=routes,
        middleware=middleware,
        secrets=secrets,
        lifespan=_opens(serving.origin) if browser else None,
    )


def serve(app: st.App, serving: Serving) -> None:
    """Serve ``app`` until the process is ended."""
    prepare_for_many()
    app.run(config=_options(serving))


def _options(serving: Serving) -> dict[str, Any]:
    return {
        **_of_the_environment(),
        "server.address": serving.host,
        "server.port": serving.port,
        "server.headless": True,
        "browser.gatherUsageStats": False,
        # Else Streamlit asks a service outside for this machine's address.
        "browser.serverAddress": urlsplit(serving.origin).hostname,
        "logger.hideWelcomeMessage": True,
    }


def _of_the_environment() -> dict[str, Any]:
    """Streamlit's options from ``STREAMLIT_*``, which only its own command line reads."""
    # The template, because to ask for the options themselves would read them too early.
    return {
        option.key: _value(os.environ[option.env_var])
        for option in config._config_options_template.values()  # noqa: SLF001
        if option.env_var in os.environ and not option.sensitive
    }


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _opens(address: str) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opens(_app: st.App) -> AsyncIterator[None]:
        # The port listens by now; the browser waits until it is answered.
        opening = asyncio.create_task(asyncio.to_thread(webbrowser.open, address))
        yield
        await opening

    return opens


def _provider(serving: Serving, settings: CoachSettings) -> dict[str, Any]:
    client_secret = settings.oidc_client_secret
    return {
        "auth": {
            "redirect_uri": f"{serving.origin}/oauth2callback",
            "cookie_secret": open_cookie_secret(settings),
            "client_id": settings.oidc_client_id or "",
            "client_secret": client_secret.get_secret_value() if client_secret else "",
            "server_metadata_url": settings.oidc_metadata_url or "",
        }
    }
