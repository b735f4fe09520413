"""Say it well, Receive and ask, and After it landed badly, in Streamlit's own test runner."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

_UI = Path(__file__).parents[2] / "ui"
_MESSAGE = (
    "You interrupted me three times in Tuesday's review, and you never listen. "
    "Let me finish next time."
)


def _page(name: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    started = AppTest.from_file(str(_UI / "streamlit_app.py"), default_timeout=120).run()
    return started.switch_page(f"app_pages/{name}.py").run()


@pytest.fixture
def say(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of a mentor who has typed nothing."""
    return _page("say", built_home, monkeypatch)


@pytest.fixture
def receive(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of a mentee who has typed nothing."""
    return _page("receive", built_home, monkeypatch)


def _said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.caption, *app.warning)
    return "\n".join(str(block.value) for block in blocks)


def _marked(app: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in app.get("html"))


def test_the_empty_page_offers_an_example_that_one_click_fills_in(say: AppTest) -> None:
    say.button(key="example").click().run()

    assert not say.exception
    assert "interrupted me three times" in str(say.text_area(key="message").value)
    assert "Your point" in _said(say)


def test_marked_words_carry_their_reason_and_are_reached_by_keyboard(say: AppTest) -> None:
    say.text_area(key="message").set_value(_MESSAGE).run()

    assert not say.exception
    assert 'tabindex="0"' in _marked(say)
    assert "Name one or two occasions." in _marked(say) or "Say what you saw" in _marked(say)


def test_typed_markup_is_escaped_in_the_marked_message(say: AppTest) -> None:
    say.text_area(key="message").set_value("<b onclick=x>You never listen</b> to me").run()

    assert "<b onclick" not in _marked(say)
    assert "&lt;b onclick" in _marked(say)


def test_three_ways_keep_the_number_and_the_day(say: AppTest) -> None:
    say.text_area(key="message").set_value(_MESSAGE).run()

    said = _said(say)
    assert {"### Gentle", "### Balanced", "### Direct"} <= {block.value for block in say.markdown}
    assert said.count("Tuesday") >= 4


def test_what_was_used_is_noted_for_oneself_and_survives_a_page_switch(say: AppTest) -> None:
    say.text_area(key="message").set_value(_MESSAGE).run()
    say.button(key="used_direct").click().run()
    say.switch_page("app_pages/prepare.py").run()

    say.switch_page("app_pages/say.py").run()

    assert _MESSAGE == say.text_area(key="message").value
    assert 1 == len(say.session_state["used_rungs"])


def test_a_threat_is_not_polished(say: AppTest) -> None:
    say.text_area(key="message").set_value("I will kill you if you do that again.").run()

    assert not say.exception
    assert say.warning
    assert not [block for block in say.markdown if block.value.startswith("###")]


def test_what_one_was_told_gets_replies_that_thank_and_probe(receive: AppTest) -> None:
    receive.text_area(key="told").set_value("You interrupt people in reviews.").run()

    assert not receive.exception
    assert "Thank, then probe" in _said(receive)


def test_a_testing_question_is_named_and_gets_open_forms(receive: AppTest) -> None:
    receive.text_area(key="to_ask").set_value("Do you even know what an API is?").run()

    assert "A testing question" in _said(receive)
    assert "Better forms" in _said(receive)


def test_a_receivers_card_is_followed_only_with_consent_and_can_be_taken_back(
    receive: AppTest,
) -> None:
    receive.text_area[2].set_value("golf")
    receive.button[-1].click().run()
    assert "followed by nobody" in _said(receive)

    receive.checkbox(key="card_consent").check()
    next(one for one in receive.button if one.label == "Keep this card").click().run()
    assert "Version 2, followed since" in _said(receive)
    receive.button(key="revoke_card").click().run()

    assert "Version 3 is kept and followed by nobody." in _said(receive)


def test_after_it_landed_badly_there_is_a_way_back(
    built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair = _page("repair", built_home, monkeypatch)
    repair.text_area(key="landed_badly").set_value(
        "I called his slides old in front of the team."
    ).run()

    assert not repair.exception
    assert "Words to begin with" in _said(repair)
    assert "Ten minutes together" in _said(repair)
