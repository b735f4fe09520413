"""Write one agenda item: purpose, words, questions, a way out, and what it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from coach.domain.agenda import AgendaItem, GiveAndTake, ItemKind
from coach.domain.guidance import Citation, GuidanceCard, Section, Stage, TopicKit, Use
from coach.prepare.outline import is_half_way
from coach.prepare.scene import Scene
from coach.prepare.wording import capital, quoted

T = TypeVar("T")

_QUESTIONS = 3
_CARRIED = 3
#: How deep the talk goes at each stage of a program.
_DEPTH = {
    Stage.FIRST: "Opening",
    Stage.EARLY: "Exploring",
    Stage.MIDDLE: "Exploring",
    Stage.LATE: "Deeper",
    Stage.LAST: "Deeper",
}


@dataclass(frozen=True)
class _Draft:
    """What the parts differ in; the rest is filled from the card."""

    title: str
    purpose: str
    card: GuidanceCard
    mentor_gives: str
    mentee_gives: str
    steps: tuple[str, ...] = ()
    open_with: str = ""
    questions: tuple[str, ...] = ()
    if_awkward: str = ""
    citations: tuple[Citation | None, ...] = ()


def write_item(scene: Scene, kind: ItemKind, minutes: int, *, choice: int = 0) -> AgendaItem:
    """The item of this kind; each ``choice`` from 0 is another version of it."""
    draft = _WRITERS[kind](scene, choice)
    card = draft.card
    awkward = card.section("If it gets awkward") or card.section("When not to")
    words = card.words("Mentor") or (f"Shall we begin with {scene.subject}?",)
    own = card.section("Questions to ask")
    questions = (*draft.questions, *(own.bullets if own else ()))
    return AgendaItem(
        title=draft.title,
        minutes=minutes,
        kind=kind,
        purpose=draft.purpose,
        # By the library's rule, a card's first line for the mentor is one that opens a part.
        open_with=draft.open_with or words[0],
        questions=_different(questions)[:_QUESTIONS],
        if_awkward=draft.if_awkward or (scene.library.readable(awkward.text) if awkward else ""),
        give_and_take=GiveAndTake(mentor_gives=draft.mentor_gives, mentee_gives=draft.mentee_gives),
        steps=draft.steps,
        citations=_once((*draft.citations, scene.cite(card, "What to do"))),
    )


def _open(scene: Scene, choice: int) -> _Draft:
    stage = scene.brief.stage
    if stage is Stage.FIRST:
        title = "Arrive, and say what you each hope for"
        purpose = f"Meet {scene.senior} as a person before the subject, and hear what they expect."
        first = ("set-expectations-in-the-first-ten-minutes", "arrive-with-a-check-in")
    elif is_half_way(scene.brief):
        title = "Arrive, and take stock at half time"
        purpose = "Half of your sessions are behind you: name what to keep and what to change."
        first = ("midway-review", "arrive-with-a-check-in")
    elif stage is Stage.LAST:
        title = "Arrive, and look back together"
        purpose = "Begin the last session by hearing what stayed from the others."
        first = ("arrive-with-a-check-in", "pick-up-the-thread")
    else:
        title = "Arrive, and pick up where you left"
        purpose = "Two minutes each as people, then one line about what happened since last time."
        first = ("arrive-with-a-check-in", "pick-up-the-thread", "send-the-agenda-ahead")
    # The anchors first; later sessions and other choices walk on through the rest.
    card = _chosen(scene.cards(Use.ARRIVE, *first), choice)
    joined = None
    if stage is Stage.FIRST and scene.brief.minutes < 25:
        # Too short for a part of its own, and too important to leave out.
        joined = scene.cards(Use.AGREE, "confidentiality-first")[0]
        purpose += " Agree in one sentence what stays between you."
    return _Draft(
        title=title,
        purpose=purpose,
        card=card,
        mentor_gives="an honest word on how you arrive, first",
        mentee_gives="the same, without rank",
        steps=("Say in one sentence what stays between the two of you.",) if joined else (),
        citations=(scene.cite(joined, "What to do"),) if joined else (),
    )


def _agree(scene: Scene, choice: int) -> _Draft:
    order = (
        "confidentiality-first",
        "how-each-likes-to-learn",
        "two-goals-written-down",
        "rhythm-and-cancelling",
        "first-session-agreement",
    )
    cards = scene.cards(Use.AGREE, *order)
    card = _chosen(cards, choice)
    with_card = {
        "confidentiality-first": "Confidentiality: what stays between you, and what may travel.",
        "how-each-likes-to-learn": "How each of you likes to learn, and to hear hard things.",
        "two-goals-written-down": "One goal each, written down: theirs to learn, yours to grow.",
        "rhythm-and-cancelling": "How often you meet, and what happens when one must cancel.",
    }
    covered = [other for other in cards if other.key in with_card]
    return _Draft(
        title="Agree how you two will work",
        purpose="Write down, on one page, what makes it safe for both of you to be honest here.",
        card=card,
        mentor_gives="your own goal, and how you like to be told that something went wrong",
        mentee_gives="their goal, and what they want to be told straight",
        steps=tuple(with_card[other.key] for other in covered),
        citations=tuple(scene.cite(other, "What to do") for other in covered),
    )


def _carry_over(scene: Scene, choice: int) -> _Draft:
    carried = scene.brief.carried_over
    now = carried[:_CARRIED]
    card = _chosen(
        scene.cards(Use.CARRY_OVER, "pick-up-the-thread", "when-a-promise-was-not-kept"), choice
    )
    kindly = scene.library.by_key.get("when-a-promise-was-not-kept")
    later = len(carried) - len(now)
    purpose = "Hear what became of each promise; keep it, shrink it, or drop it on purpose."
    if later:
        purpose += f" {later} more can wait: ask at the end whether they still matter."
    return _Draft(
        title="What you carried over" if len(carried) > 1 else "The promise from last time",
        purpose=purpose,
        card=card,
        mentor_gives="how your own promise went, first",
        mentee_gives="how theirs went, kept or not",
        steps=tuple(capital(promise) for promise in now),
        questions=(f"What happened with {quoted(now[0])}?",) if now else (),
        citations=(scene.cite(kindly, "What to do"),) if kindly and kindly is not card else (),
    )


def _demonstrate(scene: Scene, choice: int) -> _Draft:
    kit, variant = _chosen(scene.variants("Demonstration"), choice)
    card = scene.cards(Use.DEMONSTRATE, "show-once-slowly", "plain-words-no-jargon")[0]
    return _Draft(
        title=f"Show: {_lower_first(variant.path[-1])}",
        purpose=f"Let {scene.senior} see {_about(scene, kit)} once, slowly, while you think aloud.",
        card=card,
        mentor_gives="one thing shown slowly, with your reasons said aloud",
        mentee_gives="their guesses, and where it would meet their own work",
        steps=variant.bullets,
        open_with=_marked(variant, "Say:").strip('"“”'),
        questions=_kit_questions(kit, "Opening")[:2],
        # A demonstration fails more often than a talk: the kit's plan B, if it has one.
        if_awkward=_plan_b(variant),
        citations=(scene.library.cite(kit, variant), scene.cite(card, "Why it works")),
    )


def _drive(scene: Scene, choice: int) -> _Draft:
    kit, variant = _chosen(scene.variants("Hands-on"), choice)
    card = _chosen(
        scene.cards(Use.DRIVE, "let-them-drive", "one-small-real-task", "let-silence-work"), choice
    )
    purpose = (
        f"{capital(scene.senior)} does one small real task with their own hands, "
        "and you keep yours away."
    )
    if scene.example and variant.path[-1] == scene.material.examples_for:
        purpose += f" For example: {scene.example}."
    place = scene.setting_card
    return _Draft(
        title=f"{_driver(scene)}: {_lower_first(variant.path[-1])}",
        purpose=purpose,
        card=card,
        mentor_gives="your patience, and a hint before an answer",
        mentee_gives="a real piece of their own work, done by their own hand",
        steps=variant.bullets,
        open_with=_marked(variant, "Say:").strip('"“”'),
        citations=(
            scene.library.cite(kit, variant),
            scene.cite(place, "What to do") if place else None,
        ),
    )


def _discuss(scene: Scene, choice: int) -> _Draft:
    kit = scene.material
    card = _chosen(
        scene.cards(Use.DISCUSS, "strategy-not-only-gadgets", "build-on-what-they-said"), choice
    )
    depth = _DEPTH[scene.brief.stage]
    words = kit.words("Mentor")
    return _Draft(
        title="Talk about what it changes",
        purpose=f"Move from the tool to the decision: what {_about(scene, kit)} changes for "
        f"{scene.senior} and their people.",
        card=card,
        mentor_gives="how it looks from where you sit",
        mentee_gives="how it looks from where decisions are taken",
        # By the library's rule, a kit's first line for the mentor opens this talk.
        open_with=words[0] if words and choice == 0 else "",
        questions=_kit_questions(kit, depth, turn=scene.brief.session),
        citations=(
            scene.cite(kit, "Questions for the mentor", depth),
            scene.cite(kit, "Why it matters"),
        ),
    )


def _exchange(scene: Scene, choice: int) -> _Draft:
    kit = scene.material
    offers = kit.section("What the senior can offer back")
    card = _chosen(
        scene.cards(
            Use.EXCHANGE,
            "swap-learner-and-expert",
            "ask-for-the-story-behind",
            "trade-what-each-needs",
        ),
        scene.brief.session - 1 + choice,
    )
    bullets = offers.bullets if offers else ()
    offer = bullets[(scene.brief.session - 1 + choice) % len(bullets)] if bullets else ""
    return _Draft(
        title=f"Swap: {scene.senior} gives something back",
        purpose="Now you are the one who learns. Ask for what only experience can give.",
        card=card,
        mentor_gives="a real question of your own, and your full attention",
        mentee_gives=_lower_first(offer).rstrip(".") if offer else "something from experience",
        citations=(scene.cite(kit, "What the senior can offer back"),),
    )


def _close(scene: Scene, choice: int) -> _Draft:
    last = scene.brief.stage is Stage.LAST
    task = scene.variants("Hands-on")[0][1].path[-1]
    case = scene.example if task == scene.material.examples_for else _lower_first(task)
    if last:
        title = "Close on purpose: what changed, and what stays"
        purpose = "Say what each of you does differently now, thank each other, and end on purpose."
        card = _chosen(
            scene.cards(Use.FAREWELL, "say-goodbye-on-purpose", "name-what-changed"), choice
        )
    else:
        title = "Close with one promise each"
        purpose = (
            f"{capital(scene.senior)} sums up first. Then one small promise each, with a when."
        )
        card = _chosen(
            scene.cards(
                Use.CLOSE, "if-then-commitments", "last-five-minutes", "close-with-their-summary"
            ),
            choice,
        )
    promise = scene.library.by_key.get("if-then-commitments")
    time = scene.library.by_key.get(
        "when-time-is-short" if scene.brief.minutes <= 30 else "last-five-minutes"
    )
    mine = (
        "If a month has passed, then I send one line on what I still use."
        if last
        else f"If it is nine o’clock on the morning after, then I send {scene.senior} three lines "
        f"on what we tried."
    )
    theirs = (
        "If someone in my team asks me about it, then I show them what I do now, myself."
        if last
        else f"If the next real case lands on my desk ({case}), then I try it myself before I "
        "ask anyone to do it for me."
    )
    return _Draft(
        title=title,
        purpose=purpose,
        card=card,
        mentor_gives="one promise, with the moment when you will keep it",
        mentee_gives="one promise, with the moment when they will keep it",
        steps=(
            f"You: {mine}",
            f"{_driver_name(scene)}: {theirs}",
            "Change both sentences until they are true, and write them down as spoken.",
        ),
        citations=(
            scene.cite(promise, "What to do") if promise else None,
            scene.cite(time, "What to do") if time else None,
        ),
    )


_WRITERS: dict[ItemKind, Callable[[Scene, int], _Draft]] = {
    ItemKind.OPEN: _open,
    ItemKind.AGREE: _agree,
    ItemKind.CARRY_OVER: _carry_over,
    ItemKind.DEMONSTRATE: _demonstrate,
    ItemKind.DRIVE: _drive,
    ItemKind.DISCUSS: _discuss,
    ItemKind.EXCHANGE: _exchange,
    ItemKind.CLOSE: _close,
}


def _chosen(options: tuple[T, ...], choice: int) -> T:
    return options[choice % len(options)]


def _about(scene: Scene, kit: TopicKit) -> str:
    return scene.subject if kit is scene.general else _lower_first(kit.title)


def _driver_name(scene: Scene) -> str:
    return capital(scene.senior)


def _driver(scene: Scene) -> str:
    return f"{_driver_name(scene)} drives"


def _marked(section: Section, mark: str) -> str:
    """The paragraph that begins with ``mark``, without it; empty if there is none."""
    found = (line for line in section.paragraphs if line.startswith(mark))
    return next(found, "").removeprefix(mark).strip()


def _plan_b(variant: Section) -> str:
    plan = _marked(variant, "Plan B:")
    return f"If it will not work today: {_lower_first(plan)}" if plan else ""


def _kit_questions(kit: TopicKit, depth: str, turn: int = 0) -> tuple[str, ...]:
    section = kit.section("Questions for the mentor", depth)
    bullets = section.bullets if section else ()
    return (*bullets[turn % len(bullets) :], *bullets[: turn % len(bullets)]) if bullets else ()


def _lower_first(text: str) -> str:
    """Lower case at the start, but not in "AI" or "I"."""
    head = text.split(" ", 1)[0]
    stays = head.isupper() and head != "A"
    return text if stays or not head else text[0].lower() + text[1:]


def _different(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _once(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    return tuple({cited.passage_id: cited for cited in citations if cited}.values())
