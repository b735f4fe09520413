"""A model beside the pages: the draft is there first, words come to it, and can be put back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import streamlit as st
from chat_server import Asked, ChatServer, refuses
from hostile import Hostile
from pages import box, edit_words
from streamlit.testing.v1 import AppTest

_ENTRY = Path(__file__).parents[2] / "ui" / "streamlit_app.py"
_TOPIC = "safe use of generative AI"
_BUTTON = "refine_agenda"
_ENDED = ("kept the draft", "Stopped.", "Your draft is complete")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.setattr("coach.adapters.chat.endpoint._FIRST_WAIT", 0.01)
    with ChatServer().running() as running:
        running.answer = Hostile(7, share_good=1.0)
        yield running


@pytest.fixture
def app(
    built_home: Path, tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    """The agenda for a topic, with a model at the server."""
    monkeypatch.setenv("COACH_HOME", str(shutil.copytree(built_home, tmp_path / "copy")))
    monkeypatch.setenv("COACH_LLM_BASE_URL", server.url)
    monkeypatch.setenv("COACH_LLM_MODEL", "hostile")
    # The coach is opened once for all sessions: this one has a model, the others none.
    st.cache_resource.clear()
    started = AppTest.from_file(str(_ENTRY), default_timeout=120).run()
    started.text_input(key="topic").set_value(_TOPIC).run()
    assert not started.exception
    yield started
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    """All captions, warnings and notes of the page."""
    return "\n".join(str(block.value) for block in (*app.caption, *app.warning, *app.info))


def finished(app: AppTest, *, within: float = 120.0) -> AppTest:
    """The page once the model is done; it looks again as its fragment does."""
    until = time.monotonic() + within
    while not any(end in said(app) for end in _ENDED):
        assert time.monotonic() < until, said(app)
        time.sleep(0.3)
        app.run()
        assert not app.exception
    return app


def items(app: AppTest) -> list[dict[str, Any]]:
    """The parts of the agenda on the page."""
    found: list[dict[str, Any]] = app.session_state["agenda"]["items"]
    return found


def back_buttons(app: AppTest) -> list[Any]:
    """The buttons that put the draft's words back."""
    return [button for button in app.button if str(button.key).startswith("back_")]


def test_the_draft_is_there_before_a_model_is_asked(app: AppTest, server: ChatServer) -> None:
    assert sum(item["minutes"] for item in items(app)) == 45
    assert app.button(key=_BUTTON)
    assert not server.asked


def test_the_draft_stays_readable_and_editable_while_the_model_is_at_work(
    app: AppTest, server: ChatServer
) -> None:
    hostile = server.answer

    def held(asked: Asked) -> None:
        assert server.released.wait(60)
        hostile(asked)

    server.answer = held
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    first = app.session_state["item_names"][0]
    edit_words(app, first)
    box(app.text_area, f"open_with_{first}").set_value("My very own first words").run()
    assert not app.exception
    assert "is at work" in said(app)
    assert [item["purpose"] for item in drafts] == [item["purpose"] for item in items(app)]
    server.released.set()
    finished(app)

    assert "My very own first words" == items(app)[0]["open_with"]


def test_words_arrive_marked_and_are_put_back_with_one_click(app: AppTest) -> None:
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    finished(app)
    marked = back_buttons(app)
    assert marked
    assert "Words of hostile, verified." in said(app)
    assert drafts != items(app)
    for _ in marked:
        back_buttons(app)[0].click().run()
        assert not app.exception

    assert drafts == items(app)
    assert not back_buttons(app)


def test_undo_takes_all_words_of_the_model_back_at_once(app: AppTest) -> None:
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    finished(app)
    assert drafts != items(app)
    app.button(key="undo").click().run()

    assert not app.exception
    assert drafts == items(app)


def test_a_stop_keeps_the_draft_and_is_no_fault(app: AppTest, server: ChatServer) -> None:
    begun = Event()

    def hang(asked: Asked) -> None:
        asked.begin()
        begun.set()
        assert server.released.wait(60)

    server.answer = hang
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    assert begun.wait(60)
    app.button(key="refine_stop").click().run()
    finished(app)

    assert "Stopped." in said(app)
    assert not app.warning
    assert drafts == items(app)
    assert len(server.asked) <= 4, "the slots that were under way, and no more"


def test_a_refused_key_is_said_once_beside_a_whole_draft(app: AppTest, server: ChatServer) -> None:
    server.answer = refuses(401)
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    finished(app)

    assert ["refused the key" in warning.value for warning in app.warning] == [True]
    assert drafts == items(app)


def test_a_hostile_model_leaves_a_whole_agenda_and_says_why_lines_were_kept(
    app: AppTest, server: ChatServer
) -> None:
    server.answer = Hostile(7, share_good=0.0)
    drafts = items(app)

    app.button(key=_BUTTON).click().run()
    finished(app)

    assert len(drafts) == len(items(app))
    assert 45 == sum(item["minutes"] for item in items(app))
    assert any("Why lines kept" in expander.label for expander in app.expander)


def test_questions_take_words_and_give_them_back(app: AppTest) -> None:
    app.switch_page("app_pages/questions.py").run()
    drafts = [box.label for box in app.checkbox]
    app.checkbox[0].check().run()

    app.button(key="refine_questions").click().run()
    finished(app)
    marked = back_buttons(app)
    assert marked
    assert drafts != [box.label for box in app.checkbox]
    assert app.checkbox[0].value is True, "a choice stays when its question is reworded"
    for _ in marked:
        back_buttons(app)[0].click().run()
        assert not app.exception

    assert drafts == [box.label for box in app.checkbox]


def test_without_a_model_nothing_is_said_of_one_but_a_line_at_the_foot(
    built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    st.cache_resource.clear()
    app = AppTest.from_file(str(_ENTRY), default_timeout=120).run()

    app.text_input(key="topic").set_value(_TOPIC).run()

    assert not app.exception
    assert [] == [button for button in app.button if str(button.key).startswith("refine")]
    about = [line for line in said(app).splitlines() if "model" in line]
    assert ["Composed from the library. No model is used."] == about
