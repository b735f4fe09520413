"""What a release of many statements costs: ``python -m evals.themes_scale [COUNT …]``.

Each count runs in a process of its own, whose largest memory is its own too. The statements are
made up: sentences about one of 60 subjects, in vectors around 60 directions, from one pair in
twelve statements. They are stored as they are in the records, in half precision.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time

import numpy as np

from coach.adapters.embedders.minilm import MiniLMEmbedder
from coach.bootstrap.themes import open_finding
from coach.domain.themes import Statement
from coach.themes.disclosing import Rules
from coach.themes.reporting import Terms, reported
from evals.show import heading, machine_line

_COUNTS = (1_000, 10_000, 100_000)
_SUBJECTS, _WIDTH, _SPREAD, _EACH, _SEED = 60, 384, 1.0, 12, 20260301
_ONE = "--one"
_SPEECH = tuple(
    re.findall(
        r"\w+",
        """
    calendar meeting notice cancelled prompt answer privacy customer video phone
    slide question silence feedback trust promise budget story picture button
    channel message summary review practice agenda lunch language screen team
    deadline report camera market culture example
""",
    )
)


def main() -> None:
    """Print seconds and memory of each count."""
    if _ONE in sys.argv:
        _measure(int(sys.argv[-1]))
        return
    print(machine_line())
    print(heading("A release: clustered, named, disclosed"))
    for count in map(int, sys.argv[1:] or _COUNTS):
        code = [sys.executable, "-m", "evals.themes_scale", _ONE, str(count)]
        subprocess.run(code, check=True)  # noqa: S603 - this very file


def _measure(count: int) -> None:
    drawn = np.random.default_rng(_SEED)
    subjects = drawn.integers(0, _SUBJECTS, count)
    statements = [
        Statement(id=f"{number:06}", pair=str(number // _EACH), text=_text(int(subject), drawn))
        for number, subject in enumerate(subjects)
    ]
    directions = drawn.normal(size=(_SUBJECTS, _WIDTH)).astype(np.float32)
    stored = directions[subjects].astype(np.float16)
    for start in range(0, count, 10_000):
        part = stored[start : start + 10_000]
        part += (_SPREAD * drawn.normal(size=part.shape)).astype(np.float16)
    started, spent = time.perf_counter(), time.process_time()
    rows = stored.astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    mined = open_finding(MiniLMEmbedder())(statements, rows, min_pairs=5, before={})
    report, _ = reported(statements, mined, Terms(Rules(5)))
    print(
        f"{count:>9,} statements: {time.perf_counter() - started:6.1f} s"
        f" ({time.process_time() - spent:.1f} s of processor), {_megabytes():,} MB at most, "
        f"{len(mined)} themes, {len(report.themes)} shown",
        flush=True,
    )


def _text(subject: int, drawn: np.random.Generator) -> str:
    own = [_SPEECH[(subject * 5 + step) % len(_SPEECH)] for step in range(4)]
    words = [*drawn.permutation(own), *drawn.choice(_SPEECH, 8)]
    return f"We spoke about the {' and '.join(words)}."


def _megabytes() -> int:
    import resource

    # Kilobytes on Linux.
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


if __name__ == "__main__":
    main()
