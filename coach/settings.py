"""Settings from the environment, built once by ``coach.bootstrap``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
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

    model_config = SettingsConfigDict(env_prefix="COACH_", frozen=True, extra="ignore")

    home: Folder = Field(default_factory=_home)
    library: Folder = Field(default_factory=lambda: shipped("knowledge"))
    #: An OpenAI-compatible endpoint for embeddings; the built-in embedder is used without.
    embeddings_base_url: str | None = None
    embeddings_model: str | None = None
    embeddings_api_key: SecretStr | None = None
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
    if settings.chroma_url and not re.match(r"https?://[^/\s]", settings.chroma_url):
        raise SettingsError(
            f"COACH_CHROMA_URL is {settings.chroma_url!r}. Write the whole address, for example "
            "http://127.0.0.1:8000."
        )
    return settings
