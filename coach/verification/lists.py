"""The word lists of verification, in the folder ``cues``."""

from __future__ import annotations

from pathlib import Path

from coach.language.cues import Cues

_CUES = Cues(Path(__file__).with_name("cues"))
#: Any line of a list as one pattern; all words of a list.
cue = _CUES.cue
word_list = _CUES.word_list
