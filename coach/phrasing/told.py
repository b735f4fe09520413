"""What somebody was told about themselves, said back: "you interrupt" as "me interrupting"."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.domain.guidance import Frozen
from coach.language.clauses import Clause, Who, clauses_of
from coach.phrasing.inflecting import gerund, turned
from coach.phrasing.noun_phrases import topic_of

#: Words of what was done that are said back; a longer one is cut to its verb and object.
_MOST_WORDS = 12
_DROPPED = {
    "always", "never", "often", "sometimes", "just", "really", "constantly", "usually", "still",
    "even", "so", "very", "n't", "not", "actually", "basically", "simply", "completely",
    "twice", "again", "once", "clearly", "obviously", "totally", "also", "bit", "quite", "rather",
}  # fmt: skip
_SAYING = {
    "say",
    "think",
    "feel",
    "hear",
    "find",
    "believe",
    "complain",
    "mention",
    "tell",
    "notice",
    "wish",
    "guess",
}
_LINKING = {"be", "seem", "appear", "sound", "look", "come", "feel", "get", "become"}
#: Verbs that say nothing by themselves: "my wanting".
_NEED_MORE = {
    "want", "know", "make", "let", "keep", "mean", "expect", "get", "give", "put", "take", "use",
    "treat", "think", "need",
}  # fmt: skip
#: Verbs of what nobody can stop or practise: "stop myself owing you an apology".
_NO_ACTS = {
    "owe", "own", "know", "act", "behave", "change", "decide", "belong", "matter", "deserve",
    "mean", "remember", "exist", "promise", "agree", "offer", "intend", "plan", "claim",
}  # fmt: skip
#: "I want you to stop" asks for it.
_WISHING = {"want", "need", "like", "love", "prefer", "ask", "tell", "expect"}


class Told(Frozen):
    """What was said of the one who was told.

    ``doing`` is the act as an -ing phrase, ``act`` the same in the base form, both with the
    persons turned; empty where nothing could be taken over. ``negated`` acts are ones that were
    missed; ``wished`` ones were asked for. ``label`` is a quality without an act; ``about`` what
    else it was about, such as "my slides"; ``dated`` says that the time was named. ``said`` is
    all of it, each as it follows "that"; ``several`` says that it is more than one thing.
    """

    doing: str = ""
    act: str = ""
    negated: bool = False
    wished: bool = False
    label: str = ""
    about: str = ""
    dated: bool = False
    said: tuple[str, ...] = ()
    several: bool = False


def told_in(reading: Reading) -> Told:
    """The first thing that is said of "you" or of something of yours."""
    for clause in clauses_of(reading):
        if (
            clause.who is Who.LISTENER
            and clause.verb.lemma not in _SAYING | _NO_ACTS
            and clause.verb.relation not in {"relcl", "csubj"}
            and not clause.asked
        ):
            found = _of_clause(reading, clause)
            if found:
                return found
    for clause in clauses_of(reading):
        if clause.told and clause.verb.lemma not in {"let", "thank"} | _SAYING:
            act = _turned(_after(reading, clause.verb))
            if act is not None:
                verb = f"{clause.verb.lemma} {act}".strip()
                return Told(
                    doing=f"{gerund(clause.verb.lemma)} {act}".strip(), act=verb, wished=True
                )
    topic = topic_of(reading, _subjects(reading)) or topic_of(reading, reading.words)
    if topic is None or re.match(
        r"(?:the|a|an|this|that)?\s*(?:mentor|colleague|junior)\b", topic.text
    ):
        return Told()
    return Told(about=_turned_text(topic.text))


def _subjects(reading: Reading) -> tuple[Word, ...]:
    return tuple(word for word in reading.words if word.relation in {"nsubj", "nsubjpass"})


def _of_clause(reading: Reading, clause: Clause) -> Told | None:
    verb = clause.verb
    if verb.lemma in {"come", "seem", "sound", "look", "appear", "be", "feel"}:
        quality = _quality(reading, verb)
        if quality:
            doing = (
                ""
                if verb.lemma == "feel"
                else f"being {quality}"
                if verb.lemma == "be"
                else f"{gerund(verb.lemma)} {'across as ' if verb.lemma == 'come' else ''}{quality}"
            )
            long = len(quality.split()) > 1
            return Told(
                doing=doing, act="", label=quality if not long else "", negated=clause.negated
            )
    if verb.part == "AUX" or (verb.lemma in {"be", "have"} and not _after(reading, verb)):
        return None
    after = _after(reading, verb)
    if verb.lemma == "keep" and after and after[0].form == "VBG":
        verb, after = after[0], after[1:]
    rest = _turned(after)
    if rest is None or (not rest and verb.lemma in _NEED_MORE):
        return None
    if verb.lemma in {"need", "have", "ought"} and rest.startswith("to "):
        words = rest.removeprefix("to ").split()
        if words[0] == "be" or not words:
            return Told(label="")
        base = words[0]
        return Told(doing=" ".join([gerund(base), *words[1:]]), act=" ".join(words), wished=True)
    helpers = {word.lower for word in reading.children(verb) if word.relation == "aux"}
    missed = clause.negated or any(
        word.lower in {"never", "hardly", "rarely", "seldom"} for word in reading.children(verb)
    )
    return Told(
        doing=f"{gerund(verb.lemma)} {rest}".strip(),
        act=f"{verb.lemma} {rest}".strip(),
        negated=missed,
        wished=not missed
        and (
            bool(helpers & {"should", "must", "could", "might", "ought"})
            or ("to" in helpers and _is_wished_by_me(reading, reading.words[verb.head]))
        ),
        dated=any(word.entity in {"DATE", "TIME"} for word in reading.words),
    )


def _is_wished_by_me(reading: Reading, verb: Word) -> bool:
    return verb.lemma in _WISHING and any(
        word.lower in {"i", "we"} for word in reading.children(verb)
    )


def _quality(reading: Reading, verb: Word) -> str:
    """The quality after a linking verb, with what belongs to it: "dismissive of juniors"."""
    for word in reading.under(verb):
        fits = word.relation in {"acomp", "attr", "oprd"} and word.head == verb.place
        if not fits and not (
            word.part == "ADJ"
            and word.relation in {"pobj", "amod", "advcl", "prep"}
            and verb.lemma == "come"
        ):
            continue
        words = [
            one
            for one in reading.under(word)
            if one.lower not in _DROPPED | {"too"} and one.relation != "advcl"
        ]
        words = _until_mark(words)
        if (
            words
            and words[-1].part in {"ADJ", "NOUN", "PROPN", "VERB"}
            and len(words) <= _MOST_WORDS
        ):
            return " ".join(turned(one) for one in words)
    return ""


def _after(reading: Reading, verb: Word) -> list[Word]:
    """What follows the verb in its own clause, without qualifiers and times."""
    left_out = {
        below.place
        for word in reading.under(verb)
        if word.place != verb.place
        and (
            word.relation in {"npadvmod", "advcl"}
            or (word.relation in {"conj", "ccomp", "parataxis"} and word.part in {"VERB", "AUX"})
            or (
                word.relation == "prep"
                and any(one.entity in {"DATE", "TIME"} for one in reading.children(word))
            )
        )
        for below in reading.under(word)
    }
    under = [word for word in reading.under(verb) if word.place > verb.place]
    # "The same week and not two months later" must not become "later".
    contrast = next((word.place for word in under if word.lower in {"not", "n't"}), None)
    words = [
        word
        for word in under
        if word.place not in left_out
        and word.lower not in _DROPPED
        and (contrast is None or word.place < contrast)
    ]
    return _until_mark(words)


def _until_mark(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    for word in words:
        if not word.is_word and word.text not in {"-", "'", "’"}:
            break
        found.append(word)
    while found and found[-1].part in {"CCONJ", "DET", "SCONJ"}:
        found.pop()
    return found


def _turned(words: list[Word]) -> str | None:
    """``words`` with the persons turned; ``None`` where that would not be safe."""
    if len(words) > _MOST_WORDS:
        return None
    text = ""
    for place, word in enumerate(words):
        glued = place and word.start == words[place - 1].start + len(words[place - 1].text)
        text += ("" if glued or not place else " ") + turned(word)
    return text.strip()


def _turned_text(text: str) -> str:
    return re.sub(r"^your\b", "my", re.sub(r"^my\b", "\0", text)).replace("\0", "your")
