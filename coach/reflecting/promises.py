"""Who has promised what in a sentence: the writer, the partner, both, or somebody with a name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.grammar import Reading, Word

ME, PARTNER, BOTH = "me", "partner", "both"
_I = {"i", "me", "my", "mine", "myself", "i'm", "im", "ill", "i'll"}
_WE = {"we", "us", "our", "both", "ourselves", "together"}
_THEY = {"he", "she", "they", "his", "her", "their", "him", "them", "partner", "mentor", "mentee"}
_SUBJECTS = {"nsubj", "nsubjpass"}
#: Verbs that report or frame a promise; what is promised stands below them.
_FRAMES = frozenset(
    [
        *("say", "promise", "agree", "offer", "decide", "tell", "swear", "undertake", "commit"),
        *("volunteer", "accept", "insist", "vow", "propose", "want", "mean", "plan", "aim"),
        *("shake", "settle", "arrange", "confirm", "write", "pledge", "remind", "get"),
    ]
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sir|Madam|Director|Señor|Señora)\.?"
_TITLED = re.compile(rf"\b{_TITLE}\s+[A-ZÀ-Þ][\w’'-]+")
#: "Me: the list by Monday", "that was my side", "between us", "the slides come from her".
_MARKS = tuple(
    (re.compile(pattern, re.IGNORECASE), who)
    for pattern, who in (
        (
            r"^\W*(?:me|i|myself|mine|my (?:\w+ )?(?:job|task|homework|part|turn|side))\s*[:=–—>-]",
            ME,
        ),
        (r"^\W*(?:he|she|they|her|him|them|partner|mentor|mentee)\s*[:=–—>]", PARTNER),
        (r"^\W*(?:both|we|us|together)\s*[:=–—>]", BOTH),
        (
            (
                r"\b(?:two|both|each|neither|none) of us\b|\bbetween us\b|\bmyself and\b"
                r"|\bjointly\b"
                r"|\b(?:he|she|they|(?-i:[A-Z])\w*\.?) and I\b|\bwe (?:agreed|said|settled)\b"
                r"(?!.{0,20}\b(?:I|he|she|they)\b)"
            ),
            BOTH,
        ),
        (r"\b(from|for|on) me\b.*\b\1 (?:him|her|them)\b", BOTH),
        (
            (
                r"\b(?:homework|task|job|to-?do|action|due|is|are|done|comes?|coming)"
                r" (?:for|on|by|from|with) me\b|\b(?:from|count on) me\b|\bmy (?:own )?(?:job|task"
                r"|homework|turn|word|promise|treat|list|to-?do|side|order)\b"
            ),
            ME,
        ),
    )
)
#: What only says it where nobody is the subject.
_HINTS = tuple(
    (re.compile(pattern, re.IGNORECASE), who)
    for pattern, who in (
        (r"\b(?:from|by|on|to) me\b|\bme to\b|\bgetting (?:it|one)\b", ME),
        (
            (
                r"\b(?:for|on|by|from) (?:him|her|them)\b|\b(?:his|her|their) (?:job|task|homework"
                r"|turn|treat|list|to-?do)\b"
            ),
            PARTNER,
        ),
    )
)
#: "Marc from IT", "Ewa, the new trainee": somebody who has to be introduced is no partner.
_INTRODUCED = (
    r"\s*(?:'s)?(?:,? (?:from|of|in|at|over in) \w|, (?:the|our|my|his|her|who|a)\b|, [a-z]+ of\b)"
)
#: Tom said: "I will send it."
_QUOTED = re.compile(
    r"^(?P<speaker>.{1,60}?)\s+(?:said|says|told (?:me|us)|promised|wrote|answered|replied)[:,]?\s*"
    r"[\"“‘'](?:[^\"”]*\s)?I(?:['’]ll|['’]m)?\b",
    re.IGNORECASE,
)
#: "Aisha: I'll have the list", "todo Aisha: the list".
_LABELLED = re.compile(
    r"^\W*(?:(?i:to-?do|homework|tasks?|actions?|job)\s+(?:for\s+)?)?"
    r"(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,2})\s*(?::|->|=|[–—]|\s-)"
)
_SAYS_I = re.compile(r"\s*(?:(?:yes|ok|okay|sure|agreed|and|but)\b\W*)?I(?:['’]|\s)")
_TOPICS = frozenset(
    [
        *("me", "i", "we", "both", "todo", "homework", "task", "action", "job", "next", "plan"),
        *("feeling", "win", "challenge", "learning", "question", "idea", "note", "result"),
        *("today", "tomorrow", "good", "bad", "hard"),
    ]
)
#: Names that are typed in lower case are no plurals: "minutes to Aisha".
_PLURAL = re.compile(r"[a-zà-þ]+s")
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.(?= [a-z])")
_CALENDAR = re.compile(
    r"(?:mon|tues?|wed|thu|thurs|fri|sat|sun)(?:s|day|nesday|rsday|urday)?s?|january|february|march"
    r"|april|june|july|august|september|october|november|december|god|lord|christmas|easter",
    re.IGNORECASE,
)


class People:
    """Who is named in a reflection; the one named most is the partner, unless told."""

    def __init__(self, reading: Reading, partner: str = "") -> None:
        counts: Counter[str] = Counter(found[0] for found in _TITLED.finditer(reading.text))
        titled = " ".join(counts)
        counts.update(found[0] for found in _INITIAL.finditer(reading.text))
        for word in reading.words:
            named = word.entity == "PERSON" or (
                word.part == "PROPN" and word.relation in _SUBJECTS and not word.entity
            )
            if _PLURAL.fullmatch(word.text) or _CALENDAR.fullmatch(word.text):
                continue
            if named and word.text not in titled:
                counts[word.text] += 1
        self._text = reading.text
        self._pronouns = any(word.lower in {"he", "she"} for word in reading.words)
        self._names = counts
        common = counts.most_common(2)
        # Somebody who is named once and another who is named once: either may be the partner.
        clear = bool(common) and (len(common) == 1 or common[0][1] > common[1][1])
        self._partner = partner or (common[0][0] if clear else "")

    def who(self, name: str) -> str:
        """``partner`` if ``name`` is theirs, and the name itself otherwise."""
        introduced = re.search(rf"(?<!\w){re.escape(name)}{_INTRODUCED}", self._text)
        if introduced and self._names[name] <= 2:
            return name
        if self._is_partner(name):
            return PARTNER
        if name.count(" ") and self._names[name] == 1 and self._pronouns:
            return name
        return name if self._partner else PARTNER

    def knows(self, name: str) -> bool:
        """Whether somebody is called ``name``, or a part of it."""
        if self._partner and self._is_partner(name):
            return True
        return any(name in known or known in name for known in self._names)

    def named_in(self, text: str) -> str:
        """The first name of somebody in ``text``, with its title."""
        found = [(text.index(name), -len(name), name) for name in self._names if name in text]
        return min(found)[2] if found else ""

    def _is_partner(self, name: str) -> bool:
        bare = re.sub(_TITLE, "", name).strip(" .")
        return bool(bare) and (bare in self._partner or self._partner in name)


def who_promised(sentence: Reading, people: People) -> str:
    """``me``, ``partner``, ``both`` or a name."""
    text = sentence.text
    if quoted := _QUOTED.search(text):
        # "I" is whoever speaks.
        name = people.named_in(text[: quoted.end("speaker")])
        if name:
            return people.who(name)
        return ME if quoted["speaker"].lower().endswith("i") else PARTNER
    subject = _promised_by(sentence)
    labelled = subject is None or subject.lower in _I or subject.start <= _label_end(text)
    if labelled and (speaker := speaker_of(sentence, people)):
        return speaker
    marked = _by(_MARKS, text)
    if marked or subject is None:
        return marked or _hinted(text, people)
    return _as_person(sentence, subject, people, text)


def _by(signs: Sequence[tuple[re.Pattern[str], str]], text: str) -> str:
    return next((who for pattern, who in signs if pattern.search(text)), "")


def _hinted(text: str, people: People) -> str:
    name = people.named_in(text)
    named = people.who(name) if name and text.startswith(name) else ME
    return _by(_HINTS, text) or named


def speaker_of(sentence: Reading, people: People) -> str:
    """Whom the label before a sentence names, ``partner`` or a name; empty without one."""
    found = _LABELLED.match(sentence.text)
    if not found:
        return ""
    # Who is not known otherwise is a person who says "I".
    says = _SAYS_I.match(sentence.text[found.end() :])
    if not people.knows(found["name"]) and (not says or found["name"].lower() in _TOPICS):
        return ""
    return people.who(found["name"])


def _label_end(text: str) -> int:
    found = _LABELLED.match(text)
    return found.end() if found else 0


def _promised_by(sentence: Reading) -> Word | None:
    """The subject of what is promised: that of the innermost statement under what frames it."""
    subjects = [
        word
        for word in sentence.words
        if word.relation in _SUBJECTS and word.form not in {"WDT", "WP"}
    ]
    if not subjects:
        return None
    by_place = {word.place: word for word in sentence.words}
    for subject in subjects:
        verb = by_place[subject.head]
        framed = verb.lemma in _FRAMES and any(
            other.relation == "ccomp" and other.head == verb.place for other in sentence.words
        )
        if not framed and not _is_thing(sentence, subject):
            return subject
    return next((one for one in subjects if not _is_thing(sentence, one)), None)


def _is_thing(sentence: Reading, subject: Word) -> bool:
    if subject.lower in _I | _WE | _THEY:
        return False
    return not any(
        word.entity == "PERSON"
        or (
            word.part == "PROPN"
            and not _PLURAL.fullmatch(word.text)
            and not _CALENDAR.fullmatch(word.text)
        )
        for word in sentence.under(subject)
    )


def _as_person(sentence: Reading, subject: Word, people: People, text: str) -> str:
    phrase = {word.lower for word in sentence.under(subject)} if subject.part != "PRON" else set()
    lower = subject.lower
    if lower in _WE or (phrase & {"i", "me"}):
        return BOTH
    if lower in _I:
        return ME
    if lower in {"he", "she", "they"}:
        before = people.named_in(text[: subject.start])
        return people.who(before) if before else PARTNER
    if lower in _THEY:
        return PARTNER
    name = people.named_in(" ".join(word.text for word in sentence.under(subject))) or subject.text
    return people.who(name)
