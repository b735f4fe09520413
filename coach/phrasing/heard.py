"""What the one who was told may say back without hurting: all of it, and nothing absurd."""

from __future__ import annotations

from coach.domain.grammar import Reading
from coach.phrasing.question_kinds import CUES
from coach.phrasing.reported import count_of, said_back, sentences_of
from coach.phrasing.told import Told, told_in


def heard_in(reading: Reading) -> Told:
    """What was said, whole in ``said``; empty where nothing of it should be repeated."""
    if CUES.cue("coarse").search(reading.text):
        return Told(several=count_of(reading) > 1)
    told = told_in(reading)
    said = said_back(reading)
    many = len(said) if said else sentences_of(reading)
    several = max(many, count_of(reading)) > 1 or any(", and that " in one for one in said)
    if _is_of_a_body(reading):
        # "Your hair" and "her arm" are nothing to change, and nothing to repeat.
        return Told(several=several)
    if _names_a_person(told.about) or _is_besides(told.about, said):
        told = Told()
    return told.model_copy(update={"said": said, "several": several})


def _is_of_a_body(reading: Reading) -> bool:
    plain = CUES.cue("body_idioms").sub(" ", reading.text.lower().replace("’", "'"))
    # "You face problems" has no face in it.
    named = {word.lower for word in reading.words if word.part in {"NOUN", "PROPN"}}
    body = CUES.word_list("body") & named
    return CUES.cue("body_owned").search(plain) is not None or bool(_words(plain) & body)


def _names_a_person(about: str) -> bool:
    """Whether it is about a person, not about something of theirs: "my juniors"."""
    head = about.split(" of ", maxsplit=1)[0].split()
    return bool(head) and head[-1].lower().strip(".,") in CUES.word_list("people")


def _is_besides(about: str, said: tuple[str, ...]) -> bool:
    """Whether it only stands in what was said: "I owe you an apology" is about no apology."""
    begins = bool(said) and said[0].lower().startswith(about.lower())
    return bool(said and about) and not (about.startswith("my ") or begins)


def _words(text: str) -> set[str]:
    return {word.strip(".,!?;:()\"'“”…") for word in text.split()}
