"""Whether a sentence is another one as a careful editor would print it: tidied, and nothing more.

A model that may choose words invents, and no score that was learnt sees all of it. So the words
stay the draft's, in its order. What may come, go or be spelt out stands here and in
``rewriting_cues``; anything else is refused, with what it looks like as the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from coach.domain.proposal import Refusal
from coach.phrasing.floor_facts import numbers_of
from coach.phrasing.floor_words import words_of as floor_words
from coach.reflecting.rewriting_tokens import CUES, Token, tokens_of, uncontracted
from coach.verification.lists import word_list

Fault = tuple[Refusal, str]

_QUOTES = re.compile(r"[\"“”«»]|(?<!\w)['‘]|['’](?!\w)")
_PLAIN = re.compile(r"[\s.,;:!–—\"“”‘’'-]+")
#: A mark after one of these always counts: "no, people came" and "no people came".
_MARKED = {"no", "not", "never", "yes"}
#: Before one of these an article is no trifle: "few came" and "a few came".
_COUNTED = {"few", "little", "most", "least", "number", "lot", "bit", "only", "other", "same"}
_PERSONS = {
    "i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself", "we", "us", "our",
    "ours", "he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them",
    "their", "theirs", "it", "its",
}  # fmt: skip
#: Before one of these "that" only joins what is said on.
_SAID = {"i", "you", "he", "she", "it", "we", "they", "there", "the", "my", "our", "his", "their"}
_ARTICLES = {"a", "an", "the"}
#: After one of these a verb has an "s".
_SINGLE = {
    "he", "she", "it", "nobody", "everybody", "somebody", "everyone", "someone", "nothing",
    "everything",
}  # fmt: skip
_DAYS = {"today", "tomorrow", "yesterday", "tonight"}
_DENIALS = {"not", "no", "never", "nobody", "nothing", "none", "nor", "neither", "without"}


def same_words(draft: str, text: str) -> Fault | None:
    """Why ``text`` is not ``draft`` in its own words, with the words that show it."""
    if _bare(draft) == _bare(text):
        return Refusal.UNCHANGED, ""
    if len(_QUOTES.findall(draft)) != len(_QUOTES.findall(text)):
        return Refusal.MEANING, "other words are quoted"
    if draft.count("?") != text.count("?"):
        return Refusal.MEANING, "it asks, or no longer asks"
    before, after = tokens_of(draft), tokens_of(text)
    if not after:
        return Refusal.EMPTY, ""
    theirs, mine = [one.word for one in before], [one.word for one in after]
    for kind, i, j, k, m in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if kind == "equal":
            fault = _equal_fault(before[i:j], after[k:m])
        elif _mended(theirs[i:j], mine[k:m], single=i > 0 and theirs[i - 1] in _SINGLE):
            fault = None
        else:
            fault = _new_fault(after, k, m, theirs[i:j], frozenset(theirs))
            fault = fault or _gone_fault(before, i, j, mine[k:m])
        if fault:
            return fault
    return None


def _bare(text: str) -> str:
    return _PLAIN.sub(" ", uncontracted(text)).strip()


def _equal_fault(before: Sequence[Token], after: Sequence[Token]) -> Fault | None:
    """Marks that come or go: "we fear, this one knows" and "we fear this one knows"."""
    for at, (one, other) in enumerate(zip(before, after, strict=True)):
        inside = at + 1 < len(before) or one.word in _MARKED
        if inside and one.before_mark != other.before_mark:
            return Refusal.MEANING, f"other marks after “{one.shown}”"
        if _is_titled(one.shown) and other.shown.islower():
            # "Precious Moyo" is somebody, and "precious Moyo" is praise.
            return Refusal.NAME, one.shown
    return None


def _is_titled(word: str) -> bool:
    return len(word) > 1 and word.istitle()


def _mended(gone: Sequence[str], new: Sequence[str], *, single: bool) -> bool:
    """Whether a word only got the ending that it lacked: "it arrive" (``single``), "talkin"."""
    if len(gone) != 1 or len(new) != 1:
        return False
    one, other = gone[0], new[0]
    if single and other in {f"{one}s", f"{one}es"}:
        return True
    return len(one) > 3 and one.endswith("in") and other == f"{one}g"


def _new_fault(
    after: Sequence[Token], start: int, end: int, gone: Sequence[str], known: frozenset[str]
) -> Fault | None:
    """The first word that may not come; ``gone`` are those in whose place they come."""
    for at in range(start, end):
        word, following = after[at].word, after[at + 1].word if at + 1 < len(after) else ""
        article = word in _ARTICLES and set(gone) <= {"that"} and following not in _COUNTED
        joining = _joins(after, at) and not gone
        if not (article or joining):
            return _kind_of(after[at], known), after[at].shown
    return None


def _kind_of(one: Token, known: frozenset[str]) -> Refusal:
    """What it is to put in a word that the draft does not have there."""
    if one.word in _PERSONS:
        return Refusal.ROLES
    if one.word in known or one.word in _DENIALS or one.word in floor_words("denial"):
        return Refusal.MEANING
    if any(mark.isdigit() for mark in one.word) or numbers_of(one.word):
        return Refusal.NUMBER
    if one.word in word_list("calendar") | _DAYS:
        return Refusal.DATE
    is_name = one.shown[:1].isupper() and not one.after_mark
    return Refusal.NAME if is_name else Refusal.UNSUPPORTED


def _gone_fault(before: Sequence[Token], start: int, end: int, new: Sequence[str]) -> Fault | None:
    """The first word that may not go; ``new`` are those that come in its place."""
    at = start
    while at < end:
        word = before[at].word
        aside = _aside(before[at:end])
        joining = _joins(before, at) and not new
        pointing = word == "that" and list(new) == ["the"]
        opening = at == 0 and word in CUES.word_list("openers")
        if not (aside or joining or pointing or opening or word in CUES.word_list("noise")):
            return Refusal.MEANING, f"without “{before[at].shown}”"
        at += aside or 1
    return None


def _joins(words: Sequence[Token], at: int) -> bool:
    """Whether a "that" only joins: "I hope that he comes", and not "after that he came"."""
    return (
        0 < at < len(words) - 1
        and words[at].word == "that"
        and words[at - 1].word in CUES.word_list("saying")
        and words[at + 1].word in _SAID
    )


def _aside(rest: Sequence[Token]) -> int:
    """How many words at the beginning of ``rest`` are an aside between marks."""
    if not rest[0].after_mark:
        return 0
    ends = (size for size in range(len(rest), 0, -1) if rest[size - 1].before_mark)
    return next((n for n in ends if " ".join(one.word for one in rest[:n]) in _asides()), 0)


@lru_cache(maxsize=1)
def _asides() -> frozenset[str]:
    return frozenset(" ".join(one.word for one in tokens_of(line)) for line in CUES.lines("asides"))
