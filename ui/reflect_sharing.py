"""Three consents, what the partner would see, and what the partner shared."""

from __future__ import annotations

from collections.abc import Sequence

import engine
import streamlit as st
from changing import change, say
from evidence import mark_of, title_of
from naming import called, told
from reflect_form import FEELINGS
from reflect_themes import show_joining
from reflecting import step, worked_out
from times import day_words, moment_words, my_zone
from words import plain

from coach.domain.identity import Actor
from coach.domain.kept_reflection import Reflection, SharedLine, SharedSummary
from coach.domain.program import Person
from coach.domain.reflection import ItemKind
from coach.errors import CoachError
from coach.pair.home import PairHome
from coach.pair.reflections import Consent

_PLACE = "sharing"


def show_sharing(home: PairHome, mine: Reflection, actor: Actor) -> None:
    """What I allow, and, where I allow it, exactly what the partner would see."""
    partner = called(home.partner)
    st.markdown("## Who may see what", anchors=False)
    _consent(mine, Consent.PARTNER, f"{partner} may read the summary, once I have shared it")
    _consent(mine, Consent.THEMES, "My statements may join the program’s anonymised themes")
    _consent(mine, Consent.MODEL, "A language model outside this machine may help to summarise")
    st.caption("All three are yours to change at any time. Your lead never sees a reflection.")
    say(_PLACE)
    show_joining(mine, actor)
    if not mine.partner_may_read:
        return
    if mine.summary is None:
        st.markdown(f"Summarise first; then you see here what {partner} would see.")
        return
    _show_preview(home, mine, actor)


def _consent(mine: Reflection, to: Consent, label: str) -> None:
    given = bool(getattr(mine, to.value))
    # One key for on and off: a switch of another key would stand beside it while this one is kept.
    key = f"{to.value}_{mine.session_id}"
    st.session_state[key] = given
    st.toggle(
        label,
        key=key,
        on_change=step,
        args=(
            _PLACE,
            mine,
            lambda at, me, version: at.reflections.consent(
                me, mine.session_id, version, to, given=not given
            ),
        ),
    )


def _show_held_back(lines: Sequence[str]) -> None:
    """Which lines the partner does not get, for the author alone."""
    count = "1 line stays" if len(lines) == 1 else f"{len(lines)} lines stay"
    st.caption(
        f"{count} with you in any case: they touch, or stand beside, what is for a person to hear "
        "and not for a summary."
    )
    with st.popover("Which?", type="tertiary"):
        for line in lines:
            st.markdown(f"- {plain(line)}")


def _show_preview(home: PairHome, mine: Reflection, actor: Actor) -> None:
    partner = called(home.partner)
    preview = worked_out(
        "preview",
        mine,
        mine.version,
        lambda: engine.workspace().shared_reflections.preview(actor, mine.session_id),
    )
    seen = preview.summary
    with st.container(border=True, key="preview"):
        if mine.shared is None:
            st.markdown(f"**This is what {partner} would see.** Nothing more, and not your text.")
        elif mine.shared == seen:
            st.markdown(f"**{partner} sees this** since {_moment(home, mine)}.")
        else:
            st.markdown(
                f"**You changed the summary.** {partner} still sees what you shared on "
                f"{_moment(home, mine)}, until you share this:"
            )
        show_shared(seen, home.me, home.partner)
        if mine.summary and any(
            one.kind is ItemKind.COMMITMENT and not one.promised for one in mine.summary.items
        ):
            st.caption(
                f"A promise that you have not confirmed is no promise to {partner}: it stands "
                f"under “{title_of(ItemKind.NEXT_STEP)}”."
            )
        if preview.held_back:
            _show_held_back(preview.held_back)
        st.caption(
            f"If {partner} shares too, the coach points out where your two accounts differ, as "
            "questions for next time."
        )
    with st.container(horizontal=True):
        if mine.shared != seen:
            st.button(
                f"Share this with {partner}",
                key="share",
                type="primary",
                icon=":material/forward_to_inbox:",
                on_click=step,
                args=(
                    _PLACE,
                    mine,
                    lambda at, me, version: at.shared_reflections.share(
                        me, mine.session_id, version, seen
                    ),
                ),
            )
        if mine.shared is not None:
            st.button(
                "Take it back",
                key="withdraw",
                icon=":material/undo:",
                on_click=change,
                args=(
                    _PLACE,
                    lambda at, me: at.shared_reflections.withdraw(me, mine.session_id),
                ),
            )


def _moment(home: PairHome, mine: Reflection) -> str:
    return moment_words(mine.shared_at, my_zone(home.me.zone)) if mine.shared_at else ""


def show_shared(shared: SharedSummary, author: Person, reader: Person) -> None:
    """A shared summary as its reader has it; its author sees the very same before."""
    told_by, read_by = called(author), called(reader)
    if shared.after is not None:
        st.markdown(f"{told_by} left the session feeling {FEELINGS[str(shared.after)]}.")
    if shared.paragraph:
        st.markdown(" ".join(_said(line) for line in shared.paragraph))
    names = {"me": told_by, "partner": read_by, "both": f"{told_by} and {read_by}"}
    for kind in ItemKind:
        found = [line for line in shared.items if line.kind is kind]
        if found:
            st.markdown(f"**{title_of(kind, told_by)}**")
            st.markdown("\n".join(f"- {_said(line)}{_act(line, names)}" for line in found))


def _said(line: SharedLine) -> str:
    mark = mark_of(line)
    return f"{told(line.text)} :small[{mark}]" if mark else told(line.text)


def _act(line: SharedLine, names: dict[str, str]) -> str:
    facts = [names.get(line.who, told(line.who)) if line.who else ""]
    facts.append(f"by {day_words(line.when)}" if line.when else "")
    said = ", ".join(fact for fact in facts if fact)
    return f" ({said})" if said else ""


def show_partners(home: PairHome, mine: Reflection, actor: Actor) -> None:
    """What the other shared about this session, and where the two accounts differ."""
    partner = called(home.partner)
    at = engine.workspace().shared_reflections
    theirs = at.partners(actor, mine.session_id)
    if theirs is None:
        return
    st.markdown(f"## What {partner} shared", anchors=False)
    show_shared(theirs, home.partner, home.me)
    st.caption(f"{partner} chose to show you this, and can take it back.")
    try:
        differences = worked_out(
            "differences",
            mine,
            (mine.shared, mine.partner_may_read, theirs),
            lambda: at.differences(actor, mine.session_id),
        )
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    if not differences:
        return
    st.markdown("## To ask each other next time", anchors=False)
    for one in differences:
        st.markdown(f"**{told(one.question)}**")
        mine_said = f"You: “{told(one.mine)}”" if one.mine else ""
        theirs_said = f"{partner}: “{told(one.theirs)}”" if one.theirs else ""
        if said := "  \n".join(part for part in (mine_said, theirs_said) if part):
            st.markdown(said)
    st.caption("Two people remember one hour differently. Neither is wrong.")
