"""Releases with something planted in their words, for the auditor to find: not what it was made on.

The auditor was written with the short lists that ship with the attack. These are others: names of
the development data by country, and values that are made up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from coach.domain.themes import Count, Statement, Theme, ThemeReport
from coach.themes.attack.canaries import Planting
from evals.names import REGION_OF, Name, names

_SEED = 20260611
_LEAST = 5
#: Where it may stand in a release, as a label or sentence.
_PLACES = (
    "Calendars, {}",
    "{} and short notice",
    "Meetings with {} get moved",
    "Pairs find this hard: {} and honest feedback.",
    "Several pairs tell that {} keeps the training from starting.",
    "{} takes courage.",
)
_FIRMS = ("{} & Partners", "{} Freight", "{}tech", "{} Textiles", "Banco {}", "{} Oy")
_PLACE_NAMES = (
    *("Antananarivo", "Bratislava", "Chişinău", "Dunedin", "Eskilstuna", "Florianópolis", "Gdańsk"),
    *("Hyderabad", "Iquitos", "Jeddah", "Kanazawa", "Lusaka", "Medellín", "Nairobi", "Osaka"),
    *("Poznań", "Quetta", "Rotterdam", "San Salvador", "Tbilisi", "Uppsala", "Valparaíso"),
    *("Winnipeg", "Xalapa", "Yerevan", "Zagreb", "the Leeds branch", "the Pune campus"),
)
_PRODUCTS = (
    *("Snowdrift BI", "ClaimWizard", "HarborOne", "Zentriq", "LoomDesk", "QuillCast", "Tableau"),
    *("Workday", "Salesforce", "Jira", "Figma", "Notion", "PayLynx", "Vault9"),
)
_RARE_WORDS = (
    *("falconry", "numismatics", "theremin", "parkour", "origami", "campanology", "orienteering"),
    *("psoriasis", "narcolepsy", "quilting", "taxidermy", "curling", "fencing", "saxophone"),
)
_FACTS = (
    *("my adopted twins", "the chemotherapy", "a stint in the navy", "my bankruptcy hearing"),
    *("the custody case", "our miscarriage", "my dyslexia", "the tribunal", "a knee replacement"),
    *("her hearing aid", "my second passport", "the lottery win", "my parole", "the vineyard"),
)
_ROLES = (
    *("our CISO", "the Chief Actuary", "the Plant Manager in Gary", "my Head of Treasury"),
    *("the union steward", "our Ombudsman", "the Group Chaplain", "the canteen supervisor"),
    *("the Vice Provost", "our Scrum Master", "the paralegal", "the port captain"),
)
_DAYS = (
    *("9 August", "2025-11-02", "Diwali", "Eid", "Thanksgiving", "the 21st", "Q3", "Boxing Day"),
    *("Wednesday", "half past four on Friday", "12/12/2025", "Nowruz", "Hanukkah"),
)
_SUMS = ("€12,500", "$900", "₹4 lakh", "two million kronor", "CHF 700", "15 %", "£1.5m", "60k")


@dataclass(frozen=True)
class Audited:
    """A release that holds ``planted``, or nothing where that is empty."""

    kind: str
    planted: str
    report: ThemeReport
    statements: list[Statement]


def audited(each: int) -> Iterator[Audited]:
    """``each`` releases of every kind; names both in Latin letters and as written at home."""
    draw = Random(_SEED)  # noqa: S311 - repeatable cases
    everybody, _ = Planting().planted(1, _SEED)
    for kind, value in _values(draw, each):
        text = draw.choice(_PLACES).format(value)
        if draw.random() < 0.2:
            text = text.lower()
        own = Statement(id="own", pair="p00", text=f"It is hard that {value} gets in the way.")
        yield Audited(kind, value, _report(draw, text), [*everybody, own])


def clean() -> Iterator[Audited]:
    """Releases in words of many pairs or the library, in which nothing is to be found."""
    draw = Random(_SEED)  # noqa: S311 - repeatable cases
    everybody, _ = Planting().planted(1, _SEED)
    shared = ("meetings", "the calendar", "prompts", "open questions", "training", "mistakes")
    for place in _PLACES:
        for value in shared:
            yield Audited("clean", "", _report(draw, place.format(value)), everybody)


def _report(draw: Random, text: str) -> ThemeReport:
    in_label = draw.random() < 0.5
    theme = Theme(
        id="t",
        label=text if in_label else "Calendars",
        sentence="Pairs find this hard." if in_label else text,
        pairs=Count(least=5, most=9),
    )
    return ThemeReport(made=date(2026, 9, 1), min_pairs=_LEAST, themes=(theme,))


def _values(draw: Random, each: int) -> Iterator[tuple[str, str]]:
    by_region: dict[str, list[Name]] = {}
    for name in names():
        by_region.setdefault(REGION_OF[name.country], []).append(name)
    for region, known in by_region.items():
        for name in draw.sample(known, min(each, len(known))):
            yield f"name, {region}", draw.choice((name.roman, name.local))
    roman = [name.roman for name in names() if name.roman.isascii()]
    for _ in range(each):
        one, two = draw.sample(roman, 2)
        digits = "".join(draw.choice("0123456789") for _ in range(9))
        mail = f"{one}.{two}@{two}.example".replace(" ", "").lower()
        yield "e-mail", mail
        yield "phone", draw.choice((f"+{digits}", f"0{digits[:3]} {digits[3:]}", f"x{digits[:4]}"))
        yield "link", draw.choice((f"https://{mail[:5]}.example/{digits[:2]}", f"{one}.example/hr"))
        yield "handle", draw.choice((f"@{one.lower()}", f"{one.lower()}_{digits[:2]}", f"#{two}"))
        yield "code", draw.choice((f"{one[:2].upper()}-{digits[:5]}", f"badge {digits[:4]}"))
        yield "firm", draw.choice(_FIRMS).format(two)
        yield "place", draw.choice(_PLACE_NAMES)
        yield "product", draw.choice(_PRODUCTS)
        yield "rare word", draw.choice(_RARE_WORDS)
        yield "rare fact", draw.choice(_FACTS)
        yield "role", draw.choice(_ROLES)
        yield "day", draw.choice(_DAYS)
        yield "money", draw.choice(_SUMS)
        yield "quotation", f"{one.lower()} wants it {draw.choice(_RARE_WORDS)} style"
