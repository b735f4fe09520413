"""Who acts in a personal workspace: oneself, or somebody of a program that is made up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from worlds import TODAY, make_world

from coach.bootstrap import Workspace, open_workspace
from coach.domain.program import Membership, Person, Program, Role
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
