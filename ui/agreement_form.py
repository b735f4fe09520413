"""The agreement's words: mine to write, my partner's to read, and what belongs to both."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import engine
import streamlit as st
from agreement_state import show_history, show_signing, show_standing
from agreement_text import LABELS, shares, show_share, show_signed
from both_versions import Version, both_versions
from boxes import PASTED, area
from changing import forget, made
from naming import called
from times import day_words
from unfinished import Unfinished
from words import plain

from coach.domain.agreement import Agreement
from coach.domain.brief import MAX_MINUTES, MIN_MINUTES
from coach.domain.identity import Actor
from coach.errors import CoachError
from coach.pair.agreements import fields_for
from coach.pair.home import PairHome

_EXAMPLES = {
    "learns": "for example: to use the new tools without help",
    "gives": "for example: the story behind one decision each month",
    "likes": "for example: by trying it at once, with time to ask again",
}
_MOST_WEEKS = 26


def show_agreement(home: PairHome, actor: Actor) -> None:
    """The whole agreement as it stands, to write, sign, or open again."""
    try:
        now = engine.workspace().agreements.see(actor, home.pair.id)
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    newest = now.newest
    show_standing(home, newest, now.in_force)
    form = Unfinished(
        f"agreement-{home.pair.id}", _as_plain(fields_for(newest, home.my_role)), actor
    )
    if newest.in_force:
        if form.changed:
            st.markdown(
                "What you typed before you both signed is not in it, and not lost: open the "
                "agreement again to go on."
            )
        show_signed(home, newest)
        show_history(home, actor)
        return
    for field in form.clashes:
        _show_clash(home, form, field)
    _show_shares(home, newest, form)
    _show_common(home, form)
    _show_saving(home, form)
    show_signing(home, newest, unsaved=bool(form.changed))
    show_history(home, actor)


def _as_plain(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a draft can hold them."""
    day = fields["review_on"]
    return {**fields, "review_on": day.isoformat() if day else ""}


def _as_kept(fields: dict[str, Any]) -> dict[str, Any]:
    day = fields["review_on"]
    return {**fields, "review_on": date.fromisoformat(day) if day else None}


def _show_shares(home: PairHome, newest: Agreement, form: Unfinished) -> None:
    partner = called(home.partner)
    st.markdown("## My part", anchors=False)
    for field, example in _EXAMPLES.items():
        _area(form, field, LABELS[field], example=example, height=80)
    st.caption(f"Only you can change this. You and {partner} see it once you save.")
    st.page_link(
        "app_pages/receive.py",
        label="How I like to hear hard things: my card",
        icon=":material/hearing:",
    )
    st.markdown(f"## {partner}’s part", anchors=False)
    show_share(shares(home, newest)[1], "Not written yet.")
    st.caption(f"Only {partner} can change this.")


def _show_common(home: PairHome, form: Unfinished) -> None:
    st.markdown("## What you agree on together", anchors=False)
    for field in ("confidentiality", "off_limits"):
        example = "for example: pay, promotion, and colleagues by name"
        _area(form, field, LABELS[field], example=example, height=110)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(form, "cadence_weeks", 1, _MOST_WEEKS)
        _number(form, "minutes", MIN_MINUTES, MAX_MINUTES)
        key = form.key("review_on")
        day = form.mine["review_on"]
        st.date_input(
            LABELS["review_on"],
            date.fromisoformat(day) if day else None,
            format="DD/MM/YYYY",
            key=key,
            width=290,
            on_change=_take_day,
            args=(form, key),
        )
    with st.expander(LABELS["conduct"], key="conduct"):
        _area(form, "conduct", "How you treat each other", height=320)
    st.caption(f"Either of you can change this. You and {called(home.partner)} see it once saved.")


def _area(form: Unfinished, field: str, label: str, *, height: int, example: str = "") -> None:
    area(form, field, label, height=height, max_chars=PASTED * 5, placeholder=example)


def _number(form: Unfinished, field: str, least: int, most: int) -> None:
    key = form.key(field)
    st.number_input(
        LABELS[field],
        least,
        most,
        form.mine[field],
        key=key,
        width=260,
        on_change=form.typed,
        args=(field, key),
    )


def _take_day(form: Unfinished, key: str) -> None:
    day = st.session_state[key]
    form.take("review_on", day.isoformat() if day else "")


def _show_saving(home: PairHome, form: Unfinished) -> None:
    form.say()
    if form.changed:
        st.markdown("You have changes that are not saved yet. Until then only you see them.")
    with st.container(horizontal=True):
        st.button(
            "Save for both of you",
            key="save_agreement",
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(home.pair.id, form),
            disabled=bool(form.clashes) or not (form.changed or home.agreement is None),
        )
        if form.changed:
            st.button("Discard my changes", key="discard_agreement", on_click=form.forget)


def _save(pair_id: str, form: Unfinished) -> None:
    base, mine = _as_kept(form.base), _as_kept(form.mine)
    if made(form.name, lambda at, me: at.agreements.write(me, pair_id, base, mine)):
        form.forget()


def _show_clash(home: PairHome, form: Unfinished, field: str) -> None:
    forget(form.name)
    st.markdown(f"**{LABELS[field]}**")
    both_versions(
        field,
        Version(
            partial(_show_value, field, form.mine[field]),
            partial(_on_top, home.pair.id, form, field),
        ),
        Version(partial(_show_value, field, form.kept[field]), partial(form.take_theirs, field)),
        by=home.partner,
    )


def _on_top(pair_id: str, form: Unfinished, field: str) -> None:
    form.put_mine_on_top(field)
    if not form.clashes:
        _save(pair_id, form)


def _show_value(field: str, value: Any) -> None:
    if field == "review_on":
        st.markdown(day_words(date.fromisoformat(value)) if value else "No day.")
    else:
        st.markdown(plain(str(value)) or "Nothing.")
