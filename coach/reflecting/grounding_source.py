"""A source in single sentences, each with who says it, told in the third person."""

from __future__ import annotations

import re
from collections import Counter

from coach.domain.guidance import Frozen
from coach.reflecting.sentences import sentences_of

#: Whoever writes without saying their name; summaries call them "the writer" and the like.
WRITER = "Writer"
_TURN = re.compile(
    r"[ \t]*(?:\[[^\]\n]{1,30}\][ \t]*|\(?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\)?[ \t-]*)?"
    r"(?P<label>[^\W_][\w.'’ &/-]{0,40}?(?:[ \t]\((?P<name>[^)\n]{1,40})\))?)[ \t]*:[ \t]+"
    r"(?=\S)"
)
#: What stands before a colon in minutes, and speaks no more than a heading does.
_NO_SPEAKER = {
    "present", "apologies", "minutes", "date", "time", "place", "agenda", "next meeting", "note",
    "notes", "action", "actions", "decision", "question", "answer", "summary", "subject", "to",
    "from", "re", "closed", "topic", "result", "results", "example", "attendees", "absent",
}  # fmt: skip
#: A word where somebody may be called by name.
_CALLED = re.compile(r"(?:^|^\w+,? |, )([^\W_][\w'’-]*)(?=[,.!?])")
_QUOTED = re.compile(r"[“\"][^“”\"]{2,}[”\"]")
_SELF = (
    (r"\bI['’]m\b|\bI am\b", "{} is"), (r"\bI['’]ve\b|\bI have\b", "{} has"),
    (r"\bI['’]ll\b", "{} will"), (r"\bI['’]d\b", "{} would"),
    (r"\bI was\b", "{} was"), (r"\bI\b", "{}"), (r"\b[Mm]yself\b|\b[Mm]e\b", "{}"),
    (r"\b[Mm]y\b|\b[Mm]ine\b", "{}'s"),
)  # fmt: skip
_YOU = (
    (r"\b[Yy]ou['’]re\b|\b[Yy]ou are\b", "{} is"), (r"\b[Yy]ou['’]ve\b|\b[Yy]ou have\b", "{} has"),
    (r"\b[Yy]ou['’]ll\b", "{} will"), (r"\b[Yy]ou['’]d\b", "{} would"),
    (r"\b[Yy]ou\b|\b[Yy]ourself\b", "{}"), (r"\b[Yy]ours?\b", "{}'s"),
)  # fmt: skip
_AS_WRITER = (
    "writer", "author", "narrator", "diarist", "reflecting person", "person writing",
    "mentor", "mentee", "coach", "coachee", "speaker", "teacher", "learner", "trainee", "reporter",
)  # fmt: skip


class Unit(Frozen):
    """One sentence of a source: as it stands, in the third person, and by whom.

    ``speaker`` is empty for reports and minutes. ``place`` counts from 0.
    """

    said: str
    text: str
    speaker: str
    place: int


def units_of(source: str) -> tuple[Unit, ...]:
    """Every sentence of ``source``, in order."""
    lines = source.splitlines()
    labels = Counter(name for line in lines if (name := _speaker(line)))
    several = len(labels) > 1 and labels.total() > 3
    speakers = {
        name for name, turns in labels.items() if turns > 1 or (several and " " not in name)
    }
    called = {name.split()[0]: name for name in sorted(speakers)}
    writes = bool(re.search(r"\b(?:I|my|me)\b", _QUOTED.sub(" ", source)))
    found: list[Unit] = []
    speaker, before = WRITER if writes and not speakers else "", ""
    for line in lines:
        body = line
        if (name := _speaker(line)) in speakers:
            before, speaker = (speaker, name) if name != speaker else (before, speaker)
            turn = _TURN.match(line)
            body = line[turn.end() :] if turn else line
        for span in sentences_of(body):
            other = _addressed(span.text, speaker, before, called)
            found.append(
                Unit(
                    said=span.text,
                    text=_told(span.text, speaker, other),
                    speaker=speaker,
                    place=len(found),
                )
            )
    return tuple(found)


def retold(sentence: str, source: str) -> str:
    """A summary's sentence, with the writer under one name."""
    lower = source.lower()
    roles = "|".join(role for role in _AS_WRITER if not re.search(rf"\b{role}s?\b", lower))
    named = re.sub(rf"\b[Tt]he (?:{roles})\b", WRITER, sentence) if roles else sentence
    return _by(_SELF, named, WRITER)


def _speaker(line: str) -> str:
    turn = _TURN.match(line)
    if turn is None:
        return ""
    name = (turn["name"] or turn["label"]).strip()
    return "" if name.lower() in _NO_SPEAKER or name.isdigit() else name


def _addressed(text: str, speaker: str, before: str, called: dict[str, str]) -> str:
    """Whom "you" means: who is called by name, or who spoke before."""
    for word in _CALLED.findall(text):
        if (name := called.get(word, speaker)) != speaker:
            return name
    if len(called) == 2:
        return next((name for name in called.values() if name != speaker), before)
    return before


def _told(text: str, speaker: str, other: str) -> str:
    if not speaker:
        return text
    if speaker == WRITER:
        # Somebody else speaks inside quotation marks.
        parts, at = [], 0
        for quoted in _QUOTED.finditer(text):
            parts += [_by(_SELF, text[at : quoted.start()], speaker), quoted[0]]
            at = quoted.end()
        return "".join([*parts, _by(_SELF, text[at:], speaker)])
    return _by(_YOU, _by(_SELF, text, speaker), other) if other else _by(_SELF, text, speaker)


def _by(rules: tuple[tuple[str, str], ...], text: str, name: str) -> str:
    for pattern, form in rules:
        text = re.sub(pattern, lambda _, form=form: form.format(name), text)  # type: ignore[misc]
    return text
