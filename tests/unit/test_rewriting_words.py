"""A sentence stays the draft's own: tidied and spelt out, nothing added, lost or turned."""

from __future__ import annotations

import pytest

from coach.domain.proposal import Refusal
from coach.reflecting.rewriting_words import same_words


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        (
            "N she is writing to the 12 agents in kibera herself by fri.",
            "She is writing to the 12 agents in Kibera herself by Friday.",
        ),
        ("We must have separate room for it.", "We must have a separate room for it."),
        ("It arrive every time too late.", "It arrives every time too late."),
        ("They're gas when they get goin.", "They're gas when they get going."),
        ("I panicked tbh when it died.", "I panicked when it died."),
        ("Nobody, it turns out, opened it.", "Nobody opened it."),
        ("I hope he comes back on tues.", "I hope that he comes back on Tuesday."),
        ("Compliance wont let us reply.", "Compliance won't let us reply."),
        ("That one, I know that menu.", "That one, I know the menu."),
    ],
)
def test_what_an_editor_would_mend_is_the_same(draft: str, text: str) -> None:
    assert same_words(draft, text) is None


@pytest.mark.parametrize(
    ("draft", "text", "reason"),
    [
        ("I told him the truth.", "I told him the truth", Refusal.UNCHANGED),
        ("It's “fine”: I am here.", "It is 'fine': I'm here.", Refusal.UNCHANGED),
        ("No, people came to it.", "No people came to it.", Refusal.UNCHANGED),
        ("He told me the truth.", "I told him the truth.", Refusal.ROLES),
        ("He told me the truth.", "He told you the truth.", Refusal.ROLES),
        ("It did work.", "It did not work.", Refusal.MEANING),
        ("It did not work.", "It did work.", Refusal.MEANING),
        ("It can work.", "It can't work.", Refusal.MEANING),
        ("No, people came on fri.", "No people came on Friday.", Refusal.MEANING),
        ("A few people came to it.", "Few people came to it.", Refusal.MEANING),
        ("I had little time for it.", "I had a little time for it.", Refusal.UNSUPPORTED),
        ("The team refused to go.", "Team refused to go.", Refusal.MEANING),
        ("Where was a Precious Moyo then?", "Where was a precious Moyo then?", Refusal.NAME),
        ("After that he left us.", "After he left us.", Refusal.MEANING),
        ("After he left us.", "After that he left us.", Refusal.UNSUPPORTED),
        ("It went well for us.", "It went for us.", Refusal.MEANING),
        ("Only the demo failed.", "The demo failed.", Refusal.MEANING),
        ("He will send it.", "He sent it.", Refusal.UNSUPPORTED),
        ("He said it worked.", "It worked.", Refusal.MEANING),
        ("He said “it broke” on fri.", "He said it broke on Friday.", Refusal.MEANING),
        ("Was it good for them?", "It was good for them.", Refusal.MEANING),
        ("We sent 12 forms.", "We sent 13 forms.", Refusal.NUMBER),
        ("We sent two forms.", "We sent three forms.", Refusal.NUMBER),
        ("We paid $500 for it.", "We paid €500 for it.", Refusal.NUMBER),
        ("We paid 5 for it.", "We paid 5% for it.", Refusal.NUMBER),
        ("We meet on Monday again.", "We meet on Friday again.", Refusal.DATE),
        ("We met with Ana again.", "We met with Tom again.", Refusal.NAME),
        ("Anna's boss came to it.", "Anna is boss came to it.", Refusal.UNSUPPORTED),
        ("He came to us with it.", "He came to US with it.", Refusal.NAME),
        ("They fear, this one dont.", "They fear this one doesn't.", Refusal.MEANING),
        ("The talk was great 🙄 for us.", "The talk was great for us.", Refusal.MEANING),
        ("The talk was long.", "The talk was long and dull.", Refusal.UNSUPPORTED),
        ("The talk was long.", "…", Refusal.EMPTY),
    ],
)
def test_whatever_says_more_less_or_other_is_refused(
    draft: str, text: str, reason: Refusal
) -> None:
    fault = same_words(draft, text)

    assert fault is not None
    assert reason is fault[0]
