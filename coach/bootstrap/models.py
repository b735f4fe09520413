"""Which language model is asked, with which limits, and what keeps names from it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from coach.errors import SettingsError
from coach.ports import BatchIdentifierFinder, ChatModel
from coach.settings import CoachSettings, read_settings

if TYPE_CHECKING:
    from coach.adapters.chat.budget import Ledger
    from coach.adapters.chat.endpoint import EndpointChat
    from coach.adapters.chat.journal import Journal
    from coach.adapters.chat.local import LocalChat
    from coach.domain.model_report import ModelCheck

#: Whose budget a command on this machine uses.
LOCAL = "local"
#: Where a model is asked that is set without an address.
_OPENAI = "https://api.openai.com/v1"


def model_is_set(settings: CoachSettings | None = None) -> bool:
    """Whether the settings name a language model; without one the coach composes by itself."""
    settings = settings or read_settings()
    return bool(settings.llm_model or settings.local_gguf)


def model_name(settings: CoachSettings) -> str | None:
    """The name of the model that is set, or ``None``."""
    if settings.local_gguf:
        return settings.local_gguf.stem
    return settings.llm_model


def open_model(
    settings: CoachSettings | None = None,
    *,
    person: str = LOCAL,
    participants: Collection[str] = (),
) -> ChatModel | None:
    """The language model of the settings, or ``None`` if there is none; nothing is sent yet.

    It is held to the daily budget of ``person``, and, outside this machine, gets placeholders
    for names, among them those of ``participants``. Raises ``SettingsError``.
    """
    settings = settings or read_settings()
    model = _bare_model(settings)
    if model is None:
        return None
    from coach.adapters.chat.budget import BudgetedChat

    chat = BudgetedChat(model, _ledger(settings), person)
    if not hides_names(settings):
        return chat
    from coach.adapters.chat.shielded import ShieldedChat

    return ShieldedChat(chat, open_identifiers(), participants)


def open_journal(settings: CoachSettings | None = None) -> Journal:
    """Where it is counted what came of a model's replies."""
    from coach.adapters.chat.journal import Journal

    return Journal((settings or read_settings()).model_path)


def check_model(settings: CoachSettings | None = None, *, person: str = LOCAL) -> ModelCheck | None:
    """What the model of the settings can do, tried out now; ``None`` if none is set.

    Raises ``SettingsError``, and ``ModelError`` for a file that cannot be loaded.
    """
    from coach.adapters.chat.budget import BudgetedChat
    from coach.adapters.chat.local import LocalChat
    from coach.adapters.chat.probe import Probe

    settings = settings or read_settings()
    model = _bare_model(settings)
    if model is None:
        return None
    endpoint = model.endpoint() if isinstance(model, LocalChat) else model
    ledger = _ledger(settings)
    chat = BudgetedChat(endpoint, ledger, person)
    return Probe(endpoint, chat, ledger, person=person, hidden=hides_names(settings)).check()


def open_identifiers() -> BatchIdentifierFinder:
    """What finds names, without opening the library or the index; loads at its first text."""
    from coach.adapters.identifiers.finder import PresidioFinder

    return PresidioFinder()


def hides_names(settings: CoachSettings) -> bool:
    """Whether names are kept from the model of the settings, as from one on another machine."""
    return settings.llm_hide_names == "always" or model_is_outside(settings)


def model_is_outside(settings: CoachSettings) -> bool:
    """Whether what is sent to the model of the settings leaves this machine."""
    from coach.adapters.chat.wire import on_loopback

    return not settings.local_gguf and not on_loopback(settings.llm_base_url or _OPENAI)


def _bare_model(settings: CoachSettings) -> EndpointChat | LocalChat | None:
    from coach.adapters.chat.endpoint import EndpointChat
    from coach.adapters.chat.local import LocalChat, local_model

    if settings.local_gguf:
        local = local_model(settings.local_gguf, settings.local_threads)
        return LocalChat(local, temperature=settings.llm_temperature)
    if not settings.llm_model:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    if not settings.llm_base_url and not key:
        raise SettingsError(
            "COACH_LLM_MODEL is set without COACH_LLM_BASE_URL, which means OpenAI's own service, "
            "and that needs a key. Set COACH_LLM_API_KEY, or the address of another server."
        )
    return EndpointChat(
        settings.llm_base_url or _OPENAI,
        settings.llm_model,
        key,
        temperature=settings.llm_temperature,
    )


def _ledger(settings: CoachSettings) -> Ledger:
    from coach.adapters.chat.budget import Allowance, Ledger

    allowance = Allowance(
        tokens=settings.llm_daily_tokens,
        cost=settings.llm_daily_cost,
        price_prompt=settings.llm_price_prompt,
        price_reply=settings.llm_price_reply,
    )
    return Ledger(settings.model_path, allowance)
