"""Which sentences only look like promises, and what they are instead.

Of 395 promises in the reflections that the kinds were fitted on, none has such words.
"""

from __future__ import annotations

import re

from coach.domain.reflection import ItemKind

_WHO = r"(?:i|we|he|she|they|(?-i:[A-Z])[\w’'-]+)"
_WILL = r"(?:will|['’]ll|shall|promis\w+|agreed|offered|undert\w+|going to|has to|have to|must)"
_BECOMES = (
    r"(?:be(?! (?:on|in|with|from|at|by|ready|done|sent|there)\b)|take|start|begin|last|happen|end"
    r"|change|cost|need|become|come into|go live|open|close|stay|help|make|work)"
)
#: Begins what has no word of what is to come.
_NOT_TO_COME = (
    rf"^(?!.*\b{_WILL}\b)(?!.*['’]ll\b)"
    r"(?!.*\b(?:by|until|till|before|tomorrow|tonight|next week)\b)"
    r"(?!.*(?:\b(?:is|am|are)|['’](?:s|m|re)) to\b)"
)
_NO_PROMISE = "context"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: What a sentence is that is heard as a promise, by its words; the first that fits counts.
UNCOUNTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _any(
            r"^\W*(?:(?:and|but|so),? )?(?:can|could|will|would|shall|should|do|does|did|is|are|has"
            r"|have|what|who|whose|when|why|how|where|which)\b.*\?\W*$",
            rf"\b{_WHO} (?:asked|wondered|wanted to know)\W*$",
        ),
        ItemKind.QUESTION.value,
    ),
    (
        _any(
            # Where somebody will be, and "we will see": neither is anything to do.
            r"(?:\bwill|['’]ll|\bshall|\bgoing to)(?: (?:also|then|not|probably|still))? be (?:away"
            r"|out|off|abroad|busy|travell?ing|in (?:hospital|meetings|(?-i:[A-Z])\w+)"
            r"|on (?:leave|holidays?|vacation|a (?:plane|train|trip)))\b",
            r"^\W*(?:we|time|i)(?:['’]ll| will| shall)(?: \w+)? see[\s.!…]*$",
            # What comes to somebody, or comes by itself.
            r"(?:\bwill|['’]ll|\bgoing to) be (?:\w+ty|\d+|promoted|made|retir\w+"
            r"|a (?:father|mother|manager|director))\b",
            r"^\W*(?:(?:and|but|so),? )?(?:it|that|this|there)(?:['’]ll| will| is going to)\b"
            r"(?! be (?:on|in|sent|done|ready)\b)",
            r"^\W*(?:the|this|that|our|an?) (?!two of|both of)[\w -]{1,40}?"
            r"(?: will| is going to)"
            rf" {_BECOMES}\b(?!.*\b(?:by|from) me\b)",
            # What was not done, and what is only wished.
            r"\b(?:would|should|could|might)(?:n['’]t| not)? have (?:\w+(?:ed|en|nt|ne)|made|put"
            r"|had|got|told|said|met|read|held|brought|thought|taught|bought|begun|come|run|cut|let)\b",
            r"^\W*(?:i|we)(?:['’]m| am|['’]re| are)?(?: (?:do|just|still|really|only))?"
            r" (?:hop(?:e|ing)|wish|wonder(?:ing)?)\b",
            # What nobody wants to promise, and what was promised and not kept.
            r"\b(?:don['’]t|do not|won['’]t|will not|can['’]?t|cannot|not going to|rather not)\b"
            r"[^.;,]{0,20}\b(?:promise|commit)\b",
        ),
        _NO_PROMISE,
    ),
    (
        # What only may come, what an old promise came to, and what nobody has a day for.
        _any(
            rf"^(?!.*\b(?:will|shall|going to)\b)(?!.*['’]ll\b).*\b{_WHO} (?:might|may)\b",
            r"\b(?:suggest|recommend|advis)ed\b(?!.*\bagreed\b)(?!.*['’]ll\b)(?!.*\bwill\b)",
        ),
        ItemKind.NEXT_STEP.value,
    ),
    (
        _any(
            r"^(?!.*['’]ll\b)(?!.*\bwill\b).*(?:\bhad|['’]d|\bdid)"
            r" (?:said|promised?|agreed|offered)\b.*\b(?:but|and)\b",
        ),
        _NO_PROMISE,
    ),
    (
        _any(
            r"\b(?:don['’]t know|do not know|(?:nobody|no one) knows|not sure|no idea)"
            r" (?:when|if|whether)\b[^.;]*\bwill\W*$",
            r"^\W*(?:i|we)(?: (?:do|also|still|really))* (?:worry|fear|doubt)\b",
        ),
        ItemKind.CHALLENGE.value,
    ),
    (
        # Done already: "We have shortened the meeting."
        _any(
            rf"^(?!.*\b{_WILL}\b)(?!.*['’]ll\b)(?!.* and )\W*(?:i|we|he|she|they)(?:['’]ve| have"
            r"|['’]s| has)(?: already| just| now| since| also)? (?:shortened|changed|cut|moved"
            r"|cancelled|canceled|finished|sent|started|stopped|introduced|dropped|closed|fixed"
            r"|solved|done|tried|built|written|learned|learnt|met)\b"
        ),
        _NO_PROMISE,
    ),
    (
        _any(r"\b(?:has|have|had|did)(?:n['’]t| not)(?: yet)? \w+.*\bpromised\b"),
        ItemKind.CHALLENGE.value,
    ),
    (
        _any(rf"^(?!.*\b{_WILL}\b)(?!.*['’]ll\b).*\b{_WHO} should\b"),
        ItemKind.NEXT_STEP.value,
    ),
    (
        # A habit: "She always sends her notes on Friday."
        _any(
            rf"^(?!.*\b{_WILL}\b)(?!.*['’]ll\b).*\b{_WHO} (?:always|usually|often|normally"
            r"|sometimes|tends? to) \w"
        ),
        _NO_PROMISE,
    ),
    (
        _any(
            r"\b(?:maybe|perhaps|possibly)\b",
            r"^\W*(?:i|we)(?:['’]m| am|['’]re| are|['’]ve been| have been) (?:\w+ )?(?:thinking"
            r"(?: about| of)|considering|toying with)\b",
        ),
        ItemKind.NEXT_STEP.value,
    ),
    (
        _any(r"(?:\bwill|['’]ll|\bwon['’]t|\bshall)(?: not| never)? (?:never )?forget\b(?! to)"),
        ItemKind.FEELING.value,
    ),
    (
        _any(
            r"\bor (?:else )?(?:he|she|they|i|we)(?:['’]ll| will)\b",
            r"^\W*(?:the|my|our) (?:\w+ )?(?:hard|difficult|tough|tricky|worst|awkward)(?:er|est)?"
            r" (?:part|bit|thing|piece)(?: (?:is|was|will)\b|['’]s\b)",
        ),
        ItemKind.CHALLENGE.value,
    ),
    (
        _any(rf"{_NOT_TO_COME}(?:\W*(?:if|maybe|perhaps)\b|.*\b(?:could|might)\b)"),
        ItemKind.NEXT_STEP.value,
    ),
    (
        _any(rf"{_NOT_TO_COME}.*\b(?:yesterday|last (?:week|month|time|year|session))\b"),
        _NO_PROMISE,
    ),
)
#: What is a promise though it sounds like something else: what both will leave be, and what is told
#: as if it were there already.
COUNTED: tuple[re.Pattern[str], ...] = (
    _any(rf"^\W*(?:{_WHO}|(?:the|my) ment(?:or|ee)) (?:is|am|are) to (?!be\b)\w+"),
    _any(
        r"^\W*next (?:time|session|week|month),? (?:i|we)(?:['’]ll| will| am going to)?"
        r" (?!should|could|might|hope|want|would|wonder|may|need|try)\w+(?!\w)"
    ),
    _any(
        r"\bwe (?:said|agreed|decided|settled|arranged)(?: that)? we(?:['’]ll| will)?"
        r" (?!were|was|had|did|should|could|might|would|are|have|both|need|want)\w+"
    ),
    _any(r"^\W*(?:neither|none) of us (?:will|is going to)\b"),
    _any(
        rf"^(?!.*\b(?:but|and)\b)\W*{_WHO}(?: (?:both|also|have|has))? (?:agreed|promised)"
        rf"(?: (?:me|us|him|her|them))? not to\b"
    ),
)
