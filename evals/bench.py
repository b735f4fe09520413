"""Timings beside a named peer in the same run: ``python -m evals.bench``, or ``make bench``.

Nothing is asserted: a shared machine is no judge. Compare the ratios.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from coach.adapters.index.build import texts_to_embed
from coach.adapters.index.dense import ChromaVectors
from coach.adapters.index.generations import current
from coach.bootstrap import Coach, choose_embedder, open_coach
from coach.errors import CoachError
from coach.ports import Embedder
from evals import large
from evals.__main__ import open_evaluated
from evals.agendas import briefs
from evals.show import heading, machine_line
from evals.timing import command, lines, python, side_by_side

_WARM, _SHELL, _BUILDS, _SEARCHES = 200, 10, 3, 200
_TOPIC = "safe use of generative AI"
_HEAVY = ("langchain_openai", "chromadb", "streamlit", "onnxruntime")


def main() -> None:
    """Print every timing as soon as it is known."""
    print(machine_line())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        coach = open_evaluated(home, long_lived=True)
        embedder = choose_embedder(coach.settings)
        for part in (
            _agenda(coach, embedder),
            _shell(home),
            _build(Path(folder) / "from-scratch", embedder),
            _large(coach, embedder, Path(folder) / "large"),
            _imports(),
        ):
            for line in part:
                print(line, flush=True)


def _agenda(coach: Coach, embedder: Embedder) -> Iterator[str]:
    yield heading("Composed agenda, warm, in one process")
    generation = current(coach.settings.index_path)
    if generation is None:
        raise CoachError("The index has gone.")
    asked = list(briefs(_WARM))
    # The peer's subjects are embedded beforehand: what is timed is Chroma.
    vectors = [embedder.embed([brief.topic])[0] for brief in asked]
    chroma, peer = ChromaVectors.open(generation, None), "one Chroma query"
    with_model = coach.settings.model_copy(
        update={"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "one that is never asked"}
    )
    modelled = open_coach(with_model, embedder=embedder, long_lived=True)
    tasks = {
        "agenda": lambda turn: coach.agenda(asked[turn % len(asked)]),
        "agenda, a model set": lambda turn: modelled.agenda(asked[turn % len(asked)]),
        peer: lambda turn: chroma.nearest(vectors[turn % len(vectors)], 10),
    }
    yield from lines(side_by_side(tasks, _WARM), [peer], "agenda p95 under 150 ms")


def _shell(home: Path) -> Iterator[str]:
    coach = str(Path(sysconfig.get_path("scripts")) / "coach")
    for title, arguments, code, asked in (
        ("coach agenda", ("agenda", _TOPIC), "import chromadb", "under 1,500 ms"),
        ("coach --help", ("--help",), "import typer, rich.console", "under 400 ms"),
    ):
        yield heading(f"{title}, cold: a whole process, its files in the system's cache")
        peer = f"python -c '{code}'"
        tasks = {title: command([coach, *arguments], home), peer: command(python(code), home)}
        yield from lines(side_by_side(tasks, _SHELL), [peer], asked)


def _build(home: Path, embedder: Embedder) -> Iterator[str]:
    yield heading("Library index from scratch, in one process, model and Chroma loaded")
    coach = open_evaluated(home)
    passages = list(coach.library.passages())
    texts = sorted({text for _, text in texts_to_embed(passages)}, key=len)
    peer = "embedder alone"
    tasks = {
        "index": lambda _: coach.rebuild(force=True),
        peer: lambda _: embedder.embed(texts),
    }
    yield f"{len(passages)} passages; {len(texts)} different texts, with their hints"
    # Opening the coach built the index once, so everything is warm.
    yield from lines(side_by_side(tasks, _BUILDS, warm_up=0), [peer], "under 20,000 ms on 2 cores")


def _large(coach: Coach, embedder: Embedder, index: Path) -> Iterator[str]:
    yield heading(f"Search over {large.PASSAGES:,} passages, ten documents, question embedded too")
    yield "Synthetic: sentences of the library, drawn with a seed. The passages' vectors are"
    yield "random (real ones take minutes and cost a search the same); questions are embedded."
    started = time.perf_counter()
    passages = large.build(coach.library, embedder, index)
    yield f"built in {time.perf_counter() - started:.0f} s"
    timings = side_by_side(large.tasks(passages, embedder, index), _SEARCHES, warm_up=5)
    yield from lines(timings, [large.CHROMA_ALONE, large.WORDS_ALONE], "search p95 under 30 ms")


def _imports() -> Iterator[str]:
    yield heading("What `import coach` pulls in")
    code = "import coach, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own command
        python(code), check=True, capture_output=True, text=True
    )
    loaded = set(json.loads(done.stdout))
    found = [name for name in _HEAVY if name in loaded]
    yield f"{len(loaded)} modules; of {', '.join(_HEAVY)}: {', '.join(found) or 'none'}"


if __name__ == "__main__":
    main()
