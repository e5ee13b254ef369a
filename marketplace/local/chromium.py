"""A browser for the journeys: Debian's Chromium (its headless shell is the quickest), any Chrome, or Playwright's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADS = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)
HOW_TO_GET_ONE = (
    "apt install chromium-headless-shell (Debian), or .venv/bin/playwright install chromium, "
    "or set CHROMIUM to the path of a Chrome"
)


def find_chromium() -> str | None:
    """The path of a Chromium or a Chrome; ``CHROMIUM`` names one that is somewhere else."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if found := shutil.which(name):
            return found
    downloaded = [path for pattern in DOWNLOADS for path in sorted(Path.home().glob(pattern))]
    return str(downloaded[-1]) if downloaded else None
