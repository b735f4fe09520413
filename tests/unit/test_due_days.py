"""The day that words name, over the ends of months and years, and what names none."""

from __future__ import annotations

from datetime import date

import pytest

from coach.reflecting.due_days import due_day

_THURSDAY = date(2026, 3, 12)
_FRIDAY = date(2026, 3, 13)
_SUNDAY = date(2026, 3, 15)
_MONTH_END = date(2026, 4, 30)
_YEAR_END = date(2026, 12, 30)
_LEAP = date(2028, 2, 27)


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("by Friday", _THURSDAY, "2026-03-13"),
        ("by Friday", _FRIDAY, "2026-03-20"),
        ("on Friday", _FRIDAY, "2026-03-20"),
        ("next Friday", _THURSDAY, "2026-03-20"),
        ("next Friday", _FRIDAY, "2026-03-20"),
        ("by next Monday", _SUNDAY, "2026-03-16"),
        ("on Monday", _SUNDAY, "2026-03-16"),
        ("Friday next week", _THURSDAY, "2026-03-20"),
        ("a week on Friday", _THURSDAY, "2026-03-20"),
        ("Friday week", _THURSDAY, "2026-03-20"),
        ("next week", _THURSDAY, "2026-03-20"),
        ("next week", _SUNDAY, "2026-03-20"),
        ("the week after next", _THURSDAY, "2026-03-27"),
        ("early next week", _THURSDAY, "2026-03-16"),
        ("by the end of the week", _THURSDAY, "2026-03-13"),
        ("by the end of the week", _FRIDAY, "2026-03-13"),
        ("by the end of the week", _SUNDAY, "2026-03-20"),
        ("before the weekend", _THURSDAY, "2026-03-13"),
        ("in the first week of January", _THURSDAY, "2027-01-08"),
        ("the second week of April", _THURSDAY, "2026-04-17"),
        ("by the last week of May", _THURSDAY, "2026-05-29"),
        ("over the weekend", _THURSDAY, "2026-03-15"),
        ("tonight", _THURSDAY, "2026-03-12"),
        ("tomorrow", _MONTH_END, "2026-05-01"),
        ("tmrw", _THURSDAY, "2026-03-13"),
        ("the day after tomorrow", _YEAR_END, "2027-01-01"),
        ("tomorrow", date(2027, 2, 28), "2027-03-01"),
        ("the day after tomorrow", _LEAP, "2028-02-29"),
        ("in two days", date(2027, 2, 27), "2027-03-01"),
        ("in a fortnight", _THURSDAY, "2026-03-26"),
        ("in two weeks", _YEAR_END, "2027-01-13"),
        ("within 10 days", _LEAP, "2028-03-08"),
        ("in a month", date(2027, 1, 31), "2027-02-28"),
        ("in a month", date(2028, 1, 31), "2028-02-29"),
        ("three weeks from now", _THURSDAY, "2026-04-02"),
        ("by the end of the month", _LEAP, "2028-02-29"),
        ("by the end of the month", date(2027, 2, 1), "2027-02-28"),
        ("before month end", _MONTH_END, "2026-04-30"),
        ("by the end of next month", date(2027, 1, 31), "2027-02-28"),
        ("by the end of next month", date(2026, 12, 31), "2027-01-31"),
        ("by the end of the year", _THURSDAY, "2026-12-31"),
        ("end of Q1", _THURSDAY, "2026-03-31"),
        ("end of Q1", _MONTH_END, "2027-03-31"),
        ("by the end of the quarter", _YEAR_END, "2026-12-31"),
        ("on 3 March", _THURSDAY, "2027-03-03"),
        ("on March 3rd", date(2026, 3, 3), "2026-03-03"),
        ("by 3/4", _THURSDAY, "2026-04-03"),
        ("by 3.4.", _THURSDAY, "2026-04-03"),
        ("by 4/25", _THURSDAY, "2026-04-25"),
        ("by 03/04/2027", _THURSDAY, "2027-04-03"),
        ("by 2026-04-03", _THURSDAY, "2026-04-03"),
        ("on 29 February 2028", _THURSDAY, "2028-02-29"),
        ("by the 5th", _YEAR_END, "2027-01-05"),
        ("by the 31st", date(2026, 4, 2), "2026-05-31"),
        ("by mid-April", _THURSDAY, "2026-04-15"),
        ("by the end of January", _THURSDAY, "2027-01-31"),
        ("before Easter", _THURSDAY, "2026-04-05"),
        ("before Easter", _MONTH_END, "2027-03-28"),
    ],
)
def test_words_name_a_day_as_seen_from_the_session(words: str, today: date, day: str) -> None:
    text = f"I will send her the list {words}."
    found = due_day(text, today)

    assert found is not None
    assert date.fromisoformat(day) == found.day
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "words", ["before our next session", "by our next meeting", "at the next call"]
)
def test_a_time_without_a_date_keeps_its_words(words: str) -> None:
    found = due_day(f"I will send it {words}.", _THURSDAY)

    assert found is not None
    assert found.day is None
    assert words == found.words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I will send her the list.",
        "She may do it, and he will march on.",
        "It takes 3 of us and 40% of the time.",
        "I will send it by 31 February.",
        "I will send it by 29 February 2027.",
        "Version 3.14.15 goes to her.",
        "I will spend 3.5 hours on it.",
        "The bot answers 24/7.",
        "I will read 1/2 of the list.",
        "I will send it in 99999999 years.",
    ],
)
def test_what_names_no_day_is_given_none(text: str) -> None:
    assert due_day(text, _THURSDAY) is None


def test_a_deadline_goes_before_another_day() -> None:
    found = due_day("On Monday we meet, and I will send it by Wednesday.", _THURSDAY)

    assert found is not None
    assert (date(2026, 3, 18), "by Wednesday") == (found.day, found.words)


def test_the_same_day_is_the_one_that_was_named_last() -> None:
    found = due_day("He sends his on the same day.", _THURSDAY, before=date(2026, 3, 20))

    assert found is not None
    assert date(2026, 3, 20) == found.day


def test_a_same_day_without_one_before_it_is_none() -> None:
    assert due_day("He sends his on the same day.", _THURSDAY) is None


def test_the_last_year_of_the_calendar_ends_no_reading() -> None:
    assert due_day("I will send it in two weeks.", date.max) is None


@pytest.mark.parametrize(
    "words",
    [
        "by Friday 31 February",
        "on the 31st of February",
        "by February 30",
        "by next Friday, 31 April",
        "by 31.02.2027",
    ],
)
def test_a_day_that_does_not_exist_gives_no_other_day(words: str) -> None:
    assert due_day(f"I will send it {words}.", _THURSDAY) is None


def test_the_mark_that_ends_a_sentence_is_no_part_of_a_day() -> None:
    due = due_day("We meet on 7 December.", _THURSDAY)

    assert due is not None
    assert due.words == "on 7 December"
