"""The addresses under ``/account``: signing in and out with a password, and invitations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from account_pages import (
    CONTENT_POLICY,
    invitation_page,
    missed_page,
    notice_page,
    sign_in_page,
    signed_in_page,
)
from forms import FormError, FormGuard
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from coach.bootstrap import Workspace
from coach.entrance.sign_ins import LONGEST
from coach.errors import CoachError, SignInError

_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    # The address of an invitation is its secret. With "no-referrer" browsers would also hide that
    # a form of ours comes from us.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}
_TROUBLE = "The coach cannot sign anybody in at the moment. Try again in a minute."


class AccountRoutes:
    """Local accounts for browsers. ``cookie`` is the name of the cookie that they keep."""

    def __init__(
        self, workspace: Callable[[], Workspace], forms: FormGuard, cookie: str, *, secure: bool
    ) -> None:
        self._workspace = workspace
        self._forms = forms
        self._cookie = cookie
        self._secure = secure

    def routes(self) -> list[Route]:
        """What the server adds to the coach's pages."""
        found: list[tuple[str, Callable[[Request], Awaitable[Response]], str]] = [
            ("/account/sign-in", self._show_sign_in, "GET"),
            ("/account/sign-in", self._sign_in, "POST"),
            ("/account/sign-out", self._sign_out, "POST"),
            ("/account/invitation/{secret}", self._show_invitation, "GET"),
            ("/account/invitation/{secret}", self._accept, "POST"),
        ]
        return [Route(path, self._calm(to), methods=[method]) for path, to, method in found]

    async def _show_sign_in(self, request: Request) -> Response:
        name = await run_in_threadpool(self._name_of, request)
        if name is not None:
            return self._page(request, lambda token: signed_in_page(token, name=name))
        to = own_path(request.query_params.get("next", ""))
        return self._page(request, lambda token: sign_in_page(token, to=to))

    async def _sign_in(self, request: Request) -> Response:
        fields = await self._forms.read(request)
        email, to = fields.get("email", ""), own_path(fields.get("next", ""))
        entrance = self._workspace().entrance
        try:
            secret = await run_in_threadpool(
                entrance.signing_in.sign_in, email, fields.get("password", ""), _address(request)
            )
        except SignInError as error:
            words = str(error)
            return self._page(
                request,
                lambda token: sign_in_page(token, email=email[:254], warning=words, to=to),
                status=403,
            )
        missed = await run_in_threadpool(entrance.signing_in.missed_before, secret)
        page = HTMLResponse(missed_page(missed, to=to), headers=_HEADERS) if missed else None
        return await self._welcome(request, secret, to, page)

    async def _sign_out(self, request: Request) -> Response:
        await self._forms.read(request)
        secret = request.cookies.get(self._cookie, "")
        await run_in_threadpool(self._workspace().entrance.signing_in.sign_out, secret)
        response = RedirectResponse("/account/sign-in", status_code=303, headers=_HEADERS)
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True)
        return response

    async def _show_invitation(self, request: Request) -> Response:
        invited = await run_in_threadpool(
            self._workspace().entrance.invitations.invited,
            request.path_params["secret"],
            _address(request),
        )
        return self._page(
            request,
            lambda token: invitation_page(token, name=invited.name, email=invited.email),
        )

    async def _accept(self, request: Request) -> Response:
        fields = await self._forms.read(request)
        invitations = self._workspace().entrance.invitations
        link, address = request.path_params["secret"], _address(request)
        invited = await run_in_threadpool(invitations.invited, link, address)
        password = fields.get("password", "")
        try:
            if password != fields.get("again", ""):
                raise SignInError("The two passwords differ. Type the same one twice.")
            secret = await run_in_threadpool(invitations.accept, link, password, address)
        except SignInError as error:
            words = str(error)
            return self._page(
                request,
                lambda token: invitation_page(
                    token, name=invited.name, email=invited.email, warning=words
                ),
                status=403,
            )
        return await self._welcome(request, secret, "/")

    async def _welcome(
        self, request: Request, secret: str, to: str, page: Response | None = None
    ) -> Response:
        # Whoever was signed in here before no longer is.
        before = request.cookies.get(self._cookie, "")
        if before:
            await run_in_threadpool(self._workspace().entrance.signing_in.sign_out, before)
        response = page or RedirectResponse(to, status_code=303, headers=_HEADERS)
        response.set_cookie(
            self._cookie,
            secret,
            max_age=int(LONGEST.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._secure,
            path="/",
        )
        return response

    def _name_of(self, request: Request) -> str | None:
        workspace = self._workspace()
        actor = workspace.entrance.signing_in.who(request.cookies.get(self._cookie, ""))
        return workspace.own_data.me(actor).name if actor else None

    def _page(
        self, request: Request, written: Callable[[str], str], *, status: int = 200
    ) -> Response:
        value = self._forms.value(request)
        page = written(self._forms.token(value))
        response = HTMLResponse(page, status_code=status, headers=_HEADERS)
        self._forms.give(response, value)
        return response

    def _calm(
        self, to: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """``to``, with a page for people whatever goes wrong."""

        async def answer(request: Request) -> Response:
            try:
                return await to(request)
            except FormError as error:
                return _notice("That did not arrive", str(error), error.status)
            except SignInError as error:
                return _notice("Not signed in", str(error), 403)
            except CoachError:
                return _notice("Not now", _TROUBLE, 503)

        return answer


def own_path(address: str) -> str:
    """``address`` if it is a path of this server, else the first page."""
    parts = urlsplit(address) if len(address) <= 500 and address.isprintable() else None
    own = (
        parts
        and not (parts.scheme or parts.netloc or "\\" in address)
        and parts.path.startswith("/")
        and not address.startswith("//")
        and not parts.path.startswith("/account/")
    )
    return address if own else "/"


def _notice(title: str, words: str, status: int) -> Response:
    return HTMLResponse(notice_page(title, words), status_code=status, headers=_HEADERS)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
