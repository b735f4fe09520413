"""For the senior: taking what one was told, asking well, and the receiver's card."""

from __future__ import annotations

from datetime import datetime

import engine
import session
import streamlit as st
from boxes import LONG
from citing import citation_buttons
from copying import copy_button
from session import Key
from words import bullets, plain

from coach.bootstrap import Phrasing
from coach.domain.phrasing import MOST_MESSAGE, QuestionCheck, QuestionKind
from coach.domain.receiver import Directness, ReceiverCard, Way
from coach.phrasing.ask_well import FINE, SEVERAL, is_note

#: The kind alone: the sentence that follows says what it does.
_KINDS = {
    QuestionKind.OPEN: "An open question.",
    QuestionKind.CLOSED: "A closed question.",
    QuestionKind.LEADING: "A leading question.",
    QuestionKind.TESTING: "A testing question.",
}


def show_told(phrasing: Phrasing) -> None:
    """What one was told, and how to answer it."""
    st.text_area(
        "What you were told, as you remember it",
        height=LONG,
        key=Key.TOLD,
        max_chars=MOST_MESSAGE,
        placeholder="for example: you interrupt people in reviews",
        on_change=session.save,
    )
    st.caption(engine.only_you())
    told = str(st.session_state[Key.TOLD])
    if not told.strip():
        return
    advice = phrasing.receiving.advise(told)
    if advice.care:
        st.warning(advice.care, icon=":material/volunteer_activism:")
    if advice.note:
        st.markdown(plain(advice.note))
    if advice.replies:
        st.markdown("**Thank, then probe**")
        for number, reply in enumerate(advice.replies):
            _line(reply, f"reply_{number}")
    if advice.advice_question:
        st.markdown("**Then ask for advice**")
        _line(advice.advice_question, "advice")
    if advice.avoid:
        st.markdown("**Better left unsaid**")
        st.markdown(bullets(advice.avoid))
    citation_buttons(advice.citations, key="receive")


def show_question(phrasing: Phrasing) -> None:
    """A question, what it does, and better forms."""
    st.text_area(
        "The question you have in mind",
        key=Key.TO_ASK,
        max_chars=MOST_MESSAGE,
        placeholder="for example: do you even know what a hallucination is?",
        on_change=session.save,
    )
    st.caption(engine.only_you())
    asked = str(st.session_state[Key.TO_ASK])
    if not asked.strip():
        return
    found = phrasing.questions.check(asked)
    if is_note(found):
        st.markdown(plain(found.why))
    else:
        st.markdown(f"**{_KINDS[found.kind]}** {plain(found.why)}")
    if found.better:
        st.markdown(f"**{_heading(found)}**")
        for number, better in enumerate(found.better):
            _line(better, f"better_{number}")
    citation_buttons((found.citation,), key="question")


def _heading(found: QuestionCheck) -> str:
    if found.why.startswith(SEVERAL):
        return "One after the other"
    if found.why.startswith(FINE):
        return "A follow-up, if the answer is short"
    return "Better forms"


def show_card() -> None:
    """The receiver's card: what one says about oneself, kept only with consent."""
    kept = session.receiver_card() or ReceiverCard()
    st.markdown(
        "How you like to hear hard things: your mentor finds words that suit you from this card. "
        "You decide what is on it and who gets it, and you can take it back at any time."
    )
    with st.form("receiver_card_form"):
        directness = st.segmented_control(
            "How direct", [one.value for one in Directness], default=kept.directness.value,
            required=True,
        )  # fmt: skip
        way = st.segmented_control(
            "How it should reach you", [one.value for one in Way], default=kept.way.value,
            required=True,
        )  # fmt: skip
        notice = st.checkbox("Tell me beforehand that something hard is coming", kept.notice)
        limits = st.text_area(
            "Words and topics that are off limits, one a line", "\n".join(kept.off_limits)
        )
        helps = st.text_input("What helps when it is hard", kept.helps, max_chars=500)
        consent = st.checkbox(
            "My mentor’s wording may follow this card", value=kept.in_force, key="card_consent"
        )
        saved = st.form_submit_button("Keep this card", type="primary")
    if saved:
        today = datetime.now().astimezone().date()
        words = [line.strip()[:80] for line in limits.splitlines() if line.strip()]
        session.keep_receiver_card(
            ReceiverCard(
                directness=Directness(directness or kept.directness.value),
                way=Way(way or kept.way.value),
                notice=notice,
                off_limits=tuple(words[:30]),
                helps=helps,
                consented=today if consent else None,
            )
        )
        st.rerun()
    _show_state()


def _show_state() -> None:
    card = session.receiver_card()
    if card is None:
        st.caption("No card is kept yet.")
    elif not card.in_force:
        st.caption(
            f"Version {card.version} is kept, and nothing follows it until you agree to that above."
        )
    else:
        st.caption(f"Version {card.version}, followed since {card.consented:%d %B %Y}.")
        _show_download(card)
        st.button("Take it back", key="revoke_card", icon=":material/undo:", on_click=_revoke)


def _show_download(card: ReceiverCard) -> None:
    """The card as a file, for a mentor who is in no pair here."""
    st.download_button(
        "Download this card",
        card.model_dump_json(indent=2, exclude_none=True),
        f"receiver-card-{card.version}.json",
        "application/json",
        key="download_card",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(
        "You choose to whom you give this file; it is sent to nobody. If you take the card back, "
        "tell those who have it."
    )


def _revoke() -> None:
    card = session.receiver_card()
    if card is not None:
        today = datetime.now().astimezone().date()
        session.keep_receiver_card(card.model_copy(update={"revoked": today}))
        # A box that stays ticked would consent again at the next "Keep this card".
        st.session_state["card_consent"] = False


def _line(text: str, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"“{plain(text)}”", width="stretch")
        copy_button(text, key=f"copy_{key}")
