"""Signing in and out in a real browser: with a password, with a provider, and alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from servers import provider, serving
from tabs import patient_tab

from coach.bootstrap import Workspace, open_workspace
from coach.domain.program import Person, Program
from coach.program.founding import found_program, invite_again
from coach.settings import CoachSettings

pytestmark = pytest.mark.browser

PASSWORD = "four words that hold"  # noqa: S105
#: Whom the provider knows; the coach knows Ana by an address that is verified.
_PEOPLE = (
    {"sub": "ana", "email": "Ana@example.org", "email_verified": True},
    {"sub": "eve", "email": "eve@example.org", "email_verified": True},
    {"sub": "mallory", "email": "ana@example.org", "email_verified": False},
)
NAME = "Ana <b>Sá</b> 安娜"


@dataclass(frozen=True)
class Served:
    """A server with Ana as a program's lead, and tabs at its first page."""

    workspace: Workspace
    address: str
    #: A new browser's tab; a second tab of the same browser comes from its context.
    tab: Callable[[], Page]

    def link(self) -> str:
        """Where Ana sets a password."""
        _, secret = invite_again(self.workspace.records, "ana@example.org")
        return f"/account/invitation/{secret}"


@pytest.fixture(scope="module")
def accounts(
    chromium: Browser, built_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server with local accounts."""
    place = tmp_path_factory.mktemp("accounts")
    with _served(chromium, built_home, place, sign_in="accounts") as served:
        yield served


@pytest.fixture(scope="module")
def organisation(
    chromium: Browser, built_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server where people sign in with a provider."""
    place = tmp_path_factory.mktemp("organisation")
    with (
        provider(*_PEOPLE) as address,
        _served(
            chromium,
            built_home,
            place,
            sign_in="oidc",
            oidc_metadata_url=f"{address}/.well-known/openid-configuration",
            oidc_client_id="coach",
            oidc_client_secret="a secret of the test",  # noqa: S106
        ) as served,
    ):
        yield served


@contextmanager
def _served(chromium: Browser, built: Path, place: Path, **settings: str) -> Iterator[Served]:
    home = shutil.copytree(built, place / "home")
    workspace = open_workspace(CoachSettings(home=home))
    ana = Person(name=NAME, email="ana@example.org")
    found_program(workspace.records, Program(name="Pilot", starts=date(2026, 3, 2)), ana)
    contexts: list[BrowserContext] = []

    def tab() -> Page:
        contexts.append(chromium.new_context(base_url=address))
        return patient_tab(contexts[-1])

    with serving(home, place / "log", **settings) as address:
        yield Served(workspace, address, tab)
        for context in contexts:
            context.close()


def _choose_password(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()


def _sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _through(page: Page, who: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()


def test_ana_is_invited_signs_in_and_ends_every_browser_at_once(accounts: Served) -> None:
    home, office = accounts.tab(), accounts.tab()
    home.goto(accounts.link())
    _choose_password(home)
    expect(home.get_by_text(f"Signed in as {NAME}")).to_be_visible()

    office.goto("/say")
    expect(office).to_have_url(re.compile(r"/account/sign-in\?next=/say$"))
    _sign_in(office)
    expect(office).to_have_url(re.compile(r"/say\b"))
    expect(office.get_by_text(f"Signed in as {NAME}")).to_be_visible()

    home.get_by_role("link", name="Your data").click()
    expect(home.get_by_text("In 2 browsers.")).to_be_visible()
    home.get_by_role("button", name="Sign out everywhere").click()
    expect(home.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(home.get_by_text("Signed in as")).to_have_count(0)

    office.get_by_role("link", name="Prepare questions").click()
    expect(office.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(office.get_by_role("link", name="Say it well")).to_have_count(0)
    office.get_by_role("link", name="Sign in").click()
    _sign_in(office)
    expect(office.get_by_role("heading", name="Prepare questions")).to_be_visible()

    office.get_by_role("link", name="Your data").click()
    office.get_by_text("Change your password").click()
    office.get_by_label("Your present password").fill(PASSWORD)
    office.get_by_label("Your new password").fill("short")
    office.get_by_role("button", name="Change it").click()
    expect(office.get_by_text("Take at least 12")).to_be_visible()
    office.get_by_label("Your new password").fill("another four words then")
    office.get_by_role("button", name="Change it").click()
    expect(office.get_by_text("Your password is changed.")).to_be_visible()


def test_the_sign_in_can_be_used_with_the_keyboard_on_a_phone(accounts: Served) -> None:
    page = accounts.tab()
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(accounts.link())
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type("four words that held")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")

    expect(alert).to_have_text("The two passwords differ. Type the same one twice.")
    assert 390 == wide


def test_a_provider_vouches_for_ana_and_for_nobody_unknown(organisation: Served) -> None:
    for who, said in (("eve", "Ask your program's lead"), ("mallory", "is verified")):
        page = organisation.tab()
        page.goto("/")
        _through(page, who)
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text("Signed in as")).to_have_count(0)

    page = organisation.tab()
    page.goto("/")
    _through(page, "ana")
    expect(page.get_by_text(f"Signed in as {NAME}")).to_be_visible()
    other = page.context.new_page()
    other.goto("/questions")
    expect(other.get_by_text(f"Signed in as {NAME}")).to_be_visible()
    held = page.context.cookies()

    other.get_by_role("link", name="Your data").click()
    other.get_by_role("button", name="Sign out everywhere").click()
    expect(other).to_have_url(re.compile("end_session"))
    page.get_by_role("link", name="Say it well").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    # Even with the provider's cookie that somebody copied before.
    page.context.add_cookies(held)  # type: ignore[arg-type]
    page.goto("/")
    expect(page.get_by_text("Your sign-in is over.")).to_be_visible()
    _through(page, "ana")
    expect(page.get_by_text(f"Signed in as {NAME}")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("end_session"))


def test_a_forged_cookie_of_the_provider_is_nobody(organisation: Served) -> None:
    page = organisation.tab()
    forged = '"{\\"is_logged_in\\": true, \\"email\\": \\"ana@example.org\\"}".aaaa.bbbb'
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": forged, "url": organisation.address}]
    )
    page.goto("/")

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Signed in as")).to_have_count(0)


def test_a_personal_workspace_says_what_it_is(page: Page) -> None:
    expect(
        page.get_by_text("Personal workspace: no sign-in. Whoever uses this computer sees it.")
    ).to_be_visible()
