"""The card of the one who will hear it, given to the mentor as a file."""

from __future__ import annotations

import json

import session
import streamlit as st
from words import plain

from coach.cli.phrase import card_of
from coach.domain.receiver import ReceiverCard
from coach.errors import BriefError

#: Bytes of a card with all that it may hold are fewer by far.
_MOST_BYTES = 64_000


def show() -> None:
    """The card with a button to remove it, or the place to put one."""
    card = session.their_card()
    if card is None:
        _ask()
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_told(card), width="stretch")
        st.button(
            "Remove their card",
            key="remove_their_card",
            icon=":material/close:",
            on_click=session.keep_their_card,
            args=(None,),
        )


def _ask() -> None:
    # A new box after each card: the old one would put a removed card back.
    count = st.session_state.setdefault("their_cards_read", 0)
    given = st.file_uploader(
        "Their card, if they gave you one",
        type="json",
        key=f"their_card_file_{count}",
        max_upload_size=1,
        help="A JSON file that they downloaded under “My card”. It stays on this machine.",
    )
    if given is None:
        return
    try:
        card = read_card(given.getvalue())
    except BriefError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return
    st.session_state["their_cards_read"] = count + 1
    session.keep_their_card(card)
    st.rerun()


def read_card(content: bytes) -> ReceiverCard:
    """The card in a file. Raises ``BriefError`` that says what to do about it."""
    if len(content) > _MOST_BYTES:
        raise BriefError(
            f"The file has {len(content):,} bytes; a card has at most {_MOST_BYTES:,}. Ask for "
            "the file that they downloaded under “My card”."
        )
    try:
        fields = json.loads(content.decode("utf-8"))
    # Deeply nested brackets overflow the reader.
    except (ValueError, RecursionError) as error:
        raise BriefError(
            "The file is not JSON. Ask for the file that they downloaded under “My card”."
        ) from error
    card = card_of(fields)
    if card is None:
        raise BriefError(
            "The file holds no card. Ask for the file that they downloaded under “My card”."
        )
    return card


def _told(card: ReceiverCard) -> str:
    if card.in_force:
        return f"Their card, version {card.version}, is followed."
    return f"Their card, version {card.version}, is not in force, so it is not followed."
