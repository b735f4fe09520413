"""Settings from the environment, built once by ``coach.bootstrap``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import SettingsError
from coach.resources import shipped


def _home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("reverse-mentoring-coach", appauthor=False)


#: Absolute, so that it means the same place after a change of folder.
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class CoachSettings(BaseSettings):
    """Each field is read from ``COACH_<NAME>``, for example ``COACH_HOME``.

    ``home`` holds all that the coach writes: the index, added documents,
    drafts. ``library`` is the folder of cards and topic kits.
    """

    # An empty variable is one that somebody has switched off.
    model_config = SettingsConfigDict(
        env_prefix="COACH_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    home: Folder = Field(default_factory=_home)
    library: Folder = Field(default_factory=lambda: shipped("knowledge"))
    #: An OpenAI-compatible endpoint for embeddings; the built-in embedder is used without.
    embeddings_base_url: str | None = None
    embeddings_model: str | None = None
    embeddings_api_key: SecretStr | None = None
    #: An OpenAI-compatible endpoint for words; no model is used without a model's name.
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("COACH_LLM_API_KEY", "OPENAI_API_KEY")
    )
    llm_temperature: float | None = Field(default=None, ge=0.0, le=2.0)
    #: How many slots are asked for at once.
    llm_parallel: int = Field(default=4, ge=1, le=64)
    #: A person's budget for one day; money in the currency of the prices per million tokens.
    llm_daily_tokens: int = Field(default=500_000, ge=0)
    llm_daily_cost: float | None = Field(default=None, ge=0.0)
    llm_price_prompt: float = Field(default=0.0, ge=0.0)
    llm_price_reply: float = Field(default=0.0, ge=0.0)
    #: Names are hidden from an endpoint outside this machine; ``always`` also from one on it,
    #: which may pass on what it gets.
    llm_hide_names: Literal["outside", "always"] = "outside"
    #: A GGUF file to run in this process, with the extra [local-llm].
    local_gguf: Folder | None = None
    local_threads: int = Field(default=0, ge=0, le=256)
    #: A Chroma server, such as http://127.0.0.1:8000; embedded without.
    chroma_url: str | None = None

    @property
    def index_path(self) -> Path:
        """Where the library's index lives."""
        return self.home / "index"

    @property
    def documents_path(self) -> Path:
        """Where added documents live."""
        return self.home / "documents"

    @property
    def model_path(self) -> Path:
        """Where the model's budget and its report live."""
        return self.home / "model.sqlite"

    @property
    def drafts_path(self) -> Path:
        """Where a page keeps what a person has not finished."""
        return self.home / "drafts"


def read_settings() -> CoachSettings:
    """The settings of this environment. Raises ``SettingsError`` naming the variable."""
    try:
        settings = CoachSettings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"COACH_{'_'.join(str(part) for part in fault['loc']).upper()}"
        raise SettingsError(f"The setting {name} cannot be used: {fault['msg']}.") from error
    if settings.embeddings_base_url and not settings.embeddings_model:
        raise SettingsError(
            "COACH_EMBEDDINGS_BASE_URL is set without a model. Set COACH_EMBEDDINGS_MODEL too, "
            "for example text-embedding-3-small."
        )
    _check_model(settings)
    if settings.chroma_url and not re.match(r"https?://[^/\s]", settings.chroma_url):
        raise SettingsError(
            f"COACH_CHROMA_URL is {settings.chroma_url!r}. Write the whole address, for example "
            "http://127.0.0.1:8000."
        )
    return settings


def _check_model(settings: CoachSettings) -> None:
    address = settings.llm_base_url
    if address and not re.match(r"https?://[^/\s]", address):
        raise SettingsError(
            f"COACH_LLM_BASE_URL is {address!r}. Write the whole address, for example "
            "http://127.0.0.1:11434/v1."
        )
    if address and not settings.llm_model:
        raise SettingsError(
            "COACH_LLM_BASE_URL is set without a model. Set COACH_LLM_MODEL too, for example "
            "gpt-5-mini; docs/models.md says what each server calls its models."
        )
    if settings.local_gguf and settings.llm_model:
        raise SettingsError(
            "COACH_LOCAL_GGUF and COACH_LLM_MODEL are both set. Unset one: the coach asks one "
            "model."
        )
    if settings.local_gguf and not settings.local_gguf.is_file():
        raise SettingsError(
            f"COACH_LOCAL_GGUF names {str(settings.local_gguf)!r}, and there is no such file."
        )
