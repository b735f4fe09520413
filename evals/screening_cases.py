"""Texts with and without instructions aimed at a model, and the part that nobody tunes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from pydantic import model_validator

from coach.domain.guidance import Frozen
from evals.cases import FOLDER, Part

#: Writers of our own cases that are held out: no style is in both parts.
HELD_OUT_WRITERS = {
    *("director", "second-language", "consultant"),
    *("insider", "languages", "disguised", "errand-two"),
}
#: Held-out sources of PIGuard's rows. Those that BIPIA lent are held out too: they may hold
#: attacks of BIPIA's own test split, on which others may want to measure this screen.
HELD_OUT_SOURCES = {
    *("PINT_hard_negatives", "PINT_chat", "PINT_public_prompt_injection"),
    *("BIPIA_text", "BIPIA_code"),
}
#: Held-out kinds of BIPIA's attacks, a third: whole kinds, so that none is known from training.
HELD_OUT_ATTACKS = {
    *("Content Creation", "Programming Help", "Alphanumeric Substitution"),
    *("Social Interaction", "Clickbait"),
}
FILES = ("deepset_injections_train", "piguard_valid", "bipia_attacks_train", "bipia_email_contexts")


class ScreenCase(Frozen):
    """A text of our own; ``plant`` is the part of it that is aimed at a model, if there is one."""

    id: str
    writer: str
    text: str
    plant: str = ""

    @model_validator(mode="after")
    def _plant_is_there(self) -> ScreenCase:
        if self.plant not in self.text:
            raise ValueError(f"The plant of {self.id!r} is not in its text.")
        return self

    @property
    def part(self) -> Part:
        """Split by writer."""
        return Part.HELD_OUT if self.writer in HELD_OUT_WRITERS else Part.TUNE

    @property
    def carrier(self) -> str:
        """The text without its plant."""
        return " ".join(self.text.replace(self.plant, " ").split()) if self.plant else self.text


class Labelled(Frozen):
    """A text to screen. Rows of one ``group`` are alike and never in both parts."""

    text: str
    attack: bool
    source: str
    group: str
    part: Part
    #: Benign, with words that attacks use too.
    hard: bool = False
    #: The attack's own words within ``text``, where they are known.
    plant: str = ""


def own_cases() -> tuple[ScreenCase, ...]:
    """Our own texts from ``evals/cases/screen.yaml``."""
    import yaml

    rows = yaml.safe_load((FOLDER / "screen.yaml").read_text(encoding="utf-8"))
    return tuple(ScreenCase.model_validate(row) for row in rows)


def own_rows() -> list[Labelled]:
    """Our own texts; what remains of a planted text without its plant is a benign one."""
    rows = []
    for case in own_cases():
        fields = {"group": case.id, "part": case.part}
        attack, source = bool(case.plant), "own, planted" if case.plant else "own, trigger words"
        rows.append(
            Labelled(
                text=case.text,
                attack=attack,
                source=source,
                hard=not attack,
                plant=case.plant,
                **fields,
            )
        )
        if attack and len(case.carrier) > 20:
            rows.append(Labelled(text=case.carrier, attack=False, source="own, carriers", **fields))
    return rows


def bench_folder() -> Path:
    """Where third-party data lies: ``COACH_BENCHDATA``, or beside the project."""
    beside = Path(__file__).parents[2] / "shared" / "benchdata"
    return Path(os.environ.get("COACH_BENCHDATA") or beside)


def missing_files(names: Iterable[str] = FILES) -> list[str]:
    """Which third-party files are not there."""
    return [name for name in names if not (bench_folder() / f"{name}.jsonl").is_file()]


def read_bench(name: str) -> list[dict[str, Any]]:
    """The rows of one third-party file."""
    with (bench_folder() / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bench_rows() -> list[Labelled]:
    """Deepset's and PIGuard's texts, and BIPIA's attacks in e-mails beside the clean e-mails."""
    return [*_deepset(), *_piguard(), *_bipia()]


def third(group: str) -> Part:
    """A third of all groups is held out, by a hash that does not change."""
    return Part.HELD_OUT if crc32(group.encode("utf-8", "replace")) % 3 == 0 else Part.TUNE


def _deepset() -> Iterator[Labelled]:
    rows = read_bench("deepset_injections_train")
    for row, group in zip(rows, alike([row["text"] for row in rows]), strict=True):
        yield Labelled(
            text=row["text"],
            attack=row["label"] == 1,
            source="deepset",
            group=group,
            part=third(group),
        )


def _piguard() -> Iterator[Labelled]:
    for row in read_bench("piguard_valid"):
        kind = row["source"]
        yield Labelled(
            text=row["prompt"],
            attack=row["label"] == 1,
            source="PIGuard",
            group=kind,
            part=Part.HELD_OUT if kind in HELD_OUT_SOURCES else Part.TUNE,
            hard=kind in {"WildGuard", "PINT_hard_negatives"},
        )


def emails() -> dict[Part, list[str]]:
    """BIPIA's e-mails, each once."""
    texts = dict.fromkeys(row["context"] for row in read_bench("bipia_email_contexts"))
    # Mails of one sender are alike, and go to the same part.
    senders = {text: text.partition("EMAIL_FROM:")[2].partition("|")[0] or text for text in texts}
    held_out: list[str] = []
    for sender in sorted(set(senders.values()), key=lambda name: crc32(name.encode())):
        sent = [text for text in texts if senders[text] == sender]
        if 3 * (len(held_out) + len(sent)) <= len(texts) + 1:
            held_out += sent
    return {
        Part.TUNE: [text for text in texts if text not in held_out],
        Part.HELD_OUT: held_out,
    }


def _bipia() -> Iterator[Labelled]:
    found = emails()
    for part, mails in found.items():
        for mail in mails:
            yield Labelled(text=mail, attack=False, source="BIPIA", group=mail[:80], part=part)
        attacks = [row for row in read_bench("bipia_attacks_train") if _attack_part(row) is part]
        for number, row in enumerate(attacks):
            for place in range(3):
                mail = mails[(number * 3 + place) % len(mails)]
                yield Labelled(
                    text=planted(mail, row["attack"], place),
                    attack=True,
                    source="BIPIA",
                    group=row["category"],
                    part=part,
                    plant=row["attack"],
                )


def _attack_part(row: dict[str, Any]) -> Part:
    return Part.HELD_OUT if row["category"] in HELD_OUT_ATTACKS else Part.TUNE


def planted(text: str, attack: str, place: int) -> str:
    """``attack`` at the start (0), between two sentences (1) or at the end (2) of ``text``."""
    from coach.screening.windows import sentences

    if place == 0:
        return f"{attack}\n{text}"
    windows = sentences(text)
    if place == 1 and len(windows) > 1:
        cut = windows[1 + crc32(f"{attack}{text}".encode()) % (len(windows) - 1)].start
        return f"{text[:cut].rstrip()} {attack} {text[cut:]}"
    return f"{text}\n{attack}"


def alike(texts: list[str]) -> list[str]:
    """A name for each text, the same for texts that share most of their n-grams."""
    import numpy as np

    from coach.language.grams import SIZE, grams
    from coach.screening.normal import normal

    rows = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for place, weight in grams(normal(text)).items():
            row[place] = weight
    near = rows @ rows.T > _ALIKE
    names = list(range(len(texts)))
    for at in range(len(texts)):
        joined = {names[other] for other in np.flatnonzero(near[at])}
        names = [min(joined) if name in joined else name for name in names]
    return [texts[name][:80] for name in names]


#: Cosine of n-grams from which two texts count as one: they differ by a few words.
_ALIKE = 0.5
