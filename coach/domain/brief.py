"""What a person tells the coach before preparing."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from coach.domain.guidance import Frozen, Stage
from coach.errors import BriefError

MIN_MINUTES, MAX_MINUTES = 15, 120
MAX_SESSIONS = 60
MAX_TOPIC, MAX_ROLE, MAX_NOTE = 300, 80, 600
MAX_CARRIED = 20
MAX_NAME, MAX_NAMES = 120, 10
MAX_GOALS = 4

#: Bidirectional controls and other invisible marks: typed text that holds them
#: can show one thing and mean another (Unicode TR 36, "Trojan Source").
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
#: Joiners that Indic, Persian and emoji text really needs.
_JOINERS = {"\u200c", "\u200d"}


class Setting(StrEnum):
    """Where a session takes place."""

    IN_PERSON = "in person"
    VIDEO = "video"
    WALK = "walking or coffee"


def _visible(mark: str) -> str:
    if mark in "\t\n\r\v\f\u2028\u2029":
        return " "
    kept = mark in _JOINERS or unicodedata.category(mark) not in _INVISIBLE
    return mark if kept else ""


def clean_line(text: Any) -> Any:
    """``text`` on one line, without control or bidirectional marks; other types unchanged."""
    if not isinstance(text, str):
        return text
    visible = text if text.isprintable() else "".join(map(_visible, text))
    # Composed last: a mark that is taken out may have stood between a letter and its accent.
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _clean_lines(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def _as_setting(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    words = set(re.findall(r"[a-z]+", value.lower()))
    if words & {"video", "online", "remote", "teams", "zoom", "call"}:
        return Setting.VIDEO
    if words & {"walk", "walking", "coffee", "tea", "lunch"}:
        return Setting.WALK
    if words & {"person", "office", "room", "face"}:
        return Setting.IN_PERSON
    return value


def _no_bool(value: Any) -> Any:
    # To Python true is 1; to the person who sent it, it is no number at all.
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")  # noqa: TRY004 - pydantic's protocol
    return value


def _filled(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


#: Strict, since bytes would become text without being cleaned.
OneLine = Annotated[str, Field(strict=True), BeforeValidator(clean_line)]
Count = Annotated[int, BeforeValidator(_no_bool)]
#: Cleans a text of several lines, each as ``OneLine`` is.
clean_text = BeforeValidator(_clean_lines)


class Brief(Frozen):
    """The session to prepare.

    Lengths are in characters, ``minutes`` is 15 to 120, and ``session`` counts
    from 1 to ``planned_sessions``. Text is kept on one line, without invisible
    control marks.

    Raises:
        pydantic.ValidationError: a field is out of range; use ``read_brief``
            where the values come from a person.
    """

    topic: Annotated[OneLine, Field(max_length=MAX_TOPIC)]
    minutes: Count = Field(default=45, ge=MIN_MINUTES, le=MAX_MINUTES)
    session: Count = Field(default=1, ge=1, le=MAX_SESSIONS)
    planned_sessions: Count = Field(default=8, ge=1, le=MAX_SESSIONS)
    mentor_role: Annotated[OneLine, Field(max_length=MAX_ROLE)] = ""
    mentee_role: Annotated[OneLine, Field(max_length=MAX_ROLE)] = ""
    setting: Annotated[Setting, BeforeValidator(_as_setting)] = Setting.IN_PERSON
    carried_over: Annotated[
        tuple[Annotated[OneLine, Field(max_length=MAX_NOTE)], ...],
        Field(max_length=MAX_CARRIED),
        AfterValidator(_filled),
    ] = ()
    worry: Annotated[OneLine, Field(max_length=MAX_NOTE)] = ""
    #: Names of the two, as they may be typed elsewhere: no model outside this machine sees them.
    participants: Annotated[
        tuple[Annotated[OneLine, Field(max_length=MAX_NAME)], ...],
        Field(max_length=MAX_NAMES),
        AfterValidator(_filled),
    ] = ()
    #: What the two agreed to learn; sessions after the first come back to it.
    goals: Annotated[
        tuple[Annotated[OneLine, Field(max_length=MAX_NOTE)], ...],
        Field(max_length=MAX_GOALS),
        AfterValidator(_filled),
    ] = ()
    #: A topic kit's key, or ``none`` for a general plan; found by the topic if empty.
    kit: Annotated[OneLine, Field(max_length=64)] = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not any(mark.isalpha() for mark in self.topic):
            raise ValueError("Write the topic in a few words, for example 'safe use of AI'.")
        if self.session > self.planned_sessions:
            raise ValueError(
                f"Session {self.session} lies beyond the {self.planned_sessions} planned. "
                "Raise the number planned, or lower the session's number."
            )
        return self

    @property
    def stage(self) -> Stage:
        """Where in the program the session lies."""
        return stage_of(self.session, self.planned_sessions)


def stage_of(session: int, planned: int) -> Stage:
    """Where session number ``session`` of ``planned`` lies; thirds between first and last."""
    if session == 1:
        return Stage.FIRST
    if session == planned:
        return Stage.LAST
    if session <= planned / 3:
        return Stage.EARLY
    return Stage.MIDDLE if session <= 2 * planned / 3 else Stage.LATE


def read_brief(values: dict[str, Any]) -> Brief:
    """A brief from typed values.

    Raises:
        BriefError: a value is missing or out of range; the message names the
            field and says what would do.
    """
    unknown = next((name for name in values if name not in _WHAT), None)
    if unknown is not None:
        raise BriefError(
            f"The brief has no field {str(unknown)[:40]!r}. It has: {', '.join(_WHAT)}."
        )
    try:
        return Brief.model_validate(values)
    except ValidationError as error:
        raise BriefError(_say(error, values)) from error


_WHAT = {
    "topic": f"The topic is needed: a few words, at most {MAX_TOPIC} characters.",
    "minutes": f"Minutes are a whole number from {MIN_MINUTES} to {MAX_MINUTES}.",
    "session": f"The session's number is a whole number from 1 to {MAX_SESSIONS}.",
    "planned_sessions": f"The sessions planned are a whole number from 1 to {MAX_SESSIONS}.",
    "mentor_role": f"The mentor's role is text of at most {MAX_ROLE} characters.",
    "mentee_role": f"The mentee's role is text of at most {MAX_ROLE} characters.",
    "setting": "The setting is 'in person', 'video' or 'walking or coffee'.",
    "carried_over": f"Carried over is a list: up to {MAX_CARRIED} lines of {MAX_NOTE} characters.",
    "participants": f"Participants is a list: up to {MAX_NAMES} names of {MAX_NAME} characters.",
    "goals": f"Goals is a list: up to {MAX_GOALS} lines of {MAX_NOTE} characters.",
    "kit": "The kit is a topic kit's key, or 'none' for a general plan.",
    "worry": f"The worry is text of at most {MAX_NOTE} characters.",
}


def _say(error: ValidationError, values: dict[str, Any]) -> str:
    fault = error.errors()[0]
    if not fault["loc"]:
        return str(fault["msg"]).removeprefix("Value error, ")
    field = str(fault["loc"][0])
    given = values.get(field)
    if fault["type"].endswith("too_long") and isinstance(given, str):
        return f"{_WHAT[field]} This one has {len(given):,}: shorten it, and try again."
    if fault["type"] == "missing":
        return _WHAT[field]
    shown = repr(given)
    return f"{_WHAT[field]} Given: {shown[:40]}{'…' if len(shown) > 40 else ''}."
