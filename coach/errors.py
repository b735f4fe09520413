"""Every error that the coach raises on purpose.

::

    CoachError
     ├─ BriefError             what the person asked for cannot be prepared
     ├─ LibraryError           the guidance library, or a file in it, is faulty
     │   └─ DocumentError      an added document cannot be read
     ├─ GuidanceIndexError     the index cannot be built, opened or written
     ├─ EmbedderError          the embedder is missing, altered, or does not answer
     ├─ DraftError             a draft cannot be kept
     └─ SettingsError          a setting is unusable

Each message says what happened, to what, and what to do next, so that an edge
(a command, a page) prints it as it stands and never needs a traceback.
"""


class CoachError(Exception):
    """The root: catch this at an edge to show a person what to do."""


class BriefError(CoachError):
    """The brief cannot be prepared: a field is missing, too long or out of range."""


class LibraryError(CoachError):
    """The guidance library, or one file in it, is faulty."""


class DocumentError(LibraryError):
    """A document that a person wants to add cannot be read."""


class GuidanceIndexError(CoachError):
    """The retrieval index cannot be built, opened or written."""


class EmbedderError(CoachError):
    """The embedder is missing, altered, or does not answer."""


class DraftError(CoachError):
    """A draft cannot be kept."""


class SettingsError(CoachError):
    """A setting is unusable as given."""
