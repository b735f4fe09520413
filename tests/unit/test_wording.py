from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.prepare.wording import capital, quoted, sentences, the_role


def test_a_short_text_is_quoted_whole() -> None:
    assert "“safe use of AI”" == quoted("safe use of AI")
    assert f"“{'x' * 80}”" == quoted("x" * 80)


@given(st.text(max_size=700))
def test_a_quotation_is_never_long(text: str) -> None:
    assert len(quoted(text)) <= 84  # 80, two quotation marks, and two isolates


def test_a_shortened_text_says_so() -> None:
    assert f"“{'x' * 79}…”" == quoted("x" * 81)


@pytest.mark.parametrize("text", ["استخدام آمن", "שימוש בטוח", "AI و", "𞤀𞤁𞤂", "𐤀𐤁"])
def test_right_to_left_text_cannot_reorder_the_sentence_around_it(text: str) -> None:
    assert f"“\u2068{text}\u2069”" == quoted(text)
    assert the_role(text, "your mentee").startswith("the \u2068")
    assert the_role(text, "your mentee").endswith("\u2069")


@pytest.mark.parametrize("text", ["生成式人工智能", "café", "🤖 AI"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert f"“{text}”" == quoted(text)


@pytest.mark.parametrize(
    ("role", "named"),
    [
        ("Finance Director", "the finance director"),
        ("a Ward Manager", "the ward manager"),
        ("The CFO", "the CFO"),
        ("my boss", "the boss"),
        ("VP Sales", "the VP sales"),
        ("iOS lead", "the iOS lead"),
        ("", "your mentee"),
        ("   ", "your mentee"),
    ],
)
def test_a_role_is_named_as_a_sentence_names_it(role: str, named: str) -> None:
    assert named == the_role(role, "your mentee")


@pytest.mark.parametrize(
    ("text", "shown"), [("your mentee", "Your mentee"), ("AI", "AI"), ("", ""), ("éa", "Éa")]
)
def test_only_the_first_letter_is_made_capital(text: str, shown: str) -> None:
    assert shown == capital(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sit down. Ask\nonce! Then wait? Yes.", ["Sit down.", "Ask once!", "Then wait?", "Yes."]),
        ('Say "what next?" and wait.', ['Say "what next?" and wait.']),
        ("It costs 4.5 minutes. e.g. now", ["It costs 4.5 minutes. e.g. now"]),
        ("1. Ask. Then wait.\n2. Thank them.", ["Ask. Then wait.", "Thank them."]),
        ("- one\n- two,\n  longer\n\nThree. Four.", ["one", "two, longer", "Three.", "Four."]),
        ("Before. After.\n- one", ["Before.", "After.", "one"]),
        ("", []),
    ],
)
def test_a_passage_falls_into_sentences_and_items_of_a_list(text: str, found: list[str]) -> None:
    assert found == sentences(text)
