"""Questions that press, accuse or test: what they say, and whether they ask anything."""

from __future__ import annotations

import re

from coach.phrasing.sentences import bare, past_of

_WHY = (
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth |the heck )?(?:do|did|must) you (?:always )?(?:keep|insist|go)(?: on)? (?P<rest>\w+ing\b.*)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "I have noticed you {rest}, more than once",
    ),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth |the heck )?(?:didn't|didn’t|did not) you (?:just |even |ever )?(?P<rest>.+)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "you didn't {rest}",
    ),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth )?did(?:n't|n’t) (?P<rest>(?:\w+ ){1,3}?)(?P<more>\w+.*)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "{rest}didn't {more}",
    ),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth |the heck )?(?:don't|don’t|do not|won't|can't|can’t|couldn't) you (?:just |even |ever )?(?P<rest>.+)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "you don't {rest}",
    ),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth |the heck )?(?:are|r) you (?:always )?(?P<rest>.+)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "you are {rest}",
    ),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:in god's name |on earth |the heck )?(?:were) you (?P<rest>.+)$",  # noqa: E501 - one pattern or sentence
            re.IGNORECASE,
        ),
        "you were {rest}",
    ),
    (
        re.compile(r"^(?:and |but |so )?why (?:u|you|he|she|they) (?P<rest>.+)$", re.IGNORECASE),
        "you {rest}",
    ),
    (re.compile(r"^(?:and |but |so )?how come (?P<rest>.+)$", re.IGNORECASE), "{rest}"),
    (
        re.compile(
            r"^(?:and |but |so )?why (?:on earth )?do you (?:always )?(?P<rest>.+)$", re.IGNORECASE
        ),
        "you {rest}",
    ),
)
_DID = re.compile(
    r"^(?:and |but |so )?(?:why (?:on earth |in god's name |the heck )?(?:did|would)|"
    r"how could|how can|how dare) (?P<who>you|he|she|they) "
    r"(?:possibly |even |ever |just )*(?P<verb>\w+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:and |but |so )?(?:don't|don’t|wouldn't|wouldn’t|shouldn't|do|would) (?:you|we) (?:not )?(?:also |honestly |really )?"  # noqa: E501 - one pattern or sentence
    r"(?:think|agree|say|call)(?:,[^,]*,)?(?: it's fair to say)?(?: that)? (?P<rest>.+)$",
    re.IGNORECASE,
)
_TESTING = re.compile(
    r"^(?:(?:and|but|so|now|well|kiprono|sir|dear|remind me)\b,? )*(?:do |can |could |did |have )?(?:you|u) (?:even |actually |really )*"  # noqa: E501 - one pattern or sentence
    r"(?:know|tell me|explain|heard?|remember|understand|name)\b(?: me)?(?: of)?(?P<rest>.*)$"
    r"|^(?:would|do) you (?:care|like|want) to (?:guess|tell|explain|name)\b.*$"
    r"|^(?:so |and |now )*(?:what|which|how many) (?:does|is|do|are|number) .*(?:stand for|mean|then)\b.*$",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)


def told_by_question(clause: str) -> str | None:
    """What an accusing or leading question says as a statement; ``None`` where it truly asks."""
    text = bare(clause)
    for pattern, form in _WHY:
        found = pattern.match(text)
        if found is not None:
            parts = {name: value or "" for name, value in found.groupdict().items()}
            return form.format(**parts)
    did = _DID.match(text)
    if did is not None:
        return f"{did['who'].lower()} {past_of(did['verb'])}{did['rest']}"
    leading = _LEADING.match(text)
    return f"I think {leading['rest']}" if leading is not None else None


def is_testing(clause: str) -> bool:
    """Whether a question only tries what the other knows."""
    return _TESTING.match(bare(clause)) is not None
