"""What a topic kit must hold, so that agendas and question sets can be composed from it."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.guidance import TopicKit

KIT_VARIANTS = ("Demonstration", "Hands-on")
KIT_QUESTIONS = ("Questions for the mentee", "Questions for the mentor")
DEPTHS = ("Opening", "Exploring", "Deeper")


def kit_faults(kit: TopicKit) -> Iterator[str]:
    """Every fault of one kit's own form."""
    yield from _variant_faults(kit)
    yield from _question_faults(kit)
    examples = kit.section("Examples by role")
    if examples and not any(line.lower().startswith("any:") for line in examples.bullets):
        yield "'Examples by role' needs a line 'any: …' for roles that it does not name"


def _variant_faults(kit: TopicKit) -> Iterator[str]:
    variants = [section for heading in KIT_VARIANTS for section in kit.under(heading)]
    hands_on = {section.path[1] for section in kit.under("Hands-on")}
    for heading in KIT_VARIANTS:
        if len(kit.under(heading)) < 2:
            yield f"'## {heading}' needs at least two variants, each under '### a name'"
    for name in sorted(set(kit.off_screen) - {section.path[1] for section in variants}):
        yield f"'off_screen' names {name!r}, which is no variant of this kit"
    if not hands_on & set(kit.off_screen):
        yield "'off_screen' must name at least one hands-on variant, for sessions on a walk"
    if kit.examples_for not in hands_on:
        yield "'examples_for' must name the hands-on variant that 'Examples by role' is for"
    for section in variants:
        if not any(line.startswith('Say: "') for line in section.paragraphs):
            yield f'{section.path[1]!r} needs a first line: Say: "…", to open it with'
        asked = section.marked("Ask:")
        if len(asked) < 2 or not all(question.endswith("?") for question in asked):
            yield f"{section.path[1]!r} needs two last lines: Ask: an open question?"


def _question_faults(kit: TopicKit) -> Iterator[str]:
    for heading in KIT_QUESTIONS:
        for depth in DEPTHS:
            section = kit.section(heading, depth)
            if section is None or len(section.bullets) < 2:
                yield f"'## {heading}' needs '### {depth}' with at least two questions"
    for depth in DEPTHS:
        section = kit.section("Questions for the mentee", depth)
        for line in section.bullets if section else ():
            if "| Listen for: " not in line or "| Offer back: " not in line:
                yield f"{line[:50]!r} needs '| Listen for: … | Offer back: …'"
