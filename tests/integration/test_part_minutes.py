"""No instruction of an agenda asks for more minutes than its part has, and none names the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap import Coach, open_coach
from coach.domain.brief import Brief
from coach.settings import CoachSettings

_COUNTS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "ten", "twelve", "fifteen", "twenty"),
        (1, 2, 3, 4, 5, 6, 10, 12, 15, 20),
        strict=True,
    )
)
_ASKED = re.compile(
    rf"\b(?:take|give|spend|play|watch|have|for(?: the next)?|in)\b[^.]{{0,30}}?"
    rf"\b(?P<count>\d+|{'|'.join(_COUNTS)}) minutes\b(?! to teach)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLMEmbedder) -> Coach:
    home = tmp_path_factory.mktemp("home")
    return open_coach(CoachSettings(home=home, library=Path("knowledge")), embedder=embedder)


def _asked_minutes(text: str) -> list[int]:
    return [
        _COUNTS.get(found["count"].lower()) or int(found["count"])
        for found in _ASKED.finditer(text)
    ]


def test_minutes_that_are_asked_for_are_found() -> None:
    assert [15] == _asked_minutes("Name a real piece for the next fifteen minutes.")
    assert [2] == _asked_minutes("Take two minutes to find a source.")


@pytest.mark.parametrize("minutes", [15, 30, 45, 60, 90])
def test_no_step_takes_longer_than_its_part(coach: Coach, minutes: int) -> None:
    topics = ("Beekeeping on the roof", *(kit.title for kit in coach.library.kits))
    for topic in topics:
        for session in (1, 2, 4, 8):
            brief = Brief(topic=topic, minutes=minutes, session=session, planned_sessions=8)
            for item in coach.agenda(brief).items:
                for step in (item.purpose, item.open_with, *item.steps):
                    if "in the diary" in step or "between meetings" in step:
                        # Minutes of somebody's own time, not of this part.
                        continue
                    assert all(asked <= item.minutes for asked in _asked_minutes(step)), step


def test_a_topic_about_somebody_is_not_read_aloud(coach: Coach) -> None:
    topic = "He never gives feedback on my ideas about the bakery"
    agenda = coach.agenda(Brief(topic=topic, minutes=45, mentee_role="finance director"))
    said = [
        text for item in agenda.items for text in (item.open_with, *item.steps, *item.questions)
    ]

    assert any("this subject" in text for text in said)
    assert not any("never gives feedback" in text for text in said)
