"""Notes and transcripts that somebody brings: who speaks, and which turns are theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.domain.brief import clean_line

#: Characters of a name at the beginning of a turn; longer ones are words before a colon.
_MOST_NAME = 60
#: How often the most frequent name comes at least, where nothing else marks voices.
_LEAST_TURNS = 2

_STAMP = r"\d{0,3}:?\d{1,2}[:.]\d{1,2}(?:[.,:]\d{1,3})?"
#: A line of times, however broken: "00:01:02.500 --> 00:01:05", "1:2 -->", "--> 99:99:99,1 align".
_TIMES = re.compile(rf"^\s*(?:{_STAMP})?\s*-{{1,2}}>.*$")
#: A time of its own before a turn: "[00:12]", "(0:12:03)", "12:03 -".
_BEFORE = re.compile(rf"^\s*(?:[\[(]{_STAMP}[\])]|{_STAMP}(?=\s+[^\W\d]))\s*[-–—]?\s*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang)(?:[.\s][^>]*)?>|<\d[\d:.]*>")
_NAMED = re.compile(
    rf"^\s*([^\W\d_][^:<>\n.!?;]{{0,{_MOST_NAME - 1}}}?)\s*(?:[\[(]{_STAMP}[\])])?\s*:\s+(?=\S)"
)
_NOTHING = re.compile(r"^\s*(?:NOTE|STYLE|REGION)\b")
_NUMBER = re.compile(r"^\s*\d+\s*$")


@dataclass(frozen=True)
class Turn:
    """What one voice said at once; ``speaker`` is empty where nobody is named."""

    speaker: str
    text: str


@dataclass(frozen=True)
class Transcript:
    """The turns of a text in order. Nothing that was said is left out."""

    turns: tuple[Turn, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, the most talkative first; nobody in plain notes."""
        said: Counter[str] = Counter()
        for turn in self.turns:
            if turn.speaker:
                said[turn.speaker] += len(turn.text)
        return tuple(name for name, _ in said.most_common())

    def words_of(self, speakers: Iterable[str]) -> str:
        """What these said, a turn on each line."""
        wanted = set(speakers)
        return "\n".join(turn.text for turn in self.turns if turn.speaker in wanted)

    @property
    def text(self) -> str:
        """Everything that was said, by whomever."""
        return "\n".join(turn.text for turn in self.turns)


def read_transcript(text: str, *, captions: bool = False) -> Transcript:
    """The turns of ``text``: WebVTT if ``captions``, else notes, or turns that begin "Name: "."""
    lines = list(_caption_lines(text) if captions else text.splitlines())
    pieces = [piece for line in lines for piece in _voices(line)]
    names = Counter(name for name, _ in map(_named, pieces) if name)
    voiced = any(isinstance(piece, Turn) for piece in pieces)
    # People who talk come again; headings of notes do not.
    talk = voiced or max(names.values(), default=0) >= _LEAST_TURNS
    return Transcript(tuple(_joined(pieces, set(names) if talk else set())))


def _caption_lines(text: str) -> Iterator[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    skipping = False
    for place, line in enumerate(lines):
        if not line.strip():
            skipping = False
            continue
        if (place == 0 and line.startswith("WEBVTT")) or _NOTHING.match(line):
            skipping = True
        if skipping or _TIMES.match(line):
            continue
        following = lines[place + 1] if place + 1 < len(lines) else ""
        before = lines[place - 1] if place else ""
        # A cue's own name stands before its times, at the beginning of a block.
        if _TIMES.match(following) and (not before.strip() or _NUMBER.match(line)):
            continue
        yield line


def _voices(line: str) -> Iterator[Turn | str]:
    """The voices of one line, or the line as it is."""
    marks = list(_VOICE.finditer(line))
    if not marks:
        yield _TAG.sub("", line)
        return
    if before := _said(line[: marks[0].start()]):
        yield before
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, end in zip(marks, ends, strict=True):
        yield Turn(str(clean_line(mark[1])), _said(line[mark.end() : end]))


def _said(text: str) -> str:
    return _TAG.sub("", text).strip()


def _named(piece: Turn | str) -> tuple[str, str]:
    """The name before a line's first colon, and the rest; no name if there is none."""
    if isinstance(piece, Turn):
        return "", piece.text
    line = _BEFORE.sub("", piece)
    mark = _NAMED.match(line)
    if mark is None:
        return "", line if line.strip() else piece
    return str(clean_line(mark[1])), line[mark.end() :]


def _joined(pieces: Iterable[Turn | str], known: set[str]) -> Iterator[Turn]:
    """Turns, with lines that name nobody joined to the one before them."""
    speaker, said = "", list[str]()
    for piece in pieces:
        if isinstance(piece, Turn):
            name, text = piece.speaker, piece.text
        else:
            name, text = _named(piece)
            if name not in known:
                name, text = "", (piece if not known else _BEFORE.sub("", piece))
        if name and (name != speaker or said):
            if said:
                yield Turn(speaker, _together(said, talk=bool(speaker)))
            speaker, said = name, []
        if text.strip() or (not speaker and said):
            said.append(text.rstrip())
    if any(line.strip() for line in said):
        yield Turn(speaker, _together(said, talk=bool(speaker)))


def _together(lines: list[str], *, talk: bool) -> str:
    return " ".join(line.strip() for line in lines) if talk else "\n".join(lines).strip()
