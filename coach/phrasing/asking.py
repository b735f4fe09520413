"""How what is asked for is put on each rung."""

from __future__ import annotations

from coach.phrasing.rung_asks import Ask

#: How a request is put on each rung: asked for, asked not to, and asked of both.
GENTLE_ASKS = ("Would you be willing to {}?", "Would you be willing not to {}?", "Could we {}?")
BALANCED_ASKS = ("Could you {}?", "I'd ask you not to {}.", "Could we {}?")
DIRECT_ASKS = ("Please {}.", "Please don't {}.", "Let's {}.")
#: Where "please" would still sound like an order.
WISHED_ASKS = ("I'd like you to {}.", "I'd like you not to {}.", "I'd like us to {}.")


def asked(ask: Ask, form: str, negated: str, ours: str, *, again: bool) -> str:
    """``ask`` in the form that fits it; ``again`` is one more of several."""
    used = ours if ask.ours else negated if ask.negated else form
    if (again and used.startswith("Would you be willing to")) or (
        again and used.startswith("Could you {")
    ):
        used = "Could you also {}?"
    return used.format(ask.act)
