"""Any Chrome or Chromium that is installed, and how it is started: headless, and silent towards the network."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["BROWSERS", "FLAGS", "installed_browser"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
BROWSERS_ELSEWHERE = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed_browser() -> str | None:
    """Return the path of the first Chrome or Chromium of this machine, None if there is none."""
    named = (shutil.which(name) for name in BROWSERS)
    placed = (str(path) for path in BROWSERS_ELSEWHERE if path.exists())
    return next((path for path in (*named, *placed) if path), None)
