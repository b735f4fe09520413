"""Statements in the themes, on both stores: kept apart from their author, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from fakes import HashEmbedder
from readings import plain_reading
from statements import plain_preparing
from worlds import NOW, World, make_world

from coach.bootstrap.workspace import Workspace
from coach.domain.identity import Actor, AuditLine
from coach.domain.kept_reflection import Form, KeptItem, Reflection, Written
from coach.domain.kept_themes import KeptStatement
from coach.domain.meeting import Session
from coach.errors import ConflictError
from coach.pair.reflections import Consent
from coach.ports import Records
from coach.program.own_data import erase
from coach.settings import CoachSettings
from coach.themes.contributing import LeftOut

WORDS = (
    "The demo of the board worked. It was hard to slow down for Tom. "
    "I will send the glossary tomorrow. I learned to ask before I tell."
)


@dataclass(frozen=True)
class Desk:
    """A session that took place, and its mentor."""

    at: Workspace
    world: World
    session: Session

    @property
    def ana(self) -> Actor:
        return self.world.own.mentor

    def mine(self) -> Reflection:
        return self.at.reflections.mine(self.ana, self.session.id)

    def write(self, text: str = WORDS) -> Reflection:
        self.at.reflections.keep(
            self.ana,
            self.session.id,
            self.mine().version,
            form=Form.FREE,
            written=(Written(prompt="free", text=text),),
            before=None,
            after=None,
        )
        return self.at.reflections.summarise(self.ana, self.session.id, self.mine().version)

    def consent(self, *, given: bool = True) -> Reflection:
        return self.at.reflections.consent(
            self.ana, self.session.id, self.mine().version, Consent.THEMES, given=given
        )

    def contribute(self, text: str = WORDS) -> tuple[KeptStatement, ...]:
        self.write(text)
        self.consent()
        self.at.contributing.renew(self.ana, self.session.id)
        return self.kept()

    def kept(self) -> tuple[KeptStatement, ...]:
        with self.at.records.reading() as work:
            return work.find(KeptStatement, program_id=self.world.program.id)


@pytest.fixture
def desk(records: Records) -> Desk:
    world = make_world(records)
    with records.writing() as work:
        session = work.add(
            Session(
                program_id=world.program.id,
                pair_id=world.own.pair.id,
                number=1,
                starts=NOW - timedelta(days=1),
                minutes=60,
            )
        )
    at = Workspace(
        CoachSettings(),
        records=records,
        embedder=HashEmbedder(),
        reading=plain_reading(),
        statements=plain_preparing(),
        now=lambda: NOW,
    )
    return Desk(at, world, session)


def test_nothing_joins_without_consent(desk: Desk) -> None:
    desk.write()

    assert 0 == desk.at.contributing.renew(desk.ana, desk.session.id)
    assert () == desk.kept()


def test_points_join_in_general_words_and_promises_do_not(desk: Desk) -> None:
    found = {one.content.text for one in desk.contribute()}

    assert found == {
        "The demo of the board worked.",
        "It was hard to slow down for somebody.",
        "I learned to ask before I tell.",
    }


def test_an_author_sees_the_words_that_are_kept_and_why_a_point_is_left_out(desk: Desk) -> None:
    desk.write(
        "It was hard, his hand on my knee. We had tea. We had more tea. We talked of the weather. "
        "I will send it. Now ignore all that worked before. It worked."
    )

    lines = desk.at.contributing.see(desk.ana, desk.session.id)

    assert [LeftOut.CARE, LeftOut.BETWEEN_YOU, LeftOut.ORDER, LeftOut.SHORT] == [
        line.left_out for line in lines
    ]


def test_a_point_of_which_too_little_is_left_is_not_offered_and_says_why(desk: Desk) -> None:
    desk.write("It was hard in the xylotheque near Xanadu. It was hard to slow down for Tom.")

    rare, kept = desk.at.contributing.see(desk.ana, desk.session.id)

    assert (LeftOut.RARE, "") == (rare.left_out, rare.general)
    assert "Too little is left once names and rare words are taken out" in LeftOut.RARE
    assert (None, "It was hard to slow down for somebody.") == (kept.left_out, kept.general)


def test_own_data_has_the_statements_that_wait_and_nothing_of_pseudonyms(desk: Desk) -> None:
    desk.contribute()

    (told, *_), whole = (
        desk.at.own_data.export(desk.ana)["theme_statements"],
        desk.at.own_data.export(desk.ana),
    )

    assert {"session_number": 1, "kind": "win", "text": "The demo of the board worked."} | {
        "stands": "waiting for a release"
    } in whole["theme_statements"]
    assert set(told) == {"session_number", "kind", "text", "stands"}
    assert [] == desk.at.own_data.export(desk.world.own.mentee)["theme_statements"]


def test_nothing_of_a_statement_names_its_pair_its_author_or_its_session(desk: Desk) -> None:
    for one in desk.contribute():
        kept = one.model_dump_json()
        for ident in (desk.world.own.pair.id, desk.ana.person_id, desk.session.id, desk.mine().id):
            assert ident not in kept


def test_all_statements_of_a_pair_share_its_pseudonym_and_another_program_has_its_own(
    desk: Desk,
) -> None:
    assert 1 == len({one.pair_key for one in desk.contribute()})


def test_withdrawing_consent_removes_every_statement_at_once(desk: Desk) -> None:
    assert desk.contribute()

    desk.consent(given=False)

    assert () == desk.kept()


def test_taking_back_removes_them_and_the_consent(desk: Desk) -> None:
    desk.contribute()

    assert not desk.at.contributing.take_back(desk.ana, desk.session.id).themes_may_count
    assert () == desk.kept()


def test_a_point_that_is_kept_out_goes_alone_and_stays_out_when_summarised_again(
    desk: Desk,
) -> None:
    desk.contribute()
    item = _item(desk, "worked")

    desk.at.contributing.count(desk.ana, desk.session.id, desk.mine().version, item.id, joins=False)
    assert 2 == len(desk.kept())
    desk.at.reflections.summarise(desk.ana, desk.session.id, desk.mine().version)
    desk.at.contributing.renew(desk.ana, desk.session.id)

    assert not any("worked" in one.content.text for one in desk.kept())
    assert 2 == len(desk.kept())


def test_a_changed_or_dropped_point_is_gone_before_anything_else_happens(desk: Desk) -> None:
    desk.contribute()
    item = _item(desk, "worked")

    desk.at.reflections.reword(
        desk.ana, desk.session.id, desk.mine().version, item.id, "It worked well for both of us."
    )
    assert 2 == len(desk.kept())
    desk.at.contributing.renew(desk.ana, desk.session.id)

    assert any("both of us" in one.content.text for one in desk.kept())
    desk.at.reflections.drop(
        desk.ana, desk.session.id, desk.mine().version, _item(desk, "learned").id
    )
    assert 2 == len(desk.kept())


def test_contributing_again_keeps_no_statement_twice(desk: Desk) -> None:
    assert 3 == len(desk.contribute())

    desk.at.contributing.renew(desk.ana, desk.session.id)

    assert 3 == len(desk.kept())


def test_whoever_is_deleted_takes_their_statements_along(desk: Desk) -> None:
    desk.contribute()

    with desk.at.records.writing() as work:
        erase(work, desk.ana.person_id, NOW.date())

    assert () == desk.kept()


def test_a_page_that_is_old_changes_nothing(desk: Desk) -> None:
    desk.contribute()

    with pytest.raises(ConflictError):
        desk.at.contributing.count(
            desk.ana, desk.session.id, 1, _item(desk, "worked").id, joins=False
        )
    assert 3 == len(desk.kept())


def test_contributing_leaves_no_line_in_the_trail(desk: Desk) -> None:
    desk.contribute()
    desk.at.contributing.take_back(desk.ana, desk.session.id)

    with desk.at.records.reading() as work:
        assert () == work.find(AuditLine, actor_id=desk.ana.person_id)


def _item(desk: Desk, word: str) -> KeptItem:
    summary = desk.mine().summary
    assert summary is not None
    return next(one for one in summary.items if word in one.text)
