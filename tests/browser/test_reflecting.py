"""Reflect in a real browser: kept while typed, and each line lights up the words it stands on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pairs import Paired, make_pair
from playwright.sync_api import Browser, Locator, Page, expect
from servers import serving
from tabs import PATIENCE, patient_tab

from coach.bootstrap import open_workspace
from coach.domain.meeting import SessionState
from coach.settings import CoachSettings

pytestmark = pytest.mark.browser

_WORDS = (
    "The demo 🎉 ran at the first try and Tom drove it himself. It was hard to slow down. "
    "I learned that silence helps him more than my hints do. "
    "I'll send him the glossary by Friday."
)


@pytest.fixture(scope="module")
def two(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Paired:
    """A pair with a session that took place."""
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("reflect") / "home"))
    made = make_pair(open_workspace(CoachSettings(home=home)))
    made.session(-2, SessionState.HELD)
    return made


@pytest.fixture(scope="module")
def address(two: Paired, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of their workspace."""
    with serving(two.workspace.settings.home, tmp_path_factory.mktemp("log") / "log") as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str, two: Paired) -> Iterator[Page]:
    """Reflect as the mentor sees it, on a telephone in the dark."""
    context = chromium.new_context(
        base_url=address, viewport={"width": 390, "height": 800}, color_scheme="dark"
    )
    tab = patient_tab(context)
    tab.goto(f"/reflect?as={two.mentor.person_id}")
    yield tab
    context.close()


def _box(page: Page) -> Locator:
    return page.get_by_label("What? What happened")


def _lit(page: Page) -> Locator:
    return page.locator("mark.lit")


def test_words_are_kept_while_they_are_typed_and_lines_light_up_what_they_stand_on(
    page: Page,
) -> None:
    _box(page).press_sequentially(_WORDS)
    expect(page.get_by_text("Kept. Whoever uses this computer can see it")).to_be_visible()
    expect(_box(page)).to_be_focused()
    page.reload()
    expect(_box(page)).to_have_value(_WORDS)

    page.get_by_role("button", name="Summarise").click()
    line = page.get_by_role("listitem").filter(has_text="silence helps him")
    line.focus()

    expect(_lit(page)).to_have_text("I learned that silence helps him more than my hints do.")
    page.keyboard.press("Tab")
    expect(_lit(page)).not_to_have_text("I learned that silence helps him more than my hints do.")
    page.keyboard.press("Escape")
    expect(_lit(page)).to_have_count(0)
    page.get_by_role("listitem").filter(has_text="ran at the first try").click()
    expect(_lit(page)).to_have_text("The demo 🎉 ran at the first try and Tom drove it himself.")
    assert 390 == page.evaluate("document.documentElement.scrollWidth")


def test_somebody_who_never_pauses_loses_the_last_words_at_most(
    chromium: Browser, address: str, two: Paired
) -> None:
    """Keys come four times a second for eight seconds; the page is reloaded in mid-sentence."""
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    tab.goto(f"/reflect?as={two.mentee.person_id}")
    words = "we never stopped talking so long"

    _box(tab).press_sequentially(words, delay=250)
    tab.reload()

    expect(_box(tab)).to_have_value(re.compile(f"^{words[:8]}"))
    context.close()
