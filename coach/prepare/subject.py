"""The parts that belong to the subject: show, drive, discuss, exchange."""

from __future__ import annotations

from coach.domain.agenda import AgendaItem
from coach.domain.brief import Setting
from coach.domain.guidance import GuidanceCard, Section, Stage, TopicKit, Use
from coach.prepare.part import Part, chosen
from coach.prepare.scene import Scene
from coach.prepare.wording import capital, lower_first

#: How deep the talk goes at each stage of a program.
_DEPTH = {
    Stage.FIRST: "Opening",
    Stage.EARLY: "Exploring",
    Stage.MIDDLE: "Exploring",
    Stage.LATE: "Deeper",
    Stage.LAST: "Deeper",
}


#: Nobody learns for two hours at a stretch.
_BREAK = "Take a short break first, away from the table."
_AGAIN = "A second round, with another task, so that the first one settles."


def write_demonstrate(scene: Scene, choice: int) -> Part:
    """The mentor shows one thing from the kit, once, slowly."""
    kit, variant = chosen(scene.variants("Demonstration"), choice)
    card = scene.cards(Use.DEMONSTRATE, "show-once-slowly", "plain-words-no-jargon")[0]
    return Part(
        title=f"Show: {lower_first(scene.named(variant.path[-1]))}",
        purpose=f"Show it once, slowly, and think aloud while {scene.senior} watches and asks.",
        card=card,
        mentor_gives="one thing shown slowly, with your reasons said aloud",
        mentee_gives="their guesses, and where it would meet their own work",
        steps=_steps(scene, variant),
        open_with=_spoken(scene, variant),
        questions=_asked(scene, variant),
        # A demonstration fails more often than a talk: the kit's plan B, if it has one.
        plan_b=_plan_b(scene, variant),
        citations=(scene.library.cite(kit, variant), scene.cite(card, "Why it works")),
    )


def write_drive(scene: Scene, choice: int) -> Part:
    """The senior does one small real task with their own hands."""
    kit, variant = chosen(scene.variants("Hands-on"), choice)
    card = chosen(_driving_cards(scene, kit, variant), choice)
    purpose = (
        f"{capital(scene.senior)} does one small real task with their own hands, "
        "and you keep yours away."
    )
    if scene.example and variant.path[-1] == scene.material.examples_for:
        purpose += f" For example: {scene.example}."
    place = scene.setting_card
    return Part(
        title=f"{capital(scene.senior)} drives: {lower_first(scene.named(variant.path[-1]))}",
        purpose=purpose,
        card=card,
        mentor_gives="your patience, and a hint before an answer",
        mentee_gives="a real piece of their own work, done by their own hand",
        steps=_steps(scene, variant),
        open_with=_spoken(scene, variant),
        questions=_asked(scene, variant),
        citations=(
            scene.library.cite(kit, variant),
            scene.cite(place, "What to do") if place else None,
        ),
    )


def write_discuss(scene: Scene, choice: int) -> Part:
    """From the tool to the decision, with the kit's questions."""
    kit = scene.material
    card = chosen(
        scene.anchored(Use.DISCUSS, "strategy-not-only-gadgets", "build-on-what-they-said"),
        choice,
    )
    depth = _DEPTH[scene.brief.stage]
    words = kit.words("Mentor")
    return Part(
        title="Talk about what it changes",
        purpose=f"From the exercise to what follows: what this changes for {scene.senior} and "
        "their people.",
        card=card,
        mentor_gives="how it looks from where you sit",
        mentee_gives="how it looks from where decisions are taken",
        # By the library's rule, a kit's first line for the mentor opens this talk.
        open_with=scene.named(words[0]) if words and choice == 0 else "",
        questions=(
            *_kit_questions(scene, kit, depth, turn=scene.brief.session),
            *_kit_questions(scene, kit, "Deeper", turn=scene.brief.session),
        ),
        citations=(
            scene.cite(kit, "Questions for the mentor", depth),
            scene.cite(kit, "Why it matters"),
        ),
    )


def write_exchange(scene: Scene, choice: int) -> Part:
    """The senior gives something back, and the mentor is the one who learns."""
    kit = scene.material
    offers = kit.section("What the senior can offer back")
    anchors = ("ask-for-the-story-behind", "swap-learner-and-expert", "trade-what-each-needs")
    card = chosen(scene.anchored(Use.EXCHANGE, *anchors), choice)
    bullets = offers.bullets if offers else ()
    offer = bullets[(scene.brief.session - 1 + choice) % len(bullets)] if bullets else ""
    wanted = lower_first(scene.named(offer)).rstrip(".")
    # The first version asks for the kit's offer; the others follow their own card.
    asks = bool(wanted) and choice == 0
    return Part(
        title=f"Trade places: {scene.senior} gives something back",
        purpose="Now you are the one who learns. Ask for what only experience can give.",
        card=card,
        mentor_gives="a real question of your own, and your full attention",
        mentee_gives=wanted or "something that only experience teaches",
        steps=(
            f"Ask for one thing, such as this: {wanted}.",
            "Listen for how they came by it, and ask about that.",
            "Say in one sentence what you will do with it.",
        )
        if asks
        else (),
        open_with=f"Now it is my turn to learn. One thing I would love from you: {wanted}."
        if asks
        else "",
        citations=(scene.cite(kit, "What the senior can offer back"),),
    )


def second_round(item: AgendaItem) -> AgendaItem:
    """``item`` as the second hands-on part of a long session: after a break, and said so."""
    return item.model_copy(update={"purpose": _AGAIN, "steps": (_BREAK, *item.steps)})


def _driving_cards(scene: Scene, kit: TopicKit, variant: Section) -> tuple[GuidanceCard, ...]:
    """On a walk or on video the place decides; words about a shared keyboard would be wrong."""
    if scene.setting_card and scene.brief.setting is not Setting.IN_PERSON:
        return (scene.setting_card, *scene.anchored(Use.DRIVE, "let-silence-work"))
    if kit.general or variant.path[-1] in kit.off_screen:
        return scene.anchored(Use.DRIVE, "let-them-review-first", "let-silence-work")
    return scene.anchored(Use.DRIVE, "let-them-drive", "one-small-real-task")


def _spoken(scene: Scene, variant: Section) -> str:
    return scene.named(next(iter(variant.marked("Say:")), "").strip('"“”'))


def _asked(scene: Scene, variant: Section) -> tuple[str, ...]:
    return tuple(map(scene.named, variant.marked("Ask:")))


def _steps(scene: Scene, variant: Section) -> tuple[str, ...]:
    """The numbered steps, and the line that says when the task is done."""
    marks = ("Say:", "Ask:", "Plan B:")
    ends = (line for line in variant.paragraphs if not line.startswith(marks))
    return tuple(scene.named(line) for line in (*variant.bullets, *ends))


def _plan_b(scene: Scene, variant: Section) -> str:
    plan = scene.named(next(iter(variant.marked("Plan B:")), ""))
    return f"Plan B, if it will not work today: {lower_first(plan)}" if plan else ""


def _kit_questions(scene: Scene, kit: TopicKit, depth: str, turn: int = 0) -> tuple[str, ...]:
    section = kit.section("Questions for the mentor", depth)
    bullets = tuple(map(scene.named, section.bullets)) if section else ()
    return (*bullets[turn % len(bullets) :], *bullets[: turn % len(bullets)]) if bullets else ()
