from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from led import HELD, NOW, PLANNED, TODAY, Led, csv_file
from strategies import HOSTILE

from coach.adapters.records.work import SqlWork
from coach.domain.identity import Actor, AuditLine
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Membership, Pair, Person, Role
from coach.domain.records import Record
from coach.errors import CoachError, ForbiddenError, ProgramError
from coach.ports import Ready, Records, Work
from coach.program.joining import Intake, intake
from coach.program.own_data import erase
from coach.program.pairing import Pairing
from coach.program.programs import Programs
from coach.roster.matching import Matched
from coach.roster.roster import MAX_PAIRS

ANA = "Ana Duarte,ana@example.org,data analyst"
TOM = "Tom Eriksen,tom@example.org,finance director"
MIA = "Mia Lund,mia@example.org,designer"
SUE = "Sue Park,sue@example.org,head of legal"
KINDS: tuple[type[Record], ...] = (Person, Membership, Pair)


@pytest.fixture
def led(records: Records) -> Led:
    return Led(records)


@pytest.fixture
def pairing(records: Records) -> Pairing:
    return Pairing(records, lambda: NOW)


@pytest.fixture
def programs(records: Records) -> Programs:
    return Programs(records, lambda: NOW)


def counts(records: Records) -> list[int]:
    with records.reading() as work:
        return [work.count(kind) for kind in KINDS]


def names(pairing: Pairing, led: Led) -> list[tuple[str, str]]:
    found = pairing.pairs(led.lead, led.id)
    return [(one.mentor, one.mentee) for one in found if one.pair.ended is None]


def who(pairing: Pairing, led: Led, name: str) -> str:
    [found] = [one for one in pairing.people(led.lead, led.id) if one.name == name]
    return found.person_id


def test_a_file_becomes_people_and_pairs(pairing: Pairing, led: Led) -> None:
    data = csv_file(f"{ANA},{TOM}", f"{MIA},{TOM}")
    preview = pairing.preview(led.lead, led.id, data)

    assert [1, 1, 0] == counts(led.records)
    assert preview == pairing.take(led.lead, led.id, data)
    assert (3, 0, 2, 0) == (
        len(preview.new_people),
        len(preview.known_people),
        len(preview.new_pairs),
        len(preview.pairs_there),
    )
    assert [("Ana Duarte", "Tom Eriksen"), ("Mia Lund", "Tom Eriksen")] == names(pairing, led)
    people = pairing.people(led.lead, led.id)
    assert [
        ("Ana Duarte", "ana@example.org", {Role.MENTOR}, 1),
        ("Lead of Alpha", "lead@alpha.example.org", {Role.LEAD}, 0),
        ("Mia Lund", "mia@example.org", {Role.MENTOR}, 1),
        ("Tom Eriksen", "tom@example.org", {Role.MENTEE}, 2),
    ] == [(one.name, one.email, set(one.roles), one.pairs) for one in people]
    [pair, _] = pairing.pairs(led.lead, led.id)
    assert ("data analyst", "finance director", TODAY) == (
        pair.pair.mentor_role,
        pair.pair.mentee_role,
        pair.pair.started,
    )


def test_the_same_file_twice_changes_nothing(pairing: Pairing, led: Led) -> None:
    data = csv_file(f"{ANA},{TOM}", f"{MIA},{SUE}")
    pairing.take(led.lead, led.id, data)
    before = counts(led.records)

    again = pairing.take(led.lead, led.id, data)

    assert before == counts(led.records)
    assert ((), (), 4, 2) == (
        again.new_people,
        again.new_pairs,
        len(again.known_people),
        len(again.pairs_there),
    )


def test_what_is_exported_can_be_imported_and_changes_nothing(pairing: Pairing, led: Led) -> None:
    pairing.take(led.lead, led.id, csv_file(f"=cmd(),ana@example.org,-1,{TOM}", f"{MIA},{SUE}"))
    before = counts(led.records)

    exported = pairing.roster(led.lead, led.id)

    assert b"'=cmd(),ana@example.org,'-1," in exported
    assert 2 == len(pairing.take(led.lead, led.id, exported).pairs_there)
    assert before == counts(led.records)


def test_a_file_with_one_faulty_line_imports_nothing(pairing: Pairing, led: Led) -> None:
    data = csv_file(f"{ANA},{TOM}", f"{MIA},Sue,,", "x")

    with pytest.raises(ProgramError, match=r"^Nothing was imported.* Line 3: .* There are 3 more"):
        pairing.take(led.lead, led.id, data)

    assert [1, 1, 0] == counts(led.records)


def test_what_fails_half_way_imports_nothing(
    pairing: Pairing, led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = SqlWork.add_all

    def broken(work: SqlWork, records: Ready) -> None:
        if [3, 3, 0] == [work.count(kind) for kind in KINDS]:
            raise RuntimeError("the machine stopped")
        keep(work, records)

    monkeypatch.setattr(SqlWork, "add_all", broken)
    with pytest.raises(RuntimeError):
        pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))

    assert [1, 1, 0] == counts(led.records)


def while_prepared(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Let ``meanwhile`` happen once, between the preparing of an import and its keeping."""

    def prepared(work: Work, program_id: str, matched: Matched, today: date) -> Intake:
        monkeypatch.undo()
        done = intake(work, program_id, matched, today)
        meanwhile()
        return done

    monkeypatch.setattr("coach.program.pairing.intake", prepared)


def test_others_can_write_while_an_import_is_prepared(
    pairing: Pairing, led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    while_prepared(monkeypatch, lambda: Led(led.records, "Beta").pairs(1))

    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))

    assert [("Ana Duarte", "Tom Eriksen")] == names(pairing, led)
    assert [6, 6, 2] == counts(led.records)


def test_an_import_gives_way_to_whoever_changed_the_same_people_or_pairs_meanwhile(
    pairing: Pairing, programs: Programs, led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))
    [old] = pairing.pairs(led.lead, led.id)
    ana, elsewhere = Actor(person_id=old.pair.mentor_id), Led(led.records, "Beta")
    pairing.take(elsewhere.lead, elsewhere.id, csv_file(f"{MIA},{TOM}"))
    mia = Actor(person_id=who(pairing, elsewhere, "Mia Lund"))
    changes: list[Callable[[], object]] = [
        lambda: pairing.take(led.lead, led.id, csv_file(f"{SUE},{TOM}")),
        lambda: pairing.pair(led.lead, led.id, who(pairing, led, "Sue Park"), ana.person_id),
        lambda: pairing.end(led.lead, old.pair.id),
        lambda: pairing.remove(led.lead, led.id, ana.person_id),
        # In another program, but the list names her too.
        lambda: erased(led.records, mia),
    ]

    for change in changes:
        while_prepared(monkeypatch, change)
        with pytest.raises(ProgramError, match="Import the file again"):
            pairing.take(led.lead, led.id, csv_file(f"{MIA},{SUE}", f"Kim,kim@example.org,,{TOM}"))
        assert "Kim" not in [one.name for one in pairing.people(led.lead, led.id)]

    while_prepared(monkeypatch, lambda: programs.end(led.lead, led.id))
    with pytest.raises(ProgramError, match="This program ended"):
        pairing.take(led.lead, led.id, csv_file(f"{MIA},{SUE}"))


def erased(records: Records, actor: Actor) -> None:
    with records.writing() as work:
        erase(work, actor.person_id, TODAY)


def test_somebody_known_here_keeps_their_name(pairing: Pairing, led: Led) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))

    preview = pairing.take(led.lead, led.id, csv_file(f"Anna D.,ANA@example.org,,{SUE}"))

    assert "'ana@example.org' is known here as 'Ana Duarte', and stays so" in str(preview.notes[0])
    assert [("Ana Duarte", "Sue Park"), ("Ana Duarte", "Tom Eriksen")] == names(pairing, led)


def test_somebody_in_another_program_is_the_same_person_and_nobody_is_told(
    pairing: Pairing, led: Led
) -> None:
    """Else any lead could ask whether somebody is in any program, and under which name."""
    other = Led(led.records, "Beta")
    pairing.take(other.lead, other.id, csv_file(f"{ANA},{TOM}"))
    data = csv_file("Somebody,ana@example.org,," + SUE)
    stranger = csv_file("Somebody,nobody@example.org,," + SUE)

    told, of_stranger = (pairing.preview(led.lead, led.id, file) for file in (data, stranger))
    pairing.take(led.lead, led.id, data)

    assert (2, 0, ()) == (len(told.new_people), len(told.known_people), told.notes)
    assert (2, 0, ()) == (
        len(of_stranger.new_people),
        len(of_stranger.known_people),
        of_stranger.notes,
    )
    assert [5, 6, 2] == counts(led.records)
    assert [("Ana Duarte", "Sue Park")] == names(pairing, led)


def test_a_circle_with_pairs_that_run_is_refused(pairing: Pairing, led: Led) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{TOM},{MIA}"))

    preview = pairing.preview(led.lead, led.id, csv_file(f"{SUE},{ANA}", f"{MIA},{SUE}"))

    assert [3] == [fault.line for fault in preview.faults]
    assert "'Ana Duarte' mentors 'Tom Eriksen'" in str(preview.faults[0])


def test_what_was_the_other_way_round_in_a_pair_that_ended_is_no_circle(
    pairing: Pairing, led: Led
) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}"))
    [old] = pairing.pairs(led.lead, led.id)
    pairing.end(led.lead, old.pair.id)

    pairing.take(led.lead, led.id, csv_file(f"{TOM},{ANA}"))

    assert [("Tom Eriksen", "Ana Duarte")] == names(pairing, led)


def test_an_import_does_not_begin_an_ended_pair_again(pairing: Pairing, led: Led) -> None:
    data = csv_file(f"{ANA},{TOM}")
    pairing.take(led.lead, led.id, data)
    [old] = pairing.pairs(led.lead, led.id)
    pairing.end(led.lead, old.pair.id)

    again = pairing.take(led.lead, led.id, data)

    assert () == again.new_pairs
    assert "were a pair here, and it was ended" in str(again.notes[0])
    pairing.pair(led.lead, led.id, old.pair.mentor_id, old.pair.mentee_id)
    assert [("Ana Duarte", "Tom Eriksen")] == names(pairing, led)
    assert 1 == len(pairing.preview(led.lead, led.id, data).pairs_there)


@pytest.mark.parametrize("text", [*HOSTILE, "'; DROP TABLE people; --", "=HYPERLINK(1)"])
def test_hostile_names_are_kept_as_they_are(pairing: Pairing, led: Led, text: str) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    line = f"{quoted(text)},x@example.org,{quoted(text[:60])},{TOM}"
    preview = pairing.take(led.lead, led.id, csv_file(line))

    [pair] = pairing.pairs(led.lead, led.id)

    assert preview.new_pairs[0].mentor.name == pair.mentor
    assert pair.mentor
    assert "\u202e" not in pair.mentor


def test_two_leads_who_import_at_once_bring_nobody_in_twice(pairing: Pairing, led: Led) -> None:
    data = csv_file(*(f"M {n},m{n}@example.org,,S {n},s{n}@example.org," for n in range(60)))
    together, failed = Barrier(2), list[CoachError]()

    def take() -> None:
        together.wait()
        try:
            pairing.take(led.lead, led.id, data)
        except ProgramError as error:
            failed.append(error)

    threads = [Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [121, 121, 60] == counts(led.records)
    assert all("Import the file again" in str(error) for error in failed)


def test_the_largest_list_is_taken_whole(pairing: Pairing, led: Led) -> None:
    data = csv_file(*(f"M {n},m{n}@example.org,,S {n},s{n}@example.org," for n in range(MAX_PAIRS)))

    pairing.take(led.lead, led.id, data)

    assert [2 * MAX_PAIRS + 1, 2 * MAX_PAIRS + 1, MAX_PAIRS] == counts(led.records)
    assert MAX_PAIRS == len(pairing.preview(led.lead, led.id, data).pairs_there)


def test_a_new_partner_ends_the_old_pair_and_its_open_sessions(pairing: Pairing, led: Led) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{MIA},{SUE}"))
    [old, _] = (one.pair for one in pairing.pairs(led.lead, led.id))
    [held, planned] = led.sessions([old], HELD, PLANNED)

    new = pairing.re_pair(
        led.lead, old.id, Role.MENTOR, who(pairing, led, "Mia Lund"), role="designer"
    )

    assert [("Mia Lund", "Sue Park"), ("Mia Lund", "Tom Eriksen")] == names(pairing, led)
    assert ("designer", "finance director", TODAY) == (
        new.mentor_role,
        new.mentee_role,
        new.started,
    )
    with led.records.reading() as work:
        assert TODAY == work.get(Pair, old.id).ended
        assert held == work.get(Session, held.id)
        after = work.get(Session, planned.id)
        assert (SessionState.CANCELLED, planned.sequence + 1) == (after.state, after.sequence)
    [ana] = [one for one in pairing.people(led.lead, led.id) if one.name == "Ana Duarte"]
    assert ({Role.MENTOR}, 0) == (set(ana.roles), ana.pairs)


def test_a_mentee_can_get_another_mentor_and_a_mentor_another_mentee(
    pairing: Pairing, led: Led
) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{MIA},{SUE}"))
    [old, _] = (one.pair for one in pairing.pairs(led.lead, led.id))

    pairing.re_pair(led.lead, old.id, Role.MENTEE, who(pairing, led, "Sue Park"))

    assert [("Ana Duarte", "Sue Park"), ("Mia Lund", "Sue Park")] == names(pairing, led)


def test_pairs_that_make_no_sense_are_refused_and_change_nothing(
    pairing: Pairing, programs: Programs, led: Led
) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{MIA},{SUE}"))
    [first, _] = (one.pair for one in pairing.pairs(led.lead, led.id))
    ana, tom, mia = first.mentor_id, first.mentee_id, who(pairing, led, "Mia Lund")

    def refused(said: str, call: Callable[..., Any], *given: Any, **more: Any) -> None:
        with pytest.raises(ProgramError, match=said):
            call(led.lead, *given, **more)
        assert [("Ana Duarte", "Tom Eriksen"), ("Mia Lund", "Sue Park")] == names(pairing, led)

    refused("needs two people", pairing.pair, led.id, ana, ana)
    refused("needs two people", pairing.re_pair, first.id, Role.MENTEE, ana)
    refused("are a pair already", pairing.pair, led.id, ana, tom)
    refused("circle", pairing.pair, led.id, tom, ana)
    refused("at most 80 characters", pairing.pair, led.id, mia, tom, mentor_role="x" * 81)
    refused("needs one", pairing.remove, led.id, led.lead.person_id)
    pairing.end(led.lead, first.id)
    with pytest.raises(ProgramError, match="ended already"):
        pairing.re_pair(led.lead, first.id, Role.MENTEE, ana)
    programs.end(led.lead, led.id)
    with pytest.raises(ProgramError, match="ended on 02 November 2026"):
        pairing.pair(led.lead, led.id, ana, tom)
    with pytest.raises(ProgramError, match="ended on 02 November 2026"):
        pairing.take(led.lead, led.id, csv_file(f"{ANA},{SUE}"))


@pytest.mark.parametrize(
    "forged", ["", "1", "../../x", "'; --", "\0", "ü" * 64, "0123456789abcdef" * 2]
)
def test_forged_identifiers_are_refused_with_a_line_in_the_trail(
    pairing: Pairing, programs: Programs, led: Led, forged: str
) -> None:
    [pair] = led.pairs(1)
    elsewhere = Led(led.records, "Beta")
    [theirs] = elsewhere.pairs(1)
    calls: list[Callable[[], object]] = [
        lambda: pairing.people(led.lead, forged),
        lambda: pairing.take(led.lead, forged, csv_file(f"{ANA},{TOM}")),
        lambda: pairing.pair(led.lead, led.id, pair.mentor_id, forged),
        lambda: pairing.pair(led.lead, led.id, theirs.mentor_id, pair.mentee_id),
        lambda: pairing.re_pair(led.lead, pair.id, Role.MENTOR, theirs.mentor_id),
        lambda: pairing.re_pair(led.lead, theirs.id, Role.MENTOR, pair.mentor_id),
        lambda: pairing.end(led.lead, forged),
        lambda: pairing.end(led.lead, theirs.id),
        lambda: pairing.remove(led.lead, led.id, forged),
        lambda: pairing.remove(led.lead, led.id, theirs.mentor_id),
        lambda: programs.end(led.lead, elsewhere.id),
        lambda: programs.see(led.lead, forged),
    ]

    for call in calls:
        with pytest.raises(ForbiddenError, match="You cannot"):
            call()

    with led.records.reading() as work:
        assert len(calls) == work.count(AuditLine, actor_id=led.lead.person_id, allowed=False)
        assert 0 == work.count(AuditLine, allowed=True)


def test_ending_twice_changes_nothing_more(pairing: Pairing, programs: Programs, led: Led) -> None:
    [pair] = led.pairs(1)
    [session] = led.sessions([pair], PLANNED, weeks=2)

    ended = pairing.end(led.lead, pair.id)
    assert ended == pairing.end(led.lead, pair.id)
    over = programs.end(led.lead, led.id)
    assert over == programs.end(led.lead, led.id)

    with led.records.reading() as work:
        assert session.version + 1 == work.get(Session, session.id).version


def test_who_is_removed_leaves_their_pairs_and_sees_nothing_more(
    pairing: Pairing, programs: Programs, led: Led
) -> None:
    pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{MIA},{TOM}", f"{ANA},{SUE}"))
    ana = who(pairing, led, "Ana Duarte")

    pairing.remove(led.lead, led.id, ana)

    assert [("Mia Lund", "Tom Eriksen")] == names(pairing, led)
    assert "Ana Duarte" not in [one.name for one in pairing.people(led.lead, led.id)]
    assert () == programs.mine(Actor(person_id=ana))
    with pytest.raises(ForbiddenError):
        programs.see(Actor(person_id=ana), led.id)
    pairing.take(led.lead, led.id, csv_file(f"{ANA},Kim,kim@example.org,"))
    assert ("Ana Duarte", "Kim") in names(pairing, led)


def test_a_program_can_have_a_second_lead_and_then_the_first_may_leave(
    pairing: Pairing, led: Led
) -> None:
    with pytest.raises(ProgramError, match="only lead"):
        pairing.remove(led.lead, led.id, led.lead.person_id)

    second = pairing.add_lead(led.lead, led.id, "Eva", "Eva@Example.org")
    again = pairing.add_lead(led.lead, led.id, "Eva", "eva@example.org")
    pairing.remove(Actor(person_id=second.id), led.id, led.lead.person_id)

    assert second.id == again.id
    assert [Role.LEAD] == [role for one in pairing.people(Actor(person_id=second.id), led.id)
                           for role in one.roles]  # fmt: skip
    with pytest.raises(ProgramError, match="e-mail"):
        pairing.add_lead(Actor(person_id=second.id), led.id, "Nobody", " ")
