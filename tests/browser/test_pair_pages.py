"""Our pair and Our agreement in a real browser: two people at once, and what only a browser shows.

All tests share one server with the demonstration in it, so each acts as other people of it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect
from servers import serving
from tabs import patient_tab

from coach.bootstrap import open_workspace
from coach.program.personal import local_person
from coach.settings import CoachSettings

pytestmark = pytest.mark.browser

#: Opens a browser of their own for one of the demonstration's people, at their pair's page.
Opens = Callable[[str], Page]


@pytest.fixture(scope="module")
def address(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a personal workspace with the demonstration in it."""
    folder = tmp_path_factory.mktemp("pairs")
    home = Path(shutil.copytree(built_home, folder / "home"))
    workspace = open_workspace(CoachSettings(home=home))
    workspace.demonstration.load(local_person(workspace.records))
    with serving(home, folder / "log") as found:
        yield found


@pytest.fixture
def opens(chromium: Browser, address: str) -> Iterator[Opens]:
    """See ``Opens``."""
    contexts = []

    def open_as(name: str) -> Page:
        context = chromium.new_context(
            base_url=address, accept_downloads=True, timezone_id="Europe/London", locale="en-GB"
        )
        contexts.append(context)
        tab = patient_tab(context)
        tab.goto("/pair")
        _act_as(tab, name)
        return tab

    yield open_as
    for context in contexts:
        context.close()


def _rest(page: Page) -> None:
    page.locator("[data-test-script-state='notRunning']").wait_for()


def _act_as(page: Page, name: str) -> None:
    _rest(page)
    page.get_by_role("button", name="Acting as").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_text(f"{name} (you)")).to_be_visible()
    _rest(page)


def _go_to(page: Page, title: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    _rest(page)


def _change_when(page: Page, topic: str) -> None:
    page.get_by_role("button", name="Move or edit").click()
    box = page.get_by_role("dialog").get_by_label("What it is about")
    box.fill(topic)
    box.press("Tab")
    _rest(page)


def test_two_who_move_one_session_lose_neither_choice(opens: Opens) -> None:
    priya = opens("Priya Raghunathan")
    okello = opens("Okello Ochieng")
    _change_when(priya, "meetings that end on time")
    _change_when(okello, "what juniors expect")
    save = re.compile("Save for both")
    priya.get_by_role("button", name=save).click()
    expect(priya.get_by_text("about “meetings that end on time”")).to_be_visible()

    okello.get_by_role("button", name=save).click()

    dialog = okello.get_by_role("dialog")
    expect(dialog).to_contain_text("Priya Raghunathan changed this session meanwhile.")
    expect(dialog.get_by_label("What it is about")).to_have_value("what juniors expect")
    okello.get_by_role("button", name=save).click()
    expect(okello.get_by_text("about “what juniors expect”")).to_be_visible()


def test_a_promise_is_dropped_only_with_a_reason(opens: Opens) -> None:
    tom = opens("Tom Eriksen")
    tom.get_by_role("button", name="Drop …").last.click()
    dialog = tom.get_by_role("dialog")
    dialog.get_by_role("button", name="Drop it").click()
    expect(dialog).to_contain_text("Say in a few words why it is dropped")

    dialog.get_by_label("Why it no longer makes sense").fill("we did it live")
    dialog.get_by_label("Why it no longer makes sense").press("Enter")
    _rest(tom)
    dialog.get_by_role("button", name="Drop it").click()

    expect(dialog).to_have_count(0)
    tom.get_by_text("Kept and dropped").click()
    expect(tom.get_by_text("dropped (we did it live)")).to_be_visible()


def test_the_agreement_is_typed_reloaded_saved_and_signed_by_keyboard(opens: Opens) -> None:
    lucas = opens("Lucas Silva")
    _go_to(lucas, "Our agreement")
    learn = lucas.get_by_label("What I want to learn")
    learn.fill("How a budget is settled")
    learn.press("Tab")
    expect(lucas.get_by_label("What I want to give")).to_be_focused()
    _rest(lucas)
    expect(lucas.get_by_label("What I want to give")).to_be_focused()
    _go_to(lucas, "Our pair")
    lucas.reload()
    expect(lucas.get_by_text("Lucas Silva (you)")).to_be_visible()
    _rest(lucas)
    _go_to(lucas, "Our agreement")
    expect(lucas.get_by_label("What I want to learn")).to_have_value("How a budget is settled")

    lucas.get_by_role("button", name="Save for both of you").press("Enter")
    lucas.get_by_role("button", name="Sign it").press("Enter")

    expect(lucas.get_by_text(re.compile("You signed on .* has not signed yet"))).to_be_visible()


def test_whom_one_acts_as_next_finds_only_their_own_words(opens: Opens) -> None:
    page = opens("Ana Duarte")
    alone = page.get_by_label("Topics that you want to raise")
    expect(alone).to_have_value(re.compile("^Which data may go into the tool"))

    _act_as(page, "Tom Eriksen")

    expect(alone).to_have_value(re.compile("^What data I am allowed to put in"))


def test_the_calendar_file_holds_every_session(opens: Opens, tmp_path: Path) -> None:
    mia = opens("Mia Virtanen")
    with mia.expect_download() as download:
        mia.get_by_role("button", name="Calendar file").click()
    download.value.save_as(tmp_path / "sessions.ics")

    events = Calendar.from_ical((tmp_path / "sessions.ics").read_bytes()).walk("VEVENT")
    assert 3 == len(events)


@pytest.mark.parametrize("path", ["Our pair", "Our agreement"])
def test_a_telephone_shows_the_page_without_sideways_scrolling(opens: Opens, path: str) -> None:
    tab = opens("Ana Duarte")
    _go_to(tab, path)
    tab.set_viewport_size({"width": 390, "height": 844})
    _rest(tab)

    main = tab.get_by_test_id("stMain")
    assert main.evaluate("part => part.scrollWidth <= part.clientWidth")


def _type(page: Page, label: str, words: str) -> Locator:
    """Type as a person does, and stay in the box."""
    box = page.get_by_label(label)
    box.click()
    box.press("Control+End")
    page.keyboard.type(words)
    return box


def test_words_are_kept_while_the_cursor_stays_in_their_box(opens: Opens) -> None:
    tom = opens("Tom Eriksen")
    _type(tom, "Topics that you want to raise", "\nthe question I never ask")
    kept = tom.get_by_role("switch", name="Topic: the question I never ask", include_hidden=True)
    expect(kept).to_be_attached()
    _rest(tom)
    tom.keyboard.press("Home")
    tom.keyboard.type("again ")
    expect(
        tom.get_by_role("switch", name="Topic: again the question I never ask", include_hidden=True)
    ).to_be_attached()
    _rest(tom)
    tom.keyboard.type("and again ")
    box = tom.get_by_label("Topics that you want to raise")
    expect(box).to_be_focused()
    expect(box).to_have_value(re.compile("\nagain and again the question I never ask$"))
    tom.get_by_text("Write a promise down").click()
    _type(tom, "Will do what", "Write to the council")
    expect(tom.get_by_text("Kept for you alone, until you write it down.")).to_be_visible()

    tom.reload()

    expect(tom.get_by_label("Will do what")).to_have_value("Write to the council")
    expect(box).to_have_value(re.compile("\nagain and again the question I never ask$"))


def test_an_agreement_that_is_being_typed_survives_a_reload(opens: Opens) -> None:
    ana = opens("Ana Duarte")
    _go_to(ana, "Our agreement")
    reopen = ana.get_by_role("button", name="Open it again")
    if reopen.count():
        reopen.click()
    _type(ana, "What I want to learn", " and how a no is said")
    expect(ana.get_by_text("You have changes that are not saved yet.")).to_be_visible()
    _rest(ana)
    ana.keyboard.type(" kindly")
    expect(ana.get_by_label("What I want to learn")).to_be_focused()
    ana.get_by_label("What I want to give").click()
    _rest(ana)

    ana.reload()

    learn = ana.get_by_label("What I want to learn")
    expect(learn).to_have_value(re.compile(" and how a no is said kindly$"))
