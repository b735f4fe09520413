"""What to do after something landed badly."""

from __future__ import annotations

import pytest

from coach.domain.library import GuidanceLibrary
from coach.domain.receiving import FOLLOW_UP_MINUTES
from coach.errors import BriefError
from coach.phrasing.repair import repair

_TOLD = "I told my director his slides were old-fashioned in front of his team and he went quiet."


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            _TOLD,
            "Last time I told you that your slides were old-fashioned in front of your team.",
        ),
        ("On Monday I snapped at my mentor over a password.", "On Monday I snapped at you over"),
        ("I called my mentee lazy, but he was late again.", "Last time I called you lazy."),
    ],
)
def test_the_opener_owns_the_act_to_the_one_it_hit(
    library: GuidanceLibrary, text: str, begins: str
) -> None:
    kit = repair(text, library)

    assert kit.opener.startswith(begins)
    assert " but " not in kit.opener
    assert kit.blanks == ()


def test_a_fact_that_is_missing_is_left_blank(library: GuidanceLibrary) -> None:
    kit = repair("My feedback hurt him more than I meant.", library)

    assert kit.blanks == ("[the sentence you regret]",)
    assert kit.blanks[0] in kit.opener


def test_the_prompts_quote_what_was_written(library: GuidanceLibrary) -> None:
    what, so_what, now_what = repair(f"On Monday, I was tired. {_TOLD}", library).prompts

    assert _TOLD in what.line
    assert "“he went quiet”" in so_what.line
    assert now_what.line.startswith("It happened on Monday.")


def test_the_follow_up_takes_ten_minutes(library: GuidanceLibrary) -> None:
    agenda = repair(_TOLD, library).agenda

    assert [step.title for step in agenda] == ["Open", "Listen", "One thing each", "Next time"]
    assert sum(step.minutes for step in agenda) == FOLLOW_UP_MINUTES


def test_harassment_is_not_repaired(library: GuidanceLibrary) -> None:
    kit = repair("He touched me on the knee", library)

    assert (kit.opener, kit.agenda) == ("", ())
    assert "HR" in kit.care


def test_another_language_gets_a_general_kit(library: GuidanceLibrary) -> None:
    kit = repair("Ich habe meinen Mentor gestern vor allen kritisiert", library)

    assert "only English is checked" in kit.note


def test_nothing_is_refused(library: GuidanceLibrary) -> None:
    with pytest.raises(BriefError, match="nothing to read"):
        repair("", library)
