"""Each page through Streamlit's own test runner: empty, filled, and badly filled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from pages import box, edit_words
from streamlit.testing.v1 import AppTest

_ENTRY = Path(__file__).parents[2] / "ui" / "streamlit_app.py"
_TOPIC = "safe use of generative AI"


@pytest.fixture
def coach_copy(built_home: Path, tmp_path: Path) -> Path:
    """A built home that a test may change."""
    return Path(shutil.copytree(built_home, tmp_path / "copy"))


@pytest.fixture
def app(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The pages at their first run, over a built index."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    started = AppTest.from_file(str(_ENTRY), default_timeout=60).run()
    assert not started.exception
    return started


def _labels(app: AppTest) -> list[str]:
    return [expander.label for expander in app.expander]


def _minutes(app: AppTest) -> list[int]:
    return [int(label.split()[0].strip("*")) for label in _labels(app) if " min" in label]


def test_the_empty_page_offers_an_example_that_one_click_fills_in(app: AppTest) -> None:
    assert not _minutes(app)

    app.button(key="example").click().run()

    assert not app.exception
    assert app.text_input(key="topic").value == _TOPIC
    assert sum(_minutes(app)) == 45


def test_a_topic_gives_an_agenda_at_once(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()

    assert not app.exception
    assert sum(_minutes(app)) == 45
    assert any("drives" in label for label in _labels(app))


def test_a_change_of_the_brief_recomposes_an_unedited_agenda(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()

    app.number_input(key="minutes").set_value(90).run()

    assert not app.exception
    assert sum(_minutes(app)) == 90


def test_an_edited_agenda_is_not_overwritten_by_a_change_of_the_brief(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    first = app.session_state["item_names"][0]
    app.button(key=f"down_{first}").click().run()
    edited = _labels(app)

    app.number_input(key="minutes").set_value(60).run()
    assert edited == _labels(app)
    app.button(key="rebuild").click().run()

    assert not app.exception
    assert sum(_minutes(app)) == 60


def test_moving_retiming_and_swapping_keep_the_total(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    names = list(app.session_state["item_names"])

    app.button(key=f"down_{names[0]}").click().run()
    assert names[0] == app.session_state["item_names"][1]
    box(app.number_input, f"minutes_{names[2]}").set_value(20).run()
    before = _labels(app)
    app.button(key=f"swap_{names[2]}").click().run()

    assert not app.exception
    assert before != _labels(app)
    assert sum(_minutes(app)) == 45
    assert 20 in _minutes(app)


def test_undo_brings_back_what_another_way_replaced(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    first = app.session_state["item_names"][0]
    edit_words(app, first)
    box(app.text_area, f"open_with_{first}").set_value("My very own first words").run()
    app.button(key=f"swap_{first}").click().run()
    assert not any("My very own first words" in block.value for block in app.markdown)

    app.button(key="undo").click().run()

    assert not app.exception
    assert any("My very own first words" in block.value for block in app.markdown)


def test_a_removed_part_gives_its_minutes_to_the_others(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    before = _minutes(app)

    app.button(key=f"remove_{app.session_state['item_names'][1]}").click().run()

    assert not app.exception
    assert len(before) - 1 == len(_minutes(app))
    assert 45 == sum(_minutes(app))


def test_a_kit_that_was_not_meant_gives_way_to_a_general_plan(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()

    app.button(key="general").click().run()
    assert not app.exception
    assert any("A general plan" in caption.value for caption in app.caption)
    app.text_input(key="topic").set_value("team chat").run()

    assert any("From the topic kit" in caption.value for caption in app.caption)


def test_own_words_replace_the_drafts(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    first = app.session_state["item_names"][0]
    edit_words(app, first)

    box(app.text_area, f"title_{first}").set_value("Tea first").run()

    assert not app.exception
    assert any("Tea first" in label for label in _labels(app))


@pytest.mark.parametrize("topic", ["😀😀", "?!", "   "])
def test_a_topic_without_words_is_answered_with_what_to_do(app: AppTest, topic: str) -> None:
    app.text_input(key="topic").set_value(topic).run()

    assert not app.exception
    assert not _minutes(app)
    assert topic.isspace() or "few words" in app.warning[0].value


def test_a_session_beyond_the_plan_is_answered_with_what_to_do(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()

    app.number_input(key="session").set_value(9).run()

    assert not app.exception
    assert "beyond the 8 planned" in app.warning[0].value
    assert sum(_minutes(app)) == 45, "the agenda that was there is not lost"


def test_an_unknown_subject_says_that_no_kit_was_found(app: AppTest) -> None:
    app.text_input(key="topic").set_value("quantum annealing").run()

    assert not app.exception
    assert "No topic kit matches" in app.info[0].value
    assert sum(_minutes(app)) == 45


def test_a_worry_brings_advice_that_only_the_mentor_sees(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()

    app.text_area(key="worry").set_value("he will take over the session").run()

    assert not app.exception
    assert any("Because you worry" in block.value for block in app.markdown)


def test_questions_come_for_the_topic_and_choices_are_kept(app: AppTest) -> None:
    app.switch_page("app_pages/questions.py").run()
    app.text_input(key="topic").set_value("how to use slack").run()
    assert not app.exception
    assert 6 <= len(app.checkbox) <= 10

    app.checkbox[0].check().run()
    app.switch_page("app_pages/prepare.py").run()
    app.switch_page("app_pages/questions.py").run()

    assert not app.exception
    assert app.checkbox[0].value is True


def test_the_draft_comes_back_in_a_new_session(app: AppTest) -> None:
    app.text_input(key="topic").set_value(_TOPIC).run()
    name = app.session_state["draft"]

    again = AppTest.from_file(str(_ENTRY), default_timeout=60)
    again.query_params["draft"] = name
    again.run()

    assert not again.exception
    assert again.text_input(key="topic").value == _TOPIC
    assert _labels(app) == _labels(again)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 32, "<script>"])
def test_a_strange_draft_name_opens_an_empty_page(
    built_home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    app = AppTest.from_file(str(_ENTRY), default_timeout=60)
    app.query_params["draft"] = name

    app.run()

    assert not app.exception
    assert not app.text_input(key="topic").value


def test_a_document_that_was_added_is_listed_and_can_be_removed(
    app: AppTest, coach_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_HOME", str(coach_copy))
    st.cache_resource.clear()
    app.switch_page("app_pages/library.py").run()
    page = b"# Travel\nBook the zeppelin early."
    app.file_uploader[0].set_value(("travel.md", page, "text/markdown")).run()
    app.button(key="add_document").click().run()
    assert not app.exception
    removing = [button for button in app.button if button.label.startswith("Remove travel")]
    assert 1 == len(removing)

    removing[0].click().run()

    assert not app.exception
    assert not [button for button in app.button if button.label.startswith("Remove travel")]
    st.cache_resource.clear()
