"""Releases of themes on both stores: proposed, previewed, withdrawn from, locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import HashEmbedder
from mining import find_words
from readings import plain_reading
from statements import plain_preparing

from coach.bootstrap.attacking import kept_program
from coach.bootstrap.workspace import Workspace
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, Written
from coach.domain.kept_themes import KeptRelease, KeptStatement, ThemeTerms
from coach.domain.meeting import Session
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.errors import ForbiddenError, ProgramError
from coach.pair.reflections import Consent
from coach.ports import Records, Work
from coach.settings import CoachSettings
from coach.themes.attack.attacks import Tally, attack_counts
from coach.themes.releasing import Mining, Themes

BEGAN = date(2026, 1, 5)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class House:
    """A program of many pairs, a clock that can be moved, and everything that they can do."""

    records: Records
    pairs: int = 18
    mining: Mining = field(default_factory=lambda: find_words("calendar", "tools"))
    now: datetime = START
    program: Program = field(init=False)
    lead: Actor = field(init=False)
    mentors: list[Actor] = field(default_factory=list)
    made: list[Pair] = field(default_factory=list)
    at: Workspace = field(init=False)

    def __post_init__(self) -> None:
        with self.records.writing() as work:
            self.program = work.add(Program(name="Alpha", starts=BEGAN))
            self.lead = _member(work, self.program, "Ines", Role.LEAD)
            for number in range(self.pairs):
                mentor = _member(work, self.program, f"Ana{number}", Role.MENTOR)
                mentee = _member(work, self.program, f"Tom{number}", Role.MENTEE)
                self.mentors.append(mentor)
                self.made.append(
                    work.add(
                        Pair(
                            program_id=self.program.id,
                            mentor_id=mentor.person_id,
                            mentee_id=mentee.person_id,
                            started=BEGAN,
                        )
                    )
                )
        self.at = Workspace(
            CoachSettings(),
            records=self.records,
            embedder=HashEmbedder(),
            reading=plain_reading(),
            statements=plain_preparing(),
            mining=self.mining,
            now=lambda: self.now,
        )

    def say(self, number: int, text: str) -> Session:
        """Let the mentor of a pair write, summarise and contribute."""
        actor, pair = self.mentors[number], self.made[number]
        with self.records.writing() as work:
            held = work.count(Session, pair_id=pair.id)
            session = work.add(
                Session(
                    program_id=self.program.id,
                    pair_id=pair.id,
                    number=held + 1,
                    starts=self.now - timedelta(days=1),
                    minutes=60,
                )
            )
        mine = self.at.reflections.keep(
            actor,
            session.id,
            0,
            form=Form.FREE,
            written=(Written(prompt="free", text=text),),
            before=None,
            after=None,
        )
        mine = self.at.reflections.summarise(actor, session.id, mine.version)
        self.at.reflections.consent(actor, session.id, mine.version, Consent.THEMES, given=True)
        self.at.contributing.renew(actor, session.id)
        return session

    def propose(self) -> Themes:
        self.at.theme_releases.propose(self.lead, self.program.id)
        return self.at.theme_releases.see(self.lead, self.program.id)

    def release(self) -> Themes:
        self.now += timedelta(days=8)
        self.at.theme_releases.release(self.lead, self.program.id)
        return self.at.theme_releases.see(self.lead, self.program.id)

    def kept(self) -> KeptRelease:
        with self.records.reading() as work:
            return work.find(KeptRelease, program_id=self.program.id, order="-number")[0]

    def statements(self) -> int:
        with self.records.reading() as work:
            return work.count(KeptStatement, program_id=self.program.id)


def _member(work: Work, program: Program, name: str, role: Role) -> Actor:
    person = work.add(Person(name=name))
    work.add(
        Membership(program_id=program.id, person_id=person.id, role=role, since=program.starts)
    )
    return Actor(person_id=person.id)


@pytest.fixture
def house(records: Records) -> House:
    return House(records)


def six_and_six(house: House) -> list[Session]:
    """Six pairs find the calendar hard; six others talk of something else, six say nothing."""
    hard = [house.say(at, "It was hard to find time in the calendar.") for at in range(6)]
    other = [house.say(at, "The slides worked for the two of us.") for at in range(6, 12)]
    return hard + other


def test_a_theme_of_enough_pairs_is_released_as_a_band(house: House) -> None:
    six_and_six(house)
    seen = house.propose()
    assert () == seen.released
    assert seen.proposed is not None

    shown = house.release().released[0]

    assert ["Calendar"] == [theme.label for theme in shown.report.themes]
    assert (5, 9) == (shown.report.themes[0].pairs.least, shown.report.themes[0].pairs.most)
    assert shown.is_whole


def test_a_theme_that_the_auditor_objects_to_is_withheld(records: Records) -> None:
    house = House(records, mining=find_words("calendar", objecting="calendar"))
    six_and_six(house)
    house.propose()

    assert () == house.release().released[0].report.themes


def test_a_lead_sees_nothing_of_a_release_in_preview(house: House) -> None:
    six_and_six(house)

    assert "alendar" not in repr(house.propose())


def test_contributors_see_first_what_the_lead_will_see(house: House) -> None:
    six_and_six(house)
    house.propose()

    mine = house.at.theme_previews.mine(house.mentors[0], house.made[0].id)
    other = house.at.theme_previews.mine(house.mentors[7], house.made[7].id)
    silent = house.at.theme_previews.mine(house.mentors[13], house.made[13].id)

    assert mine is not None
    assert ["Calendar"] == [one.theme.label for one in mine.mine if one.theme]
    assert other is not None
    assert [None] == [one.theme for one in other.mine]
    assert silent is not None
    assert ((), "") == (silent.mine, silent.receipt)


def test_the_lead_cannot_preview(house: House) -> None:
    six_and_six(house)
    house.propose()

    with pytest.raises(ForbiddenError):
        house.at.theme_previews.mine(house.lead, house.made[0].id)


def test_nothing_is_released_before_its_notice_is_over(house: House) -> None:
    six_and_six(house)
    house.propose()

    with pytest.raises(ProgramError, match="until 09 March 2026"):
        house.at.theme_releases.release(house.lead, house.program.id)


def test_who_withdraws_in_time_is_not_in_the_release(house: House) -> None:
    hard = six_and_six(house)
    house.propose()

    house.at.contributing.take_back(house.mentors[0], hard[0].id)

    # Six pairs and six others bear one that leaves: the band is the same, whoever it was.
    assert 1 == len(house.release().released[0].report.themes)


@pytest.mark.parametrize("leaving", [(0, 1), (7, 8), (0, 7)])
def test_a_theme_that_cannot_bear_those_who_withdrew_goes_whoever_they_were(
    house: House, leaving: tuple[int, int]
) -> None:
    every = six_and_six(house)
    house.propose()

    for at in leaving:
        house.at.contributing.take_back(house.mentors[at], every[at].id)
    shown = house.release().released[0].report

    assert () == shown.themes
    assert "no theme that can be shown" in shown.explanation


def test_statements_are_gone_once_they_were_counted(house: House) -> None:
    six_and_six(house)
    house.propose()
    assert 12 == house.statements()

    house.release()

    assert 0 == house.statements()
    assert ({}, {}, {}) == (
        house.kept().falls,
        house.kept().cells.statements,
        house.kept().cells.bears,
    )


def test_a_reflection_counts_in_one_release_only(house: House) -> None:
    every = six_and_six(house)
    house.propose()
    house.release()
    actor = house.mentors[0]
    mine = house.at.reflections.mine(actor, every[0].id)

    house.at.reflections.summarise(actor, every[0].id, mine.version)

    assert 0 == house.at.contributing.renew(actor, every[0].id)
    assert 0 == house.statements()


def test_own_data_tells_which_release_has_a_statement_and_that_it_is_deleted(house: House) -> None:
    six_and_six(house)

    def stands() -> list[str]:
        found = house.at.own_data.export(house.mentors[0])["theme_statements"]
        return [one["stands"] for one in found]

    house.propose()
    assert ["in preview for release 1"] == stands()
    house.release()

    assert ["counted in release 1, and deleted then"] == stands()
    assert [] == house.at.own_data.export(house.lead)["theme_statements"]


@pytest.mark.parametrize("running", [14, 15])
def test_themes_can_be_looked_for_exactly_where_it_is_said(records: Records, running: int) -> None:
    house = House(records, pairs=running)
    enough = house.at.theme_releases.see(house.lead, house.program.id).enough_run

    assert (running == 15) == enough
    if enough:
        house.propose()
    else:
        with pytest.raises(ProgramError, match="fewer than 15 running pairs"):
            house.propose()


def test_a_dropped_release_shows_nothing_and_its_statements_count_no_more(house: House) -> None:
    six_and_six(house)
    house.propose()

    house.at.theme_releases.drop(house.lead, house.program.id)
    seen = house.at.theme_releases.see(house.lead, house.program.id)

    assert ((), None) == (seen.released, seen.proposed)
    assert 0 == house.statements()


def test_two_releases_keep_their_distance(house: House) -> None:
    six_and_six(house)
    house.propose()
    with pytest.raises(ProgramError, match="in preview already"):
        house.propose()
    house.release()

    with pytest.raises(ProgramError, match="from 16 March 2026"):
        house.propose()


def test_a_later_release_tells_of_new_statements_alone_and_of_the_direction(
    house: House,
) -> None:
    six_and_six(house)
    house.propose()
    house.release()
    house.now += timedelta(days=30)
    six_and_six(house)
    house.propose()

    newest, before = house.release().released

    assert (2, 1) == (newest.report.number, before.report.number)
    assert "about as many pairs" == newest.report.themes[0].direction
    assert newest.is_whole


def test_with_too_few_pairs_a_release_explains_and_counts_nothing(house: House) -> None:
    for at in range(9):
        house.say(at, "It was hard to find time in the calendar.")

    shown = house.propose().released[0].report

    assert ((), None) == (shown.themes, shown.contributing)
    assert "at least 10 pairs" in shown.explanation
    assert 9 == house.statements()


def test_a_pair_that_writes_most_of_everything_counts_once(house: House) -> None:
    for _ in range(30):
        house.say(0, "It was hard to find time in the calendar.")
    for at in range(1, 12):
        house.say(at, "The slides worked for the two of us.")

    house.propose()

    assert () == house.release().released[0].report.themes


def test_a_receipt_shows_that_a_release_kept_its_word(house: House) -> None:
    six_and_six(house)
    house.propose()
    mine = house.at.theme_previews.mine(house.mentors[0], house.made[0].id)
    assert mine is not None
    check = house.at.theme_previews.check
    with pytest.raises(ProgramError, match="still in preview"):
        check(house.mentors[0], house.program.id, mine.receipt)
    house.release()

    assert () == check(house.mentors[0], house.program.id, mine.receipt)


def test_a_receipt_shows_that_a_release_broke_its_word(house: House) -> None:
    six_and_six(house)
    house.propose()
    mine = house.at.theme_previews.mine(house.mentors[0], house.made[0].id)
    withheld = house.at.theme_previews.mine(house.mentors[7], house.made[7].id)
    assert mine is not None
    assert withheld is not None
    house.release()
    kept = house.kept()
    theme = kept.report.themes[0]
    with house.records.writing() as work:
        changed = theme.model_copy(update={"sentence": "Pairs hate the calendar."})
        work.save(kept.but(report=kept.report.model_copy(update={"themes": (changed,)})))

    faults = house.at.theme_previews.check(house.mentors[0], house.program.id, mine.receipt)

    assert ("“Calendar” reads otherwise than in your preview.",) == faults
    assert not house.at.theme_releases.see(house.lead, house.program.id).released[0].is_whole


@pytest.mark.parametrize("change", ["", "nonsense", "coach-receipt-1.e30=.00", "{}{}"])
def test_what_is_no_receipt_is_told_so(house: House, change: str) -> None:
    with pytest.raises(ProgramError, match="receipt"):
        house.at.theme_previews.check(house.mentors[0], house.program.id, change)


def test_a_receipt_that_was_changed_is_refused(house: House) -> None:
    six_and_six(house)
    house.propose()
    mine = house.at.theme_previews.mine(house.mentors[0], house.made[0].id)
    assert mine is not None
    head, body, signature = mine.receipt.split(".")
    forged = ".".join((head, body, signature[:-1] + ("0" if signature[-1] != "0" else "1")))

    with pytest.raises(ProgramError, match="was changed"):
        house.at.theme_previews.check(house.mentors[0], house.program.id, forged)


def test_the_terms_stand_once_the_program_has_begun(house: House) -> None:
    rules = house.at.theme_rules
    assert rules.see(house.lead, house.program.id).is_locked

    with pytest.raises(ProgramError, match="has begun"):
        rules.set(house.lead, house.program.id, min_pairs=9, notice_days=3, segments=())


def test_before_the_start_the_threshold_can_only_be_raised(house: House) -> None:
    house.now = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    rules, program = house.at.theme_rules, house.program.id

    raised = rules.set(
        house.lead, program, min_pairs=7, notice_days=10, segments=("North", "South")
    )

    assert (7, 10, ("North", "South")) == (raised.min_pairs, raised.notice_days, raised.segments)
    with pytest.raises(ProgramError, match="only be raised"):
        rules.set(house.lead, program, min_pairs=6, notice_days=10, segments=())
    with pytest.raises(ProgramError):
        rules.set(house.lead, program, min_pairs=7, notice_days=10, segments=("A", "a"))


def test_a_pair_gets_its_segment_once(house: House) -> None:
    rules, program, pair = house.at.theme_rules, house.program.id, house.made[0].id
    began, house.now = house.now, datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    rules.set(house.lead, program, min_pairs=5, notice_days=7, segments=("North", "South"))
    rules.place(house.lead, program, pair, "North")
    assert {pair: "South"} == rules.place(house.lead, program, pair, "South").places
    house.now = began

    with pytest.raises(ProgramError, match="stays"):
        rules.place(house.lead, program, pair, "North")
    assert house.made[1].id in rules.place(house.lead, program, house.made[1].id, "North").places
    with pytest.raises(ProgramError, match="not declared"):
        rules.place(house.lead, program, house.made[2].id, "East")


def test_segments_are_shown_only_where_each_of_them_is_safe(records: Records) -> None:
    house = House(records, pairs=40)
    began, house.now = house.now, datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    rules = house.at.theme_rules
    rules.set(house.lead, house.program.id, min_pairs=5, notice_days=7, segments=("North", "South"))
    for at, pair in enumerate(house.made):
        rules.place(house.lead, house.program.id, pair.id, "North" if at % 2 else "South")
    house.now = began
    for at in range(36):
        said = "It was hard to find time in the calendar." if at < 18 else "The slides worked here."
        house.say(at, said)

    house.propose()
    theme = house.release().released[0].report.themes[0]

    assert {"North", "South"} == set(theme.segments)
    assert all(count.least >= 5 for count in theme.segments.values())


def test_the_first_statement_and_a_proposal_lock_the_terms(house: House) -> None:
    six_and_six(house)
    house.propose()

    with house.records.reading() as work:
        assert work.find(ThemeTerms, program_id=house.program.id)[0].locked == START


@pytest.mark.parametrize("in_preview", [True, False])
def test_a_program_of_ones_own_can_be_attacked(house: House, in_preview: bool) -> None:
    six_and_six(house)
    if in_preview:
        house.propose()
    tally = Tally()

    attack_counts(kept_program(house.records, house.mining.find, house.program.id), tally)

    assert sum(tally.tried.values()) > 100
    assert 0 == sum(tally.recovered.values())


def test_a_program_without_statements_or_that_is_not_there_cannot(house: House) -> None:
    for ident, said in ((house.program.id, "Nobody's statements"), ("none", "no program 'none'")):
        with pytest.raises(ProgramError, match=said):
            kept_program(house.records, house.mining.find, ident)
