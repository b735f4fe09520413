"""What stands in the menu, in which order, and who may use the guidance."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest
from worlds import make_world

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor, AuditLine
from coach.domain.program import Role
from coach.domain.records import new_id
from coach.errors import ForbiddenError
from coach.policy import table
from coach.policy.guidance import Guidance
from coach.policy.standing import Reach
from coach.policy.table import Action, Standing
from coach.program.personal import LOCAL
from coach.resources import shipped
from coach.settings import CoachSettings

_ENTRY = shipped("ui") / "streamlit_app.py"
_GUIDED = ("prepare", "say", "questions", "receive", "repair", "ask", "library")
_OTHERS = ("pair", "reflect", "progress", "agreement", "data", "themes", "program")


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(shipped("ui")))
    import menu

    return menu


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return open_workspace(CoachSettings(home=built_home))


def _sections(menu: ModuleType, actor: Actor, *roles: Role) -> list[str]:
    return list(menu.sections(actor, Reach(roles=frozenset(roles))))


def test_the_sections_of_ones_own_roles_come_first(
    menu: ModuleType,
) -> None:
    actor = Actor(person_id=new_id())
    rest, every = ["Guidance", "You"], "All pairs"

    assert ["Mentor", "Both of you", "Mentee", *rest, every] == _sections(menu, actor, Role.MENTOR)
    assert ["Mentee", "Both of you", "Mentor", *rest, every] == _sections(menu, actor, Role.MENTEE)
    assert [every, "Mentor", "Mentee", "Both of you", *rest] == _sections(menu, actor, Role.LEAD)
    assert ["Mentee", "Both of you", every, "Mentor", *rest] == _sections(
        menu, actor, Role.LEAD, Role.MENTEE
    )
    assert ["Mentor", "Mentee", "Both of you", *rest] == _sections(menu, actor)


def test_themes_are_for_everybody_in_a_program_and_its_numbers_for_its_lead(
    menu: ModuleType,
) -> None:
    actor = Actor(person_id=new_id())

    def pages(*roles: Role) -> set[str]:
        made = menu.sections(actor, Reach(roles=frozenset(roles)))
        return {"themes", "program"} & {name for part in made.values() for name in part}

    assert {"themes"} == pages(Role.MENTOR) == pages(Role.MENTEE)
    assert {"themes", "program"} == pages(Role.LEAD)
    assert set() == pages()


def test_at_ones_own_computer_the_lead_s_section_comes_last(menu: ModuleType) -> None:
    plain = ["Mentor", "Mentee", "Both of you", "Guidance", "You", "All pairs"]

    assert plain == _sections(menu, LOCAL, Role.LEAD)
    assert "Mentee" == _sections(menu, LOCAL, Role.LEAD, Role.MENTEE)[0]


def test_every_page_that_is_there_is_in_the_menu(menu: ModuleType) -> None:
    files = {page.stem for page in (_ENTRY.parent / "app_pages").glob("*.py")}

    assert files == {name for pages in menu._PAGES.values() for name in pages}
    assert files == {*_GUIDED, *_OTHERS}


@pytest.mark.usefixtures("kept")
def test_each_page_of_guidance_asks_the_policy_first_and_no_other_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[Actor]()
    monkeypatch.setattr(Guidance, "use", lambda _, actor: asked.append(actor))
    app = AppTest.from_file(str(_ENTRY), default_timeout=60).run()
    assert [LOCAL] == asked

    for name in (*_GUIDED, *_OTHERS):
        asked.clear()
        app.switch_page(f"app_pages/{name}.py").run()
        assert not app.exception
        assert ([LOCAL] if name in _GUIDED else []) == asked


def test_where_the_table_forbids_the_guidance_its_pages_say_so_and_show_nothing(
    kept: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden = {**table.ALLOWED, Action.USE_GUIDANCE: frozenset()}
    monkeypatch.setattr(table, "ALLOWED", forbidden)

    app = AppTest.from_file(str(_ENTRY), default_timeout=60).run()

    assert not app.exception
    assert not app.text_input
    assert ["You cannot use the guidance here."] == [
        error.value.split(" If ")[0] for error in app.error
    ]
    with kept.records.reading() as work:
        assert 1 == work.count(AuditLine, action=Action.USE_GUIDANCE.value, allowed=False)
    with pytest.raises(ForbiddenError):
        kept.guidance.use(LOCAL)


def test_the_reach_of_somebody_is_what_the_table_says_of_their_own(kept: Workspace) -> None:
    world = make_world(kept.records)
    member, lead = (kept.reach(one) for one in (world.own.mentor, world.lead))

    assert Reach() == kept.reach(Actor(person_id="f" * 32))
    assert {Role.MENTOR} == member.roles
    assert {Role.LEAD} == lead.roles
    assert {Action.CREATE_PROGRAM, Action.MANAGE_LIBRARY} <= lead.actions - member.actions
    assert {one for one, who in table.ALLOWED.items() if Standing.SELF in who} == member.actions
