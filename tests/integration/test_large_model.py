"""What a model of 1.5 billion parameters can do, which the small one cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from chat_server import message
from pydantic import BaseModel

from coach.adapters.chat.local import LocalChat, LocalModel

pytestmark = [pytest.mark.large_model, pytest.mark.timeout(900)]


class Opening(BaseModel):
    words: str
    asked_by: Literal["the junior", "the senior"]


@pytest.fixture(scope="module")
def chat(large_gguf: Path) -> Iterator[LocalChat]:
    model = LocalModel(large_gguf, 1)
    yield LocalChat(model, temperature=0.0)
    model.close()


def test_it_keeps_to_what_it_is_told(chat: LocalChat) -> None:
    said = "".join(
        chat.stream([message("Answer with one word: what is the capital of France?")], limit=20)
    )

    assert "Paris" in said


def test_it_fills_a_form_with_what_was_asked(chat: LocalChat) -> None:
    asked = message(
        "In reverse mentoring the junior mentors the senior. The senior wants to know how the "
        "junior uses AI. Write the senior's question as JSON, with who asks it."
    )

    found, took = chat.structured([asked], Opening, limit=120)

    assert "the senior" == found.asked_by
    assert "AI" in found.words
    assert took.reply_tokens > 5
