"""Rules, promises and claims that no source makes."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.grammar import Reading
from coach.domain.proposal import Refusal
from coach.language.clauses import Clause, When, Who, clauses_of, content_of
from coach.verification.lists import cue, word_list

#: Past and present of these look the same.
_SAME = {"cut", "put", "set", "let", "come", "read", "hit", "begin", "meet", "sit"}
_LOOSE = {"it", "this", "that", "which", "what", "there", "these", "one", "each", "both", "who"}


_ASKING = {"what", "which", "who", "whose", "where", "when", "why", "how"}
_FEARED = {"fear", "fears", "afraid", "worry", "worried", "nervous", "whether", "if", "suppose"}


def check_claims(
    reading: Reading, sources: Sequence[Reading], pair: frozenset[str]
) -> tuple[Refusal, str] | None:
    """The first rule, promise, or claim about what was or is that no source makes.

    ``pair`` are the words that name the two people, such as ``director``.
    """
    said = " ".join(source.text for source in sources).lower()
    text = reading.text
    known = content_of(tuple(word for source in sources for word in source.words))
    for pattern, reason in ((cue("respect"), Refusal.RESPECT), (cue("offer"), Refusal.PROMISE)):
        if (found := pattern.search(text)) and found[0].lower() not in said:
            return reason, found[0]
    clauses = clauses_of(reading)
    if (
        (found := cue("rule").search(text))
        and _stem(found[0]) not in said
        and not _is_asked(found.start(), clauses)
    ):
        return Refusal.POLICY, found[0]
    if (
        (found := cue("saying").search(text))
        and _stem(found[0]) not in said
        and not _is_asked(found.start(), clauses)
    ):
        return Refusal.CLAIM, found[0]
    for clause in clauses:
        if clause.asked or clause.told or clause.conditional or _is_open(clause, reading):
            continue
        if (fault := _fault_of(clause, known, said, pair)) is not None:
            return fault
    return None


def _fault_of(
    clause: Clause, known: frozenset[str], said: str, pair: frozenset[str]
) -> tuple[Refusal, str] | None:
    shown = " ".join(word.text for word in clause.words)[:80]
    new = clause.content - known - {clause.verb.lemma} | (
        {clause.verb.lemma} - known if clause.verb.part == "VERB" else set()
    )
    lemma, subject = clause.verb.lemma, clause.subject.split()
    if clause.when is When.DUTY and clause.who is Who.OTHER and new and not set(subject) & _LOOSE:
        return Refusal.POLICY, shown
    if clause.when is When.FUTURE:
        if clause.who is Who.OTHER and new and not (set(subject) & _LOOSE and len(subject) == 1):
            return Refusal.PROMISE, shown
        if (
            clause.who is Who.LISTENER
            and lemma not in word_list("talk_verbs")
            and lemma not in said
            and new
        ):
            return Refusal.PROMISE, shown
        if (
            clause.who is Who.SPEAKER
            and not clause.negated
            and lemma not in word_list("session_verbs")
            and lemma not in said
            and new
        ):
            return Refusal.PROMISE, shown
    if (
        clause.when is When.PAST
        and not clause.framed
        and lemma not in _SAME
        and not set(subject) & _LOOSE
    ):
        about_pair = bool(set(subject) & pair) and new
        about_both = clause.who is Who.BOTH and len(new) > 1
        # "I interrupted you": what the speaker is said to have done to the other.
        said_to = (
            clause.who is Who.SPEAKER
            and lemma in new
            # "Say I showed you one and asked you": the second verb's frame stands with the first.
            and clause.verb.relation != "conj"
            and _names_listener(clause)
        )
        if about_pair or about_both or said_to or (clause.who is Who.LISTENER and len(new) > 1):
            return Refusal.CLAIM, shown
    return None


def _is_open(clause: Clause, reading: Reading) -> bool:
    """Whether what will be is asked, feared or hoped for, or is the speaker going first."""
    if clause.when is not When.FUTURE or not clause.words:
        return False
    sentence = [word for word in reading.words if word.sentence == clause.verb.sentence]
    before = {word.lower for word in sentence if word.start < clause.verb.start}
    asks = any(word.text == "?" for word in sentence) and bool(before & _ASKING)
    first = clause.who is Who.SPEAKER and any(word.lower == "first" for word in clause.words)
    return asks or first or bool(before & _FEARED)


def _names_listener(clause: Clause) -> bool:
    return any(word.lower in {"you", "your"} for word in clause.words)


def _is_asked(start: int, clauses: Sequence[Clause]) -> bool:
    """Whether the words at ``start`` stand in a clause that asks."""
    inside = [
        c
        for c in clauses
        if c.words and c.words[0].start <= start <= c.words[-1].start + len(c.words[-1].text)
    ]
    # The narrowest clause around them decides.
    inside.sort(key=lambda clause: len(clause.words))
    return bool(inside) and inside[0].asked


def _stem(found: str) -> str:
    words = found.lower().split()
    return words[0][:6] if len(words) == 1 else found.lower()
