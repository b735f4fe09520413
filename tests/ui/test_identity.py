"""Who acts in a personal workspace: oneself, or somebody of a program that is made up."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest
from worlds import TODAY, make_world

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor
from coach.domain.program import Membership, Person, Program, Role
from coach.policy.standing import Reach
from coach.program.personal import LOCAL
from coach.resources import shipped
from coach.settings import CoachSettings

HOSTILE = "<script>alert(1)</script> **Tom** 太郎"


def _page() -> None:
    import identity
    import streamlit as st

    actor = identity.who()
    with st.sidebar:
        identity.show_who(actor)
    st.text(actor.person_id)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.syspath_prepend(str(shipped("ui")))
    if engine := sys.modules.get("engine"):
        engine.opened_workspace.clear()
    return open_workspace(CoachSettings(home=tmp_path / "home"))


def _open(acting_as: str = "") -> AppTest:
    page = AppTest.from_function(_page, default_timeout=30)
    if acting_as:
        page.query_params["as"] = acting_as
    page.run()
    assert not page.exception
    return page


def _links(page: AppTest) -> str:
    return "".join(str(block.proto.body) for block in page.get("html"))


def _cast(workspace: Workspace) -> Person:
    with workspace.records.writing() as work:
        program = work.add(Program(name="Made up", starts=TODAY, personal=True))
        person = work.add(Person(name=HOSTILE, email="made.up@example.org"))
        work.add(
            Membership(program_id=program.id, person_id=person.id, role=Role.MENTEE, since=TODAY)
        )
    return person


def test_a_fresh_start_is_a_personal_workspace_of_one(workspace: Workspace) -> None:
    page = _open()

    assert LOCAL.person_id == page.text[0].value
    assert not page.selectbox
    assert "Personal workspace: no sign-in." in page.sidebar.caption[0].value
    with workspace.records.reading() as work:
        assert 1 == work.count(Person)


def test_one_may_act_as_somebody_made_up_and_be_oneself_again(workspace: Workspace) -> None:
    _open()
    tom = _cast(workspace)
    assert f"?as={tom.id}" in _links(_open())
    page = _open(tom.id)

    assert tom.id == page.text[0].value
    assert tom.id == page.run().text[0].value
    assert f"?as={LOCAL.person_id}" in _links(page)
    assert LOCAL.person_id == _open(LOCAL.person_id).text[0].value


def test_nobody_of_a_real_program_can_be_acted_as(workspace: Workspace) -> None:
    world = make_world(workspace.records)
    _cast(workspace)
    for forged in (world.own.mentor.person_id, world.lead.person_id, "f" * 32, "x", "", 7):
        page = AppTest.from_function(_page, default_timeout=30)
        page.session_state["act_as"] = forged
        page.run()

        assert not page.exception
        assert LOCAL.person_id == page.text[0].value
        assert world.own.mentor.person_id not in _links(page)
        if isinstance(forged, str):
            assert LOCAL.person_id == _open(forged).text[0].value


def _page_that_asks_often() -> None:
    import identity
    import streamlit as st

    def ask() -> None:
        identity.who()

    actors = [identity.who() for _ in range(3)]
    assert identity.reach() == identity.reach()
    st.button("Again", on_click=ask)
    st.text(actors[-1].person_id)


def test_who_acts_is_asked_once_in_a_run_and_anew_in_the_next_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import identity

    asked = list[str]()
    ask, reach = identity._signed_in, Workspace.reach

    def counted() -> Actor | None:
        asked.append("who")
        return ask()

    def also_counted(at: Workspace, actor: Actor) -> Reach:
        asked.append("reach")
        return reach(at, actor)

    monkeypatch.setattr(identity, "_signed_in", counted)
    monkeypatch.setattr(Workspace, "reach", also_counted)
    page = AppTest.from_function(_page_that_asks_often, default_timeout=30).run()

    assert not page.exception
    assert ["who", "reach"] == asked
    page.run()
    assert ["who", "reach"] * 2 == asked
    page.button[0].click().run()
    assert not page.exception
    assert ["who", "reach"] * 2 + ["who", "who", "reach"] == asked
    assert workspace


def _page_that_changes() -> None:
    import identity
    import streamlit as st

    def change() -> None:
        identity.who()
        st.session_state[identity.ACT_AS] = st.session_state["other"]

    st.button("Change", on_click=change)
    if identity.who() and st.button("Leave"):
        identity.leave()
    st.text(identity.who().person_id)


def test_a_change_of_who_acts_holds_in_the_run_that_makes_it(workspace: Workspace) -> None:
    page = AppTest.from_function(_page_that_changes, default_timeout=30).run()
    assert LOCAL.person_id == page.text[0].value
    page.session_state["other"] = _cast(workspace).id

    page.button[0].click().run()
    assert page.session_state["other"] == page.text[0].value
    page.button[1].click().run()
    assert LOCAL.person_id == page.text[0].value


class _Run:
    """Stands for the object that Streamlit makes for each run."""


@pytest.mark.usefixtures("workspace")
def test_an_answer_is_never_that_of_another_run_or_of_a_callback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fragment's run is one of its own: the same page, context and session."""
    import once as module

    running = SimpleNamespace(parallel_coordinator=_Run(), has_script_started=True)
    monkeypatch.setattr(module, "get_script_run_ctx", lambda: running)
    monkeypatch.setattr(module, "st", SimpleNamespace(session_state={}))
    answers = iter(range(9))

    def ask() -> int:
        return module.once("number", lambda: next(answers))

    assert [0, 0] == [ask(), ask()]
    running.parallel_coordinator = _Run()
    assert [1, 1] == [ask(), ask()]
    running.has_script_started = False
    assert [2, 3] == [ask(), ask()]
    running.has_script_started = True
    assert [1, 1] == [ask(), ask()]
    module.forget()
    assert [4, 4] == [ask(), ask()]


@pytest.mark.parametrize("way", ["accounts", "oidc"])
def test_a_server_has_no_acting_as_anybody(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    tom = _cast(workspace)
    monkeypatch.setenv("COACH_SIGN_IN", way)
    for name in ("METADATA_URL", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"COACH_OIDC_{name}", "https://id.example.org")
    page = AppTest.from_function(_page, default_timeout=30)
    page.session_state["act_as"] = tom.id
    page.run()

    assert not page.exception
    assert not page.text
    assert ["Sign in"] == [title.value for title in page.title]
