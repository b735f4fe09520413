"""A real server with local accounts: forms, cookies, and pages that show nothing to nobody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from servers import PageSocket, serving
from websocket import WebSocketBadStatusException

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Account, Actor
from coach.domain.program import Person, Program
from coach.entrance.signing_in import MISSES
from coach.program.founding import found_program, invite_again
from coach.settings import CoachSettings

PASSWORD = "four words that hold"  # noqa: S105
PUBLIC = "https://coach.example.org"
#: What a page shows only to somebody who is signed in.
_INSIDE = ("This session is about", "Signed in as", "Composed from the library")


@dataclass(frozen=True)
class Server:
    """A server with accounts, and its records."""

    address: str
    workspace: Workspace
    log: Path

    def invited(self, name: str = "Ana Sá") -> tuple[Actor, str, str]:
        """Somebody new: who, their address, and the secret of their link."""
        email = f"{uuid4().hex[:8]}@example.org"
        begun = Program(name="Pilot", starts=date(2026, 3, 2))
        found_program(self.workspace.records, begun, Person(name=name, email=email))
        person, link = invite_again(self.workspace.records, email)
        return Actor(person_id=person.id), email, link

    def member(self, name: str = "Ana Sá") -> tuple[Actor, str]:
        """Somebody with a password: who, and their address."""
        actor, email, link = self.invited(name)
        self.workspace.entrance.invitations.accept(link, PASSWORD)
        return actor, email

    def browser(self) -> httpx.Client:
        """A browser without cookies."""
        return httpx.Client(base_url=self.address, timeout=30, trust_env=False)


@pytest.fixture(scope="module")
def server(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("server")
    home = shutil.copytree(built_home, place / "home")
    with serving(home, place / "log", sign_in="accounts") as address:
        yield Server(address, open_workspace(CoachSettings(home=home)), place / "log")


@pytest.fixture
def browser(server: Server) -> Iterator[httpx.Client]:
    with server.browser() as browser:
        yield browser


def token_in(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
    assert found, page.text
    return found[1]


def sign_in(
    browser: httpx.Client, email: str, password: str = PASSWORD, **more: str
) -> httpx.Response:
    token = token_in(browser.get("/account/sign-in"))
    fields = {"token": token, "email": email, "password": password, **more}
    return browser.post("/account/sign-in", data=fields)


def cookie_of(browser: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def shown(server: Server, cookie: str = "") -> str:
    with PageSocket(server.address, cookie=cookie) as page:
        return page.run()


def test_somebody_signs_in_with_the_form_and_sees_the_pages(
    server: Server, browser: httpx.Client
) -> None:
    _, email = server.member()
    reply = sign_in(browser, email.upper())

    assert (303, "/") == (reply.status_code, reply.headers["location"])
    page = shown(server, cookie_of(browser))
    assert all(words in page for words in _INSIDE)
    assert "You are signed in as <strong>Ana Sá</strong>" in browser.get("/account/sign-in").text


def test_nothing_of_a_page_is_shown_before_the_sign_in(
    server: Server, browser: httpx.Client
) -> None:
    _, email = server.member()
    sign_in(browser, email)
    real = browser.cookies["coach"]
    forged = ("", "coach=x", f"coach={real[:-1]}", f"coach={real}x", f"__Host-coach={real}")
    for cookie in forged:
        page = shown(server, cookie)

        assert "Sign in to go on" in page
        assert not any(words in page for words in _INSIDE)


def test_a_browser_without_a_cookie_is_led_to_the_sign_in_and_back(
    server: Server, browser: httpx.Client
) -> None:
    _, email = server.member()
    led = browser.get("/say?draft=a&x=%2F%2Fevil", headers={"Accept": "text/html"})
    assert 303 == led.status_code
    form = browser.get(led.headers["location"])
    to = re.search(r'name="next" value="([^"]*)"', form.text)
    assert to

    back = sign_in(browser, email, next=to[1].replace("&amp;", "&"))
    assert "/say?draft=a&x=%2F%2Fevil" == back.headers["location"]
    assert 200 == browser.get("/say", headers={"Accept": "text/html"}).status_code


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x\r\nX: y",
        "evil.example",
        "/account/sign-out",
        "/" + "x" * 600,
        "http:evil",
        "",
    ],
)
def test_the_way_on_never_leads_elsewhere(server: Server, browser: httpx.Client, to: str) -> None:
    _, email = server.member()
    reply = sign_in(browser, email, next=to)

    assert (303, "/") == (reply.status_code, reply.headers["location"])
    assert "x" not in reply.cookies


def test_a_form_from_another_page_is_refused(server: Server, browser: httpx.Client) -> None:
    _, email = server.member()
    token = token_in(browser.get("/account/sign-in"))
    fields = {"token": token, "email": email, "password": PASSWORD}
    with server.browser() as other:
        other.get("/account/sign-in")
        tries = [
            browser.post("/account/sign-in", data={**fields, "token": ""}),
            browser.post("/account/sign-in", data={**fields, "token": "é" * 64}),
            other.post("/account/sign-in", data=fields),
            httpx.post(f"{server.address}/account/sign-in", data=fields, trust_env=False),
            browser.post(
                "/account/sign-in", data=fields, headers={"Origin": "https://evil.example"}
            ),
            browser.post("/account/sign-in", data=fields, headers={"Origin": "null"}),
            browser.post("/account/sign-out", data={"token": "0" * 64}),
        ]

    assert [403] * len(tries) == [one.status_code for one in tries]
    assert not any("coach" in one.cookies for one in tries)
    assert 303 == browser.post("/account/sign-in", data=fields).status_code


def test_what_is_no_form_of_ours_is_refused(browser: httpx.Client) -> None:
    token = token_in(browser.get("/account/sign-in"))
    fields = {"token": token, "email": "a@example.org"}
    large = browser.post("/account/sign-in", data={**fields, "password": "x" * 1_000_000})
    endless = browser.post(
        "/account/sign-in",
        content=(b"x" * 10_000 for _ in range(100)),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    many = browser.post("/account/sign-in", data={str(number): "x" for number in range(200)})
    bytes_ = browser.post(
        "/account/sign-in",
        content=b"email=\xff\xfe&password=%ff%fe",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    json = browser.post("/account/sign-in", json=fields)

    assert [413, 413, 400, 400, 415] == [
        one.status_code for one in (large, endless, many, bytes_, json)
    ]
    assert all("<h1>That did not arrive</h1>" in one.text for one in (large, many, bytes_, json))


def test_typed_text_is_shown_as_text(server: Server, browser: httpx.Client) -> None:
    hostile = '"><script>alert(1)</script>@x'
    reply = sign_in(browser, hostile, "wrong words these are")
    assert 403 == reply.status_code
    assert "<script" not in reply.text
    assert "&lt;script&gt;" in reply.text

    _, _, link = server.invited("<img src=x onerror=alert(1)> \u202eAna")
    page = browser.get(f"/account/invitation/{link}")
    assert "<img" not in page.text
    assert "\u202e" not in page.text
    assert "Welcome, &lt;img" in page.text


def test_ten_misses_lock_the_account_even_for_the_right_password(
    server: Server, browser: httpx.Client
) -> None:
    ana, email = server.member()
    wrong = [sign_in(browser, email, "wrong words these are") for _ in range(MISSES)]
    right = sign_in(browser, email)

    said = {re.search(r'role="alert">([^<]*)', one.text)[1] for one in (*wrong, right)}  # type: ignore[index]
    assert {403} == {one.status_code for one in (*wrong, right)}
    assert 1 == len(said)
    assert "an account is locked for 15 minutes or longer" in said.pop()

    with server.workspace.records.writing() as work:
        [account] = work.find(Account, person_id=ana.person_id)
        work.save(account.but(locked_until=None))
    told = sign_in(browser, email, next="/say?a=%22")
    assert 200 == told.status_code
    assert f"There were {MISSES + 1} failed tries to sign in as\nyou since " in told.text
    assert '<a href="/say?a=%22">Go on' in told.text
    assert "Signed in as" in shown(server, cookie_of(browser))


def test_an_invitation_sets_a_password_once_and_signs_in(
    server: Server, browser: httpx.Client
) -> None:
    _, email, link = server.invited()
    here = f"/account/invitation/{link}"
    form = browser.get(here)
    assert f'value="{email}"' in form.text
    fields = {"token": token_in(form), "password": PASSWORD, "again": PASSWORD}

    differ = browser.post(here, data={**fields, "again": "four words that held"})
    short = browser.post(here, data={**fields, "password": "short", "again": "short"})
    taken = browser.post(here, data=fields)
    again = browser.post(here, data=fields)

    assert "The two passwords differ" in differ.text
    assert "at least 12" in short.text
    assert (303, "/") == (taken.status_code, taken.headers["location"])
    assert "Signed in as Ana Sá" in shown(server, cookie_of(browser))
    assert 403 == again.status_code == browser.get(here).status_code
    assert "This link does not work" in again.text
    assert 403 == browser.get("/account/invitation/%3Cscript%3E").status_code


def test_cookies_and_answers_are_strict(server: Server, browser: httpx.Client) -> None:
    _, email = server.member()
    form = browser.get("/account/sign-in")
    signed_in = sign_in(browser, email)
    page = browser.get("/", headers={"Accept": "text/html"})

    (cookie,) = signed_in.headers.get_list("set-cookie")
    assert re.fullmatch(r"coach=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax", cookie)
    assert "HttpOnly; Path=/; SameSite=strict" in form.headers["set-cookie"]
    policy = form.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" == form.headers["cache-control"] == signed_in.headers["cache-control"]
    assert "same-origin" == form.headers["referrer-policy"] == page.headers["referrer-policy"]
    assert "nosniff" == form.headers["x-content-type-options"]
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"<script|<link|<img|https?://", form.text)


def test_signing_in_again_gives_a_new_secret_and_ends_the_old_one(
    server: Server, browser: httpx.Client
) -> None:
    """So that a secret that somebody planted in a browser is worth nothing afterwards."""
    _, email = server.member()
    sign_in(browser, email)
    first = browser.cookies["coach"]
    with server.browser() as second:
        second.cookies.set("coach", first)
        form = second.get("/account/sign-in")
        assert "You are signed in as" in form.text
        fields = {"token": token_in(form), "email": email, "password": PASSWORD}
        reply = second.post("/account/sign-in", data=fields)

    assert first != reply.cookies["coach"]
    assert "Sign in to go on" in shown(server, f"coach={first}")
    assert "Signed in as" in shown(server, f"coach={reply.cookies['coach']}")


def test_an_open_page_ends_at_its_next_run_after_a_sign_out(
    server: Server, browser: httpx.Client
) -> None:
    actor, email = server.member()
    sign_in(browser, email)
    cookie = cookie_of(browser)
    with PageSocket(server.address, cookie=cookie) as page:
        assert "Signed in as" in page.run()
        server.workspace.entrance.accounts.sign_out_everywhere(actor)
        ended = page.run()

    assert "Sign in to go on" in ended
    assert not any(words in ended for words in _INSIDE)


def test_signing_out_by_the_form_ends_it_and_takes_the_cookie_away(
    server: Server, browser: httpx.Client
) -> None:
    _, email = server.member()
    sign_in(browser, email)
    cookie = cookie_of(browser)
    token = token_in(browser.get("/account/sign-in"))
    reply = browser.post("/account/sign-out", data={"token": token})

    assert (303, "/account/sign-in") == (reply.status_code, reply.headers["location"])
    assert "coach" not in browser.cookies
    assert "Sign in to go on" in shown(server, cookie)


def test_another_persons_cookie_shows_another_persons_name(server: Server) -> None:
    names = ("Ana Sá", "Tom Ōta")
    cookies = []
    for name in names:
        _, email = server.member(name)
        with server.browser() as browser:
            sign_in(browser, email)
            cookies.append(cookie_of(browser))
    pages = [shown(server, cookie) for cookie in cookies]

    assert [True, False] == [names[0] in page for page in pages]
    assert [False, True] == [names[1] in page for page in pages]


def test_pages_open_only_from_their_own_address(server: Server) -> None:
    host = server.address.partition("//")[2]
    port = host.partition(":")[2]
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": f"http://localhost.evil.example:{port}"},
        {"origin": f"http://127.0.0.1:{int(port) - 1}"},
        {"origin": f"http://evil.example:{port}", "host": f"evil.example:{port}"},
    ):
        with pytest.raises(WebSocketBadStatusException, match="403"):
            PageSocket(server.address, **headers)
    with httpx.Client(base_url=server.address, trust_env=False) as browser:
        for name in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "", "[::"):
            assert 403 == browser.get("/", headers={"Host": name}).status_code
        assert 200 == browser.get("/_stcore/health", headers={"Host": "10.0.0.7"}).status_code


def test_no_secret_and_no_typed_word_stands_in_the_log(
    server: Server, browser: httpx.Client
) -> None:
    _, email, link = server.invited()
    browser.get(f"/account/invitation/{link}")
    sign_in(browser, email, "wrong words these are")

    said = server.log.read_text(encoding="utf-8")
    assert not any(word in said for word in (link, email, "wrong words", "Traceback"))


@pytest.fixture(scope="module")
def public(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """As it stands behind a proxy with TLS, which people open at ``PUBLIC``."""
    place = tmp_path_factory.mktemp("public")
    home = shutil.copytree(built_home, place / "home")
    settings = {"sign_in": "accounts", "public_url": PUBLIC}
    with serving(home, place / "log", **settings) as address:
        yield Server(address, open_workspace(CoachSettings(home=home)), place / "log")


def test_behind_tls_every_cookie_is_bound_to_it(public: Server) -> None:
    _, email = public.member()
    host = PUBLIC.partition("//")[2]
    with public.browser() as browser:
        browser.headers["Host"] = host
        form = browser.get("/account/sign-in")
        # The connection to the proxy is not TLS here, so the browser would keep them to itself.
        kept = form.headers["set-cookie"].partition(";")[0]
        fields = {"token": token_in(form), "email": email, "password": PASSWORD}
        reply = browser.post("/account/sign-in", data=fields, headers={"Cookie": kept})
        signed_in = reply.headers["set-cookie"]
        page = browser.get("/_stcore/host-config")

    assert 303 == reply.status_code
    assert re.fullmatch(
        r"__Host-coach=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax; Secure",
        signed_in,
    )
    assert kept.startswith("__Host-coach-form=")
    every = [cookie for one in (form, reply, page) for cookie in one.headers.get_list("set-cookie")]
    assert all("; Secure" in cookie for cookie in every)
    assert "max-age=31536000" == reply.headers["strict-transport-security"]
    cookie = signed_in.partition(";")[0]
    for host_seen in (host, public.address.partition("//")[2]):
        with PageSocket(public.address, cookie=cookie, origin=PUBLIC, host=host_seen) as open_page:
            assert "Signed in as" in open_page.run()


def test_behind_tls_pages_open_only_from_the_public_address(public: Server) -> None:
    host = PUBLIC.partition("//")[2]
    for headers in (
        {"origin": public.address},
        {"origin": public.address, "host": host},
        {"origin": f"http://{host}", "host": host},
        {"origin": f"https://evil.{host}", "host": host},
        {"origin": f"https://{host}:8443", "host": host},
    ):
        with pytest.raises(WebSocketBadStatusException, match="403"):
            PageSocket(public.address, **headers)
