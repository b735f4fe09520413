"""The word lists of the floor, in the folder ``floor_cues``."""

from __future__ import annotations

from pathlib import Path

from coach.language.cues import Cues

_CUES = Cues(Path(__file__).with_name("floor_cues"))
#: Any line of a list as one pattern; all words of a list.
cue_of = _CUES.cue
words_of = _CUES.word_list
lines_of = _CUES.lines
