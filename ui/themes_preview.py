"""A contributor's part of a release in preview, its receipt, and the check of one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import engine
import streamlit as st
from boxes import PASTED
from changing import change, say
from copying import copy_button
from identity import who_sees_this
from naming import called, told
from times import moment_words
from words import plain

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.errors import CoachError
from coach.pair.home import MyPair
from coach.themes.previewing import WITHHELD, Mine, Preview

#: A receipt of twenty themes has some 8,000 characters.
_LONG = 20 * PASTED
_ONE_BACK = "It is taken back and deleted."
_SOME_LEFT = "Your receipt now stands for what is left."
_NONE_LEFT = "Nothing of yours is left in this release."
_ALL_BACK = "All of yours is taken back and deleted."


def show_previews(program: Program, actor: Actor, zone: ZoneInfo) -> None:
    """My part, in each of my pairs of this program, of a release in preview."""
    at = engine.workspace()
    for pair in at.home.mine(actor):
        if pair.program.id != program.id:
            continue
        if (preview := at.theme_previews.mine(actor, pair.pair.id)) is not None:
            _show_preview(pair, preview, zone)


def _show_preview(pair: MyPair, preview: Preview, zone: ZoneInfo) -> None:
    ident = pair.pair.id
    with st.container(border=True, key=f"preview_{ident}"):
        st.markdown(
            f"## Your part of release {preview.number}, with {called(pair.partner)}", anchors=False
        )
        if not preview.mine:
            st.markdown("None of your statements is in it. There is nothing for you to do.")
            say(_place(ident))
            return
        st.markdown(
            f"Your lead sees nothing of it before {moment_words(preview.opens, zone)}. Until then "
            "you can take back what you do not want counted. This is all that it would tell of "
            "your part."
        )
        left = _SOME_LEFT if len(preview.mine) > 1 else _NONE_LEFT
        for one in preview.mine:
            _show_statement(ident, one, f"{_ONE_BACK} {left}")
        say(_place(ident))
        st.button(
            "Take all of mine back",
            key=f"take_all_{ident}",
            icon=":material/undo:",
            on_click=change,
            args=(_place(ident), lambda at, me: _take_all_back(at, me, preview), _ALL_BACK),
        )
        st.caption(
            "What you take back is deleted, and joins this release no more. Nobody is told that "
            f"you did. {who_sees_this()}"
        )
        _show_receipt(ident, preview)


def _show_statement(pair_id: str, mine: Mine, done: str) -> None:
    with st.container(border=True, key=f"mine_{mine.session_id}_{mine.item_id}"):
        st.markdown(f"You said, in general words: “{told(mine.statement)}”")
        if mine.theme is None:
            st.markdown(f":material/visibility_off: {plain(WITHHELD)}")
        else:
            theme = mine.theme
            st.markdown(
                f":material/visibility: Your lead would read: **{told(theme.label)}**, "
                f"{theme.pairs}. “{told(theme.sentence)}”"
            )
        st.button(
            "Take this one back",
            key=f"take_{mine.session_id}_{mine.item_id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=change,
            args=(_place(pair_id), lambda at, me: _take_back(at, me, mine), done),
        )


def _take_back(at: Workspace, me: Actor, mine: Mine) -> None:
    version = at.reflections.mine(me, mine.session_id).version
    at.contributing.count(me, mine.session_id, version, mine.item_id, joins=False)


def _take_all_back(at: Workspace, me: Actor, preview: Preview) -> None:
    for session_id in {one.session_id for one in preview.mine}:
        at.contributing.take_back(me, session_id)


def _show_receipt(ident: str, preview: Preview) -> None:
    with st.expander("Your receipt", type="compact", key=f"receipt_{ident}"):
        st.markdown(
            "Keep this line somewhere of your own. Once the release is out, it shows whether the "
            "release tells of your part as it stands above, or less. When you take something back, "
            "it is made anew."
        )
        st.code(preview.receipt, language=None, wrap_lines=True)
        copy_button(preview.receipt, key=f"copy_receipt_{ident}", label="Copy the receipt")


def show_check(program: Program, actor: Actor) -> None:
    """Holds a release against what a preview promised."""
    with st.expander("Check a receipt", key="check_receipt"), st.form("receipt", border=False):
        st.markdown("Did a release keep its word? Paste the receipt that your preview gave you.")
        receipt = st.text_area("Receipt", key="receipt_text", height=100, max_chars=_LONG)
        if not st.form_submit_button("Check it"):
            return
        try:
            faults = engine.workspace().theme_previews.check(actor, program.id, receipt)
        except CoachError as error:
            st.warning(plain(str(error)), icon=":material/error:")
            return
        if not faults:
            st.success("The release kept its word.", icon=":material/check:")
        for fault in faults:
            st.error(plain(fault), icon=":material/gpp_maybe:")


def _place(pair_id: str) -> str:
    return f"preview {pair_id}"
