"""Program: a lead's whole jobs, and what strangers type."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from led import HELD, PLANNED, Led, csv_file
from pairs import labelled, open_page, press, words
from strategies import HOSTILE
from streamlit.testing.v1 import AppTest

from coach.bootstrap import Workspace, open_workspace
from coach.domain.identity import Actor, AuditLine, Invitation
from coach.domain.program import Pair
from coach.program.personal import local_person
from coach.settings import CoachSettings

ANA = "Ana Duarte,ana@example.org,data analyst"
TOM = "Tom Eriksen,tom@example.org,finance director"
MIA = "Mia Lund,mia@example.org,designer"


@pytest.fixture
def kept(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own."""
    monkeypatch.setenv("COACH_HOME", str(built_home))
    return open_workspace(CoachSettings(home=built_home))


@pytest.fixture
def led(kept: Workspace) -> Led:
    """A program whose lead one can act as."""
    local_person(kept.records)
    return Led(kept.records, personal=True)


def open_part(led: Led, part: str, **query: str) -> AppTest:
    app = open_page("program", led.lead, zone="Europe/London", **query)
    app.segmented_control(key="program_section").set_value(part).run()
    assert not app.exception
    return app


def paste(app: AppTest, data: bytes) -> AppTest:
    box = next(one for one in app.text_area if str(one.key).startswith("import_text_"))
    box.set_value(data.decode()).run()
    assert not app.exception
    return app


def pair(led: Led, kept: Workspace) -> Pair:
    kept.pairing.take(led.lead, led.id, csv_file(f"{ANA},{TOM}", f"{MIA},{TOM}"))
    return next(
        one.pair for one in kept.pairing.pairs(led.lead, led.id) if one.mentor == "Ana Duarte"
    )


def test_a_lead_sees_counts_and_what_they_cannot_see(led: Led) -> None:
    led.sessions(led.pairs(12), HELD, PLANNED, weeks=-3)

    said = words(open_part(led, "Numbers"))

    assert "**12** pairs run." in said
    assert "Sessions: **10 to 14** held" in said
    assert "At risk of fading: **fewer than 5** pairs" in said or "or more** pairs" in said
    assert "Which pair met, cancelled or is at risk." in said


def test_a_small_program_is_told_why_it_has_no_numbers(led: Led) -> None:
    led.sessions(led.pairs(4), HELD)

    said = words(open_part(led, "Numbers"))

    assert "**4** pairs run." in said
    assert "Sessions are counted once 5 pairs run" in said
    assert "is shown once nine pairs run" in said


def test_a_list_is_looked_at_and_then_taken(led: Led, kept: Workspace) -> None:
    app = paste(open_part(led, "Import"), csv_file(f"{ANA},{TOM}", f"{MIA},{TOM}"))
    assert "**2 new pairs** and **3 new people**." in words(app)
    assert not kept.pairing.pairs(led.lead, led.id)

    press(app, "import")

    assert "Imported: 2 pairs and 3 new people." in app.success[0].value
    assert 2 == len(kept.pairing.pairs(led.lead, led.id))
    assert "" == next(one for one in app.text_area if "import_text" in str(one.key)).value

    paste(app, csv_file(f"{ANA},{TOM}", f"{MIA},{TOM}"))
    assert "Nothing: every pair of the list is in the program already" in words(app)
    assert "import" not in {str(one.key) for one in app.button}


def test_an_uploaded_file_is_read_as_spreadsheets_write_it(led: Led) -> None:
    app = open_part(led, "Import")
    data = csv_file(f"{ANA},{TOM}").replace(b",", b";").decode().encode("utf-16")

    app.file_uploader[0].upload("list.csv", data, "text/csv").run()

    assert "**1 new pair** and **2 new people**." in words(app)


def test_every_faulty_line_is_named_and_nothing_can_be_imported(led: Led) -> None:
    data = csv_file(f"{ANA},{TOM}", "Mia,mia,,Sue,,", f"{ANA},{TOM}", f"{TOM},{ANA}")

    app = paste(open_part(led, "Import"), data)

    assert "3 lines are faulty, so nothing can be imported yet." in app.error[0].value
    assert all(f"**Line {line}:**" in words(app) for line in (3, 4, 5))
    assert "import" not in {str(one.key) for one in app.button}


def test_what_strangers_type_is_shown_as_text(led: Led, kept: Workspace) -> None:
    texts = [*HOSTILE, "=HYPERLINK(1)", "'; DROP TABLE people; --"]
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    lines = [f"{name},x{place}@example.org,,{TOM}" for place, name in enumerate(quoted)]
    live = re.compile(r"(?<!\\)(<script|<img|\[click|!\[|`code|:red\[|\$maths|~~)")

    app = paste(open_part(led, "Import"), csv_file(*lines, *(f"{one},x,,{TOM}" for one in quoted)))
    assert not live.search(words(app))
    paste(app, csv_file(*lines))
    press(app, "import")

    assert len(texts) == len(kept.pairing.pairs(led.lead, led.id))
    for part in ("Pairs", "People", "Who did what"):
        app.segmented_control(key="program_section").set_value(part).run()
        assert not app.exception
        assert "script" in words(app) or part == "Who did what"
        assert not live.search(words(app))


def test_a_pair_gets_a_new_partner(led: Led, kept: Workspace) -> None:
    old = pair(led, kept)
    kept.pairing.take(led.lead, led.id, csv_file(f"Sue Park,sue@example.org,,{TOM}"))
    sue = next(one for one in kept.pairing.people(led.lead, led.id) if one.name == "Sue Park")
    app = press(open_part(led, "Pairs"), f"re_pair_{old.id}")

    app.selectbox(key=f"instead_{old.id}").set_value(sue.person_id)
    app.radio(key=f"leaves_{old.id}").set_value("mentee")
    press(app, f"re_pair_{old.id}")
    press(app, f"re_pair_{old.id}", f"write_re_pair {old.id}")

    running = [one for one in kept.pairing.pairs(led.lead, led.id) if one.pair.ended is None]
    assert ("Ana Duarte", "Sue Park") in [(one.mentor, one.mentee) for one in running]
    assert old.id not in [one.pair.id for one in running]


def test_what_makes_no_sense_is_said_in_the_dialog(led: Led, kept: Workspace) -> None:
    old = pair(led, kept)
    app = press(open_part(led, "Pairs"), f"re_pair_{old.id}")
    mia = next(one for one in kept.pairing.people(led.lead, led.id) if one.name == "Mia Lund")
    app.selectbox(key=f"instead_{old.id}").set_value(mia.person_id)

    press(app, f"re_pair_{old.id}")
    press(app, f"re_pair_{old.id}", f"write_re_pair {old.id}")

    assert "These two are a pair already" in app.warning[0].value


def test_a_pair_is_ended(led: Led, kept: Workspace) -> None:
    old = pair(led, kept)
    app = press(open_part(led, "Pairs"), f"end_{old.id}")

    press(app, f"end_{old.id}", f"write_end_{old.id}")

    assert "Pairs that ended (1)" in [one.label for one in app.expander]
    with kept.records.reading() as work:
        assert work.get(Pair, old.id).ended


def test_two_people_are_paired_by_hand(led: Led, kept: Workspace) -> None:
    pair(led, kept)
    people = {one.name: one.person_id for one in kept.pairing.people(led.lead, led.id)}
    app = open_part(led, "Pairs")
    app.selectbox(key="new_mentor").set_value(people["Ana Duarte"])
    app.selectbox(key="new_mentee").set_value(people["Mia Lund"]).run()

    press(app, "pair_them")

    assert ("Ana Duarte", "Mia Lund") in [
        (one.mentor, one.mentee) for one in kept.pairing.pairs(led.lead, led.id)
    ]


def test_nobody_chosen_is_no_pair(led: Led, kept: Workspace) -> None:
    pair(led, kept)

    assert open_part(led, "Pairs").button(key="pair_them").disabled


def test_somebody_is_removed(led: Led, kept: Workspace) -> None:
    old = pair(led, kept)
    app = press(open_part(led, "People"), f"remove_{old.mentor_id}")

    press(app, f"remove_{old.mentor_id}", f"write_remove {old.mentor_id}")

    assert "Ana Duarte" not in words(app)
    assert "Tom Eriksen" in words(app)


def test_a_long_list_is_shown_a_screenful_at_a_time_and_searched(led: Led) -> None:
    led.pairs(40)
    app = open_part(led, "Pairs")
    assert 15 == words(app).count("mentors")

    press(app, "show_more_running")
    assert 30 == words(app).count("mentors")

    app.text_input(key="find_running").set_value("mentor 39").run()
    assert 1 == words(app).count("mentors")


def test_the_terms_are_saved_for_everybody(led: Led, kept: Workspace) -> None:
    app = open_part(led, "Terms")
    labelled(app.text_area, "Goals, one a line").set_value("Listen\n\nLearn").run()
    labelled(app.number_input, "Months").set_value(6).run()

    press(app, "save_program")

    program = kept.programs.terms(led.lead, led.id)
    assert (("Listen", "Learn"), 6) == (program.goals, program.months)


def test_what_cannot_be_kept_is_said_and_stays_typed(led: Led, kept: Workspace) -> None:
    app = open_part(led, "Terms")
    labelled(app.text_input, "Name").set_value("x" * 300).run()

    press(app, "save_program")

    assert "at most 200 characters" in app.warning[0].value
    assert "x" * 300 == labelled(app.text_input, "Name").value
    assert led.program == kept.programs.terms(led.lead, led.id)


def test_two_who_change_the_terms_at_once_lose_nothing(led: Led, kept: Workspace) -> None:
    app = open_part(led, "Terms")
    labelled(app.text_area, "Goals, one a line").set_value("Mine").run()
    kept.programs.edit(led.lead, led.id, led.program.version, {"goals": ["Theirs"], "months": 5})

    press(app, "save_program")
    assert "Nothing is lost" in words(app)
    press(app, "mine_goals")

    program = kept.programs.terms(led.lead, led.id)
    assert (("Mine",), 5) == (program.goals, program.months)


def test_a_program_is_begun_and_another_ended(led: Led, kept: Workspace) -> None:
    app = open_part(led, "Terms")
    app.text_input(key="new_program").set_value("Winter")
    labelled(app.button, "Create the program").click().run()
    assert not app.exception
    assert "**Winter**" in words(app)

    [which] = [one for one in app.selectbox if str(one.key).startswith("which_")]
    which.set_value(led.id).run()
    press(app, "end_program")
    press(app, "end_program", "write_end")

    assert "Over since" in words(app)
    assert kept.programs.terms(led.lead, led.id).ended


def test_a_program_without_a_name_is_not_begun(led: Led, kept: Workspace) -> None:
    app = open_part(led, "Terms")
    labelled(app.button, "Create the program").click().run()

    assert "The name is needed" in app.warning[0].value
    assert 1 == len(kept.programs.mine(led.lead))


@pytest.mark.parametrize("forged", ["<b>", "0" * 32])
def test_a_forged_program_in_the_address_is_refused(led: Led, forged: str) -> None:
    app = open_page("program", led.lead, program=forged)

    assert "You cannot manage a program here" in app.error[0].value
    assert "Alpha" not in words(app)
    press(app, "own_program")
    assert "**Alpha**" in words(app)


def test_another_leads_program_is_refused_with_a_line_in_its_trail(
    led: Led, kept: Workspace
) -> None:
    other = Led(kept.records, "Beta", personal=True)

    app = open_page("program", led.lead, program=other.id)

    assert "You cannot manage a program here" in app.error[0].value
    [line] = kept.trail.of_program(other.lead, other.id)
    assert ("Lead of Alpha", False) == (line.who, line.allowed)


def test_who_leads_nothing_is_told_whom_the_page_is_for(led: Led, kept: Workspace) -> None:
    mentor = Actor(person_id=pair(led, kept).mentor_id)

    said = words(open_page("program", mentor))

    assert "This page is for program leads" in said
    assert "Prepare a session" not in said


def test_who_is_in_a_pair_already_comes_last_and_it_says_so(led: Led, kept: Workspace) -> None:
    old = pair(led, kept)
    app = press(open_part(led, "Pairs"), f"re_pair_{old.id}")

    options = app.selectbox(key=f"instead_{old.id}").options

    assert ["Lead of Alpha · lead@alpha.example.org"] == options[:-1]
    assert "Mia Lund · mia@example.org · in a pair already" == options[-1]


def test_an_empty_program_offers_the_demonstration_until_it_is_loaded(kept: Workspace) -> None:
    app = press(open_page("program", local_person(kept.records)), "demonstration")

    assert "demonstration" not in {str(one.key) for one in app.button}
    assert "**Demonstration: Harbour" in words(app)


def test_the_trail_names_who_did_what(led: Led, kept: Workspace) -> None:
    pair(led, kept)

    said = words(open_part(led, "Who did what"))

    assert "**Lead of Alpha** · imported a list · 3 people and 2 pairs" in said


def test_a_link_is_made_for_one_and_for_each_where_people_have_accounts(
    led: Led, kept: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = pair(led, kept)
    app = open_part(led, "Numbers")
    workspace = sys.modules["engine"].workspace()
    server = {"sign_in": "accounts", "public_url": "https://coach.example.org"}
    monkeypatch.setattr(workspace, "settings", workspace.settings.model_copy(update=server))
    monkeypatch.setattr(sys.modules["identity"], "_way", lambda: "none")
    app.segmented_control(key="program_section").set_value("People").run()
    assert "4 people have not signed in yet" in words(app)

    press(app, f"invite_{old.mentor_id}")
    press(app, f"invite_{old.mentor_id}", f"write_invite {old.mentor_id}")
    assert app.code[0].value.startswith("https://coach.example.org/account/invitation/")

    press(app, "make_links")
    assert "Download the links" in [one.proto.label for one in app.get("download_button")]
    with kept.records.reading() as work:
        assert 5 == work.count(AuditLine, action="invite", allowed=True)
        assert 4 == work.count(Invitation)
