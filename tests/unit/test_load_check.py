"""What the load run takes for a fault, by pages that hold one."""

from __future__ import annotations

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.Exception_pb2 import Exception as Trouble
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.PageNotFound_pb2 import PageNotFound

from evals.load.client import Browser, FaultError, Page
from evals.load.counting import Count
from evals.load.journal import HOME, Step
from evals.load.marks import foreign, new_mark

_DONE = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
_EARLY = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN)


class Wire:
    """A coach that answers with what it was given."""

    def __init__(self, *answers: ForwardMsg) -> None:
        self._answers: list[bytes] = [answer.SerializeToString() for answer in answers]

    def send_binary(self, _: bytes) -> None:
        """Whatever is asked."""

    def recv(self) -> bytes:
        """The next answer; fails when there is none."""
        return self._answers.pop(0)

    def close(self, timeout: int = 3) -> None:
        """Nothing is left open."""


def _drawn(*answers: ForwardMsg) -> tuple[Browser, Page]:
    browser = Browser("http://127.0.0.1:1")
    browser.connect = lambda: Wire(*answers)  # type: ignore[method-assign,assignment,return-value]
    return browser, browser.open("pair")


def _shows(element: Element, place: int = 0) -> ForwardMsg:
    shown = ForwardMsg()
    shown.metadata.delta_path.append(place)
    shown.delta.new_element.CopyFrom(element)
    return shown


def _alert(kind: Alert.Format.ValueType) -> Element:
    element = Element()
    element.alert.format = kind
    return element


def _says(words: str) -> Element:
    element = Element()
    element.markdown.body = words
    return element


def test_a_page_is_drawn_once_its_last_run_is_over() -> None:
    again = ForwardMsg(new_session=NewSession())

    _, page = _drawn(_shows(_says("first"), 1), _EARLY, again, _shows(_says("second")), _DONE)

    assert page.says("second")
    assert not page.says("first")


def test_words_in_a_box_are_not_said() -> None:
    typed = Element()
    typed.text_input.id, typed.text_input.value = "$$ID-0-what", "a promise"

    _, page = _drawn(_shows(typed), _DONE)

    assert not page.says("a promise")
    assert ("what",) == page.keys
    with pytest.raises(FaultError, match="no widget 'press'"):
        page.press("press")


@pytest.mark.parametrize(
    "shown",
    [
        Element(exception=Trouble(message="oh")),
        _alert(Alert.ERROR),
        _alert(Alert.WARNING),
    ],
)
def test_a_page_that_shows_trouble_is_a_fault(shown: Element) -> None:
    with pytest.raises(FaultError, match="the page 'pair' shows"):
        _drawn(_shows(shown), _DONE)


def test_a_hint_is_no_fault() -> None:
    _drawn(_shows(_alert(Alert.INFO)), _DONE)


def test_a_page_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(FaultError, match="no page 'pair'"):
        _drawn(ForwardMsg(page_not_found=PageNotFound(page_name="pair")), _DONE)


def test_a_mark_is_found_wherever_it_stands_in_an_answer() -> None:
    mine, theirs = new_mark(), new_mark()
    hidden = Element()
    hidden.text_area.value = f"a worry ({theirs})"

    browser, _ = _drawn(_shows(_says(f"**{mine}**")), _shows(hidden, 1), _DONE)

    assert {theirs} == foreign(browser.heard, [mine])


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": ()},
        {"steps": (Step(name=HOME, ms=1, fault="gone"),)},
        {"steps": (Step(name=HOME, ms=1, foreign=1),)},
        {"found": 1},
        {"found": 0, "acknowledged": 0},
        {"astray": 1},
        {"tracebacks": 1},
    ],
)
def test_a_run_is_sound_only_without_any_fault(changes: dict[str, object]) -> None:
    sound = Count(steps=(Step(name=HOME, ms=1),), acknowledged=2, found=2, astray=0)

    assert sound.sound
    assert not sound.model_copy(update=changes).sound
