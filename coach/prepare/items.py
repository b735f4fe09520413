"""Write one agenda item: purpose, words, questions, a way out, and what it stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from coach.domain.agenda import AgendaItem, GiveAndTake, ItemKind
from coach.domain.guidance import Citation, GuidanceCard
from coach.prepare.meeting import write_agree, write_carry_over, write_close, write_open
from coach.prepare.part import Part
from coach.prepare.scene import Scene
from coach.prepare.subject import write_demonstrate, write_discuss, write_drive, write_exchange
from coach.prepare.wording import sentences

#: How many questions a part can carry; more are read and not asked.
_QUESTIONS = {
    ItemKind.OPEN: 2,
    ItemKind.AGREE: 2,
    ItemKind.CARRY_OVER: 2,
    ItemKind.DEMONSTRATE: 2,
    ItemKind.DRIVE: 2,
    ItemKind.DISCUSS: 3,
    ItemKind.EXCHANGE: 2,
    ItemKind.CLOSE: 1,
}

_WRITERS: dict[ItemKind, Callable[[Scene, int], Part]] = {
    ItemKind.OPEN: write_open,
    ItemKind.AGREE: write_agree,
    ItemKind.CARRY_OVER: write_carry_over,
    ItemKind.DEMONSTRATE: write_demonstrate,
    ItemKind.DRIVE: write_drive,
    ItemKind.DISCUSS: write_discuss,
    ItemKind.EXCHANGE: write_exchange,
    ItemKind.CLOSE: write_close,
}


def write_item(
    scene: Scene,
    kind: ItemKind,
    minutes: int,
    *,
    choice: int = 0,
    asked: Collection[str] = (),
) -> AgendaItem:
    """The item of this kind; each ``choice`` from 0 is another version of it.

    Questions that are ``asked`` elsewhere come only when nothing else is left.
    """
    part = _WRITERS[kind](scene, choice)
    card = part.card
    awkward = card.section("If it gets awkward") or card.section("When not to")
    # By the library's rule, a card's first line for the mentor is one that opens a part.
    words = [scene.named(line) for line in card.words("Mentor")]
    own = card.section("Questions to ask")
    bullets = tuple(scene.named(question) for question in (own.bullets if own else ()))
    # Another session begins with another of the card's questions.
    turn = (scene.brief.session - 1) % len(bullets) if bullets else 0
    offered = dict.fromkeys((*part.questions, *bullets[turn:], *bullets[:turn]))
    fresh_first = sorted(offered, key=lambda question: question in asked)
    return AgendaItem(
        title=part.title,
        minutes=minutes,
        kind=kind,
        purpose=part.purpose,
        open_with=part.open_with or next(iter(words), f"Shall we begin with {scene.subject}?"),
        questions=tuple(fresh_first[: _QUESTIONS[kind]]),
        if_awkward=" ".join(
            line for line in (scene.named(awkward.text) if awkward else "", part.plan_b) if line
        ),
        give_and_take=GiveAndTake(mentor_gives=part.mentor_gives, mentee_gives=part.mentee_gives),
        # A part without steps of its own is done as its card says.
        steps=part.steps or _as_the_card_says(scene, card),
        citations=_once((*part.citations, scene.cite(card, "What to do"))),
    )


def _as_the_card_says(scene: Scene, card: GuidanceCard) -> tuple[str, ...]:
    what = card.section("What to do")
    # The card's own minutes belong to another length of session.
    return tuple(
        scene.named(sentence)
        for sentence in (sentences(what.text) if what else ())
        if "minute" not in sentence
    )


def _once(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    return tuple({cited.passage_id: cited for cited in citations if cited}.values())
