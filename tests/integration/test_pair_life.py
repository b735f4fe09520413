"""What a pair does over months, on both stores."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from fakes import HashEmbedder
from worlds import NOW, World, make_world

from coach.bootstrap import export_sessions
from coach.bootstrap.workspace import Workspace
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief, Setting
from coach.domain.identity import Actor
from coach.domain.meeting import Preparation, PreparedItem, PreparedKind, SessionState
from coach.domain.program import Role
from coach.domain.receiver import ReceiverCard
from coach.errors import ConflictError, ForbiddenError, ProgramError
from coach.pair.agreements import fields_for
from coach.ports import Records
from coach.prepare.compose import Composer
from coach.settings import CoachSettings

_SOON = NOW + timedelta(days=3)


@pytest.fixture
def world(records: Records) -> World:
    return make_world(records)


@pytest.fixture
def kept(records: Records) -> Workspace:
    # Each look at the clock is a second later, as in life.
    seconds = count()
    return Workspace(
        CoachSettings(),
        records=records,
        embedder=HashEmbedder(),
        now=lambda: NOW + timedelta(seconds=next(seconds)),
    )


@pytest.fixture
def agenda(composer: Composer) -> Agenda:
    return composer.agenda(
        Brief(topic="team chat", worry="he may laugh at me", participants=("Ana", "Tom"))
    )


def test_a_series_keeps_the_agreed_rhythm_and_is_numbered_on(kept: Workspace, world: World) -> None:
    first = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON, count=3)
    more = kept.sessions.plan(
        world.own.mentee, world.own.pair.id, _SOON + timedelta(days=90), minutes=30, topic="AI"
    )

    assert [1, 2, 3] == [one.number for one in first]
    assert timedelta(weeks=4) == first[1].starts - first[0].starts
    assert {60} == {one.minutes for one in first}
    assert (4, 30, "AI") == (more[0].number, more[0].minutes, more[0].topic)


def test_a_time_of_day_outlives_a_change_of_clocks(kept: Workspace, world: World) -> None:
    before = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)

    march, april = kept.sessions.plan(
        world.own.mentor, world.own.pair.id, before, count=2, zone="Europe/Paris"
    )

    assert (9, 8) == (march.starts.hour, april.starts.hour)


def test_no_more_sessions_than_the_program_plans(kept: Workspace, world: World) -> None:
    kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON, count=8)

    with pytest.raises(ProgramError, match="All 8 sessions"):
        kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON)


@pytest.mark.parametrize("days", [-500, 365 * 6])
def test_a_slip_of_the_year_is_noticed(kept: Workspace, world: World, days: int) -> None:
    with pytest.raises(ProgramError, match=r"too far|more than five years"):
        kept.sessions.plan(world.own.mentor, world.own.pair.id, NOW + timedelta(days=days))


def test_moving_a_session_tells_the_calendar_and_needs_its_newest_version(
    kept: Workspace, world: World
) -> None:
    (session,) = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON)

    moved = kept.sessions.move(
        world.own.mentee, session.id, session.version, _SOON + timedelta(days=1)
    )
    with pytest.raises(ConflictError) as clash:
        kept.sessions.move(world.own.mentor, session.id, session.version, _SOON)

    assert session.sequence + 1 == moved.sequence
    assert moved == clash.value.theirs


def test_before_a_cancellation_comes_a_quarter_of_an_hour_and_another_day(
    kept: Workspace, world: World
) -> None:
    one, two, _ = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON, count=3)

    rescue = kept.sessions.before_cancelling(world.own.mentee, one.id)
    cancelled = kept.sessions.cancel(world.own.mentee, one.id, one.version, "quarter end")
    again = kept.sessions.before_cancelling(world.own.mentee, two.id)

    assert 15 == rescue.short_minutes
    assert one.starts + timedelta(weeks=1) == rescue.instead
    assert not rescue.talk_about_rhythm
    assert SessionState.CANCELLED is cancelled.state
    assert again.talk_about_rhythm
    assert again.why_it_matters != rescue.why_it_matters


def test_the_number_of_cancelled_ones_in_a_row_is_the_true_one(
    kept: Workspace, world: World
) -> None:
    two = world.own
    planned = kept.sessions.plan(two.mentor, two.pair.id, _SOON, count=4)
    said = []
    for one in planned:
        said.append(kept.sessions.before_cancelling(two.mentee, one.id))
        kept.sessions.cancel(two.mentee, one.id, one.version)

    assert [1, 2, 3, 4] == [one.in_a_row for one in said]
    assert "With this one, 3 sessions in a row" in said[2].why_it_matters
    (nudge,) = kept.home.open(two.mentor, two.pair.id).nudges
    assert "The last 4 sessions were cancelled" in nudge.text


def test_a_session_that_was_held_ends_the_row(kept: Workspace, world: World) -> None:
    two = world.own
    (gone,) = kept.sessions.plan(two.mentor, two.pair.id, NOW - timedelta(days=60))
    kept.sessions.cancel(two.mentor, gone.id, gone.version)
    _held(kept, world, -30, mentor=True, mentee=True)
    (coming,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON)

    rescue = kept.sessions.before_cancelling(two.mentor, coming.id)

    assert (1, False) == (rescue.in_a_row, rescue.talk_about_rhythm)


def test_people_read_one_number_wherever_a_session_stands(kept: Workspace, world: World) -> None:
    two = world.own
    _held(kept, world, -60, mentor=True, mentee=True)
    gone, coming, last = kept.sessions.plan(two.mentor, two.pair.id, _SOON, count=3)
    kept.sessions.cancel(two.mentor, gone.id, gone.version)

    home = kept.home.open(two.mentee, two.pair.id)

    calendar = export_sessions(home.sessions, title="Alpha", now=NOW).decode()
    assert coming == home.next
    assert (2, 2, 3) == (home.place, home.places[coming.id], home.places[last.id])
    assert gone.id not in home.places
    assert ["Alpha", "Alpha 1", "Alpha 2", "Alpha 3"] == sorted(
        re.findall("SUMMARY:(.*)\r", calendar)
    )


def test_a_cancelled_session_can_be_planned_again_and_a_held_one_cannot(
    kept: Workspace, world: World
) -> None:
    (one,) = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON)
    gone = kept.sessions.cancel(world.own.mentor, one.id, one.version)
    back = kept.sessions.move(world.own.mentor, one.id, gone.version, NOW, minutes=15)
    held = kept.sessions.hold(
        world.own.mentor, one.id, back.version, mentor_taught=True, mentee_taught=True
    )

    assert (SessionState.PLANNED, 15) == (back.state, back.minutes)
    with pytest.raises(ProgramError, match="was held"):
        kept.sessions.cancel(world.own.mentor, one.id, held.version)


def test_a_session_cannot_be_held_before_it_comes(kept: Workspace, world: World) -> None:
    (one,) = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON)

    with pytest.raises(ProgramError, match="more than a day ahead"):
        kept.sessions.hold(
            world.own.mentor, one.id, one.version, mentor_taught=True, mentee_taught=False
        )


def _held(kept: Workspace, world: World, day: int, *, mentor: bool, mentee: bool) -> str:
    (one,) = kept.sessions.plan(world.own.mentor, world.own.pair.id, NOW + timedelta(days=day))
    kept.sessions.hold(
        world.own.mentor, one.id, one.version, mentor_taught=mentor, mentee_taught=mentee
    )
    return one.id


def test_a_slip_is_taken_back_by_who_made_it_on_the_same_day(
    records: Records, kept: Workspace, world: World
) -> None:
    two = world.own
    (one,) = kept.sessions.plan(two.mentor, two.pair.id, NOW)
    held = kept.sessions.hold(
        two.mentor, one.id, one.version, mentor_taught=True, mentee_taught=False
    )
    late = Workspace(
        CoachSettings(), records=records, embedder=HashEmbedder(), now=lambda: NOW + timedelta(2)
    )
    with pytest.raises(ProgramError, match="within a day"):
        kept.sessions.not_held(two.mentee, one.id, held.version)
    with pytest.raises(ProgramError, match="within a day"):
        late.sessions.not_held(two.mentor, one.id, held.version)

    back = kept.sessions.not_held(two.mentor, one.id, held.version)

    assert (SessionState.PLANNED, False) == (back.state, back.mentor_taught)
    assert one == back.but(version=one.version)
    with pytest.raises(ProgramError, match="within a day"):
        kept.sessions.not_held(two.mentor, one.id, back.version)


def test_two_one_way_sessions_in_a_row_bring_a_kind_nudge(kept: Workspace, world: World) -> None:
    _held(kept, world, -60, mentor=True, mentee=True)
    _held(kept, world, -30, mentor=True, mentee=False)
    one_way = kept.home.open(world.own.mentee, world.own.pair.id).nudges
    _held(kept, world, -2, mentor=True, mentee=False)

    (nudge,) = kept.home.open(world.own.mentee, world.own.pair.id).nudges

    assert not one_way
    assert "only Ana taught" in nudge.text
    assert "give-something-back" == nudge.card


def test_every_nudge_stands_on_a_card_of_the_library(
    kept: Workspace, world: World, library: Any
) -> None:
    a, b = kept.sessions.plan(world.own.mentor, world.own.pair.id, NOW, count=2)
    kept.sessions.cancel(world.own.mentor, a.id, a.version)
    kept.sessions.cancel(world.own.mentor, b.id, b.version)

    (nudge,) = kept.home.open(world.own.mentor, world.own.pair.id).nudges

    assert "The last 2 sessions were cancelled" in nudge.text
    for key in (
        nudge.card,
        "give-something-back",
        "swap-learner-and-expert",
        "midway-review",
        "rhythm-and-cancelling",
    ):
        assert key in library.by_key


def test_what_is_due_is_carried_over_before_what_is_only_old(kept: Workspace, world: World) -> None:
    two = world.own
    today = NOW.date()
    for what, due in (
        ("old", None),
        ("older than late", None),
        ("far", today + timedelta(days=300)),
        ("due", today),
        ("overdue", today - timedelta(days=3)),
    ):
        kept.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, what, due=due)

    home = kept.home.open(two.mentor, two.pair.id)

    assert ["overdue", "due", "old"] == [one.what for one in home.carried]


def test_promises_are_carried_over_a_few_oldest_first_until_closed(
    kept: Workspace, world: World
) -> None:
    two = world.own
    made = [
        kept.commitments.promise(two.mentor, two.pair.id, two.mentee.person_id, f"promise {n}")
        for n in range(5)
    ]
    kept.commitments.done(two.mentee, made[0].id, made[0].version)
    dropped = kept.commitments.drop(two.mentee, made[1].id, made[1].version, "no longer needed")

    home = kept.home.open(two.mentor, two.pair.id)

    assert ["promise 2", "promise 3", "promise 4"] == [one.what for one in home.carried]
    assert 3 == len(home.promises)
    assert "no longer needed" == dropped.reason
    with pytest.raises(ProgramError, match="why it is dropped"):
        kept.commitments.drop(two.mentee, made[2].id, made[2].version, "  ")
    with pytest.raises(ProgramError, match="one of the two"):
        kept.commitments.promise(two.mentor, two.pair.id, world.lead.person_id, "x")


def test_what_is_shared_holds_no_worry_and_every_version_is_kept(
    kept: Workspace, world: World, agenda: Agenda
) -> None:
    (session,) = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON)

    one = kept.agendas.share(world.own.mentor, session.id, agenda, after=0)
    shorter = agenda.model_copy(update={"not_covered": ("changed by Tom",)})
    two = kept.agendas.share(world.own.mentee, session.id, shorter, after=1)
    with pytest.raises(ConflictError) as clash:
        kept.agendas.share(world.own.mentor, session.id, agenda, after=1)

    assert "laugh" not in one.model_dump_json()
    assert one.agenda.worry_advice is None
    assert two == clash.value.theirs
    assert [2, 1] == [v.number for v in kept.agendas.versions(world.own.mentor, session.id)]
    assert two == kept.home.open(world.own.mentor, world.own.pair.id).agenda


def test_a_session_without_a_topic_takes_that_of_the_first_agenda(
    kept: Workspace, world: World, agenda: Agenda
) -> None:
    open_, named = kept.sessions.plan(world.own.mentor, world.own.pair.id, _SOON, count=2)
    named = kept.sessions.describe(
        world.own.mentee, named.id, named.version, topic="budgets", setting=Setting.IN_PERSON
    )

    for session in (open_, named):
        kept.agendas.share(world.own.mentor, session.id, agenda, after=0)
    other = agenda.model_copy(update={"brief": Brief(topic="short videos")})
    kept.agendas.share(world.own.mentor, open_.id, other, after=1)

    first, second = kept.home.open(world.own.mentee, world.own.pair.id).sessions
    assert ("team chat", "budgets") == (first.topic, second.topic)
    assert open_.sequence + 1 == first.sequence
    assert named.sequence == second.sequence


def test_both_write_and_sign_one_agreement_at_the_same_time(kept: Workspace, world: World) -> None:
    two, now = world.own, kept.agreements.see(world.own.mentor, world.own.pair.id).newest
    mentors, mentees = fields_for(now, Role.MENTOR), fields_for(now, Role.MENTEE)

    kept.agreements.write(two.mentor, two.pair.id, mentors, mentors | {"learns": "budgets"})
    both = kept.agreements.write(
        two.mentee, two.pair.id, mentees, mentees | {"learns": "AI", "off_limits": "pay"}
    )
    signed = kept.agreements.sign(two.mentor, two.pair.id, both.number, both.version)
    final = kept.agreements.sign(two.mentee, two.pair.id, signed.number, signed.version)

    assert ("budgets", "AI", "pay") == (both.mentor.learns, both.mentee.learns, both.off_limits)
    assert final.in_force
    assert final == kept.home.open(two.mentor, two.pair.id).in_force


def test_a_clash_in_one_field_loses_neither_and_a_change_takes_signatures_back(
    kept: Workspace, world: World
) -> None:
    two, now = world.own, kept.agreements.see(world.own.mentor, world.own.pair.id).newest
    base = fields_for(now, Role.MENTOR)
    theirs = kept.agreements.write(two.mentor, two.pair.id, base, base | {"off_limits": "pay"})
    signed = kept.agreements.sign(two.mentor, two.pair.id, theirs.number, theirs.version)

    other = fields_for(now, Role.MENTEE)
    with pytest.raises(ConflictError, match="off limits") as clash:
        kept.agreements.write(two.mentee, two.pair.id, other, other | {"off_limits": "my age"})
    again = kept.agreements.write(two.mentee, two.pair.id, other, other | {"gives": "stories"})

    assert signed.mentor_signed is not None
    assert "pay" == clash.value.theirs.off_limits  # type: ignore[attr-defined]
    assert again.mentor_signed is None
    with pytest.raises(ConflictError, match="Read it again"):
        kept.agreements.sign(two.mentee, two.pair.id, signed.number, signed.version)


def test_a_signed_agreement_is_reopened_as_the_next_and_stays_in_force(
    kept: Workspace, world: World
) -> None:
    two, now = world.own, kept.agreements.see(world.own.mentor, world.own.pair.id).newest
    base = fields_for(now, Role.MENTOR)
    one = kept.agreements.write(two.mentor, two.pair.id, base, base | {"learns": "budgets"})
    one = kept.agreements.sign(two.mentor, two.pair.id, one.number, one.version)
    one = kept.agreements.sign(two.mentee, two.pair.id, one.number, one.version)
    with pytest.raises(ProgramError, match="Reopen it"):
        kept.agreements.write(two.mentor, two.pair.id, base, base | {"learns": "x"})

    next_one = kept.agreements.reopen(two.mentee, two.pair.id)

    assert (2, None) == (next_one.number, next_one.mentor_signed)
    assert one == kept.agreements.see(two.mentor, two.pair.id).in_force


def test_values_out_of_range_are_named(kept: Workspace, world: World) -> None:
    now = kept.agreements.see(world.own.mentor, world.own.pair.id).newest
    base = fields_for(now, Role.MENTOR)

    with pytest.raises(ProgramError, match="cadence weeks"):
        kept.agreements.write(
            world.own.mentor, world.own.pair.id, base, base | {"cadence_weeks": 99}
        )


def _topic(text: str) -> PreparedItem:
    return PreparedItem(kind=PreparedKind.TOPIC, text=text)


def test_nothing_prepared_alone_shows_before_both_are_ready(kept: Workspace, world: World) -> None:
    two = world.own
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON)
    mine = kept.preparing.keep(
        two.mentor, session.id, 0, (_topic("team chat"), _topic("my workload"))
    )
    theirs = kept.preparing.keep(
        two.mentee, session.id, 0, (_topic("team chat"), _topic("the reorganisation"))
    )

    mine = kept.preparing.ready(two.mentor, session.id, mine.version)
    early = kept.preparing.see(two.mentee, session.id)
    kept.preparing.ready(two.mentee, session.id, theirs.version)
    late = kept.preparing.see(two.mentee, session.id)

    assert early.partner_ready
    assert not early.both_raised
    assert ["team chat"] == [item.text for item in late.both_raised]
    assert "workload" not in str(late)


def test_two_who_become_ready_in_one_moment_are_both_ready_and_compared_once(
    kept: Workspace, world: World
) -> None:
    two = world.own
    for session in kept.sessions.plan(two.mentor, two.pair.id, _SOON, count=8):
        versions = {
            who: kept.preparing.keep(who, session.id, 0, (_topic("team chat"), _topic(own))).version
            for who, own in ((two.mentor, "my workload"), (two.mentee, "the reorganisation"))
        }
        together = Barrier(2)

        def become_ready(
            who: Actor, version: int, at: str = session.id, go: Barrier = together
        ) -> Preparation:
            go.wait()
            return kept.preparing.ready(who, at, version)

        with ThreadPoolExecutor(2) as threads:
            became = threads.map(become_ready, versions, versions.values())
            found = dict(zip(versions, became, strict=True))

        for who, mine in found.items():
            seen = kept.preparing.see(who, session.id)
            assert mine.ready
            assert seen.partner_ready
            assert seen.mine.compared
            assert ["team chat"] == [item.text for item in seen.both_raised]
            # The one who came first was compared by the other, once.
            assert seen.mine.version == versions[who] + 2


def test_words_tried_after_the_comparison_meet_nothing(kept: Workspace, world: World) -> None:
    two = world.own
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON)
    kept.preparing.keep(two.mentor, session.id, 0, (_topic("my workload"),))
    guess = kept.preparing.keep(two.mentee, session.id, 0, (_topic("something else"),))
    mine = kept.preparing.see(two.mentor, session.id).mine
    kept.preparing.ready(two.mentor, session.id, mine.version)
    guess = kept.preparing.ready(two.mentee, session.id, guess.version)

    probe = kept.preparing.see(two.mentee, session.id).mine
    probe = kept.preparing.keep(two.mentee, session.id, probe.version, (_topic("my workload"),))
    kept.preparing.ready(two.mentee, session.id, probe.version)

    assert not kept.preparing.see(two.mentee, session.id).both_raised


def test_a_released_note_shows_and_can_be_taken_back(kept: Workspace, world: World) -> None:
    two = world.own
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON)
    mine = kept.preparing.keep(two.mentor, session.id, 0, (_topic("my workload"),))

    mine = kept.preparing.release(
        two.mentor, session.id, mine.version, mine.items[0].id, released=True
    )
    shown = kept.preparing.see(two.mentee, session.id).released
    kept.preparing.release(two.mentor, session.id, mine.version, mine.items[0].id, released=False)

    assert ["my workload"] == [item.text for item in shown]
    assert not kept.preparing.see(two.mentee, session.id).released


def test_a_pulse_is_asked_for_after_the_first_third_and_middle_session_only(
    kept: Workspace, world: World
) -> None:
    asked = []
    for day in (-90, -70, -50, -30, -10):
        held = _held(kept, world, day, mentor=True, mentee=True)
        due = kept.pulses.due(world.own.mentor, world.own.pair.id)
        asked.append(due is not None and due.id == held)
        if due:
            kept.pulses.answer(world.own.mentor, due.id, 4, 5)

    assert [True, False, True, True, False] == asked


def test_a_pulse_is_for_ones_own_eyes_unless_shared(kept: Workspace, world: World) -> None:
    two = world.own
    held = _held(kept, world, -3, mentor=True, mentee=True)
    kept.pulses.answer(two.mentor, held, 2, 1, note="too fast for me")

    private = kept.pulses.shared_with_me(two.mentee, two.pair.id)
    kept.pulses.answer(two.mentor, held, 2, 1, note="too fast for me", shared=True)

    assert not private
    assert ["too fast for me"] == [
        one.note for one in kept.pulses.shared_with_me(two.mentee, two.pair.id)
    ]
    assert 1 == len(kept.pulses.mine(two.mentor, two.pair.id))


def test_a_card_counts_its_versions_and_shows_only_while_consented(
    kept: Workspace, world: World
) -> None:
    two = world.own
    kept.cards.keep(two.mentee, ReceiverCard(helps="one thing at a time"))
    unseen = kept.cards.partners(two.mentor, two.pair.id)
    consented = ReceiverCard(helps="one thing at a time", consented=date(2026, 11, 1))
    second = kept.cards.keep(two.mentee, consented)
    seen = kept.cards.partners(two.mentor, two.pair.id)
    kept.cards.keep(two.mentee, second.model_copy(update={"revoked": date(2026, 11, 2)}))

    assert unseen is None
    assert second == seen
    assert 2 == second.version
    assert kept.cards.partners(two.mentor, two.pair.id) is None
    assert [3, 2, 1] == [one.number for one in kept.cards.versions(two.mentee)]


def test_a_draft_is_its_authors_alone(kept: Workspace, world: World) -> None:
    kept.drafts.keep(world.own.mentor, "a" * 32, {"topic": "mine"})
    kept.drafts.keep(world.own.mentor, "a" * 32, {"topic": "changed"})

    assert {"topic": "changed"} == kept.drafts.read(world.own.mentor, "a" * 32)
    assert {} == kept.drafts.read(world.own.mentee, "a" * 32)
    assert "a" * 32 == kept.drafts.newest(world.own.mentor)


def test_the_menu_holds_only_running_pairs(kept: Workspace, world: World) -> None:
    mine = kept.home.mine(world.own.mentor)

    assert [(world.own.pair.id, "Tom", Role.MENTOR)] == [
        (one.pair.id, one.partner.name, one.my_role) for one in mine
    ]
    assert not kept.home.mine(world.ended.mentor)
    assert not kept.home.mine(world.lead)


def test_somebody_who_is_deleted_is_gone_and_their_partner_keeps_what_was_shared(
    kept: Workspace, world: World, agenda: Agenda
) -> None:
    two = world.own
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON, setting=Setting.VIDEO)
    kept.agendas.share(two.mentor, session.id, agenda, after=0)
    kept.preparing.keep(two.mentor, session.id, 0, (_topic("my secret worry"),))
    kept.drafts.keep(two.mentor, "a" * 32, {"topic": "secret draft"})
    with pytest.raises(ProgramError, match="Type your name"):
        kept.own_data.delete(two.mentor, "Tom")

    kept.own_data.delete(two.mentor, "Ana")

    theirs = str(kept.own_data.export(two.mentee))
    assert "Ana" not in theirs.replace("Anal", "")
    assert "team chat" in theirs
    with pytest.raises(ForbiddenError):
        kept.home.open(two.mentor, two.pair.id)
    mine = str(kept.own_data.export(two.mentor))
    assert "secret" not in mine


def test_an_export_holds_every_word_of_mine_and_none_of_the_others(
    kept: Workspace, world: World
) -> None:
    two = world.own
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON)
    kept.preparing.keep(two.mentor, session.id, 0, (_topic("my note"),))
    kept.preparing.keep(two.mentee, session.id, 0, (_topic("their private note"),))
    kept.commitments.promise(two.mentee, two.pair.id, two.mentor.person_id, "send the list")

    export = str(kept.own_data.export(two.mentor))

    assert "my note" in export
    assert "send the list" in export
    assert "their private note" not in export


@pytest.mark.parametrize(
    "forged", ["", "' OR 1=1 --", "<script>alert(1)</script>", "\0", "f" * 32, "é" * 5_000]
)
def test_a_forged_identifier_is_refused_with_a_line_in_the_trail(
    kept: Workspace, world: World, forged: str
) -> None:
    for attempt in (kept.home.open, kept.agreements.see, kept.sessions.all_of):
        with pytest.raises(ForbiddenError, match="You cannot"):
            attempt(world.own.mentor, forged)

    trail = kept.own_data.trail(world.own.mentor)
    assert [False] * 3 == [line.allowed for line in trail]
    assert {"see a pair"} == {line.action for line in trail}


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE sessions; --",
        "<img src=x onerror=alert(1)>",
        "=HYPERLINK(0)",
        "مرحبا بالعالم",
        "名" * 300,
        "a\0b\u202ec",
    ],
)
def test_hostile_words_are_kept_as_words(kept: Workspace, world: World, typed: str) -> None:
    two = world.own
    promise = kept.commitments.promise(two.mentor, two.pair.id, two.mentor.person_id, typed)
    (session,) = kept.sessions.plan(two.mentor, two.pair.id, _SOON, topic=typed)

    home = kept.home.open(two.mentee, two.pair.id)

    shown = typed.replace("\0", "").replace("\u202e", "")
    assert shown == home.promises[0].what == promise.what
    assert shown == session.topic
