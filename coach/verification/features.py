"""What a proposal looks like in numbers, for the judge of meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from coach.domain.grammar import Reading, Word
from coach.language.clauses import Clause, When, Who, clauses_of, content_of
from coach.language.turns import told_in, turn_features
from coach.verification.lists import cue, word_list
from coach.verification.wording import Sound

#: "Don't", which no word's start leads to.
_SHORT_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)
#: Sentences that are embedded; a passage has a dozen.
_MOST_PIECES = 200
#: What clauses may state, by tense and by whom it is about.
_STATED = (
    *("past_you", "past_other", "past_i", "present_other", "present_you"),
    *("future_other", "future_you", "future_i"),
)


@dataclass(frozen=True)
class Evidence:
    """What the features are computed from; vectors are of unit length."""

    sound: Sound
    slot: str
    mentor_role: str
    mentee_role: str
    text: Reading
    draft: Reading
    passage: Reading
    brief: Reading
    text_vectors: NDArray[np.float32]
    draft_vectors: NDArray[np.float32]
    passage_vectors: NDArray[np.float32]
    brief_vectors: NDArray[np.float32]


def features(seen: Evidence) -> dict[str, float]:
    """Every feature by name."""
    draft_content = content_of(seen.draft.words)
    passage_content = content_of(seen.passage.words)
    brief_content = content_of(seen.brief.words)
    known = draft_content | passage_content | brief_content
    text_content = content_of(seen.text.words)
    said = seen.text.text
    source = f"{seen.draft.text} {seen.passage.text} {seen.brief.text}"
    clauses = clauses_of(seen.text)
    found: dict[str, float] = {
        "question": float(seen.slot == "question"),
        "opening": float(seen.slot == "opening"),
        "purpose": float(seen.slot == "purpose"),
    }
    found |= _nearness(seen)
    found["new_content"] = _share(text_content - known, text_content)
    found["new_count"] = float(len(text_content - known))
    found["from_draft"] = _share(text_content & draft_content, text_content)
    found["from_passage"] = _share(text_content & passage_content, text_content)
    found["from_brief"] = _share(text_content & brief_content, text_content)
    found |= _statements(clauses, known)
    found["policy"] = _new_matches(cue("policy"), said, source)
    found["promise"] = _new_matches(cue("promise"), said, source)
    found["general"] = _new_matches(cue("general"), said, source)
    found["given"] = _new_matches(cue("given"), said, source)
    found["respect"] = _new_matches(cue("disrespect"), said, source)
    draft_no, text_no = _denials(seen.draft.text), _denials(said)
    found["more_negative"] = float(max(0, text_no - draft_no))
    found["less_negative"] = float(max(0, draft_no - text_no))
    found["opposites"] = _opposites(said, seen.draft.text)
    found["opposites_passage"] = _opposites(said, seen.passage.text)
    found |= _roles(clauses, clauses_of(seen.draft), seen)
    found |= turn_features(told_in(seen.draft), told_in(seen.text))
    return found


def _denials(text: str) -> int:
    return len(cue("negative").findall(text)) + len(_SHORT_NOT.findall(text))


def _nearness(seen: Evidence) -> dict[str, float]:
    whole = seen.text_vectors[0]
    pieces = seen.text_vectors[1:]
    draft, passage, brief = seen.draft_vectors, seen.passage_vectors, seen.brief_vectors
    sources = np.vstack([draft, passage, brief])
    best = (pieces @ sources.T).max(axis=1)
    return {
        "near_draft": float(whole @ draft[0]),
        "near_passage": float(whole @ passage[0]),
        "near_passage_best": float((passage @ whole).max()),
        "near_brief": float(whole @ brief[0]),
        "near_any": float((sources @ whole).max()),
        "least_near": float(best.min()),
        "mean_near": float(best.mean()),
    }


def _statements(clauses: Iterable[Clause], known: frozenset[str]) -> dict[str, float]:
    found = dict.fromkeys((*_STATED, "duty", "stated_new", "asked", "told"), 0.0)
    for clause in clauses:
        new = len(clause.content - known)
        if clause.asked:
            found["asked"] += 1
            continue
        if clause.told:
            found["told"] += 1
            continue
        if clause.conditional or clause.when is When.WISH:
            continue
        weight = new / (new + 1)
        found["stated_new"] = max(found["stated_new"], float(new))
        if clause.when is When.DUTY:
            found["duty"] = max(found["duty"], weight + 0.2)
            continue
        who = {Who.LISTENER: "you", Who.SPEAKER: "i", Who.OTHER: "other"}.get(clause.who)
        name = f"{clause.when.value}_{who}"
        if who and name in found:
            found[name] = max(found[name], weight + 0.1)
    return found


def _roles(
    clauses: tuple[Clause, ...], draft: tuple[Clause, ...], seen: Evidence
) -> dict[str, float]:
    mentee = {
        word.lower for word in seen.brief.words if word.lower in seen.mentee_role.lower().split()
    } | {"they", "he", "she"}
    mine, theirs = _doings(clauses, mentee), _doings(draft, mentee)
    verbs = {(clause.verb.lemma, clause.who) for clause in clauses if not clause.asked}
    drafted = {(clause.verb.lemma, clause.who) for clause in draft if not clause.asked}
    swapped = sum(
        1
        for lemma, who in verbs
        for other, whose in drafted
        if lemma == other
        and {who, whose} in ({Who.SPEAKER, Who.LISTENER}, {Who.LISTENER, Who.OTHER})
        and lemma not in {"be", "have", "do"}
    )
    text, before = seen.text.text.lower(), f"{seen.draft.text} {seen.passage.text}".lower()
    possessed = _possessed(text)
    drafted_possessed = _possessed(before)
    turned = sum(
        1
        for whose, what in possessed
        if whose in {"my", "your"}
        and ({"my": "your", "your": "my"}[whose], what) in drafted_possessed
        and (whose, what) not in drafted_possessed
    )
    claims = bool(seen.mentee_role) and bool(cue("as_role").search(text))
    return {
        "learn_teach": abs(mine[0] - theirs[0]) if theirs[0] * mine[0] < 0 else 0.0,
        "do_swap": abs(mine[1] - theirs[1]) if theirs[1] * mine[1] < 0 else 0.0,
        "learn": mine[0] - theirs[0],
        "do": mine[1] - theirs[1],
        "verbs_swapped": float(swapped),
        "possessed_turned": float(turned),
        "as_role": float(claims),
    }


def _doings(clauses: Iterable[Clause], mentee: set[str]) -> tuple[float, float]:
    """Who teaches whom, and who has hands on the work: above 0 the mentee, below the mentor."""
    teach = do = 0.0
    for clause in clauses:
        lemma = clause.verb.lemma
        side = 0.0
        if clause.told or clause.who == Who.SPEAKER:
            side = -1.0
        elif clause.who is Who.LISTENER or (
            clause.who is Who.OTHER and set(clause.subject.split()) & mentee
        ):
            side = 1.0
        teach += side * ((lemma in word_list("teaching")) - (lemma in word_list("learning")))
        do += side * ((lemma in word_list("doing")) - (lemma in word_list("watching")))
    return teach, do


def _possessed(text: str) -> set[tuple[str, str]]:
    return set(re.findall(r"\b(my|your|our|their)\s+(?:own\s+)?([a-z]+)", text))


def _new_matches(pattern: re.Pattern[str], text: str, source: str) -> float:
    known = {found.lower().split()[0].rstrip("s") for found in pattern.findall(source)}
    return float(
        sum(
            1
            for found in pattern.findall(text)
            if found.lower().split()[0].rstrip("s") not in known
        )
    )


def _opposites(text: str, draft: str) -> float:
    said, drafted = (
        set(re.findall(r"[a-z'-]+", text.lower())),
        set(re.findall(r"[a-z'-]+", draft.lower())),
    )
    return float(
        sum(
            1
            for one, other in sorted(pair.split("/") for pair in word_list("opposites"))
            for here, there in ((one, other), (other, one))
            if here in said and here not in drafted and there in drafted and there not in said
        )
    )


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 0.0


def pieces_of(reading: Reading) -> list[str]:
    """The text, and each of its sentences up to the 200th."""
    parts = [_joined(sentence) for sentence in islice(reading.sentences(), _MOST_PIECES)]
    return [reading.text, *(part for part in parts if part)]


def _joined(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words if word.text.strip())
