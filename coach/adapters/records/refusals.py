"""What is said when a record cannot be kept or removed because of the others."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from coach.adapters.records.shapes import Shape, said
from coach.domain.records import Record
from coach.errors import ConflictError, MissingRecordError, RecordsError


def only_one(shape: Shape, theirs: Record | None) -> ConflictError:
    """Another record, ``theirs`` if it is known, stands where only one may."""
    return ConflictError(
        f"There is such a {said(shape.kind)} already, and only one may stand. Use that one, or "
        "end it first.",
        theirs,
    )


def refused(error: IntegrityError, *, removing: bool) -> RecordsError:
    """What the database said when a reference or a unique index stood in the way."""
    if "foreign key" not in str(error.orig).lower():
        return ConflictError("There is such a record already, and only one may stand.")
    if removing:
        return RecordsError(
            "This cannot be removed yet: other records refer to it. Remove those first."
        )
    return MissingRecordError(
        "What this refers to is no longer there: somebody may have deleted it. Load the page anew."
    )
