"""Every error that the coach raises on purpose.

::

    CoachError
     ├─ BriefError             what the person asked for cannot be prepared
     ├─ LibraryError           the guidance library, or a file in it, is faulty
     │   └─ DocumentError      an added document cannot be read
     ├─ GuidanceIndexError     the index cannot be built, opened or written
     ├─ EmbedderError          the embedder is missing, altered, or does not answer
     ├─ DraftError             a draft cannot be kept
     ├─ IdentifierError        names cannot be looked for, so nothing may leave
     ├─ PromptError            a prompt is faulty, or called with the wrong variables
     ├─ ModelError             a language model gave no usable reply
     │   ├─ ModelUnreachableError   its endpoint does not answer
     │   ├─ ModelKeyError           it refuses the key
     │   ├─ ModelMissingError       the endpoint has no such model
     │   ├─ ModelBusyError          it is overloaded, or its quota is used up
     │   ├─ ModelTimeoutError       it took too long
     │   ├─ ModelRequestError       it refuses the request as such
     │   ├─ ModelReplyError         it answered with something unusable
     │   ├─ ModelStoppedError       a person stopped it
     │   └─ BudgetError             the day's budget is used up; nothing was sent
     ├─ RecordsError           the records cannot be opened, read or written
     │   ├─ MissingRecordError      there is no such record
     │   ├─ ConflictError           somebody else changed it meanwhile
     │   └─ KeyFileError            the key of the records is missing, or the wrong one
     ├─ ReflectionError        a reflection cannot be read
     ├─ ForbiddenError         the policy does not allow this to this person
     ├─ SignInError            somebody cannot be signed in
     ├─ ProgramError           what was asked of a program, pair or session makes no sense
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


class IdentifierError(CoachError):
    """Names cannot be looked for, so nothing may leave this machine."""


class PromptError(CoachError):
    """A prompt is faulty, or was called with missing or unknown variables."""


class ModelError(CoachError):
    """A language model gave no usable reply; the draft stays as it is.

    ``spent`` is what it cost all the same: tokens of the prompt and of the reply, estimated.
    """

    spent: tuple[int, int] = (0, 0)


class ModelUnreachableError(ModelError):
    """The model's endpoint does not answer."""


class ModelKeyError(ModelError):
    """The endpoint refuses the key."""


class ModelMissingError(ModelError):
    """The endpoint has no such model, or is none that speaks chat completions."""


class ModelBusyError(ModelError):
    """The endpoint is overloaded, or the account's quota is used up."""


class ModelTimeoutError(ModelError):
    """The reply took too long."""


class ModelRequestError(ModelError):
    """The endpoint refuses the request as such: too long, or an option it does not know."""


class ModelReplyError(ModelError):
    """The reply is unusable: empty, too long, broken off, or not of the asked form."""


class ModelStoppedError(ModelError):
    """A person stopped the reply."""


class BudgetError(ModelError):
    """The day's budget of tokens or money is used up; nothing was sent."""


class SettingsError(CoachError):
    """A setting is unusable as given."""


class RecordsError(CoachError):
    """The records cannot be opened, read or written."""


class MissingRecordError(RecordsError):
    """There is no such record."""


class ConflictError(RecordsError):
    """Somebody else changed the record meanwhile, or one stands where only one may.

    ``theirs`` is what is kept now, as a record; ``None`` where it cannot be told.
    """

    def __init__(self, message: str, theirs: object = None) -> None:
        super().__init__(message)
        self.theirs = theirs


class KeyFileError(RecordsError):
    """The key that the records are encrypted with is missing, or is another one."""


class ReflectionError(CoachError):
    """A reflection cannot be read: it is too long, or no text."""


class ForbiddenError(CoachError):
    """The policy does not allow this to this person; the audit trail has a line."""


class SignInError(CoachError):
    """Somebody cannot be signed in: wrong password, a used link, a lock."""


class ProgramError(CoachError):
    """What was asked of a program, a pair or a session makes no sense as given."""
