"""Bring people and pairs into a program with a list: looked at first, then taken whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import engine
import streamlit as st
from changing import made, say
from naming import told
from words import plain

from coach.domain.identity import Actor
from coach.domain.program import Program
from coach.roster.matching import Preview
from coach.roster.roster import MAX_PAIRS, roster_csv
from coach.roster.roster_faults import Listed, RosterLine
from coach.roster.spreadsheet import MAX_BYTES, Remark

_PLACE = "import"
_TURN = "import_turn"
_SEEN = "import_preview"
_DONE = "import_done"
#: Lines that show without scrolling, and at all: a person reads no more of them.
_FEW, _MOST = 8, 500

_SAMPLE = (
    RosterLine(
        mentor=Listed(name="Ana Duarte", email="ana@example.org", role="data analyst"),
        mentee=Listed(name="Tom Eriksen", email="tom@example.org", role="finance director"),
    ),
    RosterLine(
        mentor=Listed(name="陈晓雨", email="xiaoyu@example.org", role="software engineer"),
        mentee=Listed(name="Margaret O’Neill", email="margaret@example.org", role="head of legal"),
    ),
)


def show_import(program: Program, actor: Actor) -> None:
    """A file or pasted lines, what they would do, and the button that does it."""
    if program.ended is not None:
        st.markdown("This program is over, so nobody can come into it any more.")
        return
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check:")
    st.markdown(
        "One line for each pair: name, e-mail and role of the junior mentor, then of the senior "
        "mentee. A table from any spreadsheet program does, saved as CSV. Nothing is imported "
        "before you have seen what it would do."
    )
    st.download_button(
        "Download a sample",
        roster_csv(_SAMPLE),
        "sample.csv",
        "text/csv",
        key="download_sample",
        on_click="ignore",
        icon=":material/download:",
    )
    turn = st.session_state.get(_TURN, 0)
    file = st.file_uploader(
        "Your list, as a CSV file",
        key=f"import_file_{turn}",
        max_upload_size=MAX_BYTES // 2**20,
        help=f"At most {MAX_PAIRS:,} pairs.",
    )
    pasted = st.text_area(
        "Or paste it here, with the line that names the columns",
        key=f"import_text_{turn}",
        height=140,
        disabled=file is not None,
    )
    data = file.getvalue() if file is not None else pasted.encode("utf-8", "replace")
    say(_PLACE)
    if data.strip():
        _show_preview(program, _preview(program, actor, data), data)


def _preview(program: Program, actor: Actor, data: bytes) -> Preview:
    """The preview, read once for each list: a long one takes a second."""
    what = (program.id, program.version, sha256(data).hexdigest())
    kept = st.session_state.get(_SEEN)
    if kept is None or kept[0] != what:
        kept = (what, engine.workspace().pairing.preview(actor, program.id, data))
        st.session_state[_SEEN] = kept
    preview: Preview = kept[1]
    return preview


def _show_preview(program: Program, preview: Preview, data: bytes) -> None:
    st.markdown("## What this list would do", anchors=False)
    if preview.faults:
        lines = {fault.line for fault in preview.faults}
        many = "1 line is" if len(lines) == 1 else f"{len(lines):,} lines are"
        what = "The file is" if lines == {0} else many
        st.error(
            f"{what} faulty, so nothing can be imported yet. Mend the list, and give it again.",
            icon=":material/error:",
        )
        _show_remarks(preview.faults, "faults")
    else:
        st.markdown(_sums(preview))
    if preview.notes:
        st.markdown("Worth a look:")
        _show_remarks(preview.notes, "notes")
    if preview.new_pairs and not preview.faults:
        with st.expander("The new pairs", key="import_pairs"):
            _show_lines([_two(line) for line in preview.new_pairs], "new_pairs")
        st.button(
            f"Import {_counted(len(preview.new_pairs), 'pair')}",
            key="import",
            type="primary",
            icon=":material/group_add:",
            on_click=_take,
            args=(program, data),
        )


def _take(program: Program, data: bytes) -> None:
    taken: list[Preview] = []
    if made(_PLACE, lambda at, me: taken.append(at.pairing.take(me, program.id, data))):
        pairs = _counted(len(taken[0].new_pairs), "pair")
        people = _counted(len(taken[0].new_people), "new person", "new people")
        st.session_state[_DONE] = f"Imported: {pairs} and {people}."
        # A new turn empties both boxes.
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_SEEN, None)


def _sums(preview: Preview) -> str:
    there = len(preview.pairs_there)
    if not preview.new_pairs:
        return "Nothing: every pair of the list is in the program already, or was ended."
    new = _counted(len(preview.new_pairs), "new pair")
    people = _counted(len(preview.new_people), "new person", "new people")
    words = f"**{new}** and **{people}**."
    if preview.known_people:
        known = _counted(len(preview.known_people), "person", "people")
        words += f" {known} of the list {'is' if len(preview.known_people) == 1 else 'are'} known."
    if there:
        words += f" {_counted(there, 'pair')} {'is' if there == 1 else 'are'} there already."
    return words


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _two(line: RosterLine) -> str:
    mentor, mentee = (
        f"**{told(one.name)}** ({plain(one.email)})" for one in (line.mentor, line.mentee)
    )
    return f"{mentor} mentors {mentee}"


def _show_remarks(remarks: Sequence[Remark], key: str) -> None:
    _show_lines([_remark(one) for one in remarks], key)


def _remark(one: Remark) -> str:
    return f"**Line {one.line}:** {told(one.text)}" if one.line else told(one.text)


def _show_lines(lines: Iterable[str], key: str) -> None:
    shown = list(lines)
    with st.container(height=320 if len(shown) > _FEW else "content", border=True, key=key):
        st.markdown("\n\n".join(shown[:_MOST]))
        if len(shown) > _MOST:
            st.markdown(f"And {len(shown) - _MOST:,} more.")
