"""What holds for everybody in a program: its lead writes it, creates another, or ends this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import streamlit as st
from both_versions import Version, both_versions
from boxes import PASTED
from changing import forget, made, say
from naming import told
from program_choice import ask_for
from program_themes import show_theme_rules
from times import day_words
from unfinished import Unfinished
from words import plain

from coach.domain.brief import MAX_MINUTES, MAX_SESSIONS, MIN_MINUTES
from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.pair.conduct import default_conduct

_LABELS = {
    "name": "Name",
    "goals": "Goals, one a line",
    "starts": "Starts on",
    "months": "Months",
    "cadence_weeks": "Weeks between two sessions",
    "session_minutes": "Minutes of a session",
    "planned_sessions": "Sessions for each pair",
    "contacts": "Whom to turn to when something is wrong, one a line",
    "conduct": "Code of conduct",
    "retention_days": "Days that pairs’ words are kept after the end",
}
_LISTS = ("goals", "contacts")
_NUMBERS = {
    "months": (1, 36),
    "cadence_weeks": (1, 26),
    "session_minutes": (MIN_MINUTES, MAX_MINUTES),
    "planned_sessions": (1, MAX_SESSIONS),
    "retention_days": (1, 3650),
}
_END = "end_program"


def show_terms(program: Program, actor: Actor) -> None:
    """The terms, to change and save; and the end."""
    st.caption("Everybody in the program sees these terms.")
    form = Unfinished(f"program-{program.id}", _as_plain(program), actor)
    for field in form.clashes:
        _show_clash(program, form, field)
    _text(form, "name")
    _area(form, "goals", 110)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = form.key("starts")
        st.date_input(
            _LABELS["starts"],
            date.fromisoformat(form.mine["starts"]),
            format="DD/MM/YYYY",
            key=key,
            width=200,
            on_change=_take_day,
            args=(form, key),
        )
        for field in _NUMBERS:
            _number(form, field)
    _area(form, "contacts", 80)
    with st.expander(_LABELS["conduct"], key="program_conduct"):
        _area(form, "conduct", 320)
        st.caption("Leave it empty for the code of conduct that the coach starts with.")
    _show_saving(program, form)
    show_theme_rules(program, actor)
    if program.ended is None:
        _show_end(program)
    _show_another()


def _show_another() -> None:
    """A name and a start; everything else can be set afterwards."""
    st.markdown("## Begin another program", anchors=False)
    with st.form("create_program"):
        st.text_input("Name of the program", key="new_program", max_chars=PASTED)
        today = datetime.now(UTC).date()
        st.date_input("Starts on", today, format="DD/MM/YYYY", key="new_starts", width=200)
        st.caption(
            "Until that day you can set by which rules its themes are shown, under Terms. From "
            "then on they are locked."
        )
        say("create_program")
        st.form_submit_button("Create the program", type="primary", on_click=_create)


def _create() -> None:
    values = {"name": st.session_state["new_program"], "starts": st.session_state["new_starts"]}
    created: list[str] = []
    if made("create_program", lambda at, me: created.append(at.programs.create(me, values).id)):
        ask_for(created[0])


def _as_plain(program: Program) -> dict[str, Any]:
    """The fields as a draft can hold them."""
    fields: dict[str, Any] = {field: getattr(program, field) for field in _LABELS}
    fields |= {field: "\n".join(fields[field]) for field in _LISTS}
    return {**fields, "starts": program.starts.isoformat()}


def _as_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(fields)
    for field in _LISTS:
        if field in kept:
            kept[field] = tuple(line for line in kept[field].splitlines() if line.strip())
    if "starts" in kept:
        kept["starts"] = date.fromisoformat(kept["starts"])
    return kept


def _text(form: Unfinished, field: str) -> None:
    key = form.key(field)
    st.text_input(
        _LABELS[field],
        form.mine[field],
        max_chars=PASTED,
        key=key,
        on_change=form.typed,
        args=(field, key),
    )


def _area(form: Unfinished, field: str, height: int) -> None:
    key = form.key(field)
    st.text_area(
        _LABELS[field],
        form.mine[field],
        height=height,
        max_chars=PASTED * 5,
        key=key,
        placeholder=default_conduct() if field == "conduct" else None,
        on_change=form.typed,
        args=(field, key),
    )


def _number(form: Unfinished, field: str) -> None:
    key = form.key(field)
    st.number_input(
        _LABELS[field],
        *_NUMBERS[field],
        form.mine[field],
        key=key,
        width=200,
        on_change=form.typed,
        args=(field, key),
    )


def _take_day(form: Unfinished, key: str) -> None:
    if day := st.session_state[key]:
        form.take("starts", day.isoformat())


def _show_saving(program: Program, form: Unfinished) -> None:
    say(form.name)
    if form.changed:
        st.markdown("You have changes that are not saved yet. Until then only you see them.")
    with st.container(horizontal=True):
        st.button(
            "Save for everybody",
            key="save_program",
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(program, form),
            disabled=bool(form.clashes) or not form.changed,
        )
        if form.changed:
            st.button("Discard my changes", key="discard_program", on_click=form.forget)


def _save(program: Program, form: Unfinished) -> None:
    values = _as_kept({field: form.mine[field] for field in form.changed})
    if made(form.name, lambda at, me: at.programs.edit(me, program.id, program.version, values)):
        form.forget()


def _show_clash(program: Program, form: Unfinished, field: str) -> None:
    forget(form.name)
    st.markdown(f"**{_LABELS[field]}**")
    both_versions(
        field,
        Version(
            partial(_show_value, field, form.mine[field]), partial(_on_top, program, form, field)
        ),
        Version(partial(_show_value, field, form.kept[field]), partial(form.take_theirs, field)),
        by=None,
    )


def _on_top(program: Program, form: Unfinished, field: str) -> None:
    form.put_mine_on_top(field)
    if not form.clashes:
        _save(program, form)


def _show_value(field: str, value: Any) -> None:
    words = day_words(date.fromisoformat(value)) if field == "starts" else str(value)
    st.markdown(plain(words) or "Nothing.")


def _show_end(program: Program) -> None:
    st.markdown("## End the program", anchors=False)
    st.markdown(
        "Every pair ends, and the sessions that they planned are cancelled. What pairs wrote is "
        f"deleted {program.retention_days} days later. This cannot be taken back."
    )
    if st.button(
        "End it …", key=_END, icon=":material/stop_circle:", on_click=forget, args=(_END,)
    ):
        _ask_end(program)


@st.dialog("End the program")
def _ask_end(program: Program) -> None:
    st.markdown(f"**{told(program.name)}** ends today, with every pair in it. Have you told them?")
    if st.button("End the program for good", key="write_end", type="primary") and made(
        _END, lambda at, me: at.programs.end(me, program.id)
    ):
        st.rerun()
    say(_END)
