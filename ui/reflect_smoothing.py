"""A model smooths the sentences of a summary: asked with a click, marked, taken back with one."""

from __future__ import annotations

from collections import Counter
from threading import Event

import engine
import streamlit as st
from changing import say
from naming import told
from reflecting import step, stepped
from words import bullets, plain

from coach.domain.kept_reflection import KeptSentence, KeptSummary, Reflection
from coach.domain.refinement import Refinement

_PLACE = "smoothing"


def show_smoothing(mine: Reflection, summary: KeptSummary) -> None:
    """The model's sentences beside one's own words for them, and a button to ask for more."""
    for line in summary.sentences:
        if line.by_model:
            _show_mark(mine, line)
    _ask(mine)
    say(_PLACE)


def _show_mark(mine: Reflection, line: KeptSentence) -> None:
    model = f"of {plain(line.provenance.model)}" if line.provenance else "of a model"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"“{told(line.text)}” Words {model}, verified. Yours: “{told(line.draft)}”",
            width="content",
        )
        st.button(
            "Put my words back",
            key=f"own_{line.id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=step,
            args=(
                _PLACE,
                mine,
                lambda at, me, version: at.rewritten_reflections.put_back(
                    me, mine.session_id, version, line.id
                ),
            ),
        )


def _ask(mine: Reflection) -> None:
    coach = engine.coach()
    if coach.model_name is None:
        return
    name = plain(coach.model_name)
    goes = "with names hidden" if coach.hides_names else "and stay on this machine"
    if not st.button(
        "Let the model smooth these sentences",
        key="smooth",
        icon=":material/edit_note:",
        help=f"The sentences of the paragraph go to {name}, {goes}; nothing else does. What comes "
        "back stays only if it says the same in your words.",
    ):
        return
    stop, came = Event(), list[Refinement]()
    try:
        with st.status(f"{name} is at work …", expanded=False) as shown:

            def watch(one: Refinement) -> None:
                came.append(one)
                # Where somebody pressed something else meanwhile, the page breaks off here.
                shown.update(label=f"{name} is at work: {len(came)} sentences looked at")

            done = stepped(
                _PLACE,
                mine,
                lambda at, me, _: at.rewritten_reflections.rewrite(
                    me, mine.session_id, stop=stop, watch=watch
                ),
            )
            taken = sum(one.text is not None for one in came)
            shown.update(label=f"{taken} of {len(came)} sentences in the words of {name}")
            st.markdown(bullets(tuple(_outcomes(came))))
    finally:
        # Whoever leaves the page also stops the asking.
        stop.set()
    if taken and done:
        st.rerun()


def _outcomes(came: list[Refinement]) -> list[str]:
    kept = Counter(
        one.error or f"Your words stay: {one.refusal.value if one.refusal else 'no reply'}"
        for one in came
        if one.text is None
    )
    return [f"{why} ({count})" for why, count in kept.most_common()]
