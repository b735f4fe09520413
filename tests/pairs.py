"""A pair of a personal program, and the pages as each of the two opens them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.pair.home import PairHome
from coach.program.personal import local_person

_ENTRY = Path(__file__).parents[1] / "ui" / "streamlit_app.py"
_SINCE = timedelta(days=120)


@dataclass(frozen=True)
class Paired:
    """A junior mentor and a senior mentee, whom a personal workspace lets a test act as."""

    workspace: Workspace
    pair: Pair
    mentor: Actor
    mentee: Actor

    def home(self, actor: Actor | None = None) -> PairHome:
        """Their home, as one of the two has it."""
        return self.workspace.home.open(actor or self.mentor, self.pair.id)

    def session(
        self,
        days: float,
        state: SessionState = SessionState.PLANNED,
        *,
        zone: str = "UTC",
        taught: tuple[bool, bool] = (False, False),
    ) -> Session:
        """One more session, so many days from now at ten."""
        with self.workspace.records.writing() as work:
            number = work.count(Session, pair_id=self.pair.id) + 1
            day = datetime.now(UTC) + timedelta(days=days)
            return work.add(
                Session(
                    program_id=self.pair.program_id,
                    pair_id=self.pair.id,
                    number=number,
                    state=state,
                    starts=day.replace(hour=10, minute=0, second=0, microsecond=0),
                    zone=zone,
                    minutes=60,
                    topic="team chat",
                    mentor_taught=taught[0],
                    mentee_taught=taught[1],
                )
            )


def make_pair(
    workspace: Workspace,
    mentor: str = "Ana",
    mentee: str = "Tom",
    *,
    job: str = "analyst",
    with_mentor: Actor | None = None,
) -> Paired:
    """Two people, or one more for ``with_mentor``, as a pair of a new program."""
    local_person(workspace.records)
    since = datetime.now(UTC).date() - _SINCE
    with workspace.records.writing() as work:
        program = work.add(Program(name="Harbour", starts=since, personal=True))
        one = with_mentor or Actor(person_id=work.add(Person(name=mentor)).id)
        other = Actor(person_id=work.add(Person(name=mentee)).id)
        for who, role in ((one, Role.MENTOR), (other, Role.MENTEE)):
            work.add(
                Membership(program_id=program.id, person_id=who.person_id, role=role, since=since)
            )
        pair = work.add(
            Pair(
                program_id=program.id,
                mentor_id=one.person_id,
                mentee_id=other.person_id,
                mentor_role=job,
                mentee_role="director",
                started=since,
            )
        )
    return Paired(workspace, pair, one, other)


def open_page(name: str, actor: Actor | None = None, *, zone: str = "UTC", **query: str) -> AppTest:
    """The page called ``name`` as ``actor`` sees it, whose browser is in ``zone``."""
    app = AppTest.from_file(str(_ENTRY), default_timeout=60)
    app.context["timezone"] = zone
    if actor is not None:
        app.session_state["act_as"] = actor.person_id
    app.run()
    app.switch_page(f"app_pages/{name}.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that the page says, but for the list of those whom one may act as."""
    blocks = (*app.markdown, *app.caption, *app.warning, *app.error, *app.title)
    markup = [part.proto.body for part in app.get("html") if "?as=" not in part.proto.body]
    return "\n".join([*(str(block.value) for block in blocks), *markup])


def labelled(widgets: Any, label: str) -> Any:
    """The first of these widgets with this label."""
    return next(one for one in widgets if one.label == label)


def press(app: AppTest, *keys: str) -> AppTest:
    """Press a button, after those that open the dialog that it stands in."""
    for key in keys:
        app.button(key=key).click()
    app.run()
    assert not app.exception
    return app
