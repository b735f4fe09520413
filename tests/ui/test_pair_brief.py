"""From the pair's home to the brief, and from the agenda back to the pair."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor
from coach.domain.program import Person
from coach.pair.home import MyPair
from coach.program.personal import local_person
from coach.settings import CoachSettings

_ENTRY = Path(__file__).parents[2] / "ui" / "streamlit_app.py"


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A personal workspace with the demonstration in it."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    workspace = open_workspace(CoachSettings(home=built_home))
    workspace.demonstration.load(local_person(workspace.records))
    return workspace


def _named(kept: Workspace, name: str) -> Actor:
    with kept.records.reading() as work:
        person = next(one for one in work.find(Person) if one.name == name)
    return Actor(person_id=person.id)


def _page(kept: Workspace, name: str, actor: Actor) -> tuple[AppTest, MyPair]:
    app = AppTest.from_file(str(_ENTRY), default_timeout=60)
    app.session_state["act_as"] = actor.person_id
    app.run()
    app.switch_page(f"app_pages/{name}.py").run()
    return app, kept.home.mine(actor)[0]


def _fill(app: AppTest, mine: MyPair) -> AppTest:
    return app.button(key=f"prepare_{mine.pair.id}").click().run()


def test_what_the_pair_knows_need_not_be_typed_again(kept: Workspace) -> None:
    app, mine = _page(kept, "prepare", _named(kept, "Ana Duarte"))

    _fill(app, mine)

    assert not app.exception
    assert "safe use of generative AI" == app.text_input(key="topic").value
    assert 60 == app.number_input(key="minutes").value
    assert 4 == app.number_input(key="session").value
    carried = str(app.text_area(key="carried_over").value).splitlines()
    assert "Try the chat on one real question of the team" == carried[0]
    assert 3 == len(carried)
    assert ["How a budget is really settled", "To use the new tools without help"] == list(
        app.session_state["goals"]
    )


def test_an_agenda_is_shared_without_the_worry_and_a_later_one_on_top(kept: Workspace) -> None:
    ana = _named(kept, "Ana Duarte")
    app, mine = _page(kept, "prepare", ana)
    _fill(app, mine)
    app.text_area(key="worry").set_value("he may laugh at me").run()

    app.button(key="share").click().run()

    home = kept.home.open(_named(kept, "Tom Eriksen"), mine.pair.id)
    assert not app.exception
    assert home.agenda is not None
    assert 2 == home.agenda.number
    assert "laugh" not in home.agenda.model_dump_json()
    assert any("Shared as version 2" in str(one.value) for one in app.caption)


def _meeting_clash(kept: Workspace, ana: Actor) -> tuple[AppTest, str]:
    """Ana's page after Tom saved another version of what she shares, and the session."""
    tom = _named(kept, "Tom Eriksen")
    app, mine = _page(kept, "prepare", ana)
    _fill(app, mine)
    home = kept.home.open(tom, mine.pair.id)
    assert home.next is not None
    assert home.agenda is not None
    toms = home.agenda.agenda.model_copy(update={"not_covered": ("Tom was here",)})
    kept.agendas.share(tom, home.next.id, toms, after=1)
    app.button(key="share").click().run()
    assert any("another version" in str(one.value) for one in app.warning)
    return app, home.next.id


def test_two_who_share_at_once_both_keep_their_version(kept: Workspace) -> None:
    ana = _named(kept, "Ana Duarte")
    app, meeting = _meeting_clash(kept, ana)
    app.button(key="mine_on_top").click().run()

    versions = kept.agendas.versions(ana, meeting)
    assert [3, 2, 1] == [one.number for one in versions]
    assert ("Tom was here",) == versions[1].agenda.not_covered
    assert not app.warning


def test_or_theirs_is_taken_and_undo_brings_mine_back(kept: Workspace) -> None:
    app, _ = _meeting_clash(kept, _named(kept, "Ana Duarte"))
    app.button(key="take_theirs").click().run()
    assert ["Tom was here"] == list(app.session_state["agenda"]["not_covered"])

    app.button(key="undo").click().run()

    assert [] == list(app.session_state["agenda"]["not_covered"])
    assert not app.exception


def test_a_mentee_brings_questions_to_the_same_session(kept: Workspace) -> None:
    app, mine = _page(kept, "questions", _named(kept, "Tom Eriksen"))

    _fill(app, mine)

    assert not app.exception
    assert "safe use of generative AI" == app.text_input(key="topic").value


def test_somebody_elses_words_leave_the_page_when_another_acts(kept: Workspace) -> None:
    ana = _named(kept, "Ana Duarte")
    app, _ = _page(kept, "prepare", ana)
    app.text_input(key="topic").set_value("my secret topic").run()

    app.session_state["act_as"] = _named(kept, "Tom Eriksen").person_id
    app.run()

    assert "" == app.text_input(key="topic").value
    assert "my secret topic" not in str(app.main)
