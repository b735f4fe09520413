"""Read the subjects that pairs live through."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from coach.domain.themes import Subject
from coach.errors import LibraryError

_SUBJECTS = TypeAdapter(tuple[Subject, ...])


def load_subjects(path: Path) -> tuple[Subject, ...]:
    """The subjects in a YAML file, in its order. Raises ``LibraryError``."""
    try:
        found = _SUBJECTS.validate_python(tuple(yaml.safe_load(path.read_text(encoding="utf-8"))))
    except (OSError, TypeError, yaml.YAMLError) as error:
        raise LibraryError(f"{path.name} cannot be read ({type(error).__name__}).") from error
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise LibraryError(f"{path.name}: {place}: {fault['msg']}") from error
    keys = [one.key for one in found]
    if len(set(keys)) < len(keys):
        raise LibraryError(f"{path.name}: two subjects have the same key.")
    return found
