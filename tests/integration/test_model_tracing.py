"""What a person's other tools report to a tracing service, the coach does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from chat_server import ChatServer

_ASK = {
    "the coach": """
from chat_server import message
from coach.adapters.chat.endpoint import EndpointChat
print("".join(EndpointChat(sys.argv[1], "m").stream([message("private words")], limit=80)))
""",
    "plain LangChain": """
from langchain_openai import ChatOpenAI
model = ChatOpenAI(model="m", base_url=sys.argv[1], api_key="k")
print("".join(chunk.content for chunk in model.stream("private words")))
""",
}


@pytest.mark.parametrize(("who", "reported"), [("the coach", False), ("plain LangChain", True)])
def test_no_prompt_is_reported_to_a_tracing_service(who: str, reported: bool) -> None:
    """The second case is the control: with these variables LangChain does report."""
    with ChatServer().running() as model, ChatServer().running() as tracing:
        variables = {
            "LANGSMITH_TRACING": "true",
            "LANGCHAIN_TRACING_V2": "true",
            "LANGSMITH_API_KEY": "key",
            "LANGSMITH_ENDPOINT": tracing.url,
            "LANGCHAIN_ENDPOINT": tracing.url,
        }

        done = subprocess.run(
            [sys.executable, "-c", f"import sys\n{_ASK[who]}", model.url],
            capture_output=True,
            check=False,
            timeout=120,
            env={**os.environ, **variables, "PYTHONPATH": str(Path(__file__).parents[1])},
        )

        assert "Good morning." == done.stdout.decode().strip()
        assert "/v1/chat/completions" == model.asked[0].path
        assert reported is bool(tracing.asked)
