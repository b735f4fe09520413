"""Say it well in a real browser: read while one types, nothing lost, reasons within reach."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

_MESSAGE = (
    "You interrupted me three times in Tuesday's review, and you obviously did not want to hear "
    "my numbers. Let me finish next time."
)


@pytest.fixture
def say(page: Page) -> Page:
    """The page of someone who has typed nothing."""
    page.get_by_role("link", name="Say it well").click()
    expect(_box(page)).to_be_editable()
    return page


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What you want to say")


def _marks(page: Page) -> Locator:
    return page.locator("mark")


def _caret(page: Page) -> list[int]:
    place: list[int] = _box(page).evaluate("box => [box.selectionStart, box.selectionEnd]")
    return place


def _read(page: Page) -> None:
    """Wait until the words in the box were read and the page is at rest."""
    expect(page.locator(".message")).to_contain_text(_box(page).input_value()[-12:])
    page.locator("[data-test-script-state='notRunning']").wait_for()


def _tops(page: Page) -> list[float]:
    boxes = [
        page.get_by_role("heading", name=name, exact=True).bounding_box()
        for name in ("Gentle", "Balanced", "Direct")
    ]
    return [box["y"] for box in boxes if box]


def test_words_are_marked_while_the_cursor_stays_in_the_box(say: Page) -> None:
    _box(say).press_sequentially(_MESSAGE)

    expect(_marks(say).first).to_contain_text("obviously")
    expect(say.get_by_role("status").filter(has_text="heard")).to_be_visible()
    expect(_box(say)).to_be_focused()
    assert [len(_MESSAGE)] * 2 == _caret(say)


def test_typing_in_the_middle_during_reruns_loses_no_character_and_no_place(say: Page) -> None:
    _box(say).press_sequentially(_MESSAGE)
    place = _MESSAGE.index(" and you")
    _read(say)
    _box(say).evaluate("(box, place) => box.setSelectionRange(place, place)", place)
    typed = ""

    # Letters that Streamlit takes for its own shortcuts elsewhere are among them.
    for words in (" rightly or wrongly,", " clearly", " enough,", " can recall,", " really,"):
        # Each pause is long enough for a check to start; the next words fall into it.
        say.keyboard.type(words, delay=40)
        typed += words
        say.wait_for_timeout(450)
    say.keyboard.type(" x")
    typed += " x"

    expected = _MESSAGE[:place] + typed + _MESSAGE[place:]
    expect(say.locator(".message")).to_contain_text(" really, x and")
    assert expected == _box(say).input_value()
    assert [place + len(typed)] * 2 == _caret(say)
    _read(say)
    assert expected == _box(say).input_value()
    assert [place + len(typed)] * 2 == _caret(say)
    expect(say.get_by_role("dialog")).to_have_count(0)


def test_a_reload_and_a_page_switch_bring_the_words_back(say: Page) -> None:
    _box(say).press_sequentially(_MESSAGE)
    # A hand takes a while to press; a click of no time at all is lost by Streamlit after typing.
    say.get_by_role("link", name="Receive and ask").click(delay=80)
    expect(say.get_by_role("heading", name="Receive and ask")).to_be_visible()
    say.get_by_role("link", name="Say it well").click()
    expect(_box(say)).to_have_value(_MESSAGE)
    _read(say)
    say.get_by_text("What happened, who they are").click()
    say.get_by_label("Who they are to you").fill("my mentee")
    say.keyboard.press("Enter")
    _box(say).press("End")
    _box(say).press_sequentially(" Thank you.")
    _read(say)

    say.reload()

    expect(_box(say)).to_have_value(f"{_MESSAGE} Thank you.")
    expect(_marks(say).first).to_contain_text("obviously")
    say.get_by_text("What happened, who they are").click()
    expect(say.get_by_label("Who they are to you")).to_have_value("my mentee")


def test_a_reload_in_mid_word_finds_what_was_not_yet_read(say: Page) -> None:
    _box(say).press_sequentially(_MESSAGE)

    say.reload()

    expect(_box(say)).to_have_value(_MESSAGE)
    expect(_marks(say).first).to_contain_text("obviously")
    _read(say)
    assert 0 == say.evaluate("Object.keys(sessionStorage).filter(k => /^coach/.test(k)).length")


def test_an_emptied_box_takes_the_example_and_then_typing_again(say: Page) -> None:
    _box(say).fill("You never listen.")
    expect(_marks(say).first).to_be_visible()
    _box(say).fill("")
    say.get_by_role("button", name="Fill in an example").click()
    expect(_box(say)).to_have_value(_MESSAGE)

    _box(say).fill("You never listen.")

    expect(say.locator(".message")).to_contain_text("You never listen")
    expect(say.locator(".message")).not_to_contain_text("Tuesday")
    expect(_box(say)).to_have_value("You never listen.")


def test_the_reason_opens_by_keyboard_and_pointer_and_closes_with_escape(say: Page) -> None:
    say.set_viewport_size({"width": 390, "height": 844})
    _box(say).fill(_MESSAGE)
    mark = _marks(say).first
    reason = say.get_by_role("tooltip")
    expect(mark).to_be_visible()
    _read(say)
    expect(reason).to_have_count(0)

    for _ in range(6):
        say.keyboard.press("Tab")
        if mark.evaluate("mark => mark === mark.getRootNode().activeElement"):
            break
    expect(reason).to_contain_text("Mind reading.")
    around = reason.bounding_box()
    assert around
    assert 0 <= around["x"] <= around["x"] + around["width"] <= 390
    say.keyboard.press("Escape")
    expect(reason).to_have_count(0)
    mark.hover()
    expect(reason).to_be_visible()
    reason.hover()
    expect(reason).to_be_visible()
    assert "none" != mark.evaluate("mark => getComputedStyle(mark).textDecorationLine")
    expect(mark.locator("sup")).to_have_text("1")
    expect(mark).to_have_accessible_description(re.compile("Mind reading"))


def test_typed_markup_is_marked_as_text_and_never_lives(say: Page) -> None:
    hostile = '<img src=x onerror="window.hit=1"> You never listen, <b>dear</b> [director](x).'

    _box(say).fill(hostile)

    expect(say.locator(".message")).to_contain_text('<img src=x onerror="window.hit=1">')
    assert say.evaluate("window.hit") is None
    assert 0 == say.locator("img[src='x']").count()


def test_rungs_stand_side_by_side_on_a_desktop_and_stacked_on_a_phone(say: Page) -> None:
    _box(say).fill(_MESSAGE)
    expect(say.get_by_role("heading", name="Direct", exact=True)).to_be_visible()
    _read(say)
    assert 3 == len(_tops(say))
    assert 1 == len({round(top / 10) for top in _tops(say)})

    say.set_viewport_size({"width": 390, "height": 844})

    expect(say.get_by_role("heading", name="Gentle", exact=True)).to_be_visible()
    gentle, balanced, direct = _tops(say)
    assert gentle + 100 < balanced
    assert balanced + 100 < direct
    assert say.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_slider_moves_the_mark_by_keyboard(say: Page) -> None:
    _box(say).fill(_MESSAGE)
    chosen = say.locator(".st-key-rung_gentle", has_text="Suggested")
    expect(chosen).to_be_visible()

    say.get_by_role("slider").press("ArrowRight")

    expect(say.locator(".st-key-rung_balanced", has_text="Your choice")).to_be_visible()
    expect(chosen).to_have_count(0)
