"""A model smooths a summary on the page: when asked, with consent, and undone with a click."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import streamlit as st
from pairs import Paired, make_pair, open_page, press, words
from readings import plain_reading
from streamlit.testing.v1 import AppTest

from coach.bootstrap import open_workspace
from coach.domain.chat import Provenance, Usage
from coach.domain.kept_reflection import Form, KeptSummary, Written
from coach.domain.meeting import SessionState
from coach.domain.proposal import Refusal, Slot
from coach.domain.refinement import Place, Refinement
from coach.pair.reading import Reading
from coach.settings import CoachSettings

_FROM = Provenance(
    prompt="p",
    prompt_hash="0",
    model="small *model*",
    passages=(),
    usage=Usage(prompt_tokens=1, reply_tokens=1, milliseconds=1),
)


def _rewrite(
    summary: KeptSummary,
    *,
    person: str,  # noqa: ARG001 - as the real one is called
    participants: Collection[str] = (),  # noqa: ARG001
    stop: Event | None = None,  # noqa: ARG001
) -> Iterator[Refinement]:
    """Puts the first sentence another way, and gives up on the second."""
    for position, one in enumerate(summary.sentences):
        yield Refinement(
            place=Place(slot=Slot.SUMMARY, position=position),
            draft=one.text,
            text=None if position else "It did work.",
            refusal=Refusal.ROLES if position else None,
            provenance=_FROM,
        )


@pytest.fixture
def two(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paired]:
    """A pair with a session that took place and a model outside this machine."""
    reading: Reading = replace(plain_reading(), rewrite=_rewrite, leaves=True)
    monkeypatch.setenv("COACH_HOME", str(built_home))
    monkeypatch.setenv("COACH_LLM_BASE_URL", "https://models.example/v1")
    monkeypatch.setenv("COACH_LLM_MODEL", "small *model*")
    monkeypatch.setattr("coach.bootstrap.workspace.open_reading", lambda _: reading)
    # The coach is opened once for all sessions: this one has a model, the others none.
    st.cache_resource.clear()
    found = make_pair(open_workspace(CoachSettings(home=built_home)))
    session = found.session(-2, SessionState.HELD)
    kept = found.workspace.reflections.keep(
        found.mentor,
        session.id,
        0,
        form=Form.THREE,
        written=(Written(prompt="what", text="The demo worked. It was hard."),),
        before=None,
        after=None,
    )
    found.workspace.reflections.summarise(found.mentor, session.id, kept.version)
    yield found
    st.cache_resource.clear()


def allowed(app: AppTest) -> AppTest:
    toggle = next(one for one in app.toggle if one.label.startswith("A language model outside"))
    toggle.set_value(True).run()
    assert not app.exception
    return app


def back_buttons(app: AppTest) -> list[str]:
    return [str(one.key) for one in app.button if str(one.key).startswith("own_")]


def test_the_draft_is_there_first_and_nothing_is_sent_without_consent(two: Paired) -> None:
    app = open_page("reflect", two.mentor)

    assert "with names hidden" in app.button(key="smooth").help
    press(app, "smooth")

    assert "you have not allowed that" in words(app)
    assert [] == back_buttons(app)


def test_the_models_words_are_marked_beside_ones_own_and_go_with_one_click(two: Paired) -> None:
    app = press(allowed(open_page("reflect", two.mentor)), "smooth")

    marked = next(one.value for one in app.caption if "verified" in str(one.value))
    assert "“It did work.” Words of small \\*model\\*, verified." in marked
    assert "Yours: “The demo worked.”" in marked

    (key,) = back_buttons(app)
    press(app, key)

    assert [] == back_buttons(app)
    assert "It did work." not in words(app)
