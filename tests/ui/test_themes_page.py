"""Themes: what a lead releases and reads, what contributors see first, and nobody else's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import HashEmbedder
from led import Led
from mining import find_words
from pairs import labelled, open_page, press, words
from readings import plain_reading
from statements import plain_preparing
from streamlit.testing.v1 import AppTest

from coach.bootstrap import Workspace, open_workspace
from coach.domain.guidance import Citation
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, Written
from coach.domain.kept_themes import KeptRelease, KeptStatement
from coach.domain.meeting import Session, SessionState
from coach.domain.program import Membership, Pair, Role
from coach.domain.themes import Advice, Count, Direction, Suppression, Theme
from coach.pair.reflections import Consent
from coach.program.personal import local_person
from coach.settings import CoachSettings

HARD = "It was hard to find time in the calendar."
OTHER = "The slides worked for the two of us."
CITATION = Citation(
    key="card", title="Protect time", heading="What to do", passage="Block it.", passage_id="p"
)


@dataclass
class House:
    """A program of many pairs, whose lead and people one can act as."""

    at: Workspace
    led: Led
    pairs: list[Pair] = field(default_factory=list)

    def mentor(self, number: int) -> Actor:
        return Actor(person_id=self.pairs[number].mentor_id)

    def say(self, number: int, text: str) -> Session:
        """Let the mentor of a pair write, summarise and contribute."""
        actor, pair = self.mentor(number), self.pairs[number]
        with self.at.records.writing() as work:
            session = work.add(
                Session(
                    program_id=pair.program_id,
                    pair_id=pair.id,
                    number=1 + work.count(Session, pair_id=pair.id),
                    state=SessionState.HELD,
                    starts=datetime.now(UTC) - timedelta(days=1),
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

    def six_and_six(self) -> None:
        for number in range(12):
            self.say(number, HARD if number < 6 else OTHER)

    def propose(self) -> None:
        self.at.theme_releases.propose(self.led.lead, self.led.id)

    def end_notice(self) -> None:
        """Let the days of the preview be over."""
        with self.at.records.writing() as work:
            kept = work.find(KeptRelease, program_id=self.led.id, order="-number")[0]
            past = datetime.now(UTC) - timedelta(days=30)
            work.save(kept.but(proposed=past, opens=past + timedelta(days=7)))

    def release(self) -> None:
        self.six_and_six()
        self.propose()
        self.end_notice()
        self.at.theme_releases.release(self.led.lead, self.led.id)

    def kept(self) -> KeptRelease:
        with self.at.records.reading() as work:
            return work.find(KeptRelease, program_id=self.led.id, order="-number")[0]

    def resign(self, **changed: object) -> None:
        """Put another report in the place of the newest, signed by nobody."""
        kept = self.kept()
        with self.at.records.writing() as work:
            work.save(kept.but(report=kept.report.model_copy(update=changed)))

    def statements(self) -> int:
        with self.at.records.reading() as work:
            return work.count(KeptStatement, program_id=self.led.id)


@pytest.fixture
def house(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("COACH_HOME", str(built_home))
    place = "coach.bootstrap.workspace"
    monkeypatch.setattr(f"{place}.open_reading", lambda _: plain_reading())
    monkeypatch.setattr(f"{place}.open_preparing", lambda _: plain_preparing())
    monkeypatch.setattr(f"{place}.open_mining", lambda _: find_words("calendar", "tools"))
    monkeypatch.setattr(f"{place}.choose_embedder", lambda _: HashEmbedder())
    at = open_workspace(CoachSettings(home=built_home))
    local_person(at.records)
    led = Led(at.records, personal=True)
    return House(at, led, led.pairs(18))


def lead_page(house: House) -> AppTest:
    return open_page("themes", house.led.lead, program=house.led.id)


def member_page(house: House, number: int = 0) -> AppTest:
    return open_page("themes", house.mentor(number), program=house.led.id)


def said(app: AppTest) -> str:
    told = [one.value for one in (*app.success, *app.code)]
    return "\n".join([words(app), *told])


def test_before_the_first_release_everybody_is_shown_what_one_will_be(house: House) -> None:
    assert "No release yet" in said(lead_page(house))
    assert "it takes 15 running pairs" in said(lead_page(house))
    member = member_page(house)
    assert "you see your part here 7 days before your lead" in said(member)
    assert not [one for one in member.button if one.key in {"propose", "drop", "release"}]


def test_a_small_program_is_told_why_nothing_is_shown(house: House) -> None:
    house.say(0, HARD)

    app = press(lead_page(house), "propose")

    assert "**Why nothing is shown.** There is no theme that can be shown yet" in said(app)
    assert 1 == house.statements()
    # There is nothing in it to take away.
    assert [] == list(app.get("download_button"))


def test_where_too_few_pairs_run_it_is_explained_and_no_button_would_fail(house: House) -> None:
    other = Led(house.at.records, "Beta", personal=True)
    other.pairs(14)

    app = open_page("themes", other.lead, program=other.id)

    assert "**Fewer than 15 pairs run, so no theme can be shown yet.**" in said(app)
    assert "propose" not in {one.key for one in app.button}
    other.pairs(1, name="More")
    assert "propose" in {one.key for one in app.run().button}


def test_a_lead_looks_waits_and_releases(house: House) -> None:
    house.six_and_six()

    app = press(lead_page(house), "propose")

    assert "Release 1 is in preview" in said(app)
    assert "alendar" not in said(app)
    assert "release" not in {one.key for one in app.button}
    house.end_notice()
    app = press(lead_page(house), "release")
    assert "### Calendar" in said(app)
    assert "Pairs tell of calendar" in said(app)
    assert "**5 to 9 pairs**" in said(app)
    assert f"unchanged since. Its mark: {house.kept().digest[:12]}" in said(app)
    assert "The next look is possible" not in said(app)
    assert "Made on " in said(app)
    assert ", of what was said until then. Locked and signed on " in said(app)
    assert 3 == len(app.get("download_button"))
    assert "differential" not in said(app)


def test_a_lead_drops_a_release_only_after_being_asked(house: House) -> None:
    house.six_and_six()
    house.propose()

    app = press(lead_page(house), "drop")
    assert "given up for good" in said(app)
    assert 12 == house.statements()
    app = press(app, "drop", "write_drop")

    assert 0 == house.statements()
    assert "The next look is possible" in said(app)


def test_a_contributor_sees_their_part_first_and_takes_it_back(house: House) -> None:
    house.six_and_six()
    house.propose()

    app = member_page(house)

    assert f"“{HARD}”" in said(app)
    assert "Your lead would read: **Calendar**, 5 to 9 pairs. “Pairs tell of calendar" in said(app)
    assert any(one.value.startswith("coach-receipt-1.") for one in app.code)
    assert "Withheld:" in said(member_page(house, 7))
    assert "None of your statements is in it" in said(member_page(house, 13))


@pytest.mark.parametrize("start", ["take_all_", "take_"])
def test_what_is_taken_back_is_gone_from_the_preview(house: House, start: str) -> None:
    house.six_and_six()
    house.propose()
    app = member_page(house)

    keys = [str(one.key) for one in app.button if str(one.key).startswith(start)]
    app = press(app, keys[0])

    assert 11 == house.statements()
    assert "None of your statements is in it" in said(app)
    assert ["back and deleted" in one.value for one in app.toast] == [True]


def test_taking_one_of_two_back_says_that_the_receipt_is_a_new_one(house: House) -> None:
    house.six_and_six()
    house.say(0, "The tools worked for the two of us.")
    house.propose()
    app = member_page(house)
    before = app.code[0].value

    app = press(app, next(str(one.key) for one in app.button if one.label.startswith("Take this")))

    assert ["Your receipt now stands for what is left" in one.value for one in app.toast] == [True]
    assert before != app.code[0].value


def test_a_receipt_is_checked_on_the_page(house: House) -> None:
    house.six_and_six()
    house.propose()
    app = member_page(house)
    receipt = next(one.value for one in app.code)
    house.end_notice()
    house.at.theme_releases.release(house.led.lead, house.led.id)

    assert "The release kept its word" in said(check(house, receipt))
    assert "This is no receipt" in said(check(house, "[x](y)"))
    theme = house.kept().report.themes[0]
    house.resign(themes=(theme.model_copy(update={"sentence": "Pairs hate it."}),))
    faults = check(house, receipt)
    assert "reads otherwise than in your preview" in said(faults)
    assert "is not what was signed" in said(faults)


def check(house: House, receipt: str) -> AppTest:
    app = member_page(house)
    labelled(app.text_area, "Receipt").set_value(receipt)
    labelled(app.button, "Check it").click()
    app.run()
    assert not app.exception
    return app


def test_a_release_says_all_that_it_holds_and_shows_no_markup_of_anybody(house: House) -> None:
    house.release()
    theme = Theme(
        id="t",
        label="*Time* <b>",
        sentence="[Hard](x).",
        pairs=Count(least=5, most=9),
        direction=Direction.FEWER,
        segments={"North": Count(least=5, most=9)},
        advice=(Advice(text="Block an hour.", citation=CITATION),),
    )
    house.resign(
        themes=(theme,),
        contributing=Count(least=10, most=14),
        running=18,
        suppression=Suppression(themes="a few themes", why="Because."),
        epsilon=0.5,
    )

    app = member_page(house, 3)

    told = said(app)
    assert "### \\*Time\\* " in told
    assert "fewer pairs than when last shown" in told
    assert "North 5 to 9" in told
    assert "**10 to 14 of 18** running pairs" in told
    assert "**Withheld: a few themes.** Because." in told
    assert "this release took 0.5 of the privacy budget" in told
    assert "Block an hour." in told
    app = press(app, "cite_1_t_1_1")
    assert "### Protect time" in said(app)


def test_earlier_releases_can_be_opened(house: House) -> None:
    house.release()
    house.release()

    app = lead_page(house)

    assert "## Earlier releases" in said(app)
    assert 1 == len(app.get("vega_lite_chart"))
    assert [["Calendar", "1", "5 to 9"], ["Calendar", "2", "5 to 9"]] == (
        app.table[0].value.to_numpy().tolist()
    )
    assert "about as many pairs" in said(app)


def test_one_release_alone_is_no_chart_but_a_sentence(house: House) -> None:
    house.release()

    app = lead_page(house)

    assert [] == list(app.get("vega_lite_chart"))
    assert "Only one release shows themes so far." in said(app)


def test_everybody_reads_the_rules_and_a_lead_where_they_are_set(house: House) -> None:
    assert "These rules stand" in said(lead_page(house))
    assert "is said on the page Program, under Terms" in said(lead_page(house))
    assert "on the page Program" not in said(member_page(house))


def test_somebody_in_no_program_is_told_so(house: House) -> None:
    with house.at.records.writing() as work:
        mine = work.find(Membership, person_id=house.mentor(0).person_id)[0]
        work.save(mine.but(until=datetime.now(UTC).date() - timedelta(days=1)))

    assert "you are in none now" in said(open_page("themes", house.mentor(0)))


def test_another_program_in_the_address_shows_nothing_of_it(house: House) -> None:
    other = Led(house.at.records, "Beta")

    app = open_page("themes", house.mentor(0), program=other.id)

    assert "You cannot see a program here" in said(app)
    assert "Beta" not in said(app)


def test_a_lead_who_is_also_in_a_pair_sees_both_parts(house: House) -> None:
    with house.at.records.writing() as work:
        work.add(
            Membership(
                program_id=house.led.id,
                person_id=house.mentor(0).person_id,
                role=Role.LEAD,
                since=house.led.program.starts,
            )
        )
    house.six_and_six()
    house.propose()

    app = member_page(house)

    assert "Your part of release 1" in said(app)
    assert "Release 1 is in preview" in said(app)
