"""The scorecard: ``python -m evals``, or ``make eval``.

Exit code 1 if the fusion is below the better of its halves over all questions,
or an agenda breaks a promise; everything else is printed to be judged.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coach.bootstrap import Coach, open_coach, open_screen
from coach.settings import read_settings
from evals import agendas, asking, coverage, retrieval, screening, topics, verification
from evals.show import machine, machine_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether what must hold does."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Print the scorecard.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all numbers here")
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="keep the index here, so that the next run is quick",
    )
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    with _home(options.home) as home:
        coach = open_evaluated(home)
        print(machine_line())
        print(_what(coach), flush=True)
        found_retrieval = retrieval.measure(coach)
        print(*retrieval.lines(found_retrieval), sep="\n", flush=True)
        found_coverage = coverage.measure(coach)
        print(*coverage.lines(found_coverage), sep="\n", flush=True)
        found_asking = asking.measure(coach)
        print(*asking.lines(found_asking), sep="\n", flush=True)
        found_topics = topics.measure(coach)
        print(*topics.lines(found_topics), sep="\n", flush=True)
        found_agendas = agendas.measure(coach)
        print(*agendas.lines(found_agendas), sep="\n", flush=True)
        found_screening = screening.measure(open_screen())
        print(*screening.lines(found_screening), sep="\n", flush=True)
        found_verification = verification.measure(coach.judge)
        print(*verification.lines(found_verification), sep="\n", flush=True)
    seconds = time.perf_counter() - started
    if options.json:
        numbers = {
            "machine": machine(),
            "seconds": seconds,
            "retrieval": found_retrieval.model_dump(mode="json"),
            "coverage": found_coverage.model_dump(mode="json"),
            "asking": found_asking.model_dump(mode="json"),
            "topics": found_topics.model_dump(mode="json"),
            "agendas": found_agendas.model_dump(mode="json"),
            "screening": found_screening.model_dump(mode="json"),
            "verification": found_verification.model_dump(mode="json"),
        }
        text = json.dumps(numbers, indent=2, ensure_ascii=False) + "\n"
        options.json.write_text(text, encoding="utf-8")
    print(f"\nDone in {seconds:.0f} s, the index included.")
    faults = [
        *([] if found_retrieval.holds else ["The fusion is below the better of its halves."]),
        *([] if found_asking.holds else ["An answer is not word for word its passage's."]),
        *([] if found_agendas.holds else ["An agenda breaks a promise; see above."]),
    ]
    print("\n".join(faults) or "The fusion is not below its halves, and every agenda holds.")
    return 1 if faults else 0


def open_evaluated(home: Path, *, long_lived: bool = False) -> Coach:
    """A coach over the library alone: an added document would be measured too.

    The embedder and the library come from the environment's settings.
    """
    settings = read_settings().model_copy(update={"home": home, "chroma_url": None})
    return open_coach(settings, long_lived=long_lived, say=_say)


@contextmanager
def _home(chosen: Path | None) -> Iterator[Path]:
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _what(coach: Coach) -> str:
    library, manifest = coach.library, coach.index.manifest
    return (
        f"{len(library.cards)} cards and {len(library.kits)} topic kits, "
        f"{manifest.passages} passages; embedder {manifest.embedder}"
    )


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
