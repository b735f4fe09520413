"""Our agreement: written by both, signed by both, opened again; nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pairs import Paired, labelled, make_pair, open_page, press, words
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.agreement import Agreement
from coach.domain.identity import Actor
from coach.domain.program import Role
from coach.pair.agreements import fields_for
from coach.settings import CoachSettings

_LEARN, _GIVE, _LIMITS = "What I want to learn", "What I want to give", "What is off limits"


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Paired:
    """A pair without an agreement, in a workspace of the test's own."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return make_pair(open_workspace(CoachSettings(home=built_home)))


def _newest(two: Paired) -> Agreement:
    return two.workspace.agreements.see(two.mentor, two.pair.id).newest


def _type(app: AppTest, label: str, text: str) -> AppTest:
    labelled(app.text_area, label).set_value(text).run()
    assert not app.exception
    return app


def _write(two: Paired, actor: Actor, role: Role, **fields: object) -> None:
    """What one of the two saves from elsewhere."""
    base = fields_for(_newest(two), role)
    two.workspace.agreements.write(actor, two.pair.id, base, base | fields)


def _signed(two: Paired) -> None:
    _write(two, two.mentor, Role.MENTOR, learns="How budgets are settled")
    for actor in (two.mentor, two.mentee):
        newest = _newest(two)
        two.workspace.agreements.sign(actor, two.pair.id, newest.number, newest.version)


def test_a_pair_without_an_agreement_gets_a_proposal(two: Paired) -> None:
    app = open_page("agreement", two.mentor)

    assert "Nothing is saved yet" in words(app)
    assert "stays between us" in labelled(app.text_area, "What stays between you").value
    assert labelled(app.text_area, "How you treat each other").value
    assert "Sign it" not in [button.label for button in app.button]
    assert 0 == _newest(two).version


def test_both_write_their_part_and_sign_and_it_is_in_force(two: Paired) -> None:
    ana = _type(open_page("agreement", two.mentor), _LEARN, "How budgets are settled")
    press(_type(ana, _LIMITS, "Pay"), "save_agreement")
    tom = open_page("agreement", two.mentee)
    assert "How budgets are settled" in words(tom)
    press(_type(tom, _GIVE, "One decision a month"), "save_agreement")

    press(ana.run(), "sign")
    assert "Tom has not signed yet." in words(ana)
    press(tom.run(), "sign")

    assert _newest(two).in_force
    said = words(tom)
    assert "**In force since" in said
    assert not tom.text_area
    home = open_page("pair", two.mentor)
    assert "**Tom** gives: One decision a month." in words(home)


def test_signing_says_what_it_means_and_waits_for_what_is_not_saved(two: Paired) -> None:
    app = press(_type(open_page("agreement", two.mentor), _LEARN, "Budgets"), "save_agreement")
    assert "I have read this, and I mean to keep to it" in words(app)
    assert not app.button(key="sign").disabled

    _type(app, _LEARN, "Budgets, and politics")

    assert app.button(key="sign").disabled
    assert "Save or discard your changes first" in words(app)


def test_nobody_signs_what_they_have_not_read(two: Paired) -> None:
    _write(two, two.mentor, Role.MENTOR, learns="Budgets")
    app = open_page("agreement", two.mentor)
    _write(two, two.mentee, Role.MENTEE, off_limits="Everything")

    press(app, "sign")

    assert "Read it again, then sign" in app.warning[0].value
    assert _newest(two).mentor_signed is None
    assert "Everything" == labelled(app.text_area, _LIMITS).value


def test_what_is_typed_and_not_saved_survives_a_reload_and_is_the_authors_alone(
    two: Paired,
) -> None:
    app = _type(open_page("agreement", two.mentor), _LEARN, "Budgets")
    day = datetime.now(UTC).date() + timedelta(days=30)
    labelled(app.date_input, "When you look at this agreement again").set_value(day).run()

    again = open_page("agreement", two.mentor)

    assert "Budgets" == labelled(again.text_area, _LEARN).value
    assert day == labelled(again.date_input, "When you look at this agreement again").value
    assert "Budgets" not in words(open_page("agreement", two.mentee))
    press(again, "discard_agreement")
    assert "" == labelled(again.text_area, _LEARN).value
    assert "" == labelled(open_page("agreement", two.mentor).text_area, _LEARN).value


def test_what_the_two_change_in_different_places_is_joined(two: Paired) -> None:
    ana = _type(open_page("agreement", two.mentor), _LEARN, "Budgets")
    _write(two, two.mentee, Role.MENTEE, off_limits="Pay", gives="A story")

    press(ana, "save_agreement")

    newest = _newest(two)
    assert ("Budgets", "A story", "Pay") == (
        newest.mentor.learns,
        newest.mentee.gives,
        newest.off_limits,
    )
    assert "Pay" == labelled(ana.text_area, _LIMITS).value


def _clashing(two: Paired) -> AppTest:
    ana = _type(open_page("agreement", two.mentor), _LIMITS, "Pay")
    _type(ana, _LEARN, "Budgets")
    _write(two, two.mentee, Role.MENTEE, off_limits="The board")
    press(ana, "save_agreement")
    said = words(ana)
    assert "Tom saved another version meanwhile." in said
    assert "Pay" in said
    assert "The board" in said
    assert "Pay" == labelled(ana.text_area, _LIMITS).value
    assert "The board" == _newest(two).off_limits
    return ana


def test_where_both_changed_one_line_mine_goes_on_top(two: Paired) -> None:
    ana = press(_clashing(two), "mine_off_limits")

    newest = _newest(two)
    assert ("Pay", "Budgets") == (newest.off_limits, newest.mentor.learns)
    assert "meanwhile" not in words(ana)


def test_or_theirs_is_taken_and_the_rest_of_mine_stays(two: Paired) -> None:
    ana = press(_clashing(two), "theirs_off_limits")

    assert "The board" == labelled(ana.text_area, _LIMITS).value
    assert "Budgets" == labelled(ana.text_area, _LEARN).value
    press(ana, "save_agreement")
    newest = _newest(two)
    assert ("The board", "Budgets") == (newest.off_limits, newest.mentor.learns)


def test_a_signed_agreement_is_opened_again_and_stays_in_force_until_both_sign(
    two: Paired,
) -> None:
    _signed(two)
    app = press(open_page("agreement", two.mentee), "reopen")

    assert "Version 1 stays in force" in words(app)
    press(_type(app, _LIMITS, "Pay"), "save_agreement")
    now = two.workspace.agreements.see(two.mentor, two.pair.id)
    assert now.in_force is not None
    assert (1, 2) == (now.in_force.number, now.newest.number)
    app.session_state["agreement_history"] = True
    said = words(app.run())
    assert "**Version 2** · not signed by both" in said
    assert "**Version 1** · signed by both; in force since" in said


def test_words_typed_before_the_other_signed_wait_for_the_next_version(two: Paired) -> None:
    _write(two, two.mentor, Role.MENTOR, learns="Budgets")
    app = press(open_page("agreement", two.mentor), "sign")
    _type(app, _GIVE, "Practice")
    newest = _newest(two)
    two.workspace.agreements.sign(two.mentee, two.pair.id, newest.number, newest.version)

    assert "not lost: open the agreement again" in words(app.run())
    press(app, "reopen")

    assert "Practice" == labelled(app.text_area, _GIVE).value


@pytest.mark.parametrize("text", ["x" * 20_001, "y" * 601])
def test_a_text_that_is_too_long_says_so_and_stays_in_the_box(two: Paired, text: str) -> None:
    label = _LIMITS if len(text) > 20_000 else _LEARN
    app = press(_type(open_page("agreement", two.mentor), label, text), "save_agreement")

    assert "cannot be kept" in app.warning[0].value
    assert text == labelled(app.text_area, label).value
    assert 0 == _newest(two).version


def test_a_review_day_in_the_past_brings_a_kind_word_on_the_pairs_page(two: Paired) -> None:
    _write(two, two.mentor, Role.MENTOR, review_on=date(2026, 1, 5))
    for actor in (two.mentor, two.mentee):
        newest = _newest(two)
        two.workspace.agreements.sign(actor, two.pair.id, newest.number, newest.version)

    assert "a date to look at your agreement again" in words(open_page("pair", two.mentee))


def test_typed_markup_is_shown_as_text(two: Paired) -> None:
    typed = "<b>x</b> [a](http://evil.example) **c**"
    _write(two, two.mentor, Role.MENTOR, learns=typed, confidentiality=f"{typed}\n# {typed}")
    _write(two, two.mentee, Role.MENTEE, conduct=f"- {typed}")
    for actor in (two.mentor, two.mentee):
        newest = _newest(two)
        two.workspace.agreements.sign(actor, two.pair.id, newest.number, newest.version)

    said = words(open_page("agreement", two.mentee))

    assert "\\<b\\>x\\</b\\>" in said
    assert "<b>" not in said.replace("\\<b\\>", "")
    assert "[a](" not in said


@pytest.mark.usefixtures("two")
def test_whoever_is_in_no_pair_is_led_to_the_other_page() -> None:
    said = words(open_page("agreement"))

    assert "You are in no pair now." in said
    assert "Tom" not in said
