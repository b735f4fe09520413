"""The options that an endpoint understands: servers differ, and refuse what they do not know."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from coach.adapters.chat.wire import is_openais

#: Two names for one thing: newer models of OpenAI refuse the first, many servers know no other.
_LIMITS = ("max_tokens", "max_completion_tokens")
#: Without these a reply is still the same, if less certain.
_SPARE = frozenset({"stream_options", "response_format", "temperature"})
#: The statuses of a request that was read and refused (RFC 9110, sections 15.5.1 and 15.5.21).
_REFUSED = (400, 422)
_WORD = re.compile(r"[a-z_]+")


class Dialect:
    """What to say to one endpoint, and what not; it learns from refusals."""

    def __init__(self, base_url: str, temperature: float | None) -> None:
        self._temperature = temperature
        self._unknown = frozenset({"max_tokens"} if is_openais(base_url) else ())

    @property
    def left_out(self) -> frozenset[str]:
        """What is not said, by the options' names."""
        return self._unknown

    def options(
        self, limit: int, schema: type[BaseModel] | None, without: frozenset[str]
    ) -> dict[str, Any]:
        """The request's options, by name; those in ``without`` are left out too."""
        options: dict[str, Any] = dict.fromkeys(_LIMITS, limit)
        options["stream_options"] = {"include_usage": True}
        if self._temperature is not None:
            options["temperature"] = self._temperature
        if schema is not None:
            options["response_format"] = _form(schema)
        return {
            name: value
            for name, value in options.items()
            if name not in self._unknown and name not in without
        }

    def refused(self, error: BaseException | None, sent: dict[str, Any]) -> frozenset[str]:
        """The options of ``sent`` to try without, after this error; empty if none would help."""
        if getattr(error, "status_code", None) not in _REFUSED:
            return frozenset()
        named = _WORD.findall(f"{getattr(error, 'param', '')} {getattr(error, 'body', '')}".lower())
        first = next((word for word in named if word in sent), None)
        if first in _LIMITS and not all(name in sent for name in _LIMITS):
            return frozenset()
        return frozenset({first}) if first else _SPARE & sent.keys()

    def learn(self, without: frozenset[str]) -> None:
        """It answered when these were left out: leave them out from now on."""
        self._unknown |= without


def _form(schema: type[BaseModel]) -> dict[str, Any]:
    import openai

    # Their public way to the strict form that they insist on: no further and no optional fields.
    strict = openai.pydantic_function_tool(schema)["function"]["parameters"]
    named = {"name": schema.__name__.strip("_"), "schema": strict, "strict": True}
    return {"type": "json_schema", "json_schema": named}
