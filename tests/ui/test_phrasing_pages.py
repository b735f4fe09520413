"""Say it well, Receive and ask, and After it landed badly, in Streamlit's own test runner."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from chat_server import Asked, ChatServer, says
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.phrasing import Context, Ladder
from coach.domain.receiver import Directness, ReceiverCard
from coach.phrasing.ladder import LadderBuilder
from coach.program.personal import LOCAL
from coach.settings import CoachSettings

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


def _parts(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the page gave to its own parts called ``name``."""
    given = [part.proto for part in app.get("bidi_component")]
    return [json.loads(part.json) for part in given if part.component_name == name]


def _type(app: AppTest, message: str) -> AppTest:
    """As the box does when a person stops typing; Streamlit's test runner has no keyboard."""
    app.session_state["message"] = message
    return app.run()


def test_the_empty_page_offers_an_example_that_one_click_fills_in(say: AppTest) -> None:
    say.button(key="example").click().run()

    assert not say.exception
    [box] = _parts(say, "coach_live_box")
    assert "interrupted me three times" in box["text"]
    assert 1 == box["filled"]
    assert "Your point" in _said(say)


def test_marked_words_carry_their_number_their_line_and_their_reason(say: AppTest) -> None:
    _type(say, _MESSAGE)

    assert not say.exception
    [marked] = _parts(say, "coach_marked")
    marks = [piece for piece in marked["pieces"] if "number" in piece]
    assert marks
    assert all(mark["line"] and mark["kind"] and mark["why"] for mark in marks)
    assert _MESSAGE == "".join(piece["text"] for piece in marked["pieces"])


def test_the_verdict_is_read_out_and_gives_no_grade(say: AppTest) -> None:
    _type(say, _MESSAGE)

    [verdict] = _parts(say, "coach_status")
    assert "heard" in verdict["text"]
    assert not [character for character in verdict["text"] if character.isdigit()]


def test_three_ways_keep_the_number_and_the_day(say: AppTest) -> None:
    _type(say, _MESSAGE)

    said = _said(say)
    assert {"### Gentle", "### Balanced", "### Direct"} <= {block.value for block in say.markdown}
    assert said.count("Tuesday") >= 4


def test_the_slider_marks_one_rung_and_leaves_their_order(say: AppTest) -> None:
    _type(say, _MESSAGE)
    say.select_slider(key="rung").set_value("direct").run()

    shown = [block.value for block in say.markdown]
    titles = [value for value in shown if value.startswith("###")]
    assert ["### Gentle", "### Balanced", "### Direct"] == titles
    badges = [value for value in shown if "Your choice" in value]
    assert 1 == len(badges)
    assert shown.index("### Direct") < shown.index(badges[0])


def test_who_they_are_reaches_the_ladder_and_survives_a_page_switch(
    say: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[Context | None] = []
    build = LadderBuilder.build

    def watched(
        self: LadderBuilder,
        message: str,
        context: Context | None = None,
        card: ReceiverCard | None = None,
    ) -> Ladder:
        known.append(context)
        return build(self, message, context, card)

    monkeypatch.setattr(LadderBuilder, "build", watched)
    _type(say, _MESSAGE)
    say.text_input(key="relationship").set_value("my mentee, two levels up").run()
    say.switch_page("app_pages/prepare.py").run()

    say.switch_page("app_pages/say.py").run()

    assert "my mentee, two levels up" == say.text_input(key="relationship").value
    assert Context(relationship="my mentee, two levels up") == known[-1]


def test_what_was_used_is_noted_for_oneself_and_survives_a_page_switch(say: AppTest) -> None:
    _type(say, _MESSAGE)
    say.button(key="used_direct").click().run()
    say.switch_page("app_pages/prepare.py").run()

    say.switch_page("app_pages/say.py").run()

    assert [_MESSAGE] == [box["text"] for box in _parts(say, "coach_live_box")]
    assert 1 == len(say.session_state["used_rungs"])


def test_a_threat_is_not_polished(say: AppTest) -> None:
    _type(say, "I will kill you if you do that again.")

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


@pytest.mark.parametrize(
    ("asked", "once"),
    [
        ("Don't you think the office is better?", "carries"),
        ("Do you even know what an API is?", "exam"),
        ("Did you use the dashboard?", "answer it"),
    ],
)
def test_what_a_question_does_is_said_once(receive: AppTest, asked: str, once: str) -> None:
    receive.text_area(key="to_ask").set_value(asked).run()

    assert 1 == _said(receive).count(once)


def test_a_receivers_card_is_followed_only_with_consent_and_can_be_taken_back(
    receive: AppTest,
) -> None:
    receive.text_area[2].set_value("golf")
    receive.button[-1].click().run()
    assert "nothing follows it" in _said(receive)

    receive.checkbox(key="card_consent").check()
    next(one for one in receive.button if one.label == "Keep this card").click().run()
    assert "Version 2, followed since" in _said(receive)
    receive.button(key="revoke_card").click().run()

    assert "Version 3 is kept, and nothing follows it until you agree" in _said(receive)


def _keep_card(receive: AppTest) -> None:
    next(one for one in receive.button if one.label == "Keep this card").click().run()


def test_a_card_that_was_taken_back_is_not_agreed_to_again_by_the_next_change(
    receive: AppTest,
) -> None:
    receive.checkbox(key="card_consent").check()
    _keep_card(receive)
    receive.button(key="revoke_card").click().run()

    assert not receive.checkbox(key="card_consent").value
    _keep_card(receive)

    assert "nothing follows it" in _said(receive)
    assert not receive.get("download_button")


def test_a_card_that_is_in_force_can_be_downloaded_and_given_to_whom_one_chooses(
    receive: AppTest,
) -> None:
    assert not receive.get("download_button")
    receive.checkbox(key="card_consent").check()
    _keep_card(receive)

    assert "Download this card" == receive.get("download_button")[0].proto.label
    assert "You choose to whom you give this file" in _said(receive)


_THEIRS = ReceiverCard(
    directness=Directness.DIRECT,
    off_limits=("golf",),
    helps="A cup of tea first.",
    version=4,
    consented=date(2026, 5, 1),
)


def _give(say: AppTest, content: bytes) -> AppTest:
    return say.file_uploader[0].set_value(("card.json", content, "application/json")).run()


def _as_file(card: ReceiverCard) -> bytes:
    return card.model_dump_json(exclude_none=True).encode()


def test_the_card_that_they_gave_is_followed_survives_a_page_switch_and_can_be_removed(
    say: AppTest,
) -> None:
    _give(say, _as_file(_THEIRS))
    assert not say.exception
    assert "Their card, version 4, is followed." in _said(say)
    assert not say.get("file_uploader")
    say.switch_page("app_pages/prepare.py").run()
    say.switch_page("app_pages/say.py").run()
    _type(say, _MESSAGE)
    assert "A cup of tea first." in _said(say)

    say.button(key="remove_their_card").click().run()

    assert "Their card, version" not in _said(say)
    assert "A cup of tea first." not in _said(say)
    assert 1 == len(say.get("file_uploader"))


def test_their_card_goes_before_the_one_that_is_kept_here(say: AppTest, built_home: Path) -> None:
    own = ReceiverCard(helps="Bluntness.", consented=date(2026, 5, 1))
    open_workspace(CoachSettings(home=built_home)).cards.keep(LOCAL, own)
    _type(say, _MESSAGE)
    assert "Bluntness." in _said(say)

    _give(say, _as_file(_THEIRS))

    assert "A cup of tea first." in _said(say)
    assert "Bluntness." not in _said(say)


def test_a_card_of_theirs_that_was_taken_back_is_shown_as_such(say: AppTest) -> None:
    _give(say, _as_file(_THEIRS.model_copy(update={"revoked": date(2026, 6, 1)})))
    _type(say, _MESSAGE)

    assert "Their card, version 4, is not in force, so it is not followed." in _said(say)
    assert "A cup of tea first." not in _said(say)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a card", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 50_000, "is not JSON"),
        (b"{}", "holds no card"),
        (b"[1]", "unusable"),
        (b'{"directness": "brutal"}', "directness"),
        (b'{"secret": 1}', "secret"),
        (b'{"helps": "\\ud800"}', "helps"),
        (b" " * 64_001, "bytes"),
    ],
)
def test_a_file_that_is_no_card_is_refused_in_plain_words(
    say: AppTest, content: bytes, said: str
) -> None:
    _give(say, content)

    assert not say.exception
    assert said in say.warning[0].value
    assert say.session_state["their_card"] is None


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


_REWORDED = (
    "Could I share something about Tuesday's review with you? I noticed that you interrupted me "
    "three times. Would you be willing to let me finish next time?"
)


@pytest.fixture
def modelled(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[AppTest, ChatServer]]:
    """The page with a model that says the gentle rung well, and another's number in the rest."""
    shutil.copytree(built_home, tmp_path / "home")
    st.cache_resource.clear()
    with ChatServer().running() as server:
        monkeypatch.setenv("COACH_LLM_BASE_URL", server.url)
        monkeypatch.setenv("COACH_LLM_MODEL", "test-model")
        monkeypatch.setenv("COACH_LLM_API_KEY", "k")

        def answer(asked: Asked) -> None:
            gentle = "<level>gentle</level>" in asked.body["messages"][-1]["content"]
            says(_REWORDED if gentle else "You interrupted me nine times. Stop it.")(asked)

        server.answer = answer
        yield _page("say", tmp_path / "home", monkeypatch), server
    st.cache_resource.clear()


def test_a_model_is_asked_only_by_a_click_and_its_words_are_marked_and_taken_back(
    modelled: tuple[AppTest, ChatServer],
) -> None:
    say, server = modelled
    message = (
        "You interrupted me three times in Tuesday's review, you fool. Let me finish next time."
    )
    _type(say, message)

    assert server.asked == []

    say.button(key="ask_rungs").click().run()

    assert _REWORDED in _said(say)
    assert "nine times" not in _said(say)
    assert "Words of test" in _said(say)

    say.button(key="back_gentle").click().run()

    assert _REWORDED not in _said(say)
