"""A pair that is over, as its two still read it; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fakes import HashEmbedder
from worlds import NOW, TODAY, Two, World, make_world

from coach.bootstrap import export_cancellations
from coach.bootstrap.workspace import Workspace
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief
from coach.domain.identity import Actor
from coach.domain.meeting import PreparedItem, PreparedKind, SessionState
from coach.domain.program import GONE, Role
from coach.errors import ForbiddenError
from coach.pair.agreements import fields_for
from coach.pair.former import Ending, FormerPair
from coach.ports import Records
from coach.prepare.compose import Composer
from coach.program.own_data import erase
from coach.settings import CoachSettings


@pytest.fixture
def world(records: Records) -> World:
    return make_world(records)


@pytest.fixture
def agenda(composer: Composer) -> Agenda:
    return composer.agenda(Brief(topic="team chat"))


def at(records: Records, days: int = 0) -> Workspace:
    """The workspace as many days later."""
    now = NOW + timedelta(days=days)
    return Workspace(CoachSettings(), records=records, embedder=HashEmbedder(), now=lambda: now)


def note(text: str) -> tuple[PreparedItem, ...]:
    return (PreparedItem(kind=PreparedKind.WORRY, text=text),)


def live(kept: Workspace, two: Two, agenda: Agenda) -> None:
    """All that a pair leaves behind: one session held, two to come."""
    now = kept.sessions
    past, coming, _ = now.plan(two.mentor, two.pair.id, NOW - timedelta(days=20), count=3)
    now.hold(two.mentor, past.id, past.version, mentor_taught=True, mentee_taught=False)
    kept.agendas.share(two.mentor, coming.id, agenda, after=0)
    kept.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, "send the list")
    kept.preparing.keep(two.mentor, coming.id, 0, note("the mentor's own worry"))
    kept.preparing.keep(two.mentee, coming.id, 0, note("the mentee's own worry"))
    kept.pulses.answer(two.mentee, past.id, 2, 1, note="the mentee's own answer")
    words = fields_for(kept.agreements.see(two.mentor, two.pair.id).newest, Role.MENTOR)
    kept.agreements.write(two.mentor, two.pair.id, words, words | {"learns": "budgets"})


def only(kept: Workspace, actor: Actor) -> FormerPair:
    """The one pair that is over for somebody."""
    (one,) = kept.home.menu(actor).over
    return kept.former.open(actor, one.pair.id)


def test_both_read_their_own_words_and_what_was_shared(
    records: Records, world: World, agenda: Agenda
) -> None:
    kept, two = at(records), world.own
    live(kept, two, agenda)

    kept.pairing.end(world.lead, two.pair.id)
    mentor, mentee = only(kept, two.mentor), only(kept, two.mentee)

    assert ("Tom", Role.MENTOR) == (mentor.partner.name, mentor.my_role)
    assert ["team chat"] == [one.agenda.brief.topic for one in mentor.agendas.values()]
    assert mentor.agreement is not None
    assert "budgets" == mentor.agreement.mentor.learns
    assert ["send the list"] == [one.what for one in mentor.promises]
    for mine, own, others in (
        (mentor, "the mentor's own worry", ("the mentee's own",)),
        (mentee, "the mentee's own worry", ("the mentor's own",)),
    ):
        assert [own] == [item.text for one in mine.preparations for item in one.items]
        assert not any(word in repr(mine) for word in others)
    assert ["the mentee's own answer"] == [one.note for one in mentee.pulses]
    assert () == kept.home.menu(two.mentor).running


def test_the_calendar_lets_go_of_what_will_not_come(
    records: Records, world: World, agenda: Agenda
) -> None:
    kept, two = at(records), world.own
    live(kept, two, agenda)
    before = {one.id: one.sequence for one in kept.sessions.all_of(two.mentor, two.pair.id)}

    kept.pairing.end(world.lead, two.pair.id)
    pair = only(kept, two.mentee)

    gone = [one for one in pair.sessions if one.state is SessionState.CANCELLED]
    content = export_cancellations(pair.sessions, title="Alpha", now=NOW).decode()
    assert 2 == len(gone)
    for one in gone:
        assert before[one.id] + 1 == one.sequence
        [event] = [part for part in content.split("BEGIN:VEVENT") if f"UID:{one.id}@" in part]
        assert "STATUS:CANCELLED" in event
        assert f"SEQUENCE:{one.sequence}" in event
    assert "METHOD:CANCEL" in content


def why(kept: Workspace, actor: Actor) -> tuple[Ending, object]:
    pair = only(kept, actor)
    return pair.why, pair.on


def test_each_reads_what_happened_and_when(records: Records, world: World) -> None:
    kept = at(records)
    left, partner = world.own.mentor, world.own.mentee

    kept.pairing.remove(world.lead, world.program.id, left.person_id)

    assert (Ending.I_LEFT, TODAY) == why(kept, left)
    assert (Ending.PARTNER_LEFT, TODAY) == why(kept, partner)
    assert (Ending.ENDED, TODAY - timedelta(days=3)) == why(kept, world.over.mentor)
    kept.programs.end(world.lead, world.program.id)
    assert (Ending.PROGRAM_OVER, TODAY) == why(kept, world.other.mentee)


def test_who_gets_a_new_partner_has_both_pairs_to_open(records: Records, world: World) -> None:
    kept, mentee = at(records), world.other.mentee

    new = kept.pairing.re_pair(world.lead, world.own.pair.id, Role.MENTEE, mentee.person_id)

    found = kept.home.menu(world.own.mentor)
    assert [new.id] == [one.pair.id for one in found.running]
    assert [world.own.pair.id] == [one.pair.id for one in found.over]
    assert (Ending.ENDED, TODAY) == why(kept, world.own.mentee)


def test_a_partner_who_deleted_themselves_is_not_named_and_reads_nothing_more(
    records: Records, world: World, agenda: Agenda
) -> None:
    kept, two = at(records), world.own
    live(kept, two, agenda)

    with records.writing() as work:
        erase(work, two.mentor.person_id, TODAY)

    mine = only(kept, two.mentee)
    assert (Ending.PARTNER_DELETED, TODAY, GONE) == (mine.why, mine.on, mine.partner.name)
    assert "Ana" not in repr(mine).replace("Anal", "")
    assert () == kept.home.menu(two.mentor).over
    with pytest.raises(ForbiddenError, match="You cannot see a pair that is over"):
        kept.former.open(two.mentor, two.pair.id)


def test_it_is_theirs_until_the_retention_of_the_program_ends(
    records: Records, world: World
) -> None:
    at(records).programs.end(world.lead, world.program.id)
    days, mentor = world.program.retention_days, world.own.mentor
    assert TODAY + timedelta(days=days) == only(at(records), mentor).kept_until

    assert only(at(records, days - 1), mentor)
    late = at(records, days)

    assert () == late.home.menu(mentor).over
    with pytest.raises(ForbiddenError):
        late.former.open(mentor, world.own.pair.id)


def test_nothing_in_it_can_be_changed(records: Records, world: World, agenda: Agenda) -> None:
    kept, two = at(records), world.own
    live(kept, two, agenda)
    session = kept.home.open(two.mentor, two.pair.id).sessions[1]
    kept.pairing.end(world.lead, two.pair.id)
    changes: list[Callable[[], object]] = [
        lambda: kept.sessions.plan(two.mentor, two.pair.id, NOW),
        lambda: kept.sessions.move(two.mentor, session.id, session.version, NOW),
        lambda: kept.agendas.share(two.mentor, session.id, agenda, after=1),
        lambda: kept.preparing.keep(two.mentor, session.id, 1, note("more")),
        lambda: kept.agreements.write(two.mentor, two.pair.id, {}, {"learns": "more"}),
    ]

    for change in changes:
        with pytest.raises(ForbiddenError):
            change()


def test_a_running_pair_and_anothers_are_none_that_is_over(records: Records, world: World) -> None:
    kept = at(records)
    strangers = (world.lead, world.own.mentor, world.elsewhere.mentor, world.former_lead)

    for actor in strangers:
        with pytest.raises(ForbiddenError):
            kept.former.open(actor, world.over.pair.id)
    with pytest.raises(ForbiddenError):
        kept.former.open(world.own.mentor, world.own.pair.id)


@pytest.mark.parametrize("forged", ["", "x", "' OR 1=1 --", "<b>", "\0", "f" * 32])
def test_a_forged_pair_is_refused(records: Records, world: World, forged: str) -> None:
    with pytest.raises(ForbiddenError):
        at(records).former.open(world.over.mentor, forged)
