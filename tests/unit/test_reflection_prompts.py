from __future__ import annotations

from itertools import combinations

import pytest

from coach.domain.guidance import Stage, Use
from coach.domain.kept_reflection import Form, Written
from coach.domain.library import GuidanceLibrary
from coach.domain.program import Role
from coach.pair.reflection_prompts import CARDS, prompts_for, titles

TWO = (Role.MENTOR, Role.MENTEE)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("stage", Stage)
def test_each_form_asks_both_roles_at_every_stage_and_not_the_same(
    form: Form, stage: Stage
) -> None:
    mentor, mentee = (prompts_for(form, role, stage) for role in TWO)

    assert [one.key for one in mentor] == [one.key for one in mentee]
    assert mentor != mentee
    assert all(one.ask.endswith(("?", ".")) for one in (*mentor, *mentee))


@pytest.mark.parametrize("role", TWO)
def test_the_first_the_last_and_those_between_are_asked_about_different_things(role: Role) -> None:
    asked = [
        prompts_for(Form.THREE, role, stage)[0].ask
        for stage in (Stage.FIRST, Stage.MIDDLE, Stage.LAST)
    ]

    assert all(one != other for one, other in combinations(asked, 2))
    assert prompts_for(Form.THREE, role, Stage.EARLY) == prompts_for(Form.THREE, role, Stage.LATE)


def test_every_prompt_has_a_title_and_a_key_that_a_record_takes() -> None:
    keys = {one.key for form in Form for one in prompts_for(form, Role.MENTOR, Stage.ANY)}

    assert keys == set(titles())
    assert keys == {Written(prompt=key, text="x").prompt for key in keys}


def test_the_forms_stand_on_cards_that_are_there(library: GuidanceLibrary) -> None:
    for key in CARDS.values():
        assert Use.REFLECT in library.by_key[key].uses
