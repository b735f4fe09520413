"""Read prompts, check their variables before anything is sent, and say which version it was.

A file has front matter with ``inputs``, then turns under ``# system``, ``# user`` and
``# assistant``. ``{{name}}`` stands for an input. What fills it is data: it is marked so,
and its angle brackets are turned, so that it cannot close the tags around it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from coach.domain.chat import Message, Part, Speaker
from coach.domain.guidance import Frozen
from coach.errors import PromptError

_HERE = Path(__file__).parent
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_TURN = re.compile(r"^# (system|user|assistant)\s*$", re.MULTILINE)
_INPUT = re.compile(r"\{\{([a-z_]+)\}\}")
_TURNED = str.maketrans({"<": "‹", ">": "›"})


class Prompt(Frozen):
    """A prompt by name. ``content_hash`` is the start of its file's SHA-256, 12 hex digits."""

    name: str
    inputs: tuple[str, ...]
    turns: tuple[tuple[Speaker, str], ...]
    content_hash: str

    def messages(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """The conversation with ``values`` filled in.

        Raises:
            PromptError: a variable is missing or unknown; nothing has been sent.
        """
        missing = [name for name in self.inputs if name not in values]
        extra = [name for name in values if name not in self.inputs]
        if missing or extra:
            said = [f"missing: {', '.join(missing)}"] if missing else []
            said += [f"unknown: {', '.join(extra)}"] if extra else []
            raise PromptError(f"The prompt {self.name!r} has other variables ({'; '.join(said)}).")
        return tuple(
            Message(speaker=speaker, parts=tuple(_parts(text, values)))
            for speaker, text in self.turns
        )


@lru_cache
def load_prompt(name: str) -> Prompt:
    """The prompt in ``coach/prompts/<name>.md``. Raises ``PromptError``."""
    try:
        text = (_HERE / f"{name}.md").read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"There is no prompt {name!r}. Add coach/prompts/{name}.md.") from error
    return read_prompt(name, text)


def read_prompt(name: str, text: str) -> Prompt:
    """A prompt from its file's text. Raises ``PromptError`` that says what to mend."""
    front = _FRONT.match(text)
    try:
        declared = yaml.safe_load(front[1]) if front else None
    except yaml.YAMLError as error:
        raise PromptError(f"The prompt {name!r} has faulty front matter.") from error
    inputs = declared.get("inputs") if isinstance(declared, dict) else None
    if (
        front is None
        or not isinstance(inputs, list)
        or not all(isinstance(wanted, str) for wanted in inputs)
    ):
        raise PromptError(f"The prompt {name!r} must begin with front matter that lists 'inputs'.")
    before, *pieces = _TURN.split(front[2])
    if before.strip():
        raise PromptError(f"The prompt {name!r} has text before its first turn: nobody says it.")
    turns = tuple(
        (Speaker(speaker), body.strip())
        for speaker, body in zip(pieces[::2], pieces[1::2], strict=True)
    )
    if not turns or turns[-1][0] is not Speaker.USER:
        raise PromptError(f"The prompt {name!r} must end with a '# user' turn.")
    if any("{{" in _INPUT.sub("", body) for _, body in turns):
        raise PromptError(f"The prompt {name!r} has braces that name no input: write {{{{name}}}}.")
    used = {found for _, body in turns for found in _INPUT.findall(body)}
    if used != set(inputs):
        apart = ", ".join(sorted(used ^ set(inputs)))
        raise PromptError(f"The prompt {name!r} declares other inputs than it uses: {apart}.")
    return Prompt(
        name=name,
        inputs=tuple(inputs),
        turns=turns,
        content_hash=hashlib.sha256(text.encode()).hexdigest()[:12],
    )


def _parts(text: str, values: Mapping[str, str]) -> list[Part]:
    pieces = _INPUT.split(text)
    # The pattern's group stands at every second place.
    found = [
        Part(text=values[piece].translate(_TURNED), is_data=True) if place % 2 else Part(text=piece)
        for place, piece in enumerate(pieces)
    ]
    return [part for part in found if part.text]
