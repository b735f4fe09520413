"""Which of a kit's examples suits the senior's role."""

from __future__ import annotations

from coach.domain.guidance import TopicKit, slugify

#: Words in a role, most telling first, and the line of "Examples by role" that they choose.
_FAMILIES = {
    "finance": "finance cfo financial controller treasurer treasury accounting accountant audit "
    "tax",
    "people": "hr people talent learning culture recruitment recruiting chro personnel",
    "marketing": "marketing cmo brand communications communication content media press creative",
    "sales": "sales revenue commercial account business-development customer retail client",
    "technology": "technology cto cio it engineering software data digital product architect",
    "legal": "legal counsel lawyer compliance risk privacy governance company-secretary",
    "operations": "operations coo supply logistics plant manufacturing procurement facilities "
    "factory warehouse clinical nursing ward medical consultant surgeon school",
    "executive": "ceo chief executive president managing chair chairman chairwoman board partner "
    "founder dean rector minister general principal",
}


def example_for(kit: TopicKit, role: str) -> str:
    """One real task for someone in this role, as a phrase; the kit's ``any`` line otherwise."""
    section = kit.section("Examples by role")
    lines = dict(line.split(":", 1) for line in (section.bullets if section else ()) if ":" in line)
    examples = {slugify(family): example.strip() for family, example in lines.items()}
    words = f"-{slugify(role)}-"
    for family, tells in _FAMILIES.items():
        if family in examples and any(f"-{tell}-" in words for tell in tells.split()):
            return examples[family]
    return examples.get("any", "")
