"""Generated briefs with participants from every country, and a model that notes what it gets."""

from __future__ import annotations

import random
from collections.abc import Generator, Sequence
from threading import Event

from coach.adapters.chat.shielded import ShieldedChat
from coach.adapters.identifiers.folding import folded
from coach.adapters.identifiers.scripts import is_letter, is_unspaced
from coach.bootstrap import open_identifiers
from coach.domain.chat import Message, Part, Speaker, Usage
from coach.errors import ModelReplyError
from coach.ports import Schema
from evals.names import Name, names

_SEED = 20260306
_TOPICS = (
    "safe use of generative AI",
    "what {first} expects from team chat",
    "TikTok for beginners",
    "how {first} learns",
    "feedback upwards, after {whole}'s talk",
    "hybrid meetings",
    "{shout}",
)
_ROLES = ("finance director", "COO", "head of sales, reports to {other}", "graduate trainee", "")
_WORRIES = (
    "{first} may think that I am lecturing.",
    "{whole}'s phone rings all the time, and {first}'s assistant comes in.",
    "I am afraid of {other}.",
    "{last} and {other_first} never agree; {lower} told me so.",
    "Nobody but {whole} ({first}, to friends) reads the notes.",
)
_CARRIED = (
    "{first} sends the slides by Friday",
    "{whole}: try voice typing",
    "{other_first} and {first} book the room [PERSON_1]",
    "ask {last}’s team",
    "{shout} TO CALL {other}",
    "{other}/{whole}",
)


class Echo:
    """A chat model that keeps what it got and says it again, three characters at a time."""

    name = "echo"

    def __init__(self) -> None:
        self.got: list[str] = []

    def stream(
        self, messages: Sequence[Message], *, limit: int, keep: str = "", stop: Event | None = None
    ) -> Generator[str, None, Usage]:
        """What it got as data, again."""
        del limit, stop
        self.got += [*(message.text for message in messages), keep]
        said = "\n".join(part.text for m in messages for part in m.parts if part.is_data)
        for start in range(0, len(said), 3):
            yield said[start : start + 3]
        return Usage(prompt_tokens=0, reply_tokens=0, milliseconds=0)

    def structured(
        self,
        messages: Sequence[Message],  # noqa: ARG002 - the port's
        schema: type[Schema],  # noqa: ARG002 - the port's
        *,
        limit: int,  # noqa: ARG002 - the port's
        stop: Event | None = None,  # noqa: ARG002 - the port's
    ) -> tuple[Schema, Usage]:
        """Not asked here."""
        raise ModelReplyError("This stand-in answers no schema.")


def leaving(count: int) -> str:
    """What left of the participants' names in ``count`` briefs, and what came back."""
    draw = random.Random(_SEED)  # noqa: S311 - repeatable examples, no secret
    finder = open_identifiers()
    countries = sorted({name.country for name in names()})
    leaked = changed = 0
    seen = set()
    for number in range(count):
        country = countries[number % len(countries)]
        seen.add(country)
        local = number // len(countries) % 2 == 1
        whole, parts = _person(draw, country, local=local)
        other, other_parts = _person(draw, draw.choice(countries), local=draw.random() < 0.3)
        lines = _brief(draw, whole, parts, other, other_parts)
        echo = Echo()
        shielded = ShieldedChat(echo, finder, (whole, other))
        message = Message(
            speaker=Speaker.USER,
            parts=tuple(
                part
                for line in lines
                for part in (Part(text="\nA line of the brief: "), Part(text=line, is_data=True))
            ),
        )
        back = "".join(shielded.stream([message], limit=1000, keep=lines[0]))
        changed += back != "\n".join(lines)
        leaked += any(
            _holds(text, name) for text in echo.got for name in (whole, other, *parts, *other_parts)
        )
    return (
        f"{count} briefs, participants from {len(seen)} countries: a participant's name left in "
        f"{leaked}; came back changed in {changed}"
    )


def _person(draw: random.Random, country: str, *, local: bool) -> tuple[str, list[str]]:
    mine = [name for name in names() if name.country == country]
    pair = [
        draw.choice(group)
        for kind in ("forenames", "surnames")
        if (group := [name for name in mine if name.kind == kind])
    ]
    spelt = [_spelling(name, local=local) for name in pair]
    if len(spelt) > 1 and all(ord(part[0]) > 0x2E80 for part in spelt):
        return "".join(reversed(spelt)), spelt
    return " ".join(spelt), spelt


def _spelling(name: Name, *, local: bool) -> str:
    return name.local if local else name.roman


def _brief(
    draw: random.Random, whole: str, parts: Sequence[str], other: str, other_parts: Sequence[str]
) -> list[str]:
    fields = {
        "whole": whole,
        "first": parts[0],
        "last": parts[-1],
        "lower": whole.lower(),
        "shout": whole.upper(),
        "other": other,
        "other_first": other_parts[0],
    }
    chosen = [draw.choice(_TOPICS), draw.choice(_ROLES), draw.choice(_WORRIES)]
    chosen += draw.sample(_CARRIED, 2)
    return [line.format(**fields) for line in chosen]


def _holds(text: str, name: str) -> bool:
    """Whether the name stands in what left, in any case or spelling of its accents."""
    flat, wanted = folded(text), folded(name)
    at = flat.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        free = (at == 0 or not is_letter(flat[at - 1])) and (
            end == len(flat) or not is_letter(flat[end])
        )
        if free or (is_unspaced(wanted[0]) and len(wanted) > 1):
            return True
        at = flat.find(wanted, at + 1)
    return False
