"""Make sure that there is a browser for the tests: ``make test`` calls this first.

An installed Chromium or Chrome is taken; else Playwright's own is fetched, where
its downloads can be reached; else Debian's package is installed, where that may be.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def installed_browser() -> str | None:
    """The path of a Chromium or Chrome on this machine, or ``None``."""
    named = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if named:
        return named
    return _MAC if Path(_MAC).exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _provide() -> str | None:
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        attempts.append(["apt-get", "update"])
        attempts.append(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])
    for command in attempts:
        print(f"No browser found; trying: {' '.join(command[:4])} …", flush=True)
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=600)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if found := installed_browser():
            return found
    return None


if __name__ == "__main__":
    browser = installed_browser() or _provide()
    if browser:
        print(f"Browser for the tests: {browser}")
    else:
        print("NO BROWSER: the browser tests will be skipped (and fail where CI is set).")
