from __future__ import annotations

import pytest

from coach.domain.guidance import Section, TopicKit
from coach.domain.library import GuidanceLibrary
from coach.prepare.roles import example_for

FAMILIES = (
    "finance",
    "people",
    "marketing",
    "sales",
    "technology",
    "legal",
    "operations",
    "executive",
)


def kit_with(examples: str) -> TopicKit:
    return TopicKit.model_validate(
        {
            "key": "tiny",
            "title": "Tiny",
            "audience": ["mentor"],
            "stage": ["any"],
            "tags": ["tiny"],
            "sources": ["a"],
            "aliases": ["one", "two", "three"],
            "sections": [Section(path=("Examples by role",), text=examples)] if examples else [],
        }
    )


KIT = kit_with("\n".join(f"- {name}: task for {name}" for name in (*FAMILIES, "any")))


@pytest.mark.parametrize(
    ("role", "family"),
    [
        ("CFO", "finance"),
        ("Finance Director", "finance"),
        ("Head of HR", "people"),
        ("Chief Marketing Officer", "marketing"),
        ("sales director", "sales"),
        ("head of business development", "sales"),
        ("CTO", "technology"),
        ("IT director", "technology"),
        ("General Counsel", "legal"),
        ("company secretary", "legal"),
        ("COO", "operations"),
        ("ward manager, nursing", "operations"),
        ("CEO", "executive"),
        ("Chairwoman of the board", "executive"),
    ],
)
def test_the_example_suits_the_seniors_role(role: str, family: str) -> None:
    assert f"task for {family}" == example_for(KIT, role)


@pytest.mark.parametrize("role", ["", "astronaut", "Exhibitor", "主任", "auditorium keeper"])
def test_a_role_of_no_family_gets_the_example_for_anyone(role: str) -> None:
    """Whole words decide: "auditorium" is no audit, and "exhibitor" no IT."""
    assert "task for any" == example_for(KIT, role)


def test_a_family_that_the_kit_leaves_out_falls_back() -> None:
    assert "anything" == example_for(kit_with("- sales: a deal\n- any: anything"), "CFO")


@pytest.mark.parametrize("examples", ["", "no lines here", "- sales: a deal"])
def test_a_kit_without_a_fitting_line_has_no_example(examples: str) -> None:
    assert not example_for(kit_with(examples), "CFO")


@pytest.mark.parametrize("role", ["", "astronaut", "<script>", "主任"])
def test_any_role_has_an_example_in_every_kit(library: GuidanceLibrary, role: str) -> None:
    assert [] == [kit.key for kit in library.kits if not example_for(kit, role)]
