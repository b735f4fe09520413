"""Who sits before the page, asked anew in every run of it, so that a sign-out holds at once."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import NoReturn
from urllib.parse import quote, urlencode, urlsplit

import engine
import streamlit as st
from once import forget, once
from streamlit.runtime.scriptrunner import get_script_run_ctx
from words import plain

from coach.domain.identity import Actor
from coach.entrance.outside import Vouched
from coach.errors import CoachError, SignInError
from coach.policy.standing import Reach
from coach.program.cast import cast, is_in_cast
from coach.program.personal import LOCAL, local_person
from coach.serving import cookie_name, is_loopback

#: Whom somebody in a personal workspace acts as.
ACT_AS = "act_as"
#: Its name in the address.
_AS = "as"
_PERSONAL = "Personal workspace: no sign-in. Whoever uses this computer sees it."
_ELSEWHERE = (
    "This is somebody's personal workspace, which opens only on their own computer. To use the "
    "coach together, it is started with a sign-in: docs/serving.md says how."
)


def who() -> Actor:
    """Who acts. Without anybody the page shows only the way to sign in, and stops."""
    try:
        actor = once("who", _signed_in)
    except SignInError as error:
        _ask(str(error))
    except CoachError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()
    if actor is None:
        _ask("")
    return actor


def reach() -> Reach:
    """What whoever acts may do on their own account, and their roles."""
    actor = who()
    return once(f"reach of {actor.person_id}", lambda: engine.workspace().reach(actor))


def leave() -> None:
    """Sign out here; in a personal workspace, be oneself again."""
    forget()
    entrance = engine.workspace().entrance
    st.session_state.pop(ACT_AS, None)
    if _way() == "accounts":
        entrance.signing_in.sign_out(_cookie())
    elif _way() == "oidc" and (vouched := _vouched()):
        entrance.outside.sign_out(vouched)
        st.logout()


def show_who(actor: Actor) -> None:
    """In the sidebar: who I am, and the way out."""
    if _way() == "none":
        _choose(actor)
        st.caption(_PERSONAL)
        return
    name = engine.workspace().own_data.me(actor).name
    st.caption(f"Signed in as {plain(name)}")
    st.button("Sign out", key="sign_out", on_click=leave, icon=":material/logout:")


def who_sees_it() -> str:
    """Whose eyes a page of one's own is for."""
    if _way() == "none":
        return "Whoever uses this computer can open this page; nobody else sees it."
    return "Only you see this page."


def who_sees_this() -> str:
    """Whose eyes something of one's own is for, in a sentence."""
    if _way() == "none":
        return "Whoever uses this computer can see it; your partner and your lead do not."
    return "Only you see this."


def show_sign_ins() -> None:
    """On one's own data: every browser that is signed in, and the password."""
    if _way() == "none":
        return
    accounts, actor = engine.workspace().entrance.accounts, who()
    count = accounts.sign_ins(actor)
    st.markdown("## Where you are signed in", anchors=False)
    st.markdown(f"In {count} browsers." if count > 1 else "In this browser alone.")
    st.button(
        "Sign out everywhere",
        key="sign_out_everywhere",
        on_click=_leave_everywhere,
        icon=":material/logout:",
    )
    if _way() == "accounts":
        _change_password(actor)


def _leave_everywhere() -> None:
    engine.workspace().entrance.accounts.sign_out_everywhere(who())
    leave()


def _signed_in() -> Actor | None:
    entrance = engine.workspace().entrance
    if _way() == "accounts":
        return entrance.signing_in.who(_cookie())
    if _way() == "oidc":
        vouched = _vouched()
        return entrance.outside.who(vouched) if vouched else None
    if not _on_this_machine():
        raise SignInError(_ELSEWHERE)
    records = engine.workspace().records
    me = local_person(records)
    chosen = st.session_state.get(ACT_AS) or st.query_params.get(_AS)
    if isinstance(chosen, str) and is_in_cast(records, chosen):
        st.session_state[ACT_AS] = chosen
        return Actor(person_id=chosen)
    return me


def _way() -> str:
    return engine.workspace().settings.sign_in or "none"


def _cookie() -> str:
    return str(st.context.cookies.get(cookie_name(engine.workspace().settings), ""))


def _vouched() -> Vouched | None:
    told = st.user.to_dict()
    issued = told.get("iat")
    if told.get("is_logged_in") is not True or not isinstance(issued, int | float):
        return None
    trusts = engine.workspace().settings.oidc_trusts_emails
    return Vouched(
        issuer=str(told.get("iss", "")),
        subject=str(told.get("sub", "")),
        email=str(told.get("email", "")),
        verified=str(told.get("email_verified")).lower() == "true" or trusts,
        issued=datetime.fromtimestamp(issued, UTC),
        nonce=str(told.get("nonce", "")),
    )


def _on_this_machine() -> bool:
    # A coach that was started past ``coach start`` may listen to others.
    address = st.context.ip_address
    return not isinstance(address, str) or is_loopback(address)


def _ask(words: str) -> NoReturn:
    running = get_script_run_ctx()
    if running and running.fragment_ids_this_run:
        st.rerun()  # the whole page must go, not this part of it
    here = urlsplit(st.context.url or "")
    # No list of pages, and whatever address was opened is one.
    pages = [st.Page(_nothing, default=True)]
    named = here.path.strip("/")
    if named and "/" not in named:
        pages.append(st.Page(_nothing, url_path=named))
    st.navigation(pages, position="hidden")
    st.title("Sign in", anchor=False)
    if words:
        st.warning(plain(words), icon=":material/lock:")
    if _way() == "accounts":
        st.markdown("Sign in to go on. Nothing that you kept is lost.")
        to = quote(f"{here.path or '/'}?{urlencode(st.query_params.to_dict())}".rstrip("?"))
        # The only link of Streamlit's that opens in this very tab.
        st.html(
            f'<a href="/account/sign-in?next={to}" target="_self" '
            'style="color: inherit; font-weight: 600">Sign in</a>'
        )
    elif _way() == "oidc":
        st.markdown("You sign in with your organisation's account. Nothing that you kept is lost.")
        if st.button("Sign in", key="sign_in", type="primary", icon=":material/login:"):
            st.login()
    st.stop()


def _nothing() -> None:
    """The page of somebody who is not known."""


def _choose(actor: Actor) -> None:
    people = {person.id: person.name for person in cast(engine.workspace().records)}
    if len(people) < 2 or actor.person_id not in people:
        return
    if actor.person_id != LOCAL.person_id:
        # A reload keeps whom one acts as.
        st.query_params[_AS] = actor.person_id
    # Links, which begin a new page: in this one the boxes would still hold the other's words.
    links = "".join(
        f'<li><a href="?{_AS}={ident}" target="_self">{escape(name)}</a></li>'
        for ident, name in people.items()
        if ident != actor.person_id
    )
    with st.popover(f"Acting as {plain(people[actor.person_id])}", width="stretch"):
        st.html(f'<ul style="list-style:none;padding:0;line-height:2">{links}</ul>')


def _change_password(actor: Actor) -> None:
    with st.expander("Change your password"), st.form("change_password", border=False):
        old = st.text_input("Your present password", type="password", key="old_password")
        new = st.text_input("Your new password", type="password", key="new_password")
        if not st.form_submit_button("Change it, and sign out everywhere else"):
            return
    try:
        engine.workspace().entrance.accounts.change_password(actor, old, new, keep=_cookie())
    except CoachError as error:
        st.warning(plain(str(error)), icon=":material/edit_note:")
    else:
        st.success("Your password is changed. Every other browser is signed out.")
