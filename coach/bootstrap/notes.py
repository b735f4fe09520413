"""Notes and transcripts as files that somebody brings to a reflection."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath

from coach.domain.reflection import MOST_REFLECTION
from coach.errors import DocumentError
from coach.pair.transcript import Transcript, read_transcript

#: What can be imported.
NOTES = ("txt", "md", "docx", "vtt")


def read_notes(name: str, content: bytes) -> Transcript:
    """The turns of a file called ``name``; the file itself is not kept.

    Raises ``DocumentError`` for another kind, a damaged file, or too much of it.
    """
    from coach.adapters.readers import content_of, text_of_file

    # Only the last part of the name is ever used: a browser may send a whole path.
    path = PurePath(name.replace("\\", "/"))
    kind = path.suffix.lower().removeprefix(".")
    if kind not in NOTES:
        raise DocumentError(
            f"{path.name}: this kind of file cannot be imported. Bring text (.txt), Markdown "
            "(.md), Word (.docx) or captions (.vtt)."
        )
    with tempfile.TemporaryDirectory() as folder:
        # A name of its own: a stranger's may be longer than the system allows.
        kept = Path(folder) / f"notes.{'docx' if kind == 'docx' else 'txt'}"
        kept.write_bytes(content)
        try:
            content_of(kept)
            text = text_of_file(kept)
        except DocumentError as error:
            raise DocumentError(str(error).replace(kept.name, path.name, 1)) from error
    if len(text) > MOST_REFLECTION:
        raise DocumentError(
            f"{path.name}: it holds {len(text):,} characters, and at most {MOST_REFLECTION:,} can "
            "be imported. Your file is as it was: split it, or copy the part that matters."
        )
    found = read_transcript(text, captions=kind == "vtt")
    if not any(mark.isalnum() for mark in found.text):
        raise DocumentError(f"{path.name}: no words were found in it.")
    return found
