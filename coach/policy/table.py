"""Who may do what: one table, and what is not in it is refused.

Every capability asks it before it reads a word, and the pages ask it what to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Standing(StrEnum):
    """How somebody stands to the thing that they would act on."""

    SELF = "self"
    MENTOR = "mentor"
    MENTEE = "mentee"
    LEAD = "lead"
    #: In the same program, in another pair or in none.
    MEMBER = "member"
    #: Was in the program, and no longer is.
    FORMER = "former"
    #: Was one of the two of a pair that is over, and what they wrote is still kept.
    FORMER_PARTNER = "former partner"
    LEAD_ELSEWHERE = "lead elsewhere"
    STRANGER = "stranger"
    #: Not signed in.
    NOBODY = "nobody"


class Action(StrEnum):
    """What can be done. Each public method of a capability asks for one of these."""

    # With the guidance alone; nobody's records are touched.
    USE_GUIDANCE = "use the guidance"
    MANAGE_LIBRARY = "manage the library"
    # With a program.
    CREATE_PROGRAM = "create a program"
    SEE_PROGRAM = "see a program"
    MANAGE_PROGRAM = "manage a program"
    MANAGE_PAIRS = "manage pairs"
    SEE_NUMBERS = "see a program's numbers"
    SEE_TRAIL = "see who did what"
    INVITE = "invite"
    # With a pair.
    SEE_PAIR = "see a pair"
    SEE_FORMER_PAIR = "see a pair that is over"
    PLAN_SESSIONS = "plan sessions"
    EDIT_AGENDA = "edit the shared agenda"
    PROMISE = "make and close promises"
    AGREE = "write the agreement"
    SIGN = "sign the agreement"
    PREPARE = "prepare alone"
    KEEP_NOTES = "keep notes made alone"
    ANSWER_PULSE = "answer a pulse"
    REFLECT = "reflect on a session"
    SHARE_REFLECTION = "share a reflection"
    WITHDRAW_REFLECTION = "take a reflection back"
    READ_REFLECTION = "read what the other shared"
    TELL_LEARNED = "write what you learned from each other"
    CONTRIBUTE = "join the program's themes"
    TAKE_BACK = "take one's statements out of the themes"
    PREVIEW_THEMES = "see what a release would tell"
    # With a program's themes.
    SEE_THEMES = "see a program's themes"
    MANAGE_THEMES = "release a program's themes"
    # With what is one's own.
    KEEP_DRAFT = "keep a draft"
    KEEP_CARD = "keep a receiver's card"
    SEE_OWN = "see what is one's own"
    DELETE_SELF = "delete oneself"
    MANAGE_SIGN_INS = "manage one's sign-ins"
    # Without being signed in.
    SIGN_IN = "sign in"


_TWO = frozenset({Standing.MENTOR, Standing.MENTEE})
_OWN = frozenset({Standing.SELF})
_LEAD = frozenset({Standing.LEAD})

ALLOWED: Mapping[Action, frozenset[Standing]] = MappingProxyType(
    {
        Action.USE_GUIDANCE: _OWN,
        Action.MANAGE_LIBRARY: _LEAD,
        Action.CREATE_PROGRAM: _LEAD,
        Action.SEE_PROGRAM: _LEAD | {Standing.MEMBER},
        Action.MANAGE_PROGRAM: _LEAD,
        Action.MANAGE_PAIRS: _LEAD,
        Action.SEE_NUMBERS: _LEAD,
        Action.SEE_TRAIL: _LEAD,
        Action.INVITE: _LEAD,
        Action.SEE_PAIR: _TWO,
        Action.SEE_FORMER_PAIR: frozenset({Standing.FORMER_PARTNER}),
        Action.PLAN_SESSIONS: _TWO,
        Action.EDIT_AGENDA: _TWO,
        Action.PROMISE: _TWO,
        Action.AGREE: _TWO,
        Action.SIGN: _TWO,
        Action.PREPARE: _TWO,
        Action.KEEP_NOTES: _TWO,
        Action.ANSWER_PULSE: _TWO,
        Action.REFLECT: _TWO,
        Action.SHARE_REFLECTION: _TWO,
        Action.WITHDRAW_REFLECTION: _TWO,
        Action.READ_REFLECTION: _TWO,
        Action.TELL_LEARNED: _TWO,
        Action.CONTRIBUTE: _TWO,
        Action.TAKE_BACK: _TWO | {Standing.FORMER_PARTNER},
        Action.PREVIEW_THEMES: _TWO,
        # Whoever contributed may read what became of it.
        Action.SEE_THEMES: _LEAD | {Standing.MEMBER},
        Action.MANAGE_THEMES: _LEAD,
        Action.KEEP_DRAFT: _OWN,
        Action.KEEP_CARD: _OWN,
        Action.SEE_OWN: _OWN,
        Action.DELETE_SELF: _OWN,
        Action.MANAGE_SIGN_INS: _OWN,
        Action.SIGN_IN: frozenset({Standing.NOBODY}),
    }
)

#: What leaves no line in the audit trail when it is allowed: a page keeps it at every pause.
#: That somebody contributes, or no longer, is private too.
UNNOTED = frozenset(
    {Action.KEEP_DRAFT, Action.KEEP_NOTES, Action.REFLECT}
    | {Action.CONTRIBUTE, Action.TAKE_BACK, Action.PREVIEW_THEMES}
)


def allows(action: Action, standings: frozenset[Standing]) -> bool:
    """Whether somebody who stands like this may do ``action``. Deny is the default."""
    return not standings.isdisjoint(ALLOWED.get(action, frozenset()))
