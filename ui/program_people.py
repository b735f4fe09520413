"""The people of a program: who is in it, the links that let them in, and the way out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import engine
import streamlit as st
from browsing import browse
from changing import forget, made, say
from copying import copy_button
from naming import told
from words import plain

from coach.bootstrap import Workspace
from coach.domain.identity import Actor
from coach.domain.program import Program, Role
from coach.program.participants import Participant
from coach.roster.spreadsheet import table_bytes
from coach.serving import invitation_link

_ROLES = {Role.MENTOR: "mentor", Role.MENTEE: "mentee", Role.LEAD: "lead"}
_LINKS = "made_links"
_HOW = {
    "oidc": "They sign in with their organisation’s account, by this e-mail. Tell them the "
    "address of these pages; no link is needed.",
    "none": "This is a personal workspace, so nobody is invited into it. On a server that is "
    "started with a sign-in, a link for each of them is made here.",
}


def show_people(program: Program, actor: Actor) -> None:
    """Everybody in the program, with what can be done."""
    workspace = engine.workspace()
    way = workspace.settings.sign_in or "none"
    people = workspace.pairing.people(actor, program.id)
    invites = way == "accounts" and program.ended is None
    known = workspace.entrance.accounts.with_account(actor, program.id) if invites else frozenset()
    st.caption("Leads of this program see this list.")
    if invites:
        _show_links(program, [one for one in people if one.person_id not in known])
    elif program.ended is None:
        st.markdown(_HOW[way])
    say("people")
    if program.ended is None:
        _add_lead(program)
    browse(
        people,
        "people",
        lambda one: f"{one.name} {one.email}",
        lambda one: _show(program, one, known if invites else None),
    )


def _show(program: Program, one: Participant, known: Collection[str] | None) -> None:
    roles = ", ".join(_ROLES[role] for role in Role if role in one.roles)
    pairs = f"{one.pairs} pair{'' if one.pairs == 1 else 's'}" if one.pairs else "in no pair"
    state = "" if known is None or one.person_id in known else " · has not signed in yet"
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{one.person_id}"):
        st.markdown(
            f"**{told(one.name)}** · {roles}  \n:small[{plain(one.email)} · {pairs}{state}]",
            width="stretch",
        )
        with st.container(horizontal=True, width="content"):
            if state and st.button(
                "Invite …",
                key=f"invite_{one.person_id}",
                on_click=forget,
                args=(f"invite {one.person_id}",),
            ):
                _ask_invite(program, one)
            if st.button(
                "Remove …",
                key=f"remove_{one.person_id}",
                type="tertiary",
                on_click=forget,
                args=(f"remove {one.person_id}",),
            ):
                _ask_remove(program, one)


def _add_lead(program: Program) -> None:
    with st.expander("Add another lead"), st.form("add_lead", border=False, clear_on_submit=True):
        name = st.text_input("Their name", key="lead_name", max_chars=300)
        email = st.text_input("Their e-mail address", key="lead_email", max_chars=254)
        st.caption("They see and do everything that you can here.")
        added = st.form_submit_button("Add them")
    if added and made("people", lambda at, me: at.pairing.add_lead(me, program.id, name, email)):
        st.rerun()
    say("people")


@st.dialog("A link to come in")
def _ask_invite(program: Program, one: Participant) -> None:
    place = f"invite {one.person_id}"
    st.markdown(
        f"With it **{told(one.name)}** sets a password. It works once, for two weeks, and a link "
        "that you made before stops working. Send it to them alone: whoever has it comes in as "
        "them."
    )
    links: list[str] = []
    if st.button("Make the link", key=f"write_{place}", type="primary") and made(
        place,
        lambda at, me: links.append(
            _link(at.entrance.accounts.invite(me, program.id, one.person_id))
        ),
    ):
        st.code(links[0], language=None, wrap_lines=True)
        copy_button(links[0], f"copy_{one.person_id}", "Copy link")
    say(place)


def _show_links(program: Program, waiting: Sequence[Participant]) -> None:
    """Links for everybody at once, as a file for a mail merge."""
    if not waiting:
        return
    some = "1 person has" if len(waiting) == 1 else f"{len(waiting):,} people have"
    st.markdown(f"{some} not signed in yet. Each needs a link of their own.")
    say(_LINKS)
    with st.container(horizontal=True):
        st.button(
            "Make a link for each",
            key="make_links",
            icon=":material/link:",
            on_click=_make_links,
            args=(program, waiting),
        )
        kept = st.session_state.get(_LINKS)
        if kept and kept[0] == program.id:
            st.download_button(
                "Download the links",
                kept[1],
                "links.csv",
                "text/csv",
                key="download_links",
                type="primary",
                icon=":material/download:",
            )
    st.caption(
        "Each link works once, for two weeks. Making them anew ends the earlier ones. Whoever has "
        "the file can come in as these people: send the links, then delete it."
    )


def _make_links(program: Program, waiting: Sequence[Participant]) -> None:
    rows = [("Name", "E-mail", "Link")]

    def invite(at: Workspace, me: Actor) -> None:
        for one in waiting:
            secret = at.entrance.accounts.invite(me, program.id, one.person_id)
            rows.append((one.name, one.email, _link(secret)))

    if made(_LINKS, invite):
        st.session_state[_LINKS] = (program.id, table_bytes(rows))


def _link(secret: str) -> str:
    here = st.context.url or ""
    return invitation_link(secret, engine.workspace().settings, here)


@st.dialog("Remove from the program")
def _ask_remove(program: Program, one: Participant) -> None:
    place = f"remove {one.person_id}"
    st.markdown(
        f"**{told(one.name)}** leaves the program: their pairs in it end, and they no longer see "
        "it. What they wrote stays theirs, with their own data."
    )
    if st.button("Remove them", key=f"write_{place}", type="primary") and made(
        place, lambda at, me: at.pairing.remove(me, program.id, one.person_id)
    ):
        st.rerun()
    say(place)
