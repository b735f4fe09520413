"""A home opens as quickly among many: nothing that a page reads goes through a whole table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fakes import HashEmbedder
from sqlalchemy import event
from worlds import NOW, Two, World, make_world

from coach.adapters.records.store import SqlRecords
from coach.bootstrap import Workspace
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief
from coach.entrance import sign_ins
from coach.prepare.compose import Composer
from coach.settings import CoachSettings

_COOKIE = "a secret"
#: Tables that hold as many rows as there are keys in use.
_SMALL = {"seal_keys"}
Read = Callable[[Workspace, Two], object]


@pytest.fixture
def world(records: SqlRecords) -> World:
    return make_world(records)


@pytest.fixture
def kept(records: SqlRecords, world: World, composer: Composer) -> Workspace:
    workspace = Workspace(
        CoachSettings(), records=records, embedder=HashEmbedder(), now=lambda: NOW
    )
    two = world.own
    planned = workspace.sessions.plan(two.mentor, two.pair.id, NOW + timedelta(days=3), count=3)
    agenda: Agenda = composer.agenda(Brief(topic="team chat"))
    workspace.agendas.share(two.mentor, planned[0].id, agenda, after=0)
    with records.writing() as work:
        digest = sign_ins.digest_of(_COOKIE)
        sign_ins.begin(work, two.mentor.person_id, digest, NOW)
    return workspace


@pytest.mark.parametrize(
    "read",
    [
        lambda at, two: at.home.open(two.mentor, two.pair.id),
        lambda at, two: at.home.mine(two.mentor),
        lambda at, two: at.preparing.see(
            two.mentor, at.sessions.all_of(two.mentor, two.pair.id)[0].id
        ),
        lambda at, two: at.drafts.read(two.mentor, "any"),
        lambda at, two: at.drafts.newest(two.mentor),
        lambda at, two: at.agreements.see(two.mentor, two.pair.id),
        lambda at, two: at.own_data.me(two.mentor),
        lambda at, two: at.cards.partners(two.mentor, two.pair.id),
        lambda at, _: at.entrance.signing_in.who(_COOKIE),
    ],
    ids=["home", "pairs", "notes", "draft", "newest draft", "agreement", "me", "card", "sign-in"],
)
def test_every_look_up_of_a_page_goes_by_an_index(
    kept: Workspace, world: World, records: SqlRecords, read: Read
) -> None:
    with _statements(records) as asked:
        read(kept, world.own)

    looked = [one for one in asked if one[0].startswith("SELECT")]
    assert looked
    for statement, values in looked:
        assert not _read_whole(records, statement, values) - _SMALL, statement


def test_a_look_up_without_an_index_is_noticed(records: SqlRecords, world: World) -> None:
    assert world
    assert {"people"} == _read_whole(records, "SELECT id FROM people WHERE zone = 'UTC'", ())


@contextmanager
def _statements(records: SqlRecords) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, values: Any, *_: object) -> None:
        asked.append((statement, values))

    event.listen(records.engine, "before_cursor_execute", note)
    yield asked
    event.remove(records.engine, "before_cursor_execute", note)


def _read_whole(records: SqlRecords, statement: str, values: Any) -> set[str]:
    """The tables that the database reads from end to end for this statement."""
    with records.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            return set(re.findall(r"SCAN (\w+)", str(plan.all())))
        # Small tables are read whole where that is quicker: here only if there is no other way.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return set(re.findall(r"Seq Scan on (\w+)", str(plan.all())))
