"""``coach model``, and which model the settings open."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import Answer, Asked, ChatServer, message, refuses, says, sends
from corpora import Command

from coach.adapters.chat.budget import BudgetedChat
from coach.bootstrap import model_is_set, open_journal, open_model
from coach.domain.chat import Provenance, Usage
from coach.errors import SettingsError
from coach.settings import CoachSettings, read_settings

_LISTED = {"object": "list", "data": [{"id": "m", "object": "model"}]}


def able(asked: Asked) -> None:
    """A model that can do everything."""
    if asked.path.endswith("/models"):
        sends(200, _LISTED)(asked)
    elif "response_format" in asked.body:
        says('{"colour": ', '"red"}')(asked)
    else:
        says("one, ", "two, ", "three")(asked)


def _for_chat(answer: Answer) -> Answer:
    return lambda asked: (able if asked.path.endswith("/models") else answer)(asked)


def _one_piece(asked: Asked) -> None:
    says("one, two, three")(asked) if "response_format" not in asked.body else able(asked)


def _no_schema(asked: Asked) -> None:
    if "response_format" in asked.body:
        sends(400, {"error": {"message": "response_format is not supported"}})(asked)
    else:
        says('{"colour": ', '"red"}')(asked)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    with ChatServer().running() as running:
        running.answer = able
        monkeypatch.setenv("COACH_LLM_BASE_URL", running.url)
        monkeypatch.setenv("COACH_LLM_MODEL", "m")
        yield running


def _checked(run_coach: Command) -> tuple[int, list[str]]:
    done = run_coach("model", "check")
    assert b"" == done.stderr
    return done.returncode, done.stdout.decode("utf-8").splitlines()


# --- coach model check ---


def test_check_tells_what_a_model_can_do(server: ChatServer, run_coach: Command) -> None:
    code, lines = _checked(run_coach)

    assert 0 == code
    assert f"m at {server.host}" == lines[0]
    assert f"  ✓ yes   reachable  {server.host} answers." == lines[1]
    assert "  ✓ yes   model      It lists the model 'm'." == lines[2]
    assert lines[3].startswith("  ✓ yes   answers    Its first word took ")
    assert "  ✓ yes   streaming  The reply came in 3 pieces." == lines[4]
    assert lines[5].startswith("  ✓ yes   speed      About ")
    assert "  ✓ yes   form       It keeps to a JSON schema." == lines[6]
    assert lines[7].startswith("  – note  names      Names are not hidden from it")
    assert "  ✓ yes   budget     499,964 tokens are left today." == lines[8]
    assert "It can be used." == lines[9]


def test_check_as_json_is_one_object(server: ChatServer, run_coach: Command) -> None:
    done = run_coach("model", "check", "--json")

    found = json.loads(done.stdout)
    assert ("m", server.host, True) == (found["model"], found["endpoint"], found["usable"])
    assert found["tokens_per_second"] > 0
    assert {"name": "form", "works": True, "says": "It keeps to a JSON schema."} in found["checks"]


@pytest.mark.parametrize(
    ("answer", "code", "line"),
    [
        (refuses(401), 1, "✗ no    model      The language model's endpoint"),
        (_for_chat(refuses(401)), 1, "✗ no    answers    The language model's endpoint"),
        (_for_chat(refuses(404)), 1, "has no model 'm'"),
        (_for_chat(says()), 1, "✗ no    answers    The model 'm' answered with nothing."),
        (
            lambda asked: (refuses(404) if asked.path.endswith("/models") else able)(asked),
            0,
            "– note  model      It does not say which models it has.",
        ),
        (
            lambda asked: (
                sends(200, {"data": [{"id": "a"}, {"id": "b"}]})
                if asked.path.endswith("/models")
                else able
            )(asked),
            0,
            "– note  model      It does not list 'm', but 'a', 'b'.",
        ),
        (_for_chat(_one_piece), 0, "✗ no    streaming  The reply came in one piece"),
        (_for_chat(says("one, ", "two, ")), 0, "✗ no    form       It does not keep to a form"),
        (_for_chat(_no_schema), 0, "✓ yes   form       It refuses JSON schemas, but kept to one"),
        (_for_chat(says("one, ", "two, ", end="length")), 0, "✓ yes   answers"),
    ],
)
def test_check_tells_what_a_model_cannot_do(
    answer: Answer, code: int, line: str, server: ChatServer, run_coach: Command
) -> None:
    server.answer = answer

    found, lines = _checked(run_coach)

    assert code == found
    assert [line in shown for shown in lines].count(True) == 1
    assert ("It cannot be used." if code else "It can be used.") == lines[-1]


def test_check_tells_that_nobody_is_there(run_coach: Command) -> None:
    done = run_coach(
        "model",
        "check",
        env={"COACH_LLM_BASE_URL": "http://127.0.0.1:9/v1", "COACH_LLM_MODEL": "m"},
    )

    assert 1 == done.returncode
    assert "✗ no    reachable" in done.stdout.decode("utf-8")
    assert b"" == done.stderr


def test_check_tells_that_names_are_hidden(server: ChatServer, run_coach: Command) -> None:
    done = run_coach("model", "check", env={"COACH_LLM_HIDE_NAMES": "always"})

    assert "✓ yes   names      Names are hidden from it." in done.stdout.decode("utf-8")
    assert 3 == len(server.asked)


def test_check_within_a_used_up_budget_sends_no_request(
    server: ChatServer, run_coach: Command
) -> None:
    done = run_coach("model", "check", env={"COACH_LLM_DAILY_TOKENS": "10"})

    assert 1 == done.returncode
    assert "10 tokens" in done.stdout.decode("utf-8")
    assert ["/v1/models"] == [asked.path for asked in server.asked]


def test_the_key_is_either_of_two_variables(server: ChatServer, run_coach: Command) -> None:
    run_coach("model", "check", env={"OPENAI_API_KEY": "theirs"})
    run_coach("model", "check", env={"OPENAI_API_KEY": "theirs", "COACH_LLM_API_KEY": "ours"})

    keys = [asked.headers["authorization"] for asked in server.asked]
    assert ["Bearer theirs"] * 3 + ["Bearer ours"] * 3 == keys


# --- no model ---


def test_without_a_model_check_says_so_once_and_how_to_set_one(run_coach: Command) -> None:
    done = run_coach("model", "check")
    told = run_coach("model", "check", "--json")

    assert (1, 1) == (done.returncode, len(done.stdout.splitlines()))
    assert done.stdout.startswith(b"No language model is set: the coach composes from")
    assert b"COACH_LLM_MODEL" in done.stdout
    assert b"COACH_LOCAL_GGUF" in done.stdout
    assert {"usable": False, "model": None} == json.loads(told.stdout)


def test_without_a_model_a_report_is_no_fault(run_coach: Command) -> None:
    done = run_coach("model", "report")

    assert (0, b"") == (done.returncode, done.stderr)
    assert [True, False] == [
        line.startswith(b"No language model is set") for line in done.stdout.splitlines()
    ]


# --- coach model report ---


def _kept(home: Path) -> None:
    journal = open_journal(CoachSettings(home=home))
    took = Usage(prompt_tokens=1_000, reply_tokens=20, milliseconds=1_500)
    source = Provenance(prompt="p", prompt_hash="0" * 12, model="m", passages=(), usage=took)
    journal.record("purpose", "accepted", source)
    journal.record("purpose", "number", source)
    journal.record("question", "accepted", source)
    journal.record("question", "ModelBusyError", None)


def test_a_report_counts_replies(server: ChatServer, run_coach: Command, tmp_path: Path) -> None:
    _kept(tmp_path / "home")

    done = run_coach("model", "report")

    assert [] == server.asked
    assert [
        "3 replies verified, 2 accepted.",
        "Refused, and why:",
        "       1  number",
        "No usable reply:",
        "       1  endpoint busy, or its quota used up",
        "Accepted by slot:",
        "     50%  purpose (1 of 2)",
        "    100%  question (1 of 1)",
        "Accepted by model:",
        "     67%  m (2 of 3)",
        "3,000 tokens sent and 60 received; half of the replies took less than 1.5 s.",
    ] == done.stdout.decode("utf-8").splitlines()


def test_a_report_may_begin_on_a_day_and_be_json(run_coach: Command, tmp_path: Path) -> None:
    _kept(tmp_path / "home")

    done = run_coach("model", "report", "--since", "2998-12-31")
    told = json.loads(run_coach("model", "report", "--since", "2020-01-01", "--json").stdout)

    assert b"No reply of a model was counted since 2998-12-31." in done.stdout
    assert ("2020-01-01", 2, {"number": 1}) == (told["since"], told["accepted"], told["refused"])


def test_a_day_that_is_none_is_a_usage_error(run_coach: Command) -> None:
    done = run_coach("model", "report", "--since", "yesterday")

    assert 2 == done.returncode
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_damaged_file_is_one_line_for_people(
    command: str, server: ChatServer, run_coach: Command, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "model.sqlite").write_bytes(b"not a database at all" * 500)

    done = run_coach("model", command)

    assert 1 == done.returncode
    assert "is damaged. Nothing was sent; delete the file" in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr
    assert not any("chat" in asked.path for asked in server.asked)


# --- which model the settings open ---


def test_no_model_is_opened_where_none_is_set() -> None:
    assert open_model() is None
    assert not model_is_set()


def test_opening_a_model_sends_and_writes_nothing(server: ChatServer, tmp_path: Path) -> None:
    model = open_model()

    assert model is not None
    assert "m" == model.name
    assert model_is_set()
    assert [] == server.asked
    assert not (tmp_path / "home").exists()


def test_a_model_on_this_machine_gets_the_names(server: ChatServer) -> None:
    server.answer = lambda asked: says(asked.body["messages"][0]["content"])(asked)
    model = open_model(participants=("Ann Example",))
    assert model is not None

    said = "".join(model.stream([message("Ann Example asks.")], limit=80))

    assert isinstance(model, BudgetedChat)
    assert "Ann Example asks." == said
    assert "Ann Example asks." == server.asked[0].body["messages"][0]["content"]


@pytest.mark.parametrize(
    "settings",
    [
        {"COACH_LLM_HIDE_NAMES": "always"},
        {"COACH_LLM_BASE_URL": "http://models.example/v1"},
        {"COACH_LLM_BASE_URL": ""},
    ],
)
def test_a_model_that_may_pass_on_what_it_gets_is_shielded(
    settings: dict[str, str], server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty address means OpenAI's own service, which is outside too."""
    monkeypatch.setenv("COACH_LLM_API_KEY", "key")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    model = open_model()

    assert "ShieldedChat" == type(model).__name__
    assert [] == server.asked


def test_a_model_without_an_address_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("COACH_LLM_MODEL", "gpt-5-mini")

    with pytest.raises(SettingsError, match=r"needs a key\. Set COACH_LLM_API_KEY"):
        open_model()


@pytest.mark.parametrize(
    ("settings", "says_"),
    [
        ({"COACH_LLM_BASE_URL": "127.0.0.1:80", "COACH_LLM_MODEL": "m"}, "Write the whole address"),
        ({"COACH_LLM_BASE_URL": "http://127.0.0.1/v1"}, "Set COACH_LLM_MODEL too"),
        ({"COACH_LOCAL_GGUF": "/nowhere.gguf"}, "there is no such file"),
        ({"COACH_LOCAL_GGUF": "x", "COACH_LLM_MODEL": "m"}, "are both set"),
        ({"COACH_LLM_DAILY_TOKENS": "many"}, "COACH_LLM_DAILY_TOKENS cannot be used"),
        ({"COACH_LLM_HIDE_NAMES": "never"}, "COACH_LLM_HIDE_NAMES cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    settings: dict[str, str], says_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=says_):
        read_settings()


def test_what_the_model_costs_is_for_its_owner_alone(server: ChatServer, tmp_path: Path) -> None:
    model = open_model()
    assert model is not None

    list(model.stream([message()], limit=80))

    assert 1 == len(server.asked)
    assert 0o600 == stat.S_IMODE((tmp_path / "home" / "model.sqlite").stat().st_mode)
