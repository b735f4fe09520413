"""What the two learned from each other: both edit it, and take it away as a file."""

from __future__ import annotations

from functools import partial

import engine
import streamlit as st
from both_versions import Version, both_versions
from boxes import PASTED, area
from changing import forget, made
from downloads import WORD
from identity import who_sees_this
from naming import called, told
from times import moment_words, my_zone
from unfinished import Unfinished
from words import plain

from coach.bootstrap import export_learned, learned_pdf_note
from coach.domain.identity import Actor
from coach.domain.learned import Learned
from coach.domain.program import Person, Role
from coach.pair.home import PairHome

_FIELDS = ("mentor", "mentee", "together")


def show_learned(home: PairHome, actor: Actor) -> None:
    """Three boxes, as both have them, and the files."""
    newest = engine.workspace().learned.newest(actor, home.pair.id)
    kept = {field: getattr(newest, field) if newest else "" for field in _FIELDS}
    form = Unfinished(f"learned-{home.pair.id}", kept, actor)
    names = _names(home)
    st.markdown("## What we learned from each other", anchors=False)
    st.markdown("Best written side by side in your last session, each beginning with the other.")
    for field in form.clashes:
        _show_clash(home, form, newest, field)
    for field in _FIELDS:
        area(form, field, names[field], height=120, max_chars=PASTED * 5)
    form.say()
    if form.changed:
        st.caption(f"What you changed is not saved yet. {who_sees_this()}")
    with st.container(horizontal=True):
        st.button(
            "Save for both of you",
            key="save_learned",
            icon=":material/check:",
            on_click=_save,
            args=(home, form, newest),
            disabled=bool(form.clashes) or not form.changed,
        )
        if form.changed:
            st.button("Discard my changes", key="discard_learned", on_click=form.forget)
    if newest is not None:
        _show_standing(home, newest)
        _show_files(home, newest)


def _names(home: PairHome) -> dict[str, str]:
    mentor, mentee = (called(person) for person in _two(home))
    return {
        "mentor": f"What {mentor} learned",
        "mentee": f"What {mentee} learned",
        "together": "What you found out together",
    }


def _two(home: PairHome) -> tuple[Person, Person]:
    mine_first = (home.me, home.partner)
    return mine_first if home.my_role is Role.MENTOR else mine_first[::-1]


def _save(home: PairHome, form: Unfinished, newest: Learned | None) -> None:
    mine = {field: str(form.mine[field]) for field in _FIELDS}
    after = newest.number if newest else 0
    if made(
        form.name,
        lambda at, me: at.learned.write(
            me,
            home.pair.id,
            after=after,
            mentor=mine["mentor"],
            mentee=mine["mentee"],
            together=mine["together"],
        ),
    ):
        form.forget()


def _show_clash(home: PairHome, form: Unfinished, newest: Learned | None, field: str) -> None:
    forget(form.name)

    def on_top() -> None:
        form.put_mine_on_top(field)
        if not form.clashes:
            _save(home, form, newest)

    by = home.partner if newest and newest.by_id == home.partner.id else None
    both_versions(
        field,
        Version(partial(_show, form.mine[field]), on_top),
        Version(partial(_show, form.kept[field]), partial(form.take_theirs, field)),
        by=by,
    )


def _show(text: str) -> None:
    st.markdown(plain(text) or "Nothing.")


def _show_standing(home: PairHome, newest: Learned) -> None:
    who = "you" if newest.by_id == home.me.id else called(home.partner)
    when = moment_words(newest.saved, my_zone(home.me.zone))
    st.caption(
        f"Version {newest.number}, saved by {who} on {when}. You and {called(home.partner)} see "
        "this; nobody else does."
    )


def _show_files(home: PairHome, newest: Learned) -> None:
    mentor, mentee = (person.name for person in _two(home))
    program = home.program.name
    note = learned_pdf_note(newest, mentor=mentor, mentee=mentee, program=program)
    kinds = [
        ("docx", "Word", WORD),
        ("md", "Markdown", "text/markdown"),
        ("pdf", "PDF", "application/pdf"),
    ]
    with st.popover("Download", icon=":material/download:"):
        for kind, name, mime in kinds:
            st.download_button(
                name,
                partial(
                    export_learned, newest, kind, mentor=mentor, mentee=mentee, program=program
                ),
                f"what-we-learned.{kind}",
                mime,
                key=f"learned_{kind}",
                on_click="ignore",
                icon=":material/description:",
                width="stretch",
            )
    if note:
        st.caption(plain(note))
    st.caption(
        f"It names {told(mentor)} and {told(mentee)}. Whom you give it to is up to you both."
    )
