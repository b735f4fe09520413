"""Clauses of a sentence, put together again after each was read by itself."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading
from coach.phrasing.sentences import bare, sentence, tidy
from coach.ports import Grammar

_HANGING = re.compile(
    r"(?:if|before|after|when|while|although|though|unless|until|that \w+ \w+ who|whether|as"
    r"|so that) ",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:why|how|what|which|who|whose|when|where|do|does|did|don't|don’t|didn't|is|are|isn't|aren't|was|were|can|could|"
    r"can't|couldn't|would|wouldn't|will|won't|should|shouldn't|have|has|haven't|must)\b(?! (?:i|we) )",  # noqa: E501 - one pattern or sentence
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:if|unless|when(?:ever)?|before|after|once|until|as soon as|as long as|every time)\b",
    re.IGNORECASE,
)
#: "Did you?", "isn't it?" only press for a yes.
_TAG = re.compile(
    r"(?:did|do|does|are|is|was|were|have|has|can|could|will|would|should)(?:n['’]t)? "
    r"(?:you|we|they|it|he|she|i|there)\?",
    re.IGNORECASE,
)


def with_conditions(parts: list[str]) -> list[str]:
    """The clauses, each condition together with what it is the condition of; tags dropped."""
    whole: list[str] = []
    for part in parts:
        if whole and _CONDITION.match(bare(whole[-1])) and "," not in whole[-1].rstrip(", "):
            whole[-1] = f"{whole[-1]} {part}"
        elif not _TAG.fullmatch(part.strip()):
            whole.append(part)
    return whole


def asking_part(parts: list[str]) -> tuple[list[str], int]:
    """A sentence's clauses, and which one asks: one in that form, else a whole sentence; or -1.

    What hangs on a question ("do you suppose that, because I'm lonely?") is not stated by it.
    """
    if not parts or not parts[-1].rstrip("\"'”’) ").endswith("?"):
        return parts, -1
    formed = [at for at, part in enumerate(parts) if _QUESTION.match(bare(part))]
    if formed:
        return [*parts[: formed[-1]], " ".join(parts[formed[-1] :])], formed[-1]
    return parts, 0 if len(parts) == 1 else -1


def _hangs(reading: Reading) -> bool:
    """Whether nothing stands beside what "if" or "when" begins: its verb is the main one."""
    first = reading.words[0]
    head = next(word for word in reading.words if word.place == first.head)
    # "As your mentee I have to say that …" hangs on nothing.
    return head.relation == "ROOT" and first.relation != "prep"


def joined(run: list[str], grammar: Grammar, *, whole: bool) -> list[str]:
    """Clauses that stood in one sentence, together again where they still fit."""
    if not run:
        return []
    texts = [tidy(part).rstrip(".!? ") for part in run]
    cut = not whole and _HANGING.match(texts[0]) and "," not in texts[0]
    if cut and _hangs(grammar.read(texts[0])):
        # "If you can't make nine" says nothing once what followed it is gone.
        texts = texts[1:]
    if not texts:
        return []
    out = [
        re.sub(
            r"^(?:and|but|so(?! that\b)|yet|or|because|since|though|although|then)\b,?\s+",
            "",
            texts[0],
            flags=re.IGNORECASE,
        )
    ]
    for text in texts[1:]:
        if re.match(
            r"^(?:and|but|so|because|since|yet|though|although|not)\b", text, re.IGNORECASE
        ):
            out[-1] = f"{out[-1]}, {text}" if not out[-1].endswith(":") else f"{out[-1]} {text}"
        elif len(text.split()) > 2:
            out.append(text)
        else:
            out[-1] = f"{out[-1]}, {text}"
    return [sentence(text) for text in out]
