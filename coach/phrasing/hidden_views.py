"""The view that hides in a leading question, said as a view."""

from __future__ import annotations

import re

from coach.phrasing.question_kinds import CUES

_LEADS = r"(?:(?:so|but|and|well|honestly|frankly|come on|with respect),? )*"
_VIEW = re.compile(
    _LEADS + r"(?:(?:don't|do|wouldn't|would|can't|won't) you (?:not )?(?:also )?"
    r"(?:think|agree|say|feel|find) (?:that )?|"
    r"(?:isn't|is) it (?:not )?(?:true|obvious|clear|the case|fair to say) that |"
    r"surely,? (?:(?:you(?:'d| would)? )?(?:agree|see|admit) (?:that )?)?|"
    r"(?:i (?:take it|assume|presume|suppose)|am i (?:wrong|right|alone) in thinking) "
    r"(?:that )?(?:we (?:can )?(?:all )?(?:agree|accept) that )?)"
    r"(?P<view>(?:the|our|my|this|that|these|those|we|it|a|an|all|most|hybrid|chat|e-?mail)\b.+)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:that|so|but|and|well|honestly|frankly|come on|with respect)\b,? *", re.IGNORECASE
)
#: Words with which a statement would judge the other, or speak for people who are not there.
_UNSAFE = frozenset(
    ["you", "your", "you're", "you'd", "i", "nobody", "surely", "people", "they", "who"]
)
_FEWEST_WORDS, _MOST_WORDS = 3, 18


def statement_of(sentence: str) -> str:
    """The view that ``sentence`` hides, and a question after it; empty where none is safe."""
    plain = re.sub(r"\s+", " ", sentence.replace("’", "'")).strip().rstrip("?!. ")
    found = _VIEW.match(plain)
    body = found["view"] if found else ""
    if not body:
        head, comma, tag = plain.rpartition(", ")
        body = head if comma and CUES.cue("tags").fullmatch(tag) else ""
    body = _LEAD.sub("", body)
    words = re.findall(r"[\w'-]+", body.lower())
    kept_out = _UNSAFE | CUES.word_list("groups") | CUES.word_list("loaded")
    if "," in body or kept_out & set(words) or not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return ""
    first = body[0] if body[:2].isupper() else body[0].lower()
    return f"My own view is that {first}{body[1:]}. How do you see it?"
