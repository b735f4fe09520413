"""Third-party names and sentences for the name finder, and the part of them nobody tunes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from coach.domain.guidance import Frozen
from coach.errors import SettingsError
from evals.cases import Part

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "benchdata"

REGIONS = {
    "North America, Britain, Oceania": "US CA GB IE AU NZ GG IM JE GI",
    "Western and Northern Europe": "DE AT CH LI LU NL BE FR MC DK NO SE FI IS FO GL",
    "Southern Europe": "ES PT IT SM AD MT GR CY",
    "Eastern Europe": "PL CZ SK HU RO MD BG UA BY RU EE LV LT SI HR BA RS ME MK AL XK",
    "Latin America and the Caribbean": "MX GT SV CR PA CU DO HT JM PR AW CO VE EC PE BO CL AR UY "
    "PY BR SR",
    "Middle East and North Africa": "TR IR IQ SA KW AE JO LB IL EG LY TN DZ MA",
    "Caucasus and Central Asia": "AM AZ GE KZ KG TJ MN",
    "South Asia": "IN PK BD LK NP",
    "East Asia": "CN TW JP KR",
    "South-East Asia": "VN TH KH MY PH",
    "Sub-Saharan Africa and the Pacific": "ML ZA GQ FJ PF",
}
REGION_OF = {country: name for name, group in REGIONS.items() for country in group.split()}


class Name(Frozen):
    """A forename or surname; ``local`` as written at home, ``roman`` in Latin letters."""

    country: str
    kind: str
    local: str
    roman: str

    @property
    def part(self) -> Part:
        """Split by country, so that no country is in both parts."""
        return part_of_country(self.country)


class Sentence(Frozen):
    """A text with labelled spans: start, end, kind."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    part: Part
    group: str = ""


def part_of_country(country: str) -> Part:
    """The second of every three countries of a region is held out."""
    at = REGIONS[REGION_OF[country]].split().index(country)
    return Part.HELD_OUT if at % 3 == 1 else Part.TUNE


def data_folder() -> Path:
    """The folder of development data. Raises ``SettingsError`` where it is absent."""
    folder = Path(os.environ.get("COACH_BENCHDATA", _BESIDE))
    if not (folder / "names_forenames.jsonl").is_file():
        raise SettingsError(
            "The third-party development data is not here. Set COACH_BENCHDATA to its folder; "
            "this evaluation needs names_*.jsonl, presidio_synth.jsonl and wnut17_dev.jsonl."
        )
    return folder


@lru_cache(maxsize=1)
def names() -> tuple[Name, ...]:
    """Popular names by country; a name without a spelling of its own has the Latin one."""
    return tuple(_names())


def _names() -> Iterator[Name]:
    for kind in ("forenames", "surnames"):
        for row in rows(f"names_{kind}"):
            local, roman = row["Localized Name"], row["Romanized Name"]
            if local or roman:
                yield Name(
                    country=row["Country"],
                    kind=kind,
                    local=(local or roman).strip(),
                    roman=(roman or local).strip(),
                )


def presidio_sentences() -> tuple[Sentence, ...]:
    """Synthetic sentences; a template is in one part only."""
    return tuple(
        Sentence(
            text=row["text"],
            spans=tuple((span["start"], span["end"], span["type"]) for span in row["spans"]),
            part=Part.HELD_OUT if row["template_id"] % 3 == 0 else Part.TUNE,
            group=str(row["template_id"]),
        )
        for row in rows("presidio_synth")
    )


def wnut_sentences() -> tuple[Sentence, ...]:
    """Noisy user text; every third row is held out."""
    return tuple(_wnut(number, row) for number, row in enumerate(rows("wnut17_dev")))


def _wnut(number: int, row: dict[str, Any]) -> Sentence:
    text, spans = "", []
    for token, tag in zip(row["tokens"], row["tags"], strict=True):
        text += " " if text else ""
        start = len(text)
        text += token
        if tag.startswith("B-"):
            spans.append((start, len(text), tag[2:]))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    part = Part.HELD_OUT if number % 3 == 0 else Part.TUNE
    return Sentence(text=text, spans=tuple(spans), part=part)


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the development data."""
    with (data_folder() / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
