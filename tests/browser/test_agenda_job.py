"""The main job in a real browser: say what the session is about, read, open, edit, take it away."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from icalendar import Calendar, Event
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

_TOPIC = "safe use of generative AI"


def _fill(page: Page, topic: str = _TOPIC) -> None:
    page.get_by_label("This session is about").fill(topic)
    page.keyboard.press("Enter")
    expect(page.get_by_text("45 minutes").first).to_be_visible()


def _minutes(page: Page) -> list[int]:
    labels = page.locator("summary").all_inner_texts()
    return [int(found[1]) for label in labels if (found := re.search(r"(\d+) min\b", label))]


def test_a_mentor_reads_an_agenda_and_opens_a_citation(page: Page) -> None:
    _fill(page)
    page.get_by_role("textbox", name="With", exact=True).fill("finance director")
    page.keyboard.press("Enter")
    item = page.locator("summary", has_text="The finance director drives")
    expect(item).to_be_visible()

    item.click()
    page.locator("button:visible", has_text="Hands-on").first.click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("What this stands on")
    expect(dialog).to_contain_text("Safe use of generative AI")
    expect(dialog).to_contain_text("Behind the whole card")
    assert sum(_minutes(page)) == 45


def test_each_download_opens_in_its_own_format(page: Page, tmp_path: Path) -> None:
    _fill(page)
    page.get_by_role("button", name="Download").click()
    files = {}
    for name, ending in (("Markdown", ".md"), ("Word", ".docx"), ("Calendar invitation", ".ics")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[ending] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[ending])
        assert files[ending].suffix == ending

    assert f"# {_TOPIC}" in files[".md"].read_text(encoding="utf-8")
    assert _TOPIC in [paragraph.text for paragraph in Document(str(files[".docx"])).paragraphs]
    events = Calendar.from_ical(files[".ics"].read_bytes()).walk("VEVENT")
    assert len(events) == 1
    event = events[0]
    assert isinstance(event, Event)
    assert isinstance(event.start, datetime)
    assert event.duration == timedelta(minutes=45)


def test_an_edit_keeps_the_total_and_survives_a_refresh_and_a_page_switch(page: Page) -> None:
    _fill(page)
    page.locator("summary", has_text="Close with one promise each").click()
    minutes = page.get_by_label("Minutes").locator("visible=true").last
    minutes.fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("summary", has_text="12 min · Close with one promise each")).to_be_visible()
    before = _minutes(page)

    page.get_by_role("link", name="Prepare questions").click()
    expect(page.get_by_label("This session is about")).to_have_value(_TOPIC)
    page.get_by_role("link", name="Prepare a session").click()
    expect(page.locator("summary", has_text="12 min · Close")).to_be_visible()
    page.reload()

    expect(page.locator("summary", has_text="12 min · Close")).to_be_visible()
    expect(page.get_by_label("This session is about")).to_have_value(_TOPIC)
    assert before == _minutes(page)
    assert sum(before) == 45


def test_boxes_for_words_hold_them_after_any_other_change(page: Page) -> None:
    """Empty boxes once emptied the plan."""
    _fill(page)
    for place in (2, 3):
        page.locator("summary").nth(place).click()
    steps = page.get_by_text("Step by step", exact=True).locator("visible=true")
    expect(steps).to_have_count(2)
    page.get_by_role("button", name="Later").locator("visible=true").last.click()
    expect(steps).to_have_count(2)

    page.get_by_role("button", name="Edit words").locator("visible=true").first.click()

    boxes = page.get_by_test_id("stPopoverBody").locator("textarea")
    expect(boxes).to_have_count(6)
    assert all(box.input_value() for box in boxes.all())
    page.keyboard.press("Escape")
    expect(boxes).to_have_count(0)
    page.get_by_role("button", name="Edit words").locator("visible=true").last.click()
    expect(boxes).to_have_count(6)
    assert all(box.input_value() for box in boxes.all())
    expect(steps).to_have_count(2)


def test_typed_markup_is_shown_as_text_and_never_lives(page: Page) -> None:
    hostile = '<img src=x onerror="window.hit=1"> [link](javascript:alert(1)) **bold** quantum'

    _fill(page, hostile)

    assert page.evaluate("window.hit") is None
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    expect(page.get_by_text("No topic kit matches").first).to_contain_text("<img src=x")


def test_the_job_works_by_keyboard_alone(page: Page) -> None:
    page.get_by_label("This session is about").focus()
    page.keyboard.type(_TOPIC)
    page.keyboard.press("Enter")
    expect(page.get_by_text("45 minutes").first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Arrive" in page.evaluate("document.activeElement.innerText || ''"):
            break

    page.keyboard.press("Enter")

    expect(page.get_by_text("Words to open with").locator("visible=true").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/questions", "/ask", "/library", "/say", "/receive", "/repair"]
)
def test_no_page_scrolls_sideways_on_a_phone(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    _fill(page)
    draft = page.url.partition("?")[2]

    page.goto(f"{path}?{draft}")
    page.locator("h1").first.wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_answer_opens_its_passage_and_survives_a_refresh(page: Page) -> None:
    asked = "he takes over every session and talks the whole time"
    page.goto("/ask")
    page.get_by_label("Your question").fill(asked)
    page.keyboard.press("Enter")
    cited = page.locator("button:visible", has_text="When they take over the session").first
    cited.click()
    expect(page.get_by_role("dialog")).to_contain_text("let them come to the point")
    page.keyboard.press("Escape")

    page.reload()

    expect(page.get_by_label("Your question")).to_have_value(asked)
    expect(cited).to_be_visible()


def test_what_the_guidance_does_not_cover_is_said_calmly(page: Page) -> None:
    page.goto("/ask")
    page.get_by_label("Your question").fill("how long do I boil an egg so the yolk stays soft")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The guidance does not cover this")).to_be_visible()
    expect(page.get_by_role("link", name="Look through the library")).to_be_visible()


def test_the_chosen_questions_and_own_ones_are_downloaded(page: Page, tmp_path: Path) -> None:
    page.goto("/questions")
    page.get_by_label("This session is about").fill("team chat")
    page.keyboard.press("Enter")
    page.get_by_label("Questions of your own, one a line").fill("What did you make of our move?")
    page.keyboard.press("Control+Enter")
    first = page.get_by_test_id("stCheckbox").first
    chosen = first.inner_text()
    first.click()
    expect(first.get_by_role("checkbox")).to_be_checked()
    page.locator("[data-test-script-state='notRunning']").wait_for()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Markdown").click()

    file = tmp_path / "questions.md"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert chosen in text
    assert "What did you make of our move?" in text
    assert 1 == text.count("- Listen for:")


def test_no_page_asks_the_network_for_anything(page: Page, server: str) -> None:
    """What stays on this machine cannot be told elsewhere by a picture's address either."""
    strangers: list[str] = []
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )

    for path in ("/", "/questions", "/ask", "/library"):
        page.goto(path)
        page.locator("h1").first.wait_for()

    assert [] == strangers
