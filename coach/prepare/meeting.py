"""The parts that belong to the meeting: arrive, agree, carry over, close."""

from __future__ import annotations

from coach.domain.guidance import Stage, Use
from coach.prepare.outline import AGREE_FROM, is_half_way
from coach.prepare.part import Part, chosen
from coach.prepare.scene import Scene
from coach.prepare.wording import capital, quoted

_BETWEEN_US = "Say in one sentence what stays between the two of you."
#: Promises that fit into one item; more would make it a status meeting.
_CARRIED = 3
#: Goals that one question can hold.
_GOALS = 2
#: Up to this many minutes, the close stands on the guidance for short sessions.
_SHORT = 30


def write_open(scene: Scene, choice: int) -> Part:
    """Arrive as people first: expectations, a review half way, or a look back at the end."""
    stage = scene.brief.stage
    use, first, steps = Use.ARRIVE, tuple[str, ...](), tuple[str, ...]()
    if stage is Stage.FIRST:
        title = "Arrive, and say what you each hope for"
        purpose = f"Meet {scene.senior} as a person before the subject, and hear what they expect."
        first = ("set-expectations-in-the-first-ten-minutes",)
        steps = (
            "You begin: one hope, and one small worry, in a light sentence each.",
            f"Then {scene.senior}. Whoever listens says back what they heard.",
        )
    elif is_half_way(scene.brief):
        title = "Arrive, and take stock at half time"
        purpose = "You are about half way: name one thing to keep and one to change."
        first = ("midway-review",)
        steps = (
            "Each says one thing to keep as it is.",
            "Each says one thing to change. The listener says it back before answering.",
            "Choose one change, and begin with it today.",
            *(f"Your goal {quoted(goal)}: how near are you?" for goal in scene.brief.goals),
        )
    elif stage is Stage.LAST:
        title = "Arrive, and look back together"
        purpose = "Begin the last session by hearing what stayed from the others."
        use, first = Use.FAREWELL, ("name-what-changed",)
        steps = (
            "Each writes one line: what I do differently now.",
            "Read the lines out, and ask each other where others have noticed.",
        )
    else:
        title = "Arrive, and pick up where you left"
        purpose = "First as people, then one line about what happened since last time."
        first = ("arrive-with-a-check-in", "warm-up-before-hard-topics")
        steps = (
            "A minute or two each: what you come from, and what is still on your mind.",
            "Whoever listens solves nothing, and asks one question about what they heard.",
        )
    card = chosen(scene.anchored(use, *first), choice)
    joined = None
    if stage is Stage.FIRST and scene.brief.minutes < AGREE_FROM:
        # Too short for a part of its own, and too important to leave out.
        joined = scene.cards(Use.AGREE, "confidentiality-first")[0]
        purpose += " Agree in one sentence what stays between you."
    return Part(
        title=title,
        purpose=purpose,
        card=card,
        mentor_gives="an honest word on how you arrive, first",
        mentee_gives="the same, without rank",
        steps=(*steps, *([_BETWEEN_US] if joined else [])),
        citations=(scene.cite(joined, "What to do"),) if joined else (),
    )


def write_agree(scene: Scene, choice: int) -> Part:
    """The first session's agreement: confidentiality, ways of learning, goals, rhythm."""
    order = (
        "confidentiality-first",
        "how-each-likes-to-learn",
        "two-goals-written-down",
        "rhythm-and-cancelling",
        "first-session-agreement",
    )
    cards = scene.cards(Use.AGREE, *order)
    card = chosen(cards, choice)
    with_card = {
        "confidentiality-first": "Confidentiality: what stays between you, and what may travel.",
        "how-each-likes-to-learn": "How each of you likes to learn, and to hear hard things.",
        "two-goals-written-down": "One goal each, written down: theirs to learn, yours to grow.",
        "rhythm-and-cancelling": "How often you meet, and what happens when one must cancel.",
    }
    covered = [other for other in cards if other.key in with_card]
    return Part(
        title="Agree how you two will work",
        purpose="Write down, on one page, what makes it safe for both of you to be honest here.",
        card=card,
        mentor_gives="your own goal, and how you like to be told that something went wrong",
        mentee_gives="their goal, and what they want to be told straight",
        steps=tuple(with_card[other.key] for other in covered),
        citations=tuple(scene.cite(other, "What to do") for other in covered),
    )


def write_carry_over(scene: Scene, choice: int) -> Part:
    """What was promised last time, the oldest few first."""
    carried = scene.brief.carried_over
    now = carried[:_CARRIED]
    card = chosen(
        scene.anchored(Use.CARRY_OVER, "pick-up-the-thread", "when-a-promise-was-not-kept"), choice
    )
    kindly = scene.library.by_key.get("when-a-promise-was-not-kept")
    later = len(carried) - len(now)
    purpose = "Hear what became of each promise; keep it, shrink it, or drop it on purpose."
    if later:
        purpose += f" {later} more can wait: ask at the end whether they still matter."
    return Part(
        title="What you carried over" if len(carried) > 1 else "The promise from last time",
        purpose=purpose,
        card=card,
        mentor_gives="how your own promise went, first",
        mentee_gives="how theirs went, kept or not",
        steps=(
            *(f"{quoted(promise)}: done, begun, or not yet?" for promise in now),
            "Keep each, make it smaller, or drop it on purpose.",
        ),
        questions=tuple(f"What happened with {quoted(promise)}?" for promise in now),
        citations=(scene.cite(kindly, "What to do"),) if kindly and kindly is not card else (),
    )


def write_close(scene: Scene, choice: int) -> Part:
    """One if–then promise each; the last session ends on purpose."""
    last = scene.brief.stage is Stage.LAST
    if last:
        title = "Close on purpose: what changed, and what stays"
        purpose = "Say what each of you does differently now, give thanks, and part well."
        card = chosen(
            scene.anchored(Use.FAREWELL, "say-goodbye-on-purpose", "name-what-changed"), choice
        )
    else:
        title = "Close with one promise each"
        purpose = "Hear what stays, then make one small promise each, tied to a moment."
        card = chosen(
            scene.anchored(
                Use.CLOSE, "if-then-commitments", "last-five-minutes", "close-with-their-summary"
            ),
            choice,
        )
    promise = scene.library.by_key.get("if-then-commitments")
    time = scene.library.by_key.get(
        "when-time-is-short" if scene.brief.minutes <= _SHORT else "last-five-minutes"
    )
    mine = (
        "If a month has passed, then I will send you one line on what I still use."
        if last
        else "If I sit down at my desk tomorrow morning, then I will send you three lines on what "
        "we tried."
    )
    theirs = (
        "If someone in my team asks me about it, then I will show them what I do now, myself."
        if last
        else "If I next meet a real case of this, then I will try it myself before I ask anyone "
        "to do it for me."
    )
    goals = " and ".join(quoted(goal) for goal in scene.brief.goals[:_GOALS])
    return Part(
        title=title,
        purpose=purpose,
        card=card,
        questions=(f"What did today do for {goals}?",) if goals else (),
        mentor_gives="one promise, with the moment when you will keep it",
        mentee_gives="one promise, with the moment when they will keep it",
        steps=(
            f"You: {mine}",
            f"{capital(scene.senior)}: {theirs}",
            "Change both sentences until they are true, and write them down as spoken.",
        ),
        citations=(
            scene.cite(promise, "What to do") if promise else None,
            scene.cite(time, "What to do") if time else None,
        ),
    )
