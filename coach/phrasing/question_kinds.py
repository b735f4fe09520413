"""What kind of question it is: open, closed, leading or testing."""

from __future__ import annotations

import re
from pathlib import Path

from coach.domain.phrasing import QuestionKind
from coach.language.cues import Cues

CUES = Cues(Path(__file__).with_name("question_cues"))
_AUXILIARY = (
    "am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must"
)
#: A yes or no is asked for: the auxiliary stands before its subject.
_TURNED = re.compile(rf"(?:{_AUXILIARY})(?:n't)? (?!not\b)\w+")
#: "Isn't it …" asks for a yes.
_NEGATED = re.compile(rf"(?:{_AUXILIARY}|ca|wo|sha|ai)n't \w+")
_ASKING = re.compile(r"(?:what|which|who|whom|whose|where|why|how|when)\b(?:'s|'re)?")
#: A question word that stands inside asks if its own verb is turned round after it.
_INSIDE = re.compile(
    r"\b(?:what|which|who|whose|where|why|how|when)\b"
    rf"(?:(?:'s|'re|'d|'ve)|(?: [\w'-]+){{0,4}}? (?:{_AUXILIARY})) "
    r"(?:you|i|we|it|they|he|she|the|a|an|your|our|my|their|this|that|these|those|people|there)\b"
)
_LEAD = re.compile(
    r"(?:(?:so|and|but|or|then|now|well|also|please|kindly|sir|madam|hey|hi|hello|okay|ok|right|"
    r"just|actually|oh|erm|um|first|finally|lastly)\b[ ]*)+"
)
_WHETHER = re.compile(
    r"\b(?:whether|"
    r"if(?! (?:you (?:would|can|could|like|will|don't mind|have a)|i may|possible|not)(?=,|$)))\b"
)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')\]]*\s+|\n+")
_PIECE = re.compile(r"[,:;()]\s+|\s+[–—-]+\s+|[–—]")
_ASKING_ANYWHERE = re.compile(r"\b(?:what|which|who|where|why|how)\b")
#: What a wish is for: "tell me …", "explain how …".
_WISHED = re.compile(r"\b(?:whether|if|what|which|who|where|why|how|me|us|about)\b")
_SUBJECT_NEXT = re.compile(r" (?:i|you|we|it|they|he|she)\b")
#: Two answers that are offered: ": this or that", ", she or they".
_OFFERED = re.compile(r": .{1,60}\bor\b|, (?:the )?[\w-]+(?: \w+)? or (?:the )?[\w-]+(?: \w+)?$")
#: Characters after a polite frame within which the question itself begins.
_SOON_AFTER_WISH, _SOON_WHETHER = 12, 25
#: Characters within which a question word still opens its sentence: "In what way …".
_SOON = 8
_ORDER = re.compile(r"\b(?:name|define|list|recite|state|spell|repeat|show me|let me)\b")
_EDGES = " \t\"“”'.,!?…:;()"


def kind_of(text: str) -> QuestionKind | None:
    """The kind of question ``text`` asks, or ``None`` where it asks nothing."""
    plain = plain_of(text)
    sentences = sentences_of(plain)
    kinds = [kind for one in sentences if (kind := _form_of(one)) is not None]
    if kinds and CUES.cue("belittling").search(plain):
        return QuestionKind.TESTING
    if _tests(plain) and (kinds or _orders(plain)):
        return QuestionKind.TESTING
    if any(_leads(one) for one in sentences):
        return QuestionKind.LEADING
    if not kinds:
        return None
    return kinds[0] if len(set(kinds)) == 1 else QuestionKind.OPEN


def plain_of(text: str) -> str:
    """``text`` in lower case, with straight quotation marks and single spaces."""
    return re.sub(r"[ \t]+", " ", text.replace("’", "'").replace("‘", "'").lower()).strip()


def sentences_of(plain: str) -> list[str]:
    """The sentences, each with its mark."""
    return [one.strip() for one in _SENTENCE.split(plain) if one and one.strip(_EDGES)]


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something."""
    return _form_of(plain_of(sentence)) is not None


def _tests(plain: str) -> bool:
    found = CUES.cue("testing").search(plain)
    return found is not None and CUES.cue("unknowing").search(plain) is None


def _orders(plain: str) -> bool:
    return _ORDER.search(plain) is not None


def _leads(sentence: str) -> bool:
    if _has_tag(sentence) or any(_NEGATED.match(piece) for piece in _pieces(sentence)):
        return True
    return ("?" in sentence or _form_of(sentence) is not None) and bool(
        CUES.cue("leading").search(sentence)
    )


def _has_tag(sentence: str) -> bool:
    """Whether a statement ends in a tag: "It works, doesn't it?"."""
    body, comma, tag = sentence.rstrip(_EDGES + '"').rpartition(", ")
    if not comma or not CUES.cue("tags").fullmatch(tag.strip(_EDGES)):
        return False
    return not any(_TURNED.match(piece) or _ASKING.match(piece) for piece in _pieces(body))


def _pieces(sentence: str) -> list[str]:
    found = []
    for piece in _PIECE.split(sentence):
        bare = piece.strip(_EDGES)
        if bare:
            found.append(_LEAD.sub("", bare, count=1) if _LEAD.match(bare) else bare)
    return [piece for piece in found if piece]


def _form_of(sentence: str) -> QuestionKind | None:
    """Open or closed by the first piece that asks; leading for a statement with a question mark."""
    marked = sentence.rstrip("\"”') ").endswith("?")
    pieces = _pieces(sentence)
    for place, piece in enumerate(pieces):
        found = _of_piece(piece, pieces[place + 1 :], first=place == 0, marked=marked)
        if found is not None:
            return found
    if not marked:
        return None
    last = _ASKING_ANYWHERE.search(sentence)
    return _of_word(sentence[last.start() :]) if last else QuestionKind.LEADING


def _of_piece(piece: str, after: list[str], *, first: bool, marked: bool) -> QuestionKind | None:
    rest = ", ".join([piece, *after])
    if framed := CUES.cue("frames").match(rest):
        return _of_wish(rest[framed.end() :])
    wish = CUES.cue("wishes").match(piece)
    if wish and ((first and not marked) or _WISHED.search(piece)):
        return _of_wish(rest[wish.end() :])
    inside = _INSIDE.search(piece)
    asked = _ASKING.match(piece)
    if asked and _asks_at_once(asked, piece, marked=marked, last=not after):
        return _of_word(rest)
    if _TURNED.match(piece) and (marked or first):
        return QuestionKind.CLOSED
    if not asked and inside and (marked or inside.start() < _SOON):
        return _of_word(rest[inside.start() :])
    return None


def _asks_at_once(asked: re.Match[str], piece: str, *, marked: bool, last: bool) -> bool:
    """Whether its first word asks: in "when I was new, …" and "where you sit" it does not."""
    if _INSIDE.match(piece):
        return True
    if not marked or (piece.startswith("when") and not last):
        return False
    return last or _SUBJECT_NEXT.match(piece, asked.end()) is None


def _of_wish(rest: str) -> QuestionKind:
    """What follows a polite frame decides."""
    rest = rest.strip(_EDGES)
    whether, asked = _WHETHER.search(rest), _ASKING.search(rest)
    if (
        whether
        and (not asked or whether.start() < asked.start())
        and whether.start() < _SOON_WHETHER
    ):
        return QuestionKind.CLOSED
    if asked and asked.start() < _SOON_AFTER_WISH:
        return _of_word(rest[asked.start() :])
    return QuestionKind.OPEN


def _of_word(rest: str) -> QuestionKind:
    """A question word asks openly unless a word or two would answer it."""
    wide = CUES.cue("wide")
    if CUES.cue("facts").match(rest) and not wide.search(rest):
        return QuestionKind.CLOSED
    return QuestionKind.CLOSED if _OFFERED.search(rest.strip(_EDGES)) else QuestionKind.OPEN
