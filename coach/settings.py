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

    ``home`` holds all that the coach writes: the index, added documents, records and their
    keys. ``library`` is the folder of cards and topic kits.
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
    #: A PostgreSQL database, such as postgresql://coach:secret@127.0.0.1/coach; SQLite without.
    database_url: SecretStr | None = None
    #: The key of the records, ``home / "keys.json"`` without; never inside the database.
    key_file: Folder | None = None
    #: A Chroma server, such as http://127.0.0.1:8000; embedded without.
    chroma_url: str | None = None
    #: How people show who they are; ``None`` is a personal workspace, on this machine only.
    sign_in: Literal["none", "accounts", "oidc"] | None = None
    #: Where browsers find the pages, such as https://coach.example.org, if not at the host itself.
    public_url: str | None = None
    #: An OpenID provider, by the address of its /.well-known/openid-configuration.
    oidc_metadata_url: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    #: The provider gives nobody an address that is not theirs, and does not say "verified".
    oidc_trusts_emails: bool = False

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
    def records_path(self) -> Path:
        """Where SQLite keeps the records."""
        return self.home / "records.sqlite"

    @property
    def keys_path(self) -> Path:
        """Where the key of the records lives."""
        return self.key_file or self.home / "keys.json"

    @property
    def erased_path(self) -> Path:
        """Where it stands who asked to be deleted, by identifier."""
        return self.home / "erased.jsonl"

    @property
    def cookie_secret_path(self) -> Path:
        """Where the secret that signs cookies lives."""
        return self.home / "cookie-secret"


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
    _check_sign_in(settings)
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


def _check_sign_in(settings: CoachSettings) -> None:
    address = settings.public_url
    if address and not re.fullmatch(r"https?://[^/\s?#@]+/?", address):
        raise SettingsError(
            f"COACH_PUBLIC_URL is {address!r}. Write the address that people open, without a path, "
            "for example https://coach.example.org."
        )
    if settings.sign_in != "oidc":
        return
    for name in ("oidc_metadata_url", "oidc_client_id", "oidc_client_secret"):
        if not getattr(settings, name):
            raise SettingsError(
                f"COACH_SIGN_IN is oidc, and COACH_{name.upper()} is missing. Your OpenID provider "
                "gives it to you when you register the coach there; docs/serving.md says how."
            )
