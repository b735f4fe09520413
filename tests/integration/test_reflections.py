"""Reflections on both stores: written, summarised, shared, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fakes import HashEmbedder
from readings import plain_reading
from worlds import NOW, World, make_world

from coach.bootstrap.workspace import Workspace
from coach.domain.identity import Actor, AuditLine
from coach.domain.kept_reflection import Form, Progress, Reflection, Written
from coach.domain.learned import Learned
from coach.domain.meeting import Commitment, Session
from coach.domain.program import Program
from coach.domain.records import new_id
from coach.domain.reflection import MOST_REFLECTION, ItemKind
from coach.errors import ConflictError, ForbiddenError, ProgramError
from coach.pair.gap import Differs
from coach.pair.reflections import Consent
from coach.pair.summarised import MOST_LINE
from coach.ports import Records
from coach.program.own_data import erase
from coach.program.retention import delete_expired
from coach.settings import CoachSettings

WORDS = "The demo worked. It was hard to slow down. I will send the glossary tomorrow."
GRAVE = "The demo worked. Then he put his hand on my knee. We went on. I learned a lot."


@dataclass(frozen=True)
class Desk:
    """A session that took place, and the two who think about it."""

    at: Workspace
    world: World
    session: Session

    @property
    def ana(self) -> Actor:
        """The mentor."""
        return self.world.own.mentor

    @property
    def tom(self) -> Actor:
        """The mentee."""
        return self.world.own.mentee

    def mine(self, who: Actor) -> Reflection:
        """What they wrote."""
        return self.at.reflections.mine(who, self.session.id)

    def write(self, who: Actor, text: str, **more: Any) -> Reflection:
        """Write this to the first prompt."""
        fields: dict[str, Any] = {
            "form": Form.THREE,
            "written": (Written(prompt="what", text=text),),
            "before": None,
            "after": None,
        }
        version = self.mine(who).version
        return self.at.reflections.keep(who, self.session.id, version, **fields | more)

    def summarise(self, who: Actor) -> Reflection:
        """Summarise it."""
        return self.at.reflections.summarise(who, self.session.id, self.mine(who).version)

    def confirm(self, by: Actor, **more: Any) -> Reflection:
        """Confirm the last line as a promise."""
        kept = self.mine(by)
        assert kept.summary is not None
        fields = {"who": "me", "what": "send it"} | more
        item = kept.summary.items[-1].id
        return self.at.reflections.promise(by, self.session.id, kept.version, item, **fields)

    def share(self, who: Actor, text: str, *, confirmed: bool = False, **more: Any) -> Reflection:
        """Write, summarise, allow, look, and share."""
        self.write(who, text, **more)
        kept = self.summarise(who)
        if confirmed:
            kept = self.confirm(who)
        kept = self.at.reflections.consent(
            who, self.session.id, kept.version, Consent.PARTNER, given=True
        )
        seen = self.at.shared_reflections.preview(who, self.session.id).summary
        return self.at.shared_reflections.share(who, self.session.id, kept.version, seen)


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
        now=lambda: NOW,
    )
    return Desk(at, world, session)


def texts(kept: Reflection) -> list[str]:
    assert kept.summary is not None
    return [line.text for line in kept.summary.lines]


def test_what_is_written_is_kept_for_its_author_with_every_consent_off(desk: Desk) -> None:
    desk.write(desk.ana, WORDS, before=-1, after=2, progress=(Progress(goal="chat", rating=3),))

    mine = desk.mine(desk.ana)
    assert (WORDS, -1, 2) == (mine.texts[0], mine.before, mine.after)
    assert [False] * 3 == [getattr(mine, consent.value) for consent in Consent]
    assert () == desk.mine(desk.tom).texts
    assert (mine,) == desk.at.reflections.all_mine(desk.ana, desk.world.own.pair.id)
    assert () == desk.at.reflections.all_mine(desk.tom, desk.world.own.pair.id)


def test_saving_what_somebody_saved_in_another_window_is_a_conflict(desk: Desk) -> None:
    first = desk.write(desk.ana, "One.")
    desk.write(desk.ana, "Two.")

    with pytest.raises(ConflictError):
        desk.at.reflections.summarise(desk.ana, desk.session.id, first.version)

    assert ("Two.",) == desk.mine(desk.ana).texts


def test_more_than_can_be_kept_is_refused_with_a_number(desk: Desk) -> None:
    written = tuple(Written(prompt="what", text="x" * (MOST_REFLECTION // 2 + 1)) for _ in "ab")

    with pytest.raises(ProgramError, match="200,002 characters, and at most 200,000"):
        desk.write(desk.ana, "", written=written)


def test_every_line_of_a_summary_stands_on_words_that_are_there(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)

    summary = desk.summarise(desk.ana).summary

    assert summary is not None
    assert [(line.text,) for line in summary.lines] == list(map(summary.evidence_of, summary.lines))
    assert {"win", "challenge", "commitment"} == {item.kind.value for item in summary.items}


def test_nothing_is_made_of_nothing(desk: Desk) -> None:
    with pytest.raises(ProgramError, match="nothing to summarise"):
        desk.at.reflections.summarise(desk.ana, desk.session.id, 0)
    with pytest.raises(ProgramError, match="no summary yet"):
        desk.at.shared_reflections.preview(desk.ana, desk.session.id)


def test_a_line_that_was_changed_says_so_and_stays_when_it_is_summarised_again(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None
    line = kept.summary.items[0]
    kept = desk.at.reflections.reword(
        desk.ana, desk.session.id, kept.version, line.id, "The demo\nran."
    )
    desk.write(desk.ana, f"A late start. {WORDS}")
    assert desk.mine(desk.ana).outdated

    again = desk.summarise(desk.ana)

    assert again.summary is not None
    edited = [one for one in again.summary.items if one.edited]
    assert ["The demo ran."] == [one.text for one in edited]
    assert ("The demo worked.",) == again.summary.evidence_of(edited[0])
    assert 3 == len(again.summary.items)
    assert not again.outdated


def test_a_changed_line_goes_with_the_words_that_it_stood_on(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None
    desk.at.reflections.reword(
        desk.ana, desk.session.id, kept.version, kept.summary.items[0].id, "It ran."
    )
    desk.write(desk.ana, "It was hard.")

    assert ["It was hard."] * 2 == texts(desk.summarise(desk.ana))


def test_a_line_can_be_dropped_and_not_emptied(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None
    line = kept.summary.sentences[0].id
    at, session = desk.at.reflections, desk.session.id

    for words, said in ((" ", "drop it"), ("x" * (MOST_LINE + 1), "2,001 characters")):
        with pytest.raises(ProgramError, match=said):
            at.reword(desk.ana, session, kept.version, line, words)
    same = at.reword(desk.ana, session, kept.version, line, kept.summary.sentences[0].text)
    assert same.summary is not None
    assert not same.summary.sentences[0].edited
    left = at.drop(desk.ana, session, same.version, line)

    assert len(texts(kept)) - 1 == len(texts(left))
    with pytest.raises(ProgramError, match="no longer in the summary"):
        at.drop(desk.ana, session, left.version, line)


def test_a_confirmed_commitment_is_a_promise_of_the_pair_and_is_carried_over(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None
    item = kept.summary.items[-1]
    assert ("me", "send the glossary tomorrow", date(2026, 11, 2)) == (
        item.who,
        item.what,
        item.when,
    )

    def promise(version: int, ident: str = item.id, who: str = "me", what: str = item.what) -> Any:
        return desk.at.reflections.promise(
            desk.ana, desk.session.id, version, ident, who=who, what=what, due=item.when
        )

    for wrong, said in (
        ({"who": "George"}, "by one of the two of you"),
        ({"what": " "}, "what will be done"),
        ({"ident": kept.summary.items[0].id}, "Only a commitment"),
    ):
        with pytest.raises(ProgramError, match=said):
            promise(kept.version, **wrong)
    done = promise(kept.version)

    home = desk.at.home.open(desk.tom, desk.world.own.pair.id)
    assert [(desk.ana.person_id, item.what, item.when, desk.session.id)] == [
        (one.who_id, one.what, one.due, one.session_id) for one in home.carried
    ]
    with pytest.raises(ProgramError, match="written down already"):
        promise(done.version)
    again = desk.summarise(desk.ana).summary
    assert again is not None
    assert [(home.carried[0].id,)] == [one.promised for one in again.items if one.promised]


def test_both_can_promise_one_thing(desk: Desk) -> None:
    desk.write(desk.ana, "We will meet.")
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None

    desk.at.reflections.promise(
        desk.ana,
        desk.session.id,
        kept.version,
        kept.summary.items[0].id,
        who="both",
        what="meet",
    )

    with desk.at.records.reading() as work:
        people = {one.who_id for one in work.find(Commitment)}
    assert {desk.ana.person_id, desk.tom.person_id} == people


def test_the_partner_reads_exactly_what_was_seen_and_only_after_it_was_shared(desk: Desk) -> None:
    desk.write(desk.ana, WORDS, after=1)
    kept = desk.summarise(desk.ana)
    at, session = desk.at.shared_reflections, desk.session.id
    seen = at.preview(desk.ana, session).summary
    with pytest.raises(ProgramError, match="Allow your partner"):
        at.share(desk.ana, session, kept.version, seen)
    kept = desk.at.reflections.consent(desk.ana, session, kept.version, Consent.PARTNER, given=True)
    assert at.partners(desk.tom, session) is None

    at.share(desk.ana, session, kept.version, seen)

    assert seen == at.partners(desk.tom, session)
    assert 1 == seen.after
    assert at.partners(desk.ana, session) is None


def test_what_changed_after_the_look_is_not_shared_unseen(desk: Desk) -> None:
    kept = desk.share(desk.ana, WORDS)
    assert kept.summary is not None
    at, session = desk.at.shared_reflections, desk.session.id
    seen = at.preview(desk.ana, session).summary
    line = kept.summary.sentences[0].id

    kept = desk.at.reflections.reword(desk.ana, session, kept.version, line, "It went well.")

    assert seen == at.partners(desk.tom, session)
    with pytest.raises(ConflictError, match="Look again"):
        at.share(desk.ana, session, kept.version, seen)
    newer = at.preview(desk.ana, session).summary
    at.share(desk.ana, session, kept.version, newer)
    assert newer == at.partners(desk.tom, session)
    assert newer.paragraph[0].edited


@pytest.mark.parametrize("way", ["withdraw", "consent"])
def test_it_can_be_taken_back_at_any_time(desk: Desk, way: str) -> None:
    kept = desk.share(desk.ana, WORDS)
    at, session = desk.at, desk.session.id

    if way == "withdraw":
        at.shared_reflections.withdraw(desk.ana, session)
        at.shared_reflections.withdraw(desk.ana, session)
    else:
        at.reflections.consent(desk.ana, session, kept.version, Consent.PARTNER, given=False)

    assert at.shared_reflections.partners(desk.tom, session) is None
    mine = desk.mine(desk.ana)
    assert (None, NOW) == (mine.shared, mine.withdrawn)
    assert mine.summary is not None


def test_what_needs_care_and_the_words_around_it_are_never_shared_or_promised(desk: Desk) -> None:
    kept = desk.share(desk.ana, f"{GRAVE} I will tell of the knee. We ate. We sat. It worked.")
    at, session = desk.at, desk.session.id

    found = at.shared_reflections.partners(desk.tom, session)
    preview = at.shared_reflections.preview(desk.ana, session)

    assert found is not None
    assert () == found.paragraph
    assert ["It worked."] == [one.text for one in found.items]
    assert set(preview.held_back) == set(texts(kept)) - {"It worked."}
    assert kept.summary is not None
    item = next(one for one in kept.summary.items if one.kind.value == "commitment")
    with pytest.raises(ProgramError, match="no promise should carry"):
        at.reflections.promise(desk.ana, session, kept.version, item.id, who="me", what="tell her")


def test_where_nothing_is_left_to_share_nothing_is_shared(desk: Desk) -> None:
    with pytest.raises(ProgramError, match="no line that could be shared"):
        desk.share(desk.ana, "He put his hand on my knee.")


def test_the_note_of_care_is_for_the_author_alone_with_the_programs_contacts(desk: Desk) -> None:
    with desk.at.records.writing() as work:
        program = work.get(Program, desk.world.program.id)
        work.save(program.but(contacts=("Ines, 4411", "HR")))
    desk.write(desk.ana, GRAVE)

    said = desk.at.reflections.care(desk.ana, desk.session.id)

    assert "Speak to somebody (harassment): Ines, 4411; HR" == said
    assert not desk.at.reflections.care(desk.tom, desk.session.id)
    with pytest.raises(ForbiddenError):
        desk.at.reflections.care(desk.world.lead, desk.session.id)


def test_the_trail_does_not_tell_when_somebody_writes(desk: Desk) -> None:
    desk.share(desk.ana, WORDS)
    desk.at.shared_reflections.withdraw(desk.ana, desk.session.id)

    with desk.at.records.reading() as work:
        done = [one.action for one in work.find(AuditLine, order="at")]
    assert sorted(["share a reflection", "take a reflection back"]) == sorted(done)


def test_accounts_are_compared_only_when_both_are_shared(desk: Desk) -> None:
    at, session = desk.at.shared_reflections, desk.session.id
    desk.share(desk.ana, WORDS, after=2)
    assert () == at.differences(desk.ana, session)
    assert () == at.differences(desk.tom, session)

    desk.share(desk.tom, "It was hard. Ana will send a list.", confirmed=True, after=-1)

    for who, partner in ((desk.ana, "Tom"), (desk.tom, "Ana")):
        found = at.differences(who, session)
        assert {Differs.FEELING, Differs.PROMISE} == {one.differs for one in found}
        assert all(one.question.endswith("?") for one in found)
        assert all(partner in one.question for one in found)
    at.withdraw(desk.tom, session)
    assert () == at.differences(desk.ana, session)


def test_what_the_two_learned_keeps_its_versions_and_loses_no_word(desk: Desk) -> None:
    pair, learned = desk.world.own.pair.id, desk.at.learned
    assert learned.newest(desk.ana, pair) is None
    first = learned.write(desk.ana, pair, after=0, mentor="patience", mentee="", together="")

    with pytest.raises(ConflictError) as clash:
        learned.write(desk.tom, pair, after=0, mentor="", mentee="chat", together="")
    learned.write(desk.tom, pair, after=1, mentor="patience", mentee="chat", together="tea")

    assert first == clash.value.theirs
    assert [2, 1] == [one.number for one in learned.versions(desk.ana, pair)]
    newest = learned.newest(desk.ana, pair)
    assert newest is not None
    assert ("chat", desk.tom.person_id) == (newest.mentee, newest.by_id)


def test_one_takes_ones_own_reflections_along_and_not_the_others(desk: Desk) -> None:
    desk.share(desk.ana, WORDS)
    desk.share(desk.tom, "It was hard.")
    desk.at.learned.write(
        desk.ana, desk.world.own.pair.id, after=0, mentor="patience", mentee="", together=""
    )

    export = desk.at.own_data.export(desk.tom)

    assert ["It was hard."] == [one["written"][0]["text"] for one in export["reflections"]]
    assert ["patience"] == [one["mentor"] for one in export["learned"]]
    assert WORDS not in str(export["reflections"])


def test_whoever_is_deleted_leaves_no_reflection(desk: Desk) -> None:
    desk.share(desk.ana, WORDS)
    desk.at.learned.write(
        desk.ana, desk.world.own.pair.id, after=0, mentor="patience", mentee="chat", together="tea"
    )

    with desk.at.records.writing() as work:
        erase(work, desk.ana.person_id, NOW.date())

    with desk.at.records.reading() as work:
        assert 0 == work.count(Reflection)
        (left,) = work.find(Learned)
    assert ("", "chat", "tea") == (left.mentor, left.mentee, left.together)


def test_reflections_go_with_the_programs_content(desk: Desk) -> None:
    desk.share(desk.ana, WORDS)
    with desk.at.records.writing() as work:
        program = work.get(Program, desk.world.program.id)
        work.save(program.but(ended=NOW.date() - timedelta(days=400)))

    delete_expired(desk.at.records, NOW.date())

    with desk.at.records.reading() as work:
        assert 0 == work.count(Reflection)


def test_an_identifier_that_leads_nowhere_is_refused(desk: Desk) -> None:
    with pytest.raises(ForbiddenError):
        desk.at.reflections.mine(desk.ana, new_id())


def test_a_draft_of_a_promise_is_not_shared_as_one_and_a_confirmed_one_is(desk: Desk) -> None:
    desk.share(desk.ana, WORDS)
    at, session = desk.at.shared_reflections, desk.session.id
    desk.share(desk.tom, "It was hard.")
    drafted = at.partners(desk.tom, session)
    assert drafted is not None
    draft = drafted.items[-1]
    assert (ItemKind.NEXT_STEP, "", "", None) == (draft.kind, draft.who, draft.what, draft.when)
    assert () == at.differences(desk.ana, session)

    day = NOW.date() + timedelta(days=3)
    kept = desk.confirm(desk.ana, what="send the list", due=day)
    at.share(desk.ana, session, kept.version, at.preview(desk.ana, session).summary)

    confirmed = at.partners(desk.tom, session)
    assert confirmed is not None
    assert (ItemKind.COMMITMENT, "me", "send the list", day) == (
        confirmed.items[-1].kind,
        confirmed.items[-1].who,
        confirmed.items[-1].what,
        confirmed.items[-1].when,
    )
    assert [Differs.PROMISE] == [one.differs for one in at.differences(desk.ana, session)]


def test_a_promise_of_the_other_names_its_writer_and_no_me(desk: Desk) -> None:
    desk.write(desk.ana, "Tom will introduce me to Mia.")
    desk.summarise(desk.ana)

    desk.confirm(desk.ana, who="partner", what="introduce me to Mia")

    home = desk.at.home.open(desk.tom, desk.world.own.pair.id)
    assert [(desk.tom.person_id, "introduce Ana to Mia")] == [
        (one.who_id, one.what) for one in home.promises
    ]


def test_a_promise_that_would_be_overdue_at_once_is_refused(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    desk.summarise(desk.ana)

    with pytest.raises(ProgramError, match="This day is past"):
        desk.confirm(desk.ana, due=NOW.date() - timedelta(days=1))

    desk.confirm(desk.ana, due=NOW.date())


def test_a_line_moves_to_another_heading_and_says_so(desk: Desk) -> None:
    desk.write(desk.ana, WORDS)
    kept = desk.summarise(desk.ana)
    assert kept.summary is not None
    win, _, draft = kept.summary.items
    at, session = desk.at.reflections, desk.session.id

    kept = at.move(desk.ana, session, kept.version, win.id, ItemKind.LEARNING)
    kept = at.move(desk.ana, session, kept.version, draft.id, ItemKind.NEXT_STEP)

    assert kept.summary is not None
    moved = [(one.kind, one.edited, one.who, one.what) for one in kept.summary.items]
    assert (ItemKind.LEARNING, True, "", "") == moved[0]
    assert (ItemKind.NEXT_STEP, True, "", "") == moved[2]
    again = desk.summarise(desk.ana)
    assert again.summary is not None
    assert kept.summary.items[0].kind is again.summary.items[0].kind
    promised = at.move(desk.ana, session, again.version, draft.id, ItemKind.COMMITMENT)
    assert promised.summary is not None
    back = promised.summary.items[2]
    assert ("me", "I will send the glossary tomorrow") == (back.who, back.what)
    done = desk.confirm(desk.ana)
    with pytest.raises(ProgramError, match="stays one"):
        at.move(desk.ana, session, done.version, draft.id, ItemKind.WIN)
    assert done.summary is not None
    with pytest.raises(ProgramError, match="under no heading"):
        at.move(desk.ana, session, done.version, done.summary.sentences[0].id, ItemKind.WIN)


def test_what_holds_a_sign_of_harm_stands_under_no_cheerful_heading(desk: Desk) -> None:
    desk.write(desk.ana, "It worked that he touched my knee. The demo worked.")

    summary = desk.summarise(desk.ana).summary

    assert summary is not None
    assert [ItemKind.CHALLENGE, ItemKind.WIN] == [one.kind for one in summary.items]
