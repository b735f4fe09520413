"""Ask the library: an answer at once, a model's words when they are there, and the way back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coach.bootstrap import Coach
from coach.domain.answer import Answer, RefusedSentence
from coach.domain.chat import Provenance, Usage
from coach.domain.proposal import Refusal

_ENTRY = Path(__file__).parents[2] / "ui" / "streamlit_app.py"
_QUESTION = "my director takes over the session"
_OFF_TOPIC = "how long do I boil an egg"
_WORDS = "Let them have their say before you go on."


@pytest.fixture
def app(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, over a built index and without a model."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    st.cache_resource.clear()
    started = AppTest.from_file(str(_ENTRY), default_timeout=60).run()
    started.switch_page("app_pages/ask.py").run()
    assert not started.exception
    yield started
    st.cache_resource.clear()


class Model:
    """Stands in for the coach's model; answers when it may."""

    def __init__(self) -> None:
        self.may_answer = Event()
        self.may_answer.set()
        self.asked: list[str] = []
        self.participants: tuple[str, ...] = ()
        self.stops: list[Event] = []
        self.refuses = False
        self.error: str | None = None

    def synthesised(
        self, answer: Answer, *, participants: tuple[str, ...], stop: Event, person: str
    ) -> Answer:
        """See ``Coach.synthesised``."""
        assert person
        self.participants = participants
        self.asked.append(answer.question)
        self.stops.append(stop)
        assert self.may_answer.wait(30)
        if self.error:
            return answer.model_copy(update={"error": self.error})
        first = answer.sentences[0]
        if self.refuses:
            refused = RefusedSentence(
                text="It takes <b>90</b> days.",
                passage_id=first.citation.passage_id,
                reason=Refusal.NUMBER,
            )
            return answer.model_copy(update={"refused": (refused,)})
        came_from = Provenance(
            prompt="answer",
            prompt_hash="0" * 12,
            model="Writer",
            passages=(first.citation.passage_id,),
            usage=Usage(prompt_tokens=1, reply_tokens=1, milliseconds=1),
        )
        own = first.model_copy(update={"text": _WORDS, "provenance": came_from})
        return answer.model_copy(update={"sentences": (own,)})


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model that is set, on this machine."""
    found = Model()
    monkeypatch.setattr(Coach, "model_name", "Writer")
    monkeypatch.setattr(Coach, "hides_names", False)
    monkeypatch.setattr(
        Coach, "synthesised", lambda _, answer, **more: found.synthesised(answer, **more)
    )
    return found


def shown(app: AppTest) -> str:
    """All text of the page."""
    return "\n".join(str(block.value) for block in (*app.markdown, *app.caption, *app.warning))


def cited(app: AppTest) -> list[str]:
    """The labels of the citation buttons."""
    return [
        button.label for button in app.button if str(button.key or "").startswith("answer_cite_")
    ]


def ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="asked").set_value(question).run()
    assert not app.exception
    return app


def settled(app: AppTest, said: str) -> AppTest:
    """The page once it says ``said``; it looks again as its fragment does."""
    until = time.monotonic() + 30
    while said not in shown(app):
        assert time.monotonic() < until, shown(app)
        time.sleep(0.05)
        app.run()
        assert not app.exception
    return app


def test_an_empty_page_offers_questions_that_one_click_asks(app: AppTest) -> None:
    assert "Only you see this. It stays on this machine." in shown(app)

    app.button_group(key="ask_example").select("He takes over every session. What can I do?").run()

    assert not app.exception
    assert "let them come to the point" in shown(app)
    assert "He takes over every session. What can I do?" == app.text_input(key="asked").value


def test_an_answer_is_cited_and_shows_no_sign_of_a_model(app: AppTest) -> None:
    ask(app, _QUESTION)

    assert cited(app)
    assert "Put the library’s words back" not in [button.label for button in app.button]
    assert not [button for button in app.button if button.key == "asking_stop"]


def test_a_citation_opens_its_passage(app: AppTest) -> None:
    ask(app, _QUESTION)

    app.button(key="answer_cite_0").click().run()

    assert not app.exception
    assert any(block.value.startswith("### ") for block in app.markdown)


def test_what_is_not_covered_is_a_calm_state(app: AppTest) -> None:
    ask(app, _OFF_TOPIC)

    assert "The guidance does not cover this" in shown(app)
    assert not cited(app)


@pytest.mark.parametrize(
    "question",
    [
        "كيف أبدأ الجلسة الأولى؟",
        "第一次会议怎么开始",
        "<img src=x onerror=alert(1)> [x](y)",
        "?!",
        "😀",
    ],
)
def test_any_script_and_markup_can_be_typed(app: AppTest, question: str) -> None:
    ask(app, question)

    assert question == app.text_input(key="asked").value
    assert "<img" not in shown(app)


def test_the_question_comes_back_in_a_new_session(app: AppTest) -> None:
    ask(app, _QUESTION)

    again = AppTest.from_file(str(_ENTRY), default_timeout=60)
    again.query_params["draft"] = app.session_state["draft"]
    again.run()
    again.switch_page("app_pages/ask.py").run()

    assert not again.exception
    assert _QUESTION == again.text_input(key="asked").value
    assert cited(app) == cited(again)


def test_the_librarys_words_are_there_before_the_models(model: Model, app: AppTest) -> None:
    model.may_answer.clear()
    ask(app, _QUESTION)
    before = cited(app)

    assert before
    assert "Writer is putting them together" in shown(app)
    assert _WORDS not in shown(app)
    model.may_answer.set()
    settled(app, "In words of Writer")

    assert _WORDS in shown(app)
    assert [_QUESTION] == model.asked


def test_the_librarys_words_are_put_back_with_one_click(model: Model, app: AppTest) -> None:
    ask(app, _QUESTION)
    settled(app, "In words of Writer")

    app.button(key="library_words_again").click().run()

    assert not app.exception
    assert _WORDS not in shown(app)
    assert "In the library’s own words." in shown(app)
    app.button(key="library_words_again").click().run()
    assert _WORDS in shown(app)
    assert [_QUESTION] == model.asked


def test_a_refresh_keeps_the_models_words_and_asks_nothing_again(
    model: Model, app: AppTest
) -> None:
    ask(app, _QUESTION)
    settled(app, "In words of Writer")

    again = AppTest.from_file(str(_ENTRY), default_timeout=60)
    again.query_params["draft"] = app.session_state["draft"]
    again.run()
    again.switch_page("app_pages/ask.py").run()

    assert not again.exception
    assert _WORDS in shown(again)
    assert [_QUESTION] == model.asked


def test_a_new_question_stops_the_model_and_asks_anew(model: Model, app: AppTest) -> None:
    model.may_answer.clear()
    ask(app, _QUESTION)

    other = "what do I do when I do not know the answer?"
    ask(app, other)
    model.may_answer.set()
    settled(app, "In words of Writer")

    assert model.stops[0].is_set()
    assert not model.stops[1].is_set()
    assert [_QUESTION, other] == model.asked


def test_what_was_refused_is_shown_on_demand_as_text(model: Model, app: AppTest) -> None:
    model.refuses = True
    ask(app, _QUESTION)

    settled(app, "had none that are better")

    assert cited(app)
    assert "number: “It takes \\<b\\>90\\</b\\> days.”" in shown(app)


def test_an_error_leaves_the_answer_and_says_why(model: Model, app: AppTest) -> None:
    model.error = "The model took too long."
    ask(app, _QUESTION)

    settled(app, "The model took too long. The answer is complete without it.")

    assert cited(app)


def test_a_model_elsewhere_is_named_before_anything_is_asked(
    model: Model, app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Coach, "hides_names", True)

    app.run()

    assert "go to Writer, with names hidden" in shown(app)
    assert [] == model.asked


def test_the_pairs_names_are_kept_from_a_model_elsewhere(
    model: Model, app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Coach, "hides_names", True)
    app.run()
    app.text_area(key="participants").set_value("Ngozi\nBjørn").run()

    ask(app, _QUESTION)
    settled(app, "In words of Writer")

    assert ("Ngozi", "Bjørn") == model.participants


def test_nothing_is_asked_about_what_is_not_covered(model: Model, app: AppTest) -> None:
    ask(app, _OFF_TOPIC)

    assert [] == model.asked
